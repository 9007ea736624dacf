//! The words of messages: one sentence for a notice, on the page and in letters alike.

use partner_center::{
    leads::display_number,
    messages::{About, Channel, Group, Kind, Language, Notice},
    outbox::{Reason, State},
};

use crate::{
    text::{Locale, counted},
    ui::Tone,
};

/// Words of the pages.
pub struct Words {
    pub mark_all: &'static str,
    pub mark_one: &'static str,
    pub unread: &'static str,
    pub settings: &'static str,
    pub group: &'static str,
    pub read_or_not: &'static str,
    pub unread_only: &'static str,
    pub read_only: &'static str,
    pub empty_title: &'static str,
    pub empty_text: &'static str,
    pub nothing_found_title: &'static str,
    pub nothing_found_text: &'static str,
    pub channels: &'static str,
    pub channels_hint: &'static str,
    pub in_app: &'static str,
    pub always: &'static str,
    pub language: &'static str,
    pub language_hint: &'static str,
    pub saved: &'static str,
    pub receivers: &'static str,
    pub receivers_hint: &'static str,
    pub no_receivers_title: &'static str,
    pub no_receivers_text: &'static str,
    pub add_receiver: &'static str,
    pub receiver_added: &'static str,
    pub receiver_removed: &'static str,
    pub remove: &'static str,
    pub kind: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub deliveries: &'static str,
    pub deliveries_hint: &'static str,
    pub no_deliveries_title: &'static str,
    pub no_deliveries_text: &'static str,
    pub at: &'static str,
    pub channel: &'static str,
    pub to: &'static str,
    pub to_receiver: &'static str,
    pub to_member: &'static str,
    pub to_prospect: &'static str,
    pub invitation: &'static str,
    pub state: &'static str,
    pub code: &'static str,
    pub demo_title: &'static str,
    pub demo_hint: &'static str,
    pub demo_empty_title: &'static str,
    pub demo_empty_text: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    mark_all: "全部标为已读",
    mark_one: "标为已读",
    unread: "未读",
    settings: "消息设置",
    group: "消息类型",
    read_or_not: "阅读状态",
    unread_only: "未读",
    read_only: "已读",
    empty_title: "没有消息",
    empty_text: "有新的线索派发给您、导入结束等情况时，会在这里通知。",
    nothing_found_title: "没有符合条件的消息",
    nothing_found_text: "请放宽查询条件后再试。",
    channels: "接收方式",
    channels_hint: "站内信始终接收；邮件和短信发送到您账号的邮箱和手机。",
    in_app: "站内信",
    always: "始终接收",
    language: "邮件和短信的语言",
    language_hint: "邮件和短信使用您在基本信息中选择的语言：",
    saved: "消息设置已保存",
    receivers: "消息接收人",
    receivers_hint: "按消息类型配置接收人，他们会另外收到邮件和短信；未配置接收人的消息，只发送到成员本人的邮箱和手机。",
    no_receivers_title: "没有配置接收人",
    no_receivers_text: "消息只发送到成员本人的邮箱和手机。",
    add_receiver: "新增接收人",
    receiver_added: "接收人已新增",
    receiver_removed: "接收人已删除",
    remove: "删除",
    kind: "消息类型",
    name: "姓名",
    email: "邮箱",
    phone: "手机",
    deliveries: "最近的邮件和短信",
    deliveries_hint: "发送失败会自动重试，最多 6 次。",
    no_deliveries_title: "还没有邮件和短信",
    no_deliveries_text: "按接收方式发送的邮件和短信会列在这里。",
    at: "时间",
    channel: "方式",
    to: "发送给",
    to_receiver: "接收人",
    to_member: "成员",
    to_prospect: "报备客户",
    invitation: "邀请",
    state: "状态",
    code: "验证码",
    demo_title: "演示发件箱",
    demo_hint: "仅演示环境：这里显示本应发出的邮件和短信，不会真正发送。",
    demo_empty_title: "还没有邮件和短信",
    demo_empty_text: "本应发给贵公司成员和接收人的邮件和短信会显示在这里。",
};

const EN: Words = Words {
    mark_all: "Mark all as read",
    mark_one: "Mark as read",
    unread: "Unread",
    settings: "Message settings",
    group: "Group",
    read_or_not: "Read or not",
    unread_only: "Unread",
    read_only: "Read",
    empty_title: "No messages",
    empty_text: "You are told here when leads are dispatched to you, when an import is over, and the like.",
    nothing_found_title: "No message fits these conditions",
    nothing_found_text: "Loosen the conditions and search again.",
    channels: "How you are told",
    channels_hint: "Messages are always here; e-mails and text messages go to the address and mobile number of your account.",
    in_app: "Message centre",
    always: "Always",
    language: "Language of e-mails and text messages",
    language_hint: "E-mails and text messages are in the language that you have chosen in your profile:",
    saved: "Your message settings have been saved",
    receivers: "Receivers of messages",
    receivers_hint: "Receivers get e-mails and text messages about one kind of message each, besides the members concerned; where none is set, only the members' own addresses are used.",
    no_receivers_title: "No receivers",
    no_receivers_text: "Messages go to the members' own addresses alone.",
    add_receiver: "Add a receiver",
    receiver_added: "The receiver has been added",
    receiver_removed: "The receiver has been removed",
    remove: "Remove",
    kind: "Kind of message",
    name: "Name",
    email: "E-mail",
    phone: "Mobile",
    deliveries: "Latest e-mails and text messages",
    deliveries_hint: "What could not be sent is tried again, up to 6 times.",
    no_deliveries_title: "No e-mails or text messages yet",
    no_deliveries_text: "What is sent in the ways chosen above is listed here.",
    at: "Time",
    channel: "By",
    to: "To",
    to_receiver: "Receiver",
    to_member: "Member",
    to_prospect: "Prospect",
    invitation: "Invitation",
    state: "State",
    code: "Verification code",
    demo_title: "Demo outbox",
    demo_hint: "Demo only: these e-mails and text messages would have been sent; nothing leaves this server.",
    demo_empty_title: "No e-mails or text messages yet",
    demo_empty_text: "What would have been sent to members and receivers of your company is shown here.",
};

/// That nothing is sent by these ways.
pub fn closed(locale: Locale, ways: &str) -> String {
    match locale {
        Locale::Chinese => format!("本平台尚未开通{ways}发送，选择后也不会收到；如需开通请联系平台运营人员。"),
        Locale::English => {
            format!(
                "Nothing is sent by {ways} here, whatever you choose: ask the operator of this platform to set it up."
            )
        }
    }
}

/// What a message says. `reader` is the name of the one it was written to, for those who are not.
pub fn sentence(locale: Locale, about: &About, reader: Option<&str>) -> String {
    let you = reader.unwrap_or(locale.pick("您", "you"));
    let colleague = about.colleague.as_deref().unwrap_or(you);
    let company = about.company.as_deref().unwrap_or("--");
    let number = about.number.map(display_number);
    match (&about.notice, number, locale) {
        (Notice::LeadDispatched { .. }, Some(number), Locale::Chinese) => {
            format!("线索 {number} 已派发给{you}，请及时跟进")
        }
        (Notice::LeadDispatched { .. }, Some(number), Locale::English) => {
            format!("Lead {number} has been dispatched to {you}")
        }
        // It has left since; nothing of it is told any more.
        (Notice::LeadDispatched { .. }, None, Locale::Chinese) => {
            format!("有一条线索曾派发给{you}，现已不在{you}名下")
        }
        (Notice::LeadDispatched { .. }, None, Locale::English) => {
            format!("A lead was dispatched to {you} and has since left again")
        }
        (Notice::LeadUnfollowed { .. }, Some(number), Locale::Chinese) => {
            format!("线索 {number} 派发给{colleague}已满 3 天，尚未跟进")
        }
        (Notice::LeadUnfollowed { .. }, Some(number), Locale::English) => {
            format!("Lead {number} was dispatched to {colleague} 3 days ago and has not been followed up")
        }
        (Notice::LeadUnfollowed { .. }, None, Locale::Chinese) => {
            format!("有一条线索派发给{colleague}后 3 天未跟进，现已不在其名下")
        }
        (Notice::LeadUnfollowed { .. }, None, Locale::English) => {
            format!("A lead that {colleague} did not follow up for 3 days has since left again")
        }
        (Notice::LeadReturned { .. }, Some(number), Locale::Chinese) => {
            format!("{colleague}退回了线索 {number}，待重新派发")
        }
        (Notice::LeadReturned { .. }, Some(number), Locale::English) => {
            format!("Lead {number} has been returned by {colleague} and waits for dispatch")
        }
        (Notice::LeadReturned { .. }, None, Locale::Chinese) => format!("{colleague}退回了一条线索"),
        (Notice::LeadReturned { .. }, None, Locale::English) => format!("A lead has been returned by {colleague}"),
        (Notice::ImportEnded { written: Some(written), .. }, _, Locale::Chinese) => {
            format!("导入已完成，写入 {} 条线索", crate::text::number(*written))
        }
        (Notice::ImportEnded { written: Some(written), .. }, _, Locale::English) => {
            let written = counted(locale, *written, "", ["lead has been written", "leads have been written"]);
            format!("The import is done: {written}")
        }
        (Notice::ImportEnded { written: None, .. }, _, Locale::Chinese) => "导入失败，请查看原因后重新上传".to_owned(),
        (Notice::ImportEnded { written: None, .. }, _, Locale::English) => {
            "The import has failed; see why and upload the file again".to_owned()
        }
        (Notice::ExportEnded { written: Some(written), .. }, _, Locale::Chinese) => {
            format!("导出已完成，共 {} 条，文件保留 3 天", crate::text::number(*written))
        }
        (Notice::ExportEnded { written: Some(written), .. }, _, Locale::English) => {
            let written = counted(locale, *written, "", ["row", "rows"]);
            format!("The export is done: {written}; the file is kept for 3 days")
        }
        (Notice::ExportEnded { written: None, .. }, _, Locale::Chinese) => "导出失败，请查看原因后重试".to_owned(),
        (Notice::ExportEnded { written: None, .. }, _, Locale::English) => {
            "The export has failed; see why and try it again".to_owned()
        }
        (Notice::RolesChanged { .. }, _, Locale::Chinese) => format!("{colleague}更改了{you}的角色，请重新登录后使用"),
        (Notice::RolesChanged { .. }, _, Locale::English) => {
            format!("{colleague} has changed the roles of this account; sign in again to use them")
        }
        (Notice::PasswordReset { .. }, _, Locale::Chinese) => {
            format!("{colleague}重置了{you}的密码，下次登录时需要修改；如有疑问请立即联系管理员")
        }
        (Notice::PasswordReset { .. }, _, Locale::English) => {
            format!(
                "{colleague} has reset the password of this account; if you did not expect this, ask your administrator at once"
            )
        }
        (Notice::VerificationSwitched { on: true, .. }, _, Locale::Chinese) => {
            format!("{colleague}已开启操作验证码，敏感操作前需要输入验证码")
        }
        (Notice::VerificationSwitched { on: true, .. }, _, Locale::English) => {
            format!("Verification codes have been turned on by {colleague}: sensitive operations ask for one")
        }
        (Notice::VerificationSwitched { on: false, .. }, _, Locale::Chinese) => {
            format!("{colleague}已关闭操作验证码")
        }
        (Notice::VerificationSwitched { on: false, .. }, _, Locale::English) => {
            format!("Verification codes have been turned off by {colleague}")
        }
        (Notice::ResellerJoined { .. }, _, Locale::Chinese) => format!("云经销商{company}已加入贵公司名下"),
        (Notice::ResellerJoined { .. }, _, Locale::English) => {
            format!("The cloud reseller {company} has been set up under your company")
        }
    }
}

/// A group of messages.
pub fn group(locale: Locale, group: Group) -> &'static str {
    match group {
        Group::Leads => locale.pick("线索消息", "Leads"),
        Group::Files => locale.pick("导入导出消息", "Imports and exports"),
        Group::Account => locale.pick("账号消息", "Account"),
    }
}

/// A kind of message.
pub fn kind(locale: Locale, kind: Kind) -> &'static str {
    match kind {
        Kind::LeadDispatched => locale.pick("线索派发", "Lead dispatched"),
        Kind::LeadUnfollowed => locale.pick("线索未及时跟进", "Lead not followed up"),
        Kind::LeadReturned => locale.pick("线索退回", "Lead returned"),
        Kind::ImportEnded => locale.pick("导入结束", "Import over"),
        Kind::ExportEnded => locale.pick("导出结束", "Export over"),
        Kind::RolesChanged => locale.pick("角色变更", "Roles changed"),
        Kind::PasswordReset => locale.pick("密码重置", "Password reset"),
        Kind::VerificationSwitched => locale.pick("操作验证码变更", "Verification codes switched"),
        Kind::ResellerJoined => locale.pick("云经销商加入", "Reseller joined"),
    }
}

/// A way out of the product.
pub fn channel(locale: Locale, channel: Channel) -> &'static str {
    match channel {
        Channel::Email => locale.pick("邮件", "E-mail"),
        Channel::Sms => locale.pick("短信", "SMS"),
    }
}

/// A language, in itself.
pub fn language(language: Language) -> &'static str {
    match language {
        Language::Chinese => "中文",
        Language::English => "English",
    }
}

/// Where a letter stands.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Pending => locale.pick("待发送", "Waiting"),
        State::Sending => locale.pick("发送中", "Being sent"),
        State::Sent => locale.pick("已发送", "Sent"),
        State::Failed => locale.pick("发送失败", "Given up"),
    }
}

/// The colour of a letter's state.
pub fn tone(state: State) -> Tone {
    match state {
        State::Pending => Tone::Orange,
        State::Sending => Tone::Blue,
        State::Sent => Tone::Green,
        State::Failed => Tone::Red,
    }
}

/// Why a letter has not been handed over.
pub fn reason(locale: Locale, reason: Reason) -> &'static str {
    match reason {
        Reason::NotConfigured => locale.pick("尚未开通该发送方式", "this way is not set up"),
        Reason::NoAddress => locale.pick("没有可用的联系方式", "there is no address for it"),
        Reason::Gone => locale.pick("接收者已停用", "whom it is for is gone"),
        Reason::Expired => locale.pick("内容已过期", "it was too late for it"),
        Reason::Rejected => locale.pick("对方服务器拒收", "the other side does not take it"),
        Reason::Unreachable => locale.pick("对方服务器无法连接", "the other side could not be reached"),
        Reason::Unreadable => locale.pick("内容无法读取", "it can no longer be read"),
    }
}

/// What the last act came to.
pub fn flash(locale: Locale, code: &str) -> Option<&'static str> {
    let t = words(locale);
    match code {
        "messages-saved" => Some(t.saved),
        "receiver-added" => Some(t.receiver_added),
        "receiver-removed" => Some(t.receiver_removed),
        _ => None,
    }
}
