//! The names of what members, roles and permissions are made of, and what is told after an act.

use partner_center::{
    access::TenantKind,
    grants::{LeadScope, Menu},
    people::{Field, Held, HeldRole, Part, Standing, State, Step},
    scope::{Kind, Reason},
};

use super::words::words;
use crate::{account::text::words as account_words, text::Locale, ui::Tone};

/// What a member is asked to do to another, as the word of its button.
pub fn step(locale: Locale, step: Step) -> &'static str {
    match step {
        Step::Edit => locale.pick("修改", "Edit"),
        Step::Roles => locale.pick("修改角色", "Change roles"),
        Step::Supervisor => locale.pick("指定主管", "Set supervisor"),
        Step::ResetPassword => locale.pick("重置密码", "Reset password"),
        Step::Disable => locale.pick("停用", "Disable"),
        Step::Enable => locale.pick("启用", "Enable"),
    }
}

/// A masked field's name.
pub fn field(locale: Locale, field: Field) -> &'static str {
    match field {
        Field::Phone => words(locale).phone,
        Field::Email => words(locale).email,
    }
}

/// The name of what was edited.
pub fn part(locale: Locale, part: Part) -> &'static str {
    match part {
        Part::Name => words(locale).name,
        Part::Phone => words(locale).phone,
        Part::Email => words(locale).email,
        Part::Telesales => words(locale).telesales,
    }
}

/// How members may stand, for the filter.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Active => locale.pick("正常", "Active"),
        State::Disabled => locale.pick("已停用", "Disabled"),
        State::Unassigned => locale.pick("待重新指定主管", "Without supervisor"),
    }
}

/// How a member stands, as a tone and a word.
pub fn standing(locale: Locale, standing: &Standing) -> (Tone, &'static str) {
    match standing.is_disabled {
        true => (Tone::Red, state(locale, State::Disabled)),
        false => (Tone::Green, state(locale, State::Active)),
    }
}

/// The names of the roles that a member holds.
pub fn held(locale: Locale, roles: &[HeldRole]) -> String {
    let name = |role: &HeldRole| match role.held {
        Held::Default(default) => account_words(locale).role(default).to_owned(),
        Held::Custom(_) => role.name.clone().unwrap_or_default(),
    };
    let names: Vec<String> = roles.iter().map(name).collect();
    if names.is_empty() { "--".to_owned() } else { names.join(locale.pick("、", ", ")) }
}

/// What a tenant is.
pub fn kind(locale: Locale, kind: TenantKind) -> &'static str {
    match kind {
        TenantKind::SolutionProvider => locale.pick("解决方案提供商", "Solution provider"),
        TenantKind::Distributor => locale.pick("总经销商", "Distributor"),
        TenantKind::Reseller => locale.pick("云经销商", "Cloud reseller"),
        TenantKind::Merchant => locale.pick("商家", "Merchant"),
        TenantKind::Customer => locale.pick("客户", "Customer"),
        TenantKind::Platform => locale.pick("平台", "Platform"),
    }
}

/// A menu, as the heading of its permissions.
pub fn menu(locale: Locale, menu: Menu) -> &'static str {
    match menu {
        Menu::Leads => locale.pick("销售 > 拓新 > 线索管理", "Sales > Acquisition > Leads"),
        Menu::Organisation => locale.pick("组织 > 组织成员", "Organisation > Members"),
        Menu::Audit => locale.pick("云审计", "Audit"),
        Menu::OwnAccount => locale.pick("个人账号", "Own account"),
    }
}

/// The rule that decides which leads the reader sees, or a colleague.
pub fn scope(locale: Locale, scope: LeadScope, oneself: bool) -> String {
    let (who, sees) = match oneself {
        true => locale.pick(("您", ""), ("You", "see")),
        false => locale.pick(("该成员", ""), ("This member", "sees")),
    };
    let rule = match scope {
        LeadScope::NoPermission => {
            locale.pick("看不到任何线索：没有角色授予“查看线索”权限。", "no leads: no role grants seeing them.")
        }
        LeadScope::Dispatch => {
            locale.pick("可以看到全部线索：派发线索需要看到整个列表。", "every lead: dispatching needs the whole list.")
        }
        LeadScope::CustomRole => locale.pick(
            "可以看到全部线索：自定义角色授予了线索菜单，不按跟进人限制。",
            "every lead: a custom role grants the menu, and such a role knows no followers.",
        ),
        LeadScope::ManagerAndMore => locale.pick(
            "可以看到全部线索：客户经理同时拥有其他角色时，不再只限于自己的数据。",
            "every lead: an account manager who holds another role as well is not held to its own.",
        ),
        LeadScope::Own if oneself => {
            locale.pick("只能看到派发给自己的线索。", "only the leads that are dispatched to you.")
        }
        LeadScope::Own => locale.pick("只能看到派发给自己的线索。", "only the leads that are dispatched to it."),
    };
    match locale {
        Locale::Chinese => format!("{who}{rule}"),
        Locale::English => format!("{who} {sees} {rule}"),
    }
}

/// What a kind of row is called.
pub fn rows(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::Leads => locale.pick("线索（含跟进记录、外呼和附件）", "Leads, with their history, calls and files"),
        Kind::Preregistrations => locale.pick("报备", "Pre-registrations"),
        Kind::Imports => locale.pick("导入记录", "Imports"),
        Kind::Exports => locale.pick("导出记录", "Exports"),
        Kind::Colleagues => locale.pick("组织成员", "Members"),
        Kind::Tenants => locale.pick("公司", "Companies"),
        Kind::Receivers => locale.pick("消息接收人", "Recipients of messages"),
        Kind::Letters => locale.pick("邮件和短信", "E-mails and text messages"),
        Kind::Messages => locale.pick("消息", "Messages"),
        Kind::OwnThings => locale.pick("视图和个人设置", "Views and personal settings"),
        Kind::Settings => locale.pick("公司设置", "Company settings"),
        Kind::AuditTrail => locale.pick("审计记录", "Audit trail"),
        Kind::ScheduledJobs => locale.pick("定时任务", "Scheduled jobs"),
    }
}

/// Why rows of this kind are seen.
pub fn reason(locale: Locale, kind: Kind, reason: Reason) -> &'static str {
    match (reason, kind) {
        (Reason::Everywhere, Kind::ScheduledJobs) => locale.pick("全部", "all of them"),
        (Reason::Everywhere, _) => locale.pick("所有公司的", "those of every company"),
        (Reason::Tenant, Kind::Tenants) => locale.pick("本公司", "this company"),
        (Reason::Tenant, _) => locale.pick("本公司全部", "all in this company"),
        (Reason::Own, Kind::Leads) => locale.pick("派发给自己的", "those dispatched to oneself"),
        (Reason::Own, _) => locale.pick("自己的", "one's own"),
        (Reason::Team, _) => locale.pick("所辖客户经理的", "those of the account managers one supervises"),
        (Reason::StandIn, _) => locale.pick("代理期内被代理人的", "those of members one stands in for, while one does"),
        (Reason::Below, _) => locale.pick("下级云经销商的", "those of this company's resellers"),
        (Reason::Party, _) => {
            locale.pick("与本公司有关联的，仅限关联期间", "those that involve this company, while they do")
        }
    }
}

/// What is told after an act.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    Some(match code {
        "member-created" => locale.pick("人员已创建", "The member has been created"),
        "member-edited" => locale.pick("人员信息已修改", "The member has been changed"),
        "roles-changed" => locale.pick("角色已修改", "The roles have been changed"),
        "roles-changed-team" => locale.pick(
            "角色已修改；原名下客户经理已没有主管，请在人员列表中筛选“待重新指定主管”并逐一指定",
            "The roles have been changed; the account managers under this member have no supervisor now: filter the list by \
             “Without supervisor” and reassign them",
        ),
        "contacts-set" => locale.pick("客户联系人已保存", "The contacts have been saved"),
        "supervisor-set" => locale.pick("主管已指定", "The supervisor has been set"),
        "password-reset" => locale.pick("密码已重置，该成员的登录已失效", "The password has been reset; the member is signed out"),
        "member-disabled" => locale.pick("成员已停用", "The member has been disabled"),
        "member-disabled-team" => locale.pick(
            "成员已停用；原名下客户经理已没有主管，请在人员列表中筛选“待重新指定主管”并逐一指定",
            "The member has been disabled; the account managers under this member have no supervisor now: filter the list \
             by “Without supervisor” and reassign them",
        ),
        "member-enabled" => locale.pick("成员已启用", "The member has been enabled"),
        "role-created" => locale.pick("角色已创建", "The role has been created"),
        "role-edited" => locale.pick("角色已修改，立即对持有人生效", "The role has been changed, for its holders at once"),
        "role-deleted" => locale.pick("角色已删除", "The role has been deleted"),
        "profile-edited" => locale.pick("个人资料已修改", "Your data has been changed"),
        "choices-saved" => locale.pick("设置已保存", "Your choices are kept"),
        "session-ended" => locale.pick("该登录已结束", "That session has ended"),
        _ => return None,
    })
}

/// The names of the fields, for the summary of what is wrong.
pub fn labels(locale: Locale) -> Vec<(&'static str, &'static str)> {
    let t = words(locale);
    vec![
        ("account", t.account),
        ("name", t.name),
        ("phone", t.phone),
        ("email", t.email),
        ("roles", t.roles),
        ("supervisor", t.supervisor),
        ("password", t.password),
    ]
}
