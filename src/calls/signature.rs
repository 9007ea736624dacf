//! The signature of the voice service under what it tells: a digest over the address it was given, a number used once and
//! the time, keyed by the application's secret. It does not cover what is told; that crosses an encrypted connection.
//!
//! The documentation has changed: today the three are joined by line breaks, the time is that of Beijing though it ends in
//! `Z`, and for states too the address of the bill is said to be signed; before, they were joined by nothing and the time
//! was UTC. Which hash HMAC takes is not said; requests to the service take SHA-256. Each of these readings is taken.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::NaiveDateTime;

use crate::{moment::Moment, vault};

/// How far a signature's time may be from ours, in seconds.
const WINDOW_SECONDS: i64 = 600;
/// How far the clock of Beijing is ahead of UTC, in seconds.
const BEIJING_SECONDS: i64 = 8 * 3600;
/// The longest number used once.
const LONGEST_NONCE: usize = 128;

/// Whose signature counts, and for which addresses.
pub(super) struct Signer<'s> {
    pub key: &'s str,
    pub secret: &'s str,
    pub addresses: &'s [String],
}

impl Signer<'_> {
    /// What a signature is remembered by, if it is right and its time is now.
    pub(super) fn verify(&self, header: &str, now: Moment) -> Option<String> {
        let token = Token::parse(header)?;
        let is_right = |address: &String| {
            let parts = [address.as_bytes(), token.nonce.as_bytes(), token.created.as_bytes()];
            let [address, nonce, created] = parts;
            let secret = self.secret.as_bytes();
            // Both are compared, so that the time tells nothing of which one it was.
            vault::is_mac(secret, &[address, b"\n", nonce, b"\n", created], &token.digest)
                | vault::is_mac(secret, &parts, &token.digest)
        };
        let is_signed = self.addresses.iter().fold(false, |found, address| found | is_right(address));
        let is_good = is_signed && token.key == self.key && is_now(&token.created, now);
        is_good.then(|| STANDARD.encode(&token.digest))
    }
}

/// The header, taken apart.
struct Token {
    key: String,
    digest: Vec<u8>,
    nonce: String,
    created: String,
}

impl Token {
    /// Reads `UsernameToken Username="…",PasswordDigest="…",Nonce="…",Created="…"`.
    fn parse(header: &str) -> Option<Token> {
        let mut fields = BTreeMap::new();
        for field in header.trim().strip_prefix("UsernameToken ")?.split(',') {
            let (name, value) = field.trim().split_once('=')?;
            let value = value.strip_prefix('"')?.strip_suffix('"')?;
            if fields.insert(name, value.to_owned()).is_some() {
                return None;
            }
        }
        let mut field = |name| fields.remove(name);
        let token = Token {
            key: field("Username")?,
            digest: STANDARD.decode(field("PasswordDigest")?).ok()?,
            nonce: field("Nonce").filter(|nonce| (1..=LONGEST_NONCE).contains(&nonce.len()))?,
            created: field("Created")?,
        };
        Some(token)
    }
}

/// Whether a time is now, read as UTC or as Beijing's.
fn is_now(created: &str, now: Moment) -> bool {
    let Ok(told) = NaiveDateTime::parse_from_str(created, "%Y-%m-%dT%H:%M:%SZ") else { return false };
    let told = Moment(told.and_utc().timestamp_millis());
    let window = now.plus_seconds(-WINDOW_SECONDS)..=now.plus_seconds(WINDOW_SECONDS);
    [told, told.plus_seconds(-BEIJING_SECONDS)].iter().any(|told| window.contains(told))
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATUS: &str = "https://partners.example/v/1/2/s";
    const FEE: &str = "https://partners.example/v/1/2/f";
    /// 2018-02-12T15:30:20Z
    const NOW: Moment = Moment(1_518_449_420_000);
    const UTC: &str = "2018-02-12T15:30:20Z";
    const BEIJING: &str = "2018-02-12T23:30:20Z";

    fn header(secret: &str, signed: &[&str], nonce: &str, created: &str) -> String {
        let parts: Vec<&[u8]> = signed.iter().map(|part| part.as_bytes()).collect();
        let digest = STANDARD.encode(vault::mac(secret.as_bytes(), &parts));
        format!(r#"UsernameToken Username="key",PasswordDigest="{digest}",Nonce="{nonce}",Created="{created}""#)
    }

    fn verified(header: &str, now: Moment) -> bool {
        let addresses = [STATUS.to_owned(), FEE.to_owned()];
        Signer { key: "key", secret: "secret", addresses: &addresses }.verify(header, now).is_some()
    }

    #[test]
    fn each_documented_way_to_sign_is_taken() {
        for created in [UTC, BEIJING] {
            for address in [STATUS, FEE] {
                assert!(verified(&header("secret", &[address, "\n", "n1", "\n", created], "n1", created), NOW));
                assert!(verified(&header("secret", &[address, "n1", created], "n1", created), NOW));
            }
        }
        let spaced = header("secret", &[STATUS, "n1", UTC], "n1", UTC).replace(',', ", ");
        assert!(verified(&spaced, NOW));
    }

    #[test]
    fn whatever_else_was_signed_or_by_whom_is_not() {
        let whole = [STATUS, "\n", "n1", "\n", UTC];
        assert!(!verified(&header("other", &whole, "n1", UTC), NOW));
        assert!(!verified(&header("secret", &whole, "n2", UTC), NOW));
        assert!(!verified(&header("secret", &whole, "n1", BEIJING), NOW));
        assert!(!verified(&header("secret", &["https://partners.example/x", "n1", UTC], "n1", UTC), NOW));
        let good = header("secret", &whole, "n1", UTC);
        assert!(!verified(&good.replace("\"key\"", "\"other\""), NOW));
        assert!(!verified(&format!("{good},Nonce=\"n1\""), NOW));
        assert!(!verified(&good.replace("Nonce=\"n1\",", ""), NOW));
        for nonsense in ["", "UsernameToken", "UsernameToken ", "UsernameToken Username", "Basic a2V5"] {
            assert!(!verified(nonsense, NOW), "{nonsense}");
        }
    }

    #[test]
    fn a_signature_is_good_for_ten_minutes() {
        let good = header("secret", &[STATUS, "\n", "n1", "\n", UTC], "n1", UTC);
        for (seconds, is_good) in [(0, true), (600, true), (-600, true), (601, false), (-601, false), (86_400, false)] {
            assert_eq!(verified(&good, NOW.plus_seconds(seconds)), is_good, "{seconds}");
        }
    }
}
