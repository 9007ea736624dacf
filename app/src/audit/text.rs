//! The words of the trail: one sentence for an event.

use partner_center::{
    access::{Action, PartnerState, TenantKind},
    audit::{AuditRow, Event, Outcome, Party, SignInRefusal},
    people::Held,
};

use crate::{
    account::text::words as account,
    calls::text as calls,
    codes::text as codes,
    exports::text as exports,
    leads::text as leads,
    messages::text as messages,
    people::text as people,
    text::{Locale, counted},
};

/// Words of the page.
pub struct Words {
    pub number: &'static str,
    pub at: &'static str,
    pub tenant: &'static str,
    pub account: &'static str,
    pub event: &'static str,
    pub outcome: &'static str,
    pub address: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    number: "序号",
    at: "时间",
    tenant: "租户",
    account: "操作账号",
    event: "事件",
    outcome: "结果",
    address: "来源地址",
    from: "日期从",
    to: "日期至",
    empty_title: "没有符合条件的记录",
    empty_text: "请放宽查询条件后再试。",
};

const EN: Words = Words {
    number: "Number",
    at: "Time",
    tenant: "Tenant",
    account: "Account",
    event: "Event",
    outcome: "Result",
    address: "Source address",
    from: "From",
    to: "To",
    empty_title: "No entries match your filters",
    empty_text: "Remove a filter or two and search again.",
};

/// How an act ended.
pub fn outcome(locale: Locale, outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => locale.pick("成功", "Done"),
        Outcome::Refused => locale.pick("已拒绝", "Refused"),
    }
}

/// The name of an event, for the filter. Codes come from [`Event`] itself.
pub fn event_name(locale: Locale, code: &str) -> &'static str {
    let (chinese, english) = match code {
        "signed_in" => ("登录", "Signed in"),
        "sign_in_refused" => ("登录被拒绝", "Sign-in refused"),
        "signed_out" => ("退出登录", "Signed out"),
        "signed_out_everywhere" => ("退出所有设备", "Signed out everywhere"),
        "password_changed" => ("修改密码", "Password changed"),
        "password_refused" => ("密码验证未通过", "Wrong password"),
        "refused" => ("越权操作", "Not permitted"),
        "lead_created" => ("新建线索", "Lead created"),
        "duplicate_met" => ("新建线索遇到重复", "New lead is a duplicate"),
        "lead_dispatched" => ("派发线索", "Lead dispatched"),
        "lead_returned" => ("退回线索", "Lead returned"),
        "lead_followed_up" => ("跟进线索", "Lead followed up"),
        "lead_reopened" => ("重新打开线索", "Lead reopened"),
        "attachment_downloaded" => ("下载跟进附件", "Follow-up attachment downloaded"),
        "lead_value_revealed" => ("查看线索隐藏信息", "Hidden value of a lead shown"),
        "reveal_refused" => ("查看隐藏信息被拒绝", "Showing a hidden value refused"),
        "leads_searched" => ("按名称查询线索", "Leads searched by name"),
        "search_refused" => ("按名称查询过于频繁", "Too many searches by name"),
        "import_uploaded" => ("上传导入文件", "Import uploaded"),
        "import_confirmed" => ("确认导入", "Import confirmed"),
        "import_cancelled" => ("取消导入", "Import cancelled"),
        "import_checked" => ("校验导入文件", "Import checked"),
        "import_failed" => ("导入失败", "Import failed"),
        "export_requested" => ("发起导出", "Export asked for"),
        "export_finished" => ("完成导出", "Export finished"),
        "export_downloaded" => ("下载导出文件", "Export downloaded"),
        "export_failed" => ("导出失败", "Export failed"),
        "export_cancelled" => ("取消导出", "Export cancelled"),
        "export_expired" => ("导出文件过期", "Export file forgotten"),
        "leads_imported" => ("导入线索", "Leads imported"),
        "view_saved" => ("保存视图", "View saved"),
        "view_deleted" => ("删除视图", "View deleted"),
        "preference_saved" => ("保存个人设置", "Preference saved"),
        "tenant_created" => ("创建租户", "Tenant created"),
        "partner_state_set" => ("设置伙伴状态", "Partner state set"),
        "trail_begun" => ("操作记录开始", "Trail begun"),
        "member_created" => ("创建成员", "Member created"),
        "member_edited" => ("修改成员信息", "Member changed"),
        "roles_changed" => ("修改成员角色", "Roles of a member changed"),
        "supervisor_set" => ("指定主管", "Supervisor set"),
        "qualification_reviewed" => ("资质审核", "Qualification reviewed"),
        "contacts_changed" => ("设置客户联系人", "Contacts for customers chosen"),
        "member_enabled" => ("启用成员", "Member enabled"),
        "password_reset" => ("重置密码", "Password reset"),
        "member_value_revealed" => ("查看成员隐藏信息", "Hidden value of a member shown"),
        "member_reveal_refused" => ("查看成员隐藏信息被拒绝", "Showing a member's hidden value refused"),
        "session_ended" => ("结束登录", "Session ended"),
        "role_created" => ("创建角色", "Role created"),
        "role_edited" => ("修改角色", "Role changed"),
        "role_deleted" => ("删除角色", "Role deleted"),
        "member_disabled" => ("停用成员", "Member disabled"),
        "role_taken" => ("移除成员角色", "Role taken from a member"),
        "lead_reminded" => ("提醒未跟进的线索", "Reminded of a lead"),
        "receivers_changed" => ("变更消息接收人", "Receivers of messages changed"),
        "code_sent" => ("发送验证码", "Verification code sent"),
        "code_refused" => ("验证码发送次数超限", "No further verification code sent"),
        "code_failed" => ("验证码错误", "Wrong verification code"),
        "code_confirmed" => ("验证码通过", "Verification code confirmed"),
        "verification_switched" => ("切换操作验证码", "Verification codes switched"),
        "call_started" => ("发起外呼", "Call started"),
        "call_refused" => ("外呼被拒绝", "Call refused"),
        "call_moved" => ("外呼状态变化", "Call went on"),
        "call_ended" => ("外呼结束", "Call ended"),
        "call_cancelled" => ("取消外呼", "Call given up"),
        "call_draft_saved" => ("保存跟进草稿", "Follow-up draft saved"),
        "call_rules_saved" => ("修改外呼规则", "Calling rules changed"),
        "do_not_call_added" => ("加入勿扰名单", "Put on the do-not-call list"),
        "do_not_call_lifted" => ("移出勿扰名单", "Taken off the do-not-call list"),
        "lead_developed" => ("发展客户", "Lead developed"),
        "preregistration_created" => ("报备客户", "Prospect pre-registered"),
        "preregistration_refused" => ("报备被拒绝", "Pre-registration refused"),
        "preregistration_expired" => ("报备失效", "Pre-registration expired"),
        "invitation_sent" => ("发送邀请", "Invitation sent"),
        "messages_read" => ("消息标为已读", "Messages marked as read"),
        _ => ("其他", "Other"),
    };
    locale.pick(chinese, english)
}

/// How the vendor stands to a partner.
pub fn partner_state(locale: Locale, state: PartnerState) -> &'static str {
    match state {
        PartnerState::Normal => locale.pick("正常", "normal"),
        PartnerState::Restricted => locale.pick("受限", "restricted"),
        PartnerState::Frozen => locale.pick("冻结", "frozen"),
    }
}

/// Who acted: the account, or the company where it was another one.
pub fn actor(locale: Locale, row: &AuditRow) -> Option<String> {
    row.account.clone().or_else(|| row.acting.as_ref().map(|acting| party(locale, acting)))
}

/// A company in another one's trail: its name, and what it is in the trade.
fn party(locale: Locale, party: &Party) -> String {
    match party {
        Party::Vendor => people::kind(locale, TenantKind::Platform).to_owned(),
        Party::Company { title, kind } => {
            let kind = people::kind(locale, *kind);
            let (open, close) = locale.pick(("（", "）"), (" (", ")"));
            format!("{title}{open}{kind}{close}")
        }
    }
}

/// What happened, in a sentence without names or numbers of customers, and which other company it concerns.
pub fn sentence(locale: Locale, row: &AuditRow) -> String {
    let sentence = event_sentence(locale, row);
    match &row.second {
        Some(second) => format!("{sentence} · {}", party(locale, second)),
        None => sentence,
    }
}

fn event_sentence(locale: Locale, row: &AuditRow) -> String {
    let name = event_name(locale, &row.code);
    let Some(event) = &row.event else { return name.to_owned() };
    let more = match event {
        Event::SignInRefused { why: SignInRefusal::Credentials } => {
            Some(locale.pick("账号或密码不正确", "incorrect account or password").to_owned())
        }
        Event::SignInRefused { why: SignInRefusal::Throttled } => {
            Some(locale.pick("尝试次数过多", "too many attempts").to_owned())
        }
        Event::Refused { action } => Some(act(locale, *action).to_owned()),
        Event::PartnerStateSet { state, .. } => Some(partner_state(locale, *state).to_owned()),
        Event::LeadDispatched { .. }
        | Event::MemberCreated { .. }
        | Event::MemberDisabled { .. }
        | Event::MemberEnabled { .. }
        | Event::PasswordReset { .. }
        | Event::SupervisorSet { .. } => about(row),
        Event::RoleTaken { role, .. } => {
            role.map_or_else(|| about(row), |role| joined(about(row), account(locale).role(role).to_owned()))
        }
        Event::MemberEdited { fields, .. } => {
            let parts: Vec<&str> = fields.iter().map(|part| people::part(locale, *part)).collect();
            joined(about(row), parts.join(locale.pick("、", ", ")))
        }
        Event::RolesChanged { before, after, .. } => {
            joined(about(row), format!("{} → {}", held(locale, before), held(locale, after)))
        }
        Event::QualificationReviewed { role, under_review, .. } => {
            let state = match under_review {
                true => locale.pick("审核中", "under review"),
                false => locale.pick("审核结束", "review ended"),
            };
            joined(about(row), format!("{} · {state}", account(locale).role(*role)))
        }
        Event::ContactsChanged { before, after } => Some(format!(
            "{} → {} {}",
            before.len(),
            after.len(),
            locale.pick("位", if after.len() == 1 { "member" } else { "members" })
        )),
        Event::MemberValueRevealed { field, .. } => joined(about(row), people::field(locale, *field).to_owned()),
        Event::MemberRevealRefused { field } => Some(people::field(locale, *field).to_owned()),
        Event::RoleCreated { items, .. } => Some(acts(locale, items)),
        Event::RoleEdited { before, after, .. } => Some(format!("{} → {}", acts(locale, before), acts(locale, after))),
        Event::LeadFollowedUp { outcome, .. } => Some(leads::outcome(locale, *outcome).to_owned()),
        Event::LeadValueRevealed { field, .. } | Event::RevealRefused { field } => {
            Some(leads::field(locale, *field).to_owned())
        }
        Event::ReceiversChanged { added, .. } => {
            Some(if *added { locale.pick("新增", "added") } else { locale.pick("删除", "removed") }.to_owned())
        }
        Event::CodeSent { operation, by } => {
            Some(format!("{} · {}", codes::operation(locale, *operation), messages::channel(locale, *by)))
        }
        Event::CodeRefused { operation } | Event::CodeFailed { operation } | Event::CodeConfirmed { operation } => {
            Some(codes::operation(locale, *operation).to_owned())
        }
        Event::VerificationSwitched { on } => {
            Some(if *on { locale.pick("开启", "on") } else { locale.pick("关闭", "off") }.to_owned())
        }
        Event::CallRefused { why, .. } | Event::PreregistrationRefused { why, .. } => {
            Some(crate::text::conflict(locale, *why).to_owned())
        }
        Event::CallMoved { state, .. } => Some(calls::state(locale, *state).to_owned()),
        Event::CallEnded { result, .. } => Some(calls::result(locale, *result).to_owned()),
        Event::DoNotCallAdded { reason, .. } => Some(calls::mute_reason(locale, *reason).to_owned()),
        Event::LeadsImported { rows, .. } => Some(counted(locale, *rows, "条", ["row", "rows"])),
        Event::ExportFinished { list, rows, .. } => {
            let rows = counted(locale, *rows, "条", ["row", "rows"]);
            Some(list.map_or(rows.clone(), |list| format!("{} · {rows}", exports::list(locale, list))))
        }
        Event::ExportRequested { list, .. }
        | Event::ExportDownloaded { list, .. }
        | Event::ExportFailed { list, .. }
        | Event::ExportCancelled { list, .. }
        | Event::ExportExpired { list, .. } => list.map(|list| exports::list(locale, list).to_owned()),
        Event::ImportChecked { bad, .. } => Some(counted(locale, *bad, "行有误", ["bad row", "bad rows"])),
        Event::SignedIn
        | Event::SignedOut
        | Event::SignedOutEverywhere
        | Event::PasswordChanged
        | Event::SessionEnded { .. }
        | Event::RoleDeleted { .. }
        | Event::PasswordRefused
        | Event::LeadCreated { .. }
        | Event::DuplicateMet
        | Event::LeadReturned { .. }
        | Event::LeadReopened { .. }
        | Event::LeadReminded { .. }
        | Event::AttachmentDownloaded { .. }
        | Event::LeadsSearched { .. }
        | Event::SearchRefused
        | Event::TenantCreated { .. }
        | Event::TrailBegun { .. }
        | Event::ImportUploaded { .. }
        | Event::ImportConfirmed { .. }
        | Event::ImportCancelled { .. }
        | Event::ImportFailed { .. }
        | Event::PreferenceSaved
        | Event::CallStarted { .. }
        | Event::CallCancelled { .. }
        | Event::CallDraftSaved { .. }
        | Event::CallRulesSaved
        | Event::DoNotCallLifted { .. }
        | Event::LeadDeveloped { .. }
        | Event::PreregistrationCreated { .. }
        | Event::PreregistrationExpired { .. }
        | Event::InvitationSent { .. }
        | Event::ViewSaved { .. }
        | Event::ViewDeleted { .. }
        | Event::MessagesRead => None,
    };
    match more {
        Some(more) => format!("{name} · {more}"),
        None => name.to_owned(),
    }
}

/// The member that the event is about.
fn about(row: &AuditRow) -> Option<String> {
    row.other_account.as_ref().map(|account| format!("→ {account}"))
}

fn joined(who: Option<String>, what: String) -> Option<String> {
    Some(who.map_or_else(|| what.clone(), |who| format!("{who} · {what}")))
}

/// Roles as they were then. A custom one may have gone since, so it is told as one, without its name.
fn held(locale: Locale, roles: &[Held]) -> String {
    let word = |role: &Held| match role {
        Held::Default(role) => account(locale).role(*role),
        Held::Custom(_) => locale.pick("自定义角色", "a custom role"),
    };
    listed(locale, roles.iter().map(word))
}

fn acts(locale: Locale, items: &[Action]) -> String {
    listed(locale, items.iter().map(|item| act(locale, *item)))
}

fn listed<'w>(locale: Locale, words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.collect();
    if words.is_empty() { "--".to_owned() } else { words.join(locale.pick("、", ", ")) }
}

/// What an action is called: what was not permitted, or what a role permits.
pub fn act(locale: Locale, action: Action) -> &'static str {
    match action {
        Action::ViewLeads => locale.pick("查看线索", "see leads"),
        Action::CreateLead => locale.pick("新建线索", "create a lead"),
        Action::ImportLeads => locale.pick("导入线索", "import leads"),
        Action::DispatchLead => locale.pick("派发线索", "dispatch leads"),
        Action::FollowLead => locale.pick("跟进线索", "follow up leads"),
        Action::ReopenLead => locale.pick("重新打开线索", "reopen a lead"),
        Action::RevealLead => locale.pick("查看线索隐藏信息", "show hidden values"),
        Action::ManageMembers => locale.pick("管理组织成员和角色", "manage members and roles"),
        Action::SetContacts => locale.pick("设置客户联系人", "choose contacts for customers"),
        Action::CallLead => locale.pick("外呼线索", "call leads"),
        Action::DevelopLead => locale.pick("发展客户", "develop a lead"),
        Action::LiftDoNotCall => locale.pick("移出勿扰名单", "take a number off the do-not-call list"),
        Action::SetCallRules => locale.pick("设置外呼规则", "set the rules of calling"),
        Action::ExportLeads => locale.pick("导出线索", "export leads"),
        Action::ViewJobs => locale.pick("查看后台任务", "see the background work"),
        Action::ViewAudit => locale.pick("查看云审计", "see the audit trail"),
        Action::ManageReceivers => locale.pick("管理消息接收人", "manage receivers of messages"),
        Action::SwitchVerification => locale.pick("设置操作验证码", "switch verification codes"),
        Action::KeepOwnAccount => locale.pick("维护个人账号", "manage one's own account"),
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;

    #[test]
    fn every_event_has_a_name_in_both_languages() {
        for code in Event::VARIANTS {
            for locale in [Locale::Chinese, Locale::English] {
                assert_ne!(event_name(locale, code), event_name(locale, "no such event"), "{code}");
            }
        }
    }
}
