//! The words of leads.

use partner_center::leads::{Due, Field, Industry, InvalidReason, Outcome, Product, Source, State, Step, Way};

use crate::{
    calls::text as calls,
    text::{Locale, conflict, counted, number},
    ui::Tone,
};

/// Words of the pages of leads.
pub struct Words {
    pub title: &'static str,
    pub dispatch_title: &'static str,
    pub new: &'static str,
    pub import: &'static str,
    pub export: &'static str,
    pub list: &'static str,
    pub number: &'static str,
    pub company: &'static str,
    pub contact: &'static str,
    pub phone: &'static str,
    pub email: &'static str,
    pub campaign: &'static str,
    pub source: &'static str,
    pub follower: &'static str,
    pub state: &'static str,
    pub created_at: &'static str,
    pub dispatched_at: &'static str,
    pub followed_at: &'static str,
    pub next_on: &'static str,
    pub job_title: &'static str,
    pub industry: &'static str,
    pub region: &'static str,
    pub need: &'static str,
    pub products: &'static str,
    pub creator: &'static str,
    pub invalid_reason: &'static str,
    pub detail: &'static str,
    pub history: &'static str,
    pub basics: &'static str,
    pub requirement: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub empty_own_text: &'static str,
    pub nothing_found_title: &'static str,
    pub nothing_found_text: &'static str,
    pub all_dispatched_title: &'static str,
    pub all_dispatched_text: &'static str,
    pub select_page: &'static str,
    pub select_row: &'static str,
    pub selected: &'static str,
    pub batch_dispatch: &'static str,
    pub dispatch_all: &'static str,
    pub choose_follower: &'static str,
    pub open_leads: &'static str,
    pub not_possible: &'static str,
    pub will_dispatch: &'static str,
    pub way: &'static str,
    pub outcome: &'static str,
    pub content: &'static str,
    pub reason: &'static str,
    pub files: &'static str,
    pub files_hint: &'static str,
    pub next_hint: &'static str,
    pub invalid_hint: &'static str,
    pub phone_hint: &'static str,
    pub plan_2_hint: &'static str,
    pub no_follower: &'static str,
    pub see_duplicate: &'static str,
    pub submit: &'static str,
    pub dispatched_from: &'static str,
    pub dispatched_to: &'static str,
    pub created_by_hand: &'static str,
    pub imported: &'static str,
    pub search_hint: &'static str,
    pub preregistration: &'static str,
    pub calls: &'static str,
    pub call_rules: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "线索管理",
    dispatch_title: "线索派发",
    new: "新建线索",
    import: "导入线索",
    export: "导出",
    list: "线索列表",
    number: "线索编号",
    company: "公司名称",
    contact: "客户名称",
    phone: "电话",
    email: "邮箱",
    campaign: "活动名称",
    source: "线索来源",
    follower: "跟进人",
    state: "状态",
    created_at: "创建时间",
    dispatched_at: "派发时间",
    followed_at: "最近跟进时间",
    next_on: "下次跟进日期",
    job_title: "职务",
    industry: "行业",
    region: "省市",
    need: "需求描述",
    products: "意向产品",
    creator: "创建人",
    invalid_reason: "无效原因",
    detail: "线索详情",
    history: "跟进记录",
    basics: "基本信息",
    requirement: "需求信息",
    empty_title: "还没有线索",
    empty_text: "新建线索，或用模板批量导入。",
    empty_own_text: "派发给您的线索会显示在这里。您也可以自己新建线索。",
    nothing_found_title: "没有符合条件的线索",
    nothing_found_text: "请放宽查询条件后再试。",
    all_dispatched_title: "线索已全部派发",
    all_dispatched_text: "没有待派发的线索。",
    select_page: "选择本页",
    select_row: "选择",
    selected: "条已选",
    batch_dispatch: "批量派发",
    dispatch_all: "派发全部符合条件的线索",
    choose_follower: "选择跟进人",
    open_leads: "条在跟",
    not_possible: "不可选",
    will_dispatch: "将派发以下线索",
    way: "跟进方式",
    outcome: "跟进结果",
    content: "跟进内容",
    reason: "原因",
    files: "附件",
    files_hint: "最多 5 个，每个不超过 10 MB：图片、PDF、文本、CSV、Word、Excel、PPT、ZIP",
    next_hint: "结果为有意向或需再次跟进时必填，90 天以内",
    invalid_hint: "结果为无效线索时必填",
    phone_hint: "手机或座机，如 13800138000、010-88886666",
    plan_2_hint: "已加入营销计划 2.0：保存后电话和邮箱将匿名化，任何人都不能再查看。",
    no_follower: "暂不派发",
    see_duplicate: "查看已有线索",
    submit: "提交",
    dispatched_from: "派发日期从",
    dispatched_to: "派发日期至",
    created_by_hand: "新建线索",
    imported: "导入线索",
    search_hint: "支持中文和拼音首字母，至少 2 个字",
    preregistration: "报备编号",
    calls: "通话记录",
    call_rules: "外呼规则",
};

const EN: Words = Words {
    title: "Leads",
    dispatch_title: "Lead dispatch",
    new: "New lead",
    import: "Import leads",
    export: "Export",
    list: "Leads",
    number: "Lead no.",
    company: "Company",
    contact: "Contact",
    phone: "Phone",
    email: "E-mail",
    campaign: "Campaign",
    source: "Source",
    follower: "Assignee",
    state: "State",
    created_at: "Created",
    dispatched_at: "Dispatched",
    followed_at: "Last follow-up",
    next_on: "Next follow-up",
    job_title: "Job title",
    industry: "Industry",
    region: "Region",
    need: "Needs",
    products: "Products",
    creator: "Created by",
    invalid_reason: "Reason",
    detail: "Lead",
    history: "History",
    basics: "Basic information",
    requirement: "Requirements",
    empty_title: "No leads yet",
    empty_text: "Create a lead, or import many with the template.",
    empty_own_text: "Leads dispatched to you appear here. You can also create your own.",
    nothing_found_title: "No leads match your filters",
    nothing_found_text: "Remove a filter or two and search again.",
    all_dispatched_title: "All leads have been dispatched",
    all_dispatched_text: "Nothing is waiting to be dispatched.",
    select_page: "Select this page",
    select_row: "Select",
    selected: "selected",
    batch_dispatch: "Dispatch selected",
    dispatch_all: "Dispatch all that match",
    choose_follower: "Choose an assignee",
    open_leads: "open",
    not_possible: "unavailable",
    will_dispatch: "These leads will be dispatched",
    way: "Contact method",
    outcome: "Outcome",
    content: "Notes",
    reason: "Reason",
    files: "Attachments",
    files_hint: "Up to 5 files of 10 MB: images, PDF, text, CSV, Word, Excel, PowerPoint, ZIP",
    next_hint: "Required if interested or following up again; within 90 days",
    invalid_hint: "Required if the lead is invalid",
    phone_hint: "Mobile or landline, e.g. 13800138000, 010-88886666",
    plan_2_hint: "Under marketing plan 2.0, phone and e-mail are anonymised once saved and can no longer be viewed.",
    no_follower: "Do not dispatch yet",
    see_duplicate: "View the existing lead",
    submit: "Submit",
    dispatched_from: "Dispatched from",
    dispatched_to: "Dispatched until",
    created_by_hand: "Lead created",
    imported: "Lead imported",
    preregistration: "Pre-registration",
    calls: "Calls",
    call_rules: "Calling rules",
    search_hint: "Name or pinyin initials, 2 characters or more",
};

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "lead-created" => locale.pick("线索已创建", "The lead has been created"),
        "lead-dispatched" => locale.pick("线索派发成功", "The lead has been dispatched"),
        "lead-followed" => locale.pick("跟进记录已保存", "The follow-up has been saved"),
        "lead-followed-develop" => {
            locale.pick("跟进记录已保存，请填写报备信息", "The follow-up has been saved; pre-register the prospect now")
        }
        "lead-developed" => locale.pick("已报备，线索已转化", "The prospect is pre-registered and the lead converted"),
        "lead-muted" => locale.pick("该号码已加入勿扰名单", "The number is on the do-not-call list"),
        "lead-unmuted" => locale.pick("该号码已移出勿扰名单", "The number may be called again"),
        "call-outcome-saved" => locale.pick("外呼结果已保存", "What came of the call has been saved"),
        "lead-returned" => {
            locale.pick("线索已退回，待重新派发", "The lead has been returned and is waiting to be dispatched")
        }
        "lead-reopened" => locale.pick("线索已重新打开", "The lead has been reopened"),
        "columns-saved" => locale.pick("列设置已保存", "The columns have been saved"),
        _ => return None,
    })
}

/// What came of dispatching several leads: how many went, how many stayed and why.
pub fn dispatched(locale: Locale, code: &str) -> Option<String> {
    let mut parts = code.strip_prefix("leads-dispatched.")?.split('.');
    let done = parts.next()?.parse().ok()?;
    let mut told = vec![match locale {
        Locale::Chinese => format!("线索派发成功，共 {} 条", number(done)),
        Locale::English => counted(locale, done, "", ["lead has been dispatched", "leads have been dispatched"]),
    }];
    while let (Some(refusal), Some(leads)) = (parts.next(), parts.next()) {
        let why = conflict(locale, refusal.parse().ok()?);
        let leads = number(leads.parse().ok()?);
        told.push(match locale {
            Locale::Chinese => format!("{leads} 条未派发：{why}"),
            Locale::English => format!("{leads} not dispatched: {why}"),
        });
    }
    Some(told.join(locale.pick("；", "; ")))
}

/// A state's word.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Undispatched => locale.pick("待派发", "To dispatch"),
        State::Dispatched => locale.pick("待跟进", "To follow up"),
        State::Following => locale.pick("跟进中", "Following up"),
        State::Converted => locale.pick("已转化", "Converted"),
        State::Invalid => locale.pick("无效", "Invalid"),
    }
}

/// When the next follow-up is due.
pub fn due(locale: Locale, due: Due) -> &'static str {
    match due {
        Due::Overdue => locale.pick("已逾期", "Overdue"),
        Due::Today => locale.pick("今天", "Today"),
        Due::Soon => locale.pick("7 天内", "Within 7 days"),
    }
}

/// A state's tone.
pub fn tone(state: State) -> Tone {
    match state {
        State::Undispatched => Tone::Orange,
        State::Dispatched | State::Following => Tone::Blue,
        State::Converted => Tone::Green,
        State::Invalid => Tone::Grey,
    }
}

/// A source's word.
pub fn source(locale: Locale, source: Source) -> &'static str {
    match source {
        Source::Vendor => locale.pick("华为派发", "Vendor"),
        Source::Own => locale.pick("伙伴自建", "Own"),
        Source::Website => locale.pick("官网", "Website"),
        Source::Event => locale.pick("市场活动", "Event"),
        Source::Referral => locale.pick("转介绍", "Referral"),
        Source::Other => locale.pick("其他", "Other"),
    }
}

/// An industry's word.
pub fn industry(locale: Locale, industry: Industry) -> &'static str {
    match industry {
        Industry::Internet => locale.pick("互联网", "Internet"),
        Industry::Manufacturing => locale.pick("制造", "Manufacturing"),
        Industry::Retail => locale.pick("零售", "Retail"),
        Industry::Logistics => locale.pick("物流", "Logistics"),
        Industry::Finance => locale.pick("金融", "Finance"),
        Industry::Healthcare => locale.pick("医疗健康", "Healthcare"),
        Industry::Education => locale.pick("教育", "Education"),
        Industry::Government => locale.pick("政务", "Government"),
        Industry::Energy => locale.pick("能源", "Energy"),
        Industry::Catering => locale.pick("餐饮", "Catering"),
        Industry::Gaming => locale.pick("游戏", "Gaming"),
        Industry::Media => locale.pick("传媒", "Media"),
        Industry::Other => locale.pick("其他", "Other"),
    }
}

/// A product's word.
pub fn product(locale: Locale, product: Product) -> &'static str {
    match product {
        Product::Ecs => locale.pick("弹性云服务器", "Elastic Cloud Server"),
        Product::Rds => locale.pick("云数据库 RDS", "RDS"),
        Product::Obs => locale.pick("对象存储", "Object Storage"),
        Product::Cce => locale.pick("云容器引擎", "Cloud Container Engine"),
        Product::Modelarts => locale.pick("AI 开发平台", "ModelArts"),
        Product::Gaussdb => locale.pick("云数据库 GaussDB", "GaussDB"),
        Product::Cdn => locale.pick("内容分发网络", "CDN"),
        Product::Waf => locale.pick("Web 应用防火墙", "Web Application Firewall"),
        Product::Dws => locale.pick("数据仓库", "Data Warehouse"),
        Product::Meeting => locale.pick("云会议", "Meeting"),
        Product::Dedicated => locale.pick("专属云", "Dedicated Cloud"),
        Product::Sap => locale.pick("SAP 上云", "SAP on Cloud"),
    }
}

/// The word of a way to follow up.
pub fn way(locale: Locale, way: Way) -> &'static str {
    match way {
        Way::Phone => locale.pick("电话", "Phone"),
        Way::Call => locale.pick("外呼", "Outbound call"),
        Way::Email => locale.pick("邮件", "E-mail"),
        Way::Visit => locale.pick("拜访", "Visit"),
        Way::Wechat => locale.pick("微信", "WeChat"),
        Way::Other => locale.pick("其他", "Other"),
    }
}

/// The word of a follow-up's result.
pub fn outcome(locale: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Interested => locale.pick("有意向", "Interested"),
        Outcome::Again => locale.pick("需再次跟进", "Follow up again"),
        Outcome::Unreached => locale.pick("未接通", "No answer"),
        Outcome::NoNeed => locale.pick("暂无需求", "No current need"),
        Outcome::Invalid => locale.pick("无效线索", "Invalid lead"),
        Outcome::Developed => locale.pick("已发展客户", "Became a customer"),
    }
}

/// The word of a reason for being invalid.
pub fn invalid_reason(locale: Locale, reason: InvalidReason) -> &'static str {
    match reason {
        InvalidReason::WrongNumber => locale.pick("空号错号", "Wrong number"),
        InvalidReason::Duplicate => locale.pick("重复", "Duplicate"),
        InvalidReason::NotTarget => locale.pick("非目标客户", "Not a target customer"),
        InvalidReason::Competitor => locale.pick("竞品", "Competitor"),
        InvalidReason::Other => locale.pick("其他", "Other"),
    }
}

/// What one may do, as a button says it.
pub fn step(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Dispatch => locale.pick("派发", "Dispatch"),
        Step::Follow => locale.pick("跟进", "Follow up"),
        Step::Return => locale.pick("退回", "Return"),
        Step::Reopen => locale.pick("重新打开", "Reopen"),
        Step::Call => locale.pick("外呼", "Call"),
        Step::Develop => locale.pick("发展客户", "Develop"),
        Step::Mute => locale.pick("加入勿扰名单", "Do not call"),
        Step::Unmute => locale.pick("移出勿扰名单", "Allow calls"),
    }
}

/// The word of a masked field.
pub fn field(locale: Locale, field: Field) -> &'static str {
    let t = words(locale);
    match field {
        Field::Company => t.company,
        Field::Contact => t.contact,
        Field::Phone => t.phone,
        Field::Email => t.email,
    }
}

/// The name of a region.
pub fn region(locale: Locale, code: &str) -> &'static str {
    let (chinese, english) = match code {
        "BJ" => ("北京", "Beijing"),
        "TJ" => ("天津", "Tianjin"),
        "HE" => ("河北", "Hebei"),
        "SX" => ("山西", "Shanxi"),
        "NM" => ("内蒙古", "Inner Mongolia"),
        "LN" => ("辽宁", "Liaoning"),
        "JL" => ("吉林", "Jilin"),
        "HL" => ("黑龙江", "Heilongjiang"),
        "SH" => ("上海", "Shanghai"),
        "JS" => ("江苏", "Jiangsu"),
        "ZJ" => ("浙江", "Zhejiang"),
        "AH" => ("安徽", "Anhui"),
        "FJ" => ("福建", "Fujian"),
        "JX" => ("江西", "Jiangxi"),
        "SD" => ("山东", "Shandong"),
        "HA" => ("河南", "Henan"),
        "HB" => ("湖北", "Hubei"),
        "HN" => ("湖南", "Hunan"),
        "GD" => ("广东", "Guangdong"),
        "GX" => ("广西", "Guangxi"),
        "HI" => ("海南", "Hainan"),
        "CQ" => ("重庆", "Chongqing"),
        "SC" => ("四川", "Sichuan"),
        "GZ" => ("贵州", "Guizhou"),
        "YN" => ("云南", "Yunnan"),
        "XZ" => ("西藏", "Tibet"),
        "SN" => ("陕西", "Shaanxi"),
        "GS" => ("甘肃", "Gansu"),
        "QH" => ("青海", "Qinghai"),
        "NX" => ("宁夏", "Ningxia"),
        "XJ" => ("新疆", "Xinjiang"),
        "TW" => ("台湾", "Taiwan"),
        "HK" => ("香港", "Hong Kong"),
        "MO" => ("澳门", "Macao"),
        _ => ("--", "--"),
    };
    locale.pick(chinese, english)
}

/// A line of a lead's history.
pub fn entry(locale: Locale, what: &partner_center::leads::timeline::What) -> String {
    use partner_center::leads::timeline::What;
    let t = words(locale);
    match what {
        What::Created => t.created_by_hand.to_owned(),
        What::Imported => t.imported.to_owned(),
        What::Dispatched { to } => match locale {
            Locale::Chinese => format!("派发给 {to}"),
            Locale::English => format!("Dispatched to {to}"),
        },
        What::Returned { .. } => locale.pick("退回线索", "Returned").to_owned(),
        What::Reopened { .. } => locale.pick("重新打开", "Reopened").to_owned(),
        What::Developed => locale.pick("发展客户，已报备", "Developed and pre-registered").to_owned(),
        What::Called { result, seconds } => {
            let call = way(locale, Way::Call);
            let result =
                result.map_or_else(|| locale.pick("通话中", "going on"), |result| calls::result(locale, result));
            match seconds {
                Some(seconds) => format!("{call} · {result} · {}", calls::duration(locale, *seconds)),
                None => format!("{call} · {result}"),
            }
        }
        What::Followed { way: by, outcome: result, .. } => {
            format!("{} · {}", way(locale, *by), outcome(locale, *result))
        }
    }
}
