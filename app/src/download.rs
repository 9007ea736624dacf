//! Files that the browser saves: their headers, and their bytes as they are made.

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, header},
};
use futures::{Stream, StreamExt};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in the extended parameter as it is (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The headers of a file with this type and name (RFC 6266): the name whole for those who read the extended parameter,
/// and in plain letters for the others.
pub fn headers(kind: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition(name))]
}

/// A body of bytes that come one after the other. It may be asked again after its end, which connections do.
pub fn body(bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static) -> Body {
    Body::from_stream(bytes.fuse())
}

fn disposition(name: &str) -> HeaderValue {
    // Nothing that turns the reading direction or breaks a line may stand in a name.
    let is_sound = |one: &char| {
        !one.is_control()
            && !matches!(one, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '/' | '\\')
    };
    let name: String = name.chars().filter(is_sound).collect();
    let ascii: String =
        name.chars().map(|one| if one.is_ascii_alphanumeric() || "-._".contains(one) { one } else { '_' }).collect();
    let value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, PLAIN));
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_whole_and_in_plain_letters() {
        let told = |name| disposition(name).to_str().unwrap().to_owned();
        assert_eq!(told("线索-1.csv"), "attachment; filename=\"__-1.csv\"; filename*=UTF-8''%E7%BA%BF%E7%B4%A2-1.csv");
        assert_eq!(told("a\"b;c.csv"), "attachment; filename=\"a_b_c.csv\"; filename*=UTF-8''a%22b%3Bc.csv");
        assert_eq!(told("𠮷.csv"), "attachment; filename=\"_.csv\"; filename*=UTF-8''%F0%A0%AE%B7.csv");
    }

    #[test]
    fn a_name_cannot_break_a_line_turn_around_or_leave_its_folder() {
        for name in ["a\r\nSet-Cookie: x", "\u{202e}vsc.exe", "../../etc/passwd", "a\0b", "a\u{2028}b"] {
            let told = disposition(name);
            let told = told.to_str().unwrap();
            for bad in ["\r", "\n", "%0D", "%0A", "%E2%80%AE", "%E2%80%A8", "/", "%2F", "%00"] {
                assert!(!told.contains(bad), "{told}");
            }
        }
    }
}
