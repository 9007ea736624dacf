//! The words of pre-registrations.

use partner_center::preregistrations::{Invitation, State};

use crate::{
    messages::text as letters,
    text::{Locale, date_time},
    ui::Tone,
};

/// Words of the pages of pre-registrations.
pub struct Words {
    pub title: &'static str,
    pub carried: &'static str,
    pub carried_hint: &'static str,
    pub ours: &'static str,
    pub sealed_hint: &'static str,
    pub company: &'static str,
    pub contact: &'static str,
    pub mobile: &'static str,
    pub email: &'static str,
    pub invite: &'static str,
    pub invite_hint: &'static str,
    pub invite_yes: &'static str,
    pub invite_no: &'static str,
    pub invitation: &'static str,
    pub remark: &'static str,
    pub submit: &'static str,
    pub state: &'static str,
    pub lead: &'static str,
    pub owner: &'static str,
    pub created_at: &'static str,
    pub expires_at: &'static str,
}

/// The words of a language.
pub fn words(locale: Locale) -> &'static Words {
    locale.pick(&ZH, &EN)
}

const ZH: Words = Words {
    title: "客户报备",
    carried: "从线索带入",
    carried_hint: "以下各项留空时沿用线索中的信息；报备有效期 15 天",
    ours: "贵公司已报备该客户：",
    sealed_hint: "已加入营销计划 2.0：电话和邮箱随报备密封带入，不显示也不能修改。",
    company: "客户全称",
    contact: "客户名称",
    mobile: "手机号码",
    email: "电子邮箱",
    invite: "发送邀请邮件",
    invite_hint: "选择发送时须有手机号码和电子邮箱；手机号码须与客户注册时一致",
    invite_yes: "发送",
    invite_no: "不发送",
    invitation: "邀请邮件",
    remark: "备注",
    submit: "提交报备",
    state: "报备状态",
    lead: "来源线索",
    owner: "报备人",
    created_at: "报备时间",
    expires_at: "有效期至",
};

const EN: Words = Words {
    title: "Pre-registration",
    carried: "Carried over from the lead",
    carried_hint: "What you leave empty is carried over from the lead; a pre-registration is valid for 15 days",
    ours: "Your company has pre-registered this prospect:",
    sealed_hint: "In marketing plan 2.0 phone and e-mail are carried over sealed: they are not shown and cannot be changed.",
    company: "Full company name",
    contact: "Contact",
    mobile: "Mobile",
    email: "E-mail",
    invite: "Send an invitation by e-mail",
    invite_hint: "Needs a mobile, the one that the customer will register with, and an e-mail address",
    invite_yes: "Send",
    invite_no: "Do not send",
    invitation: "Invitation by e-mail",
    remark: "Remark",
    submit: "Pre-register",
    state: "State",
    lead: "From lead",
    owner: "Pre-registered by",
    created_at: "Pre-registered",
    expires_at: "Valid until",
};

/// A state's word.
pub fn state(locale: Locale, state: State) -> &'static str {
    match state {
        State::Pending => locale.pick("待审核", "Under review"),
        State::Registered => locale.pick("已报备", "Pre-registered"),
        State::Rejected => locale.pick("报备失败", "Rejected"),
        State::Invited => locale.pick("已邀请", "Invited"),
        State::Associated => locale.pick("已关联", "Associated"),
        State::Failed => locale.pick("关联失败", "Association failed"),
        State::Expired => locale.pick("已失效", "Expired"),
    }
}

/// What has become of an invitation, with the reason where there is one.
pub fn invitation(locale: Locale, invitation: Option<Invitation>) -> String {
    let (word, reason) = match invitation {
        None => (locale.pick("不发送", "Not asked for"), None),
        Some(Invitation::UnderWay(reason)) => (locale.pick("发送中", "Under way"), reason),
        Some(Invitation::Sent(at)) => return format!("{} {}", locale.pick("已发送", "Sent"), date_time(at)),
        Some(Invitation::NotSent(None)) => (locale.pick("未发送", "Not sent"), None),
        Some(Invitation::NotSent(reason)) => (locale.pick("发送失败", "Could not be sent"), reason),
    };
    match (locale, reason.map(|reason| letters::reason(locale, reason))) {
        (_, None) => word.to_owned(),
        (Locale::Chinese, Some(reason)) => format!("{word}：{reason}"),
        (Locale::English, Some(reason)) => format!("{word}: {reason}"),
    }
}

/// A state's tone.
pub fn tone(state: State) -> Tone {
    match state {
        State::Pending => Tone::Orange,
        State::Registered | State::Invited => Tone::Blue,
        State::Associated => Tone::Green,
        State::Rejected | State::Failed => Tone::Red,
        State::Expired => Tone::Grey,
    }
}
