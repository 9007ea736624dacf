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
        Content::Invitation { partner, company, until } => match locale {
            Locale::Chinese => Text {
                subject: format!("{partner}的邀请 · {product}"),
                body: format!(
                    "{partner}通过{product}邀请{company}成为其客户。邀请有效期至 {until}。如愿接受，请直接与{partner}联系。如对此并不知情，无需任何操作。"
                ),
            },
            Locale::English => Text {
                subject: format!("{product} · Invitation from {partner}"),
                body: format!(
                    "{partner} invites {company} through {product} to become its customer. The invitation is good until {until}. To accept it, get in touch with {partner}. If you did not expect it, there is nothing that you need to do."
                ),
            },
        },
    }
}

/// The further messages that a letter stands for, and where they are read.
fn further(locale: Locale, more: u64) -> String {
    match (locale, more) {
        (Locale::Chinese, 0) => "。请登录伙伴中心查看。".to_owned(),
        (Locale::Chinese, more) => format!("。另有 {more} 条同类消息，请登录伙伴中心查看。"),
        (Locale::English, 0) => ". Sign in to Partner Center to see more.".to_owned(),
        (Locale::English, 1) => ". 1 more message of this kind is in Partner Center.".to_owned(),
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
        About { notice, number, is_visible: number.is_some(), colleague: None, company: None }
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
    fn an_invitation_says_who_invites_whom_how_long_and_leads_nowhere() {
        let content = Content::Invitation {
            partner: "云帆科技".to_owned(),
            company: "上海启明有限公司".to_owned(),
            until: chrono::NaiveDate::from_ymd_opt(2026, 12, 4).unwrap(),
        };
        let chinese = write(Language::Chinese, &content);
        assert_eq!(chinese.subject, "云帆科技的邀请 · 伙伴中心");
        assert_eq!(
            chinese.body,
            "云帆科技通过伙伴中心邀请上海启明有限公司成为其客户。邀请有效期至 2026-12-04。如愿接受，请直接与云帆科技联系。如对此并不知情，无需任何操作。"
        );
        let english = write(Language::English, &content);
        assert_eq!(english.subject, "Partner Center · Invitation from 云帆科技");
        assert!(english.body.contains("good until 2026-12-04") && english.body.contains("nothing that you need to do"));
        assert!(!chinese.body.contains("http") && !english.body.contains("http"));
    }

    #[test]
    fn a_lead_that_has_gone_elsewhere_has_no_number() {
        assert!(!body(Language::English, dispatched(None), None, 0).contains("XS"));
    }
}
