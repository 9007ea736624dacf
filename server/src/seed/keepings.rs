//! What members of the demo have kept: views of their lists, and files on their latest follow-ups.

use partner_center::{
    attachments,
    ctx::Store,
    moment::Moment,
    views::{self, List, NewView},
};

use super::{cast::Cast, failed};
use crate::commands::Failure;

/// Whose view, of which list, its name, its question, and whether it is the default.
const VIEWS: [(&str, &str, List, &str, &str, bool); 6] = [
    ("yunfan", "admin", List::LeadDispatch, "市场活动待派发", "state=undispatched&source=event", false),
    ("yunfan", "lin", List::Leads, "逾期未跟进", "due=overdue&sort=followed&dir=asc", false),
    ("yunfan", "lin", List::LeadDispatch, "官网线索", "state=undispatched&source=website", false),
    ("yunfan", "zhao", List::Leads, "最近在跟", "state=following&sort=followed", false),
    ("yunfan", "zhao", List::Leads, "今天联系", "due=today", false),
    ("xinghe", "tang", List::Leads, "我的在跟", "state=following&sort=followed", true),
];

/// Files as people hang them on a follow-up.
const FILES: [(&str, &str); 3] = [
    (
        "会议纪要.txt",
        "参会：客户 IT 负责人、我方客户经理\n结论：先迁移测试环境，两周后评估生产环境。\n待办：发送迁移方案和报价。\n",
    ),
    ("资源清单.csv", "资源,规格,数量\n弹性云服务器,8 核 32 GB,6\n云数据库,4 核 16 GB,2\n对象存储,10 TB,1\n"),
    ("需求说明.txt", "1. 双活容灾，RPO 不超过 5 分钟。\n2. 日志保存 180 天。\n3. 预算在本季度内落实。\n"),
];
/// How many follow-ups of a partner have a file.
const WITH_FILES: u64 = 24;

/// Keeps all of it.
pub async fn create(store: &Store, cast: &Cast, now: Moment) -> Result<(), Failure> {
    for (place, (tenant, account, list, name, query, is_default)) in (1..).zip(VIEWS) {
        let new = NewView { list, name: name.to_owned(), query: query.to_owned(), is_default };
        let at = now.plus_seconds(-86_400 + place);
        let (member, tenant) = (cast.members[&(tenant, account)], cast.tenants[tenant]);
        views::plant(store, tenant, member, new, at).await.map_err(failed)?;
    }
    for tenant in ["yunfan", "xinghe", "qingshan"] {
        attachments::plant(store, cast.tenants[tenant], &FILES, WITH_FILES).await.map_err(failed)?;
    }
    Ok(())
}
