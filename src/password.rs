//! What a password must be; how it is kept is not decided here.

use serde::{Deserialize, Serialize};

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weakness {
    /// Fewer than eight characters.
    TooShort,
    /// More than 1024 bytes, which would make hashing it costly.
    TooLong,
    /// Of one kind only, where two of small letters, capitals, digits and signs are needed.
    TooUniform,
    /// The account name, or the account name backwards.
    LikeAccount,
    /// Among the first that anyone would try.
    Common,
}

/// Whether somebody may protect their account with this password.
pub fn check(password: &str, account: &str) -> Result<(), Weakness> {
    let lower = password.to_lowercase();
    let account = account.to_lowercase();
    if password.len() > 1024 {
        Err(Weakness::TooLong)
    } else if password.chars().count() < 8 {
        Err(Weakness::TooShort)
    } else if lower == account || lower.chars().eq(account.chars().rev()) {
        Err(Weakness::LikeAccount)
    } else if COMMON.split('|').any(|common| common == lower) {
        Err(Weakness::Common)
    } else if kinds(password) < 2 {
        Err(Weakness::TooUniform)
    } else {
        Ok(())
    }
}

/// What an initial password is made of: nothing that looks like something else when it is read out.
const READABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// An initial password out of chance, such as `k7dm-x2pa-9hqe`.
pub fn initial(chance: [u8; 12]) -> String {
    let sign = |byte: &u8| char::from(READABLE[usize::from(byte % 32)]);
    let groups: Vec<String> = chance.chunks(4).map(|group| group.iter().map(sign).collect()).collect();
    groups.join("-")
}

/// How many of the four kinds of characters occur; what has no case and is no digit counts as a sign.
fn kinds(password: &str) -> usize {
    let is_letter_or_digit = |c: char| c.is_lowercase() || c.is_uppercase() || c.is_ascii_digit();
    [
        password.contains(char::is_lowercase),
        password.contains(char::is_uppercase),
        password.contains(|c: char| c.is_ascii_digit()),
        password.contains(|c| !is_letter_or_digit(c)),
    ]
    .into_iter()
    .filter(|&occurs| occurs)
    .count()
}

/// In lower case, and only such as the other rules would let pass.
const COMMON: &str = "000000aa|123456789a|12345678a|1234567a|123456aa|1234abcd|1234qwer|123qweasd|1q2w3e4r|\
    1q2w3e4r5t|1qaz2wsx|1qaz@wsx|a1234567|a12345678|a123456789|aa123456|abc12345|abc123456|abcd1234|abcd@1234|\
    admin123|admin1234|admin@123|asdf1234|changeme1|changeme123|huawei123|huawei@123|iloveyou1|p@ssw0rd|passw0rd|\
    password1|password123|password@123|q1w2e3r4|qq123456|qwer1234|qwerty123|test1234|welcome1|welcome123|\
    woaini1314|woaini520";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_kinds_of_characters_are_enough() {
        for password in ["Demo-2026-pc", "correct horse", "lowerUPPER", "digits4711", "--------A", "云帆科技云帆科1"]
        {
            assert_eq!(check(password, "lin"), Ok(()), "{password}");
        }
    }

    #[test]
    fn an_initial_password_is_one_that_may_be_chosen() {
        for chance in [[0; 12], [255; 12], [24; 12], [7, 31, 64, 99, 128, 200, 1, 2, 3, 4, 5, 6]] {
            let initial = initial(chance);
            assert_eq!((initial.len(), check(&initial, "lin")), (14, Ok(())), "{initial}");
        }
    }

    #[test]
    fn one_kind_of_characters_is_not() {
        for password in ["lowercase", "UPPERCASE", "47114711", "!§$%&/()", "云帆科技云帆科技"] {
            assert_eq!(check(password, "lin"), Err(Weakness::TooUniform), "{password}");
        }
    }

    #[test]
    fn eight_characters_are_the_least() {
        assert_eq!(check("", "lin"), Err(Weakness::TooShort));
        assert_eq!(check("Demo-26", "lin"), Err(Weakness::TooShort));
        assert_eq!(check("Demo-202", "lin"), Ok(()));
        assert_eq!(check("云帆2026-x", "lin"), Ok(()));
        assert_eq!(check("云帆云帆2", "lin"), Err(Weakness::TooShort), "bytes do not count as characters");
    }

    #[test]
    fn a_thousand_and_twenty_four_bytes_are_the_most() {
        assert_eq!(check(&"a1".repeat(512), "lin"), Ok(()));
        assert_eq!(check(&"a1".repeat(513), "lin"), Err(Weakness::TooLong));
    }

    #[test]
    fn the_account_name_is_no_password_in_either_direction() {
        for password in ["haitang_01", "HaiTang_01", "10_gnatiah", "10_GNATIAH"] {
            assert_eq!(check(password, "Haitang_01"), Err(Weakness::LikeAccount), "{password}");
        }
        assert_eq!(check("haitang_02", "haitang_01"), Ok(()));
    }

    #[test]
    fn a_common_password_is_refused_in_any_case() {
        for password in ["Password1", "Passw0rd", "P@ssw0rd", "Admin@123", "1qaz2wsx"] {
            assert_eq!(check(password, "lin"), Err(Weakness::Common), "{password}");
        }
    }

    #[test]
    fn each_common_password_is_refused_for_being_common() {
        for common in COMMON.split('|') {
            assert_eq!(check(common, "lin"), Err(Weakness::Common), "{common}");
        }
    }
}
