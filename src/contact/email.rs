//! E-mail addresses.

use super::text::{folded, line, start};
use super::{Flaw, Revealed, STARS, Secret, Shown};

/// An e-mail address in lower case, its domain in any script.
///
/// It cannot be serialized, and what leaves is a mask.
/// ```compile_fail,E0277
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::Email) {
///     leaves(value);
/// }
/// ```
/// ```
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::Email) {
///     leaves(value.masked());
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Email(Secret);

impl Email {
    /// Reads an address of at most 128 characters; full-width signs are what a Chinese keyboard makes of `@` and `.`.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let text = line(&folded(text).replace('。', "."), 1, 128)?;
        let (local, domain) = text.split_once('@').ok_or(Flaw::Malformed)?;
        if !is_mailbox(local) || !is_domain(domain) {
            return Err(Flaw::Malformed);
        }
        Ok(Self(Secret(text)))
    }

    /// `zha****@example.com`; of a mailbox of three characters or fewer only the first is kept.
    pub fn masked(&self) -> Shown {
        let (local, domain) = self.expose().split_once('@').unwrap_or_default();
        let kept = if local.chars().count() <= 3 { 1 } else { 3 };
        Shown::masked(format!("{}{STARS}@{domain}", start(local, kept)))
    }

    /// The whole address, against proof of an audited reveal.
    pub fn clear(&self, _: &Revealed) -> Shown {
        self.0.clear()
    }

    /// The bare address, for sealing into storage and for nothing that a person reads.
    pub(crate) fn expose(&self) -> &str {
        &self.0.0
    }
}

/// A star is not admitted, so that a masked address typed back is refused.
fn is_mailbox(local: &str) -> bool {
    local.chars().count() <= 64
        && local.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "!#$%&'+/=?^_`{|}~-".contains(c))
        })
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let is_top = |label: &str| label.chars().count() > 1 && !label.chars().all(|c| c.is_ascii_digit());
    domain.split('.').all(is_label) && domain.rsplit_once('.').is_some_and(|(_, top)| is_top(top))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(text: &str) -> String {
        Email::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}")).expose().to_owned()
    }

    fn masked(text: &str) -> String {
        Email::parse(text).unwrap().masked().text().to_owned()
    }

    #[test]
    fn an_address_is_kept_half_width_and_in_lower_case() {
        assert_eq!(kept(" Li.Ming@Example.COM "), "li.ming@example.com");
        assert_eq!(kept("ｌｉ＠例子。中国"), "li@例子.中国");
        assert_eq!(kept("用户@例子.中国"), "用户@例子.中国");
        assert_eq!(kept("o'neil+news@mail.example.org"), "o'neil+news@mail.example.org");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "li",
            "@example.com",
            "li@",
            "li@example",
            "li@@example.com",
            "li@a@example.com",
            ".li@example.com",
            "li.@example.com",
            "l..i@example.com",
            "l i@example.com",
            "li@-example.com",
            "li@example-.com",
            "li@example..com",
            "li@example.c",
            "li@127.0.0.1",
            "<li@example.com>",
            "li@example.com,wu@example.com",
            "li@exa_mple.com",
            "\"li\"@example.com",
        ] {
            assert_eq!(Email::parse(text), Err(Flaw::Malformed), "{text}");
        }
        assert_eq!(Email::parse(""), Err(Flaw::Empty));
        assert_eq!(Email::parse("li@exam\u{200b}ple.com"), Err(Flaw::Unprintable));
        assert_eq!(Email::parse("li\r\nBcc: x@example.com"), Err(Flaw::Unprintable));
    }

    #[test]
    fn an_address_has_at_most_128_characters_and_64_of_them_before_the_sign() {
        let domain = |length: usize| format!("{}.{}.cn", "d".repeat(60), "e".repeat(length - 64));
        assert!(Email::parse(&format!("l@{}", domain(126))).is_ok());
        assert_eq!(Email::parse(&format!("l@{}", domain(127))), Err(Flaw::TooLong));
        assert!(Email::parse(&format!("{}@example.com", "l".repeat(64))).is_ok());
        assert_eq!(Email::parse(&format!("{}@example.com", "l".repeat(65))), Err(Flaw::Malformed));
    }

    #[test]
    fn a_mailbox_shows_its_first_three_characters() {
        assert_eq!(masked("zhangsan@example.com"), "zha****@example.com");
        assert_eq!(masked("abcd@example.com"), "abc****@example.com");
    }

    #[test]
    fn a_mailbox_of_three_characters_or_fewer_shows_one() {
        assert_eq!(masked("a@b.cn"), "a****@b.cn");
        assert_eq!(masked("lin@example.com"), "l****@example.com");
        assert_eq!(masked("用户@例子.中国"), "用****@例子.中国");
    }

    proptest! {
        #[test]
        fn anything_may_be_typed(text in prop::collection::vec(any::<char>(), 0..40)) {
            let text: String = text.into_iter().collect();
            for text in [format!("{text}@例子.中国"), text] {
                if let Ok(email) = Email::parse(&text) {
                    prop_assert_eq!(Email::parse(email.expose()), Ok(email.clone()));
                    prop_assert!(email.masked().text() != email.expose());
                }
            }
        }

        #[test]
        fn a_mask_never_holds_the_rest_of_the_mailbox(local in "[a-z]{4,30}", domain in "[0-9]{2,20}") {
            let shown = masked(&format!("{local}@{domain}.cn"));
            prop_assert_eq!(shown, format!("{}****@{domain}.cn", &local[..3]));
        }
    }
}
