//! Letters in words: the same sentences as in the message centre, for those who read them elsewhere.

use partner_center::{
    messages::Language,
    outbox::{Content, Text},
};

use super::text;
use crate::{
    codes::text as codes,
    text::{Locale, words},
};

/// Puts a letter into words.
pub fn write(language: Language, content: &Content) -> Text {
    let locale = match language {
        Language::Chinese => Locale::Chinese,
        Language::English => Locale::English,
    };
    let product = words(locale).product;
    match content {
        Content::Message { about, reader, more } => {
            let sentence = text::sentence(locale, about, reader.as_deref());
            let kind = text::kind(locale, about.notice.kind());
            Text { subject: format!("{product} · {kind}"), body: format!("{sentence}{}", further(locale, *more)) }
        }
        Content::Code { code, operation, minutes } => {
            let what = codes::operation(locale, *operation);
            let body = match locale {
                Locale::Chinese => format!(
                    "验证码 {code}，{minutes} 分钟内有效，仅用于：{what}。如非本人操作，请立即修改密码。切勿告诉他人。"
                ),
                Locale::English => format!(
                    "{code} is your code for this: {what}. It is good for {minutes} minutes. If it was not you who asked for it, change your password. Tell it to nobody."
                ),
            };
            Text { subject: format!("{product} · {}", codes::words(locale).code), body }
        }
    }
}

/// The further messages that a letter stands for, and where they are read.
fn further(locale: Locale, more: u64) -> String {
    match (locale, more) {
        (Locale::Chinese, 0) => "。请登录伙伴中心查看。".to_owned(),
        (Locale::Chinese, more) => format!("。另有 {more} 条同类消息，请登录伙伴中心查看。"),
        (Locale::English, 0) => ". Sign in to Partner Center to see more.".to_owned(),
        (Locale::English, more) => format!(". {more} more messages of this kind are in Partner Center."),
    }
}

#[cfg(test)]
mod tests {
    use partner_center::{
        ids::LeadId,
        messages::{About, Notice},
    };

    use super::*;

    fn dispatched(number: Option<i64>) -> About {
        let notice = Notice::LeadDispatched { lead: LeadId(uuid::Uuid::nil()) };
        About { notice, number, is_visible: number.is_some(), colleague: None }
    }

    fn body(language: Language, about: About, reader: Option<&str>, more: u64) -> String {
        write(language, &Content::Message { about, reader: reader.map(str::to_owned), more }).body
    }

    #[test]
    fn a_letter_says_what_the_message_says() {
        assert_eq!(
            body(Language::Chinese, dispatched(Some(7)), None, 0),
            "线索 XS00000007 已派发给您，请及时跟进。请登录伙伴中心查看。"
        );
        assert_eq!(
            body(Language::English, dispatched(Some(7)), None, 2),
            "Lead XS00000007 has been dispatched to you. 2 more messages of this kind are in Partner Center."
        );
    }

    #[test]
    fn a_receiver_is_told_whom_it_is_about() {
        assert!(
            body(Language::Chinese, dispatched(Some(7)), Some("吴海波"), 0)
                .starts_with("线索 XS00000007 已派发给吴海波")
        );
    }

    #[test]
    fn a_lead_that_has_gone_elsewhere_has_no_number() {
        assert!(!body(Language::English, dispatched(None), None, 0).contains("XS"));
    }
}
