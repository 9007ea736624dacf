//! Files that the browser saves: their headers, and their bytes as they are made.

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, header},
};
use futures::{Stream, StreamExt};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands in the extended parameter as it is (RFC 8187).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// The headers of a file with this type and name.
pub fn headers(kind: &'static str, name: &str) -> [(HeaderName, HeaderValue); 2] {
    let disposition = HeaderValue::from_str(&disposition(name)).unwrap_or(HeaderValue::from_static("attachment"));
    [(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, disposition)]
}

/// A body of bytes that come one after the other. It may be asked again after its end, which connections do.
pub fn body(bytes: impl Stream<Item = std::io::Result<Bytes>> + Send + 'static) -> Body {
    Body::from_stream(bytes.fuse())
}

/// The name under which a file is kept (RFC 6266): whole for every browser of today, in plain letters for the rest.
pub fn disposition(name: &str) -> String {
    let name: String = name.chars().filter(is_sound).collect();
    let plain = |one: char| if one.is_ascii_alphanumeric() || " .-_()".contains(one) { one } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{}", utf8_percent_encode(&name, PLAIN))
}

/// Nothing that turns the reading direction, breaks a line or leads to another folder stands in a name.
fn is_sound(one: &char) -> bool {
    let turns = matches!(one, '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !one.is_control() && !turns && !matches!(one, '/' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_whole_and_in_plain_letters() {
        let told = disposition;
        assert_eq!(
            told("报价 v2.pdf"),
            "attachment; filename=\"__ v2.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20v2.pdf"
        );
        assert_eq!(told("线索-1.csv"), "attachment; filename=\"__-1.csv\"; filename*=UTF-8''%E7%BA%BF%E7%B4%A2-1.csv");
        assert_eq!(told("a\"b;c.csv"), "attachment; filename=\"a_b_c.csv\"; filename*=UTF-8''a%22b%3Bc.csv");
        assert_eq!(told("𠮷.csv"), "attachment; filename=\"_.csv\"; filename*=UTF-8''%F0%A0%AE%B7.csv");
    }

    #[test]
    fn a_name_cannot_break_a_line_turn_around_or_leave_its_folder() {
        for name in ["a\r\nSet-Cookie: x", "\u{202e}vsc.exe", "../../etc/passwd", "a\0b", "a\u{2028}b"] {
            let told = disposition(name);
            for bad in ["\r", "\n", "%0D", "%0A", "%E2%80%AE", "%E2%80%A8", "/", "%2F", "%00"] {
                assert!(!told.contains(bad), "{told}");
            }
        }
    }
}
