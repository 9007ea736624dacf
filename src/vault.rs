//! Keys: what seals personal data at rest, what makes it findable without being readable, what signs the audit chain.
//!
//! Sealed bytes are `version (1) · nonce (24) · XChaCha20-Poly1305`. The place that a value belongs to (its column and
//! row) is bound into the seal, so that a cipher moved to another row does not open.

use std::{collections::BTreeMap, fmt};

use base64::{Engine, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead, Generate, Payload},
};
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::Error;

const NONCE: usize = 24;
/// The bytes of a short fingerprint.
const SHORT: usize = 16;

/// The key ring. Values are sealed with the newest key and opened with the one they name.
pub struct Vault {
    ciphers: BTreeMap<u8, XChaCha20Poly1305>,
    newest: u8,
    index: [u8; 32],
    chain: [u8; 32],
}

/// Why there is no key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadKeys {
    /// No key was given.
    None,
    /// An entry is not `version:base64 of 32 bytes`.
    Malformed,
}

/// A sealed value does not open: wrong key, wrong place, or changed bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken;

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Vault(newest key: {})", self.newest)
    }
}

impl fmt::Display for BadKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadKeys::None => "no keys are configured",
            BadKeys::Malformed => "a key is not of the form VERSION:BASE64-OF-32-BYTES",
        })
    }
}

impl std::error::Error for BadKeys {}

impl Vault {
    /// Reads a key ring such as `1:BASE64,2:BASE64`. The oldest key also makes the search index and signs the audit
    /// chain, so it must stay in the ring.
    pub fn parse(ring: &str) -> Result<Vault, BadKeys> {
        let mut keys = BTreeMap::new();
        for entry in ring.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let (version, key) = entry.split_once(':').ok_or(BadKeys::Malformed)?;
            let version: u8 = version.parse().map_err(|_| BadKeys::Malformed)?;
            let key = STANDARD.decode(key).map_err(|_| BadKeys::Malformed)?;
            let key: [u8; 32] = key.try_into().map_err(|_| BadKeys::Malformed)?;
            keys.insert(version, key);
        }
        let (oldest, newest) =
            (keys.first_key_value().ok_or(BadKeys::None)?, keys.last_key_value().ok_or(BadKeys::None)?);
        Ok(Vault {
            newest: *newest.0,
            index: derive(oldest.1, b"index"),
            chain: derive(oldest.1, b"audit chain"),
            ciphers: keys
                .iter()
                .map(|(version, key)| (*version, XChaCha20Poly1305::new(&derive(key, b"seal").into())))
                .collect(),
        })
    }

    /// The ring of the demo: known to everybody, so good for nothing else.
    pub fn demo() -> Vault {
        let key = STANDARD.encode([0x42; 32]);
        Vault::parse(&format!("1:{key}")).expect("the demo key is well formed")
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: &str, clear: &[u8]) -> Vec<u8> {
        let nonce = XNonce::generate();
        let sealed = self.ciphers[&self.newest]
            .encrypt(&nonce, Payload { msg: clear, aad: place.as_bytes() })
            .expect("sealing fails only for values of many gigabytes");
        [&[self.newest], nonce.as_slice(), &sealed].concat()
    }

    /// Opens what was sealed for this place.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Vec<u8>, Broken> {
        let (version, rest) = sealed.split_first().ok_or(Broken)?;
        let cipher = self.ciphers.get(version).ok_or(Broken)?;
        let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or(Broken)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| Broken)?;
        cipher.decrypt(&nonce, Payload { msg: sealed, aad: place.as_bytes() }).map_err(|_| Broken)
    }

    /// A keyed fingerprint by which equal values of one kind are found, and nothing else about them.
    pub fn fingerprint(&self, kind: &str, value: &str) -> Vec<u8> {
        mac(&self.index, &[kind.as_bytes(), b"\0", value.as_bytes()])
    }

    /// The text that was sealed for this place. One that does not open stands in the log, by its place: a key is missing,
    /// or somebody has been at the row.
    ///
    /// # Errors
    /// `Internal`, if it does not open.
    pub(crate) fn open_text(&self, place: &str, sealed: &[u8]) -> Result<String, Error> {
        let clear = self.open(place, sealed).map_err(|_| {
            tracing::error!(place, "a sealed value does not open");
            Error::Internal
        })?;
        String::from_utf8(clear).map_err(|_| Error::Internal)
    }

    /// Whether these bytes are the fingerprint of the value. Takes as long for a near miss as for a far one.
    pub(crate) fn vouches(&self, kind: &str, value: &str, fingerprint: &[u8]) -> bool {
        is_mac(&self.index, &[kind.as_bytes(), b"\0", value.as_bytes()], fingerprint)
    }

    /// The first 128 bits of a fingerprint, where a whole one would be too long.
    pub(crate) fn short_fingerprint(&self, kind: &str, value: &str) -> [u8; SHORT] {
        let whole = self.fingerprint(kind, value);
        *whole.first_chunk().expect("SHA-256 yields more than a short fingerprint has")
    }

    /// Whether these bytes are the short fingerprint of the value. Takes as long for a near miss as for a far one.
    pub(crate) fn vouches_shortly(&self, kind: &str, value: &str, fingerprint: &[u8; SHORT]) -> bool {
        keyed(&self.index, &[kind.as_bytes(), b"\0", value.as_bytes()]).verify_truncated_left(fingerprint).is_ok()
    }

    /// The link of the audit chain that follows `previous`.
    pub(crate) fn link(&self, previous: &[u8], row: &[u8]) -> Vec<u8> {
        mac(&self.chain, &[previous, row])
    }
}

fn derive(key: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    mac(key, &[purpose]).try_into().expect("SHA-256 yields 32 bytes")
}

/// HMAC-SHA256 over these parts, one after the other.
pub(crate) fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    keyed(key, parts).finalize().into_bytes().to_vec()
}

/// Whether these bytes are that HMAC. Takes as long for a near miss as for a far one.
pub(crate) fn is_mac(key: &[u8], parts: &[&[u8]], told: &[u8]) -> bool {
    keyed(key, parts).verify_slice(told).is_ok()
}

fn keyed(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let vault = Vault::demo();
        let sealed = vault.seal("lead.phone:1", b"13800138000");
        assert_eq!(vault.open("lead.phone:1", &sealed).as_deref(), Ok(b"13800138000".as_slice()));
        assert_eq!(vault.open("lead.phone:2", &sealed), Err(Broken));
        assert!(!sealed.windows(4).any(|window| window == b"1380"));
    }

    #[test]
    fn a_changed_byte_does_not_open() {
        let vault = Vault::demo();
        let mut sealed = vault.seal("here", b"secret");
        for at in 0..sealed.len() {
            sealed[at] ^= 1;
            assert_eq!(vault.open("here", &sealed), Err(Broken), "byte {at}");
            sealed[at] ^= 1;
        }
        assert_eq!(vault.open("here", &[]), Err(Broken));
    }

    #[test]
    fn a_new_key_seals_and_the_old_one_still_opens() {
        let key = |byte| STANDARD.encode([byte; 32]);
        let old = Vault::parse(&format!("1:{}", key(1))).unwrap();
        let both = Vault::parse(&format!("1:{},2:{}", key(1), key(2))).unwrap();
        let sealed = old.seal("here", b"secret");
        assert_eq!(both.open("here", &sealed).as_deref(), Ok(b"secret".as_slice()));
        assert_eq!(both.seal("here", b"secret")[0], 2);
        assert_eq!(both.fingerprint("phone", "1"), old.fingerprint("phone", "1"));
    }

    #[test]
    fn a_fingerprint_fits_its_value_alone() {
        let vault = Vault::demo();
        let print = vault.fingerprint("code", "123456");
        assert!(vault.vouches("code", "123456", &print));
        assert!(!vault.vouches("code", "123457", &print));
        assert!(!vault.vouches("other", "123456", &print));
        assert!(!vault.vouches("code", "123456", &print[1..]));
    }

    #[test]
    fn a_short_fingerprint_fits_its_value_alone() {
        let vault = Vault::demo();
        let print = vault.short_fingerprint("code", "123456");
        assert!(vault.vouches_shortly("code", "123456", &print));
        assert!(!vault.vouches_shortly("code", "123457", &print));
        assert!(!vault.vouches_shortly("other", "123456", &print));
        for at in 0..print.len() {
            let mut other = print;
            other[at] ^= 1;
            assert!(!vault.vouches_shortly("code", "123456", &other), "byte {at}");
        }
    }

    #[test]
    fn no_key_and_a_short_key_are_refused() {
        assert_eq!(Vault::parse("").err(), Some(BadKeys::None));
        assert_eq!(Vault::parse("1:AAAA").err(), Some(BadKeys::Malformed));
        assert_eq!(Vault::parse("nonsense").err(), Some(BadKeys::Malformed));
    }
}
