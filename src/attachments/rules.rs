//! What a file may be called.

use super::{Kind, LONGEST_NAME};
use crate::contact;

/// What a file is called when nothing is left of its name.
const NAMELESS: &str = "file";

/// A name that is safe on every system and says what the file is: no path, nothing that cannot be seen or that a system
/// takes for more than a letter, and the ending of its kind.
pub fn clean(name: &str, kind: Kind) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| c == ' ' || contact::line(c.encode_utf8(&mut [0; 4]), 1, 1).is_ok();
    let name: String = name.chars().filter(|c| plain(*c)).collect();
    let name: String = name.chars().map(|c| if r#"<>:"|?*%;"#.contains(c) { '_' } else { c }).collect();
    let name = name.trim_matches(['.', ' ']);
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) if kind.endings().contains(&ending.to_ascii_lowercase().as_str()) => (stem, ending),
        _ => (name, kind.endings()[0]),
    };
    let room = LONGEST_NAME - 1 - ending.len();
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(room).collect();
    let stem = if stem.is_empty() { NAMELESS } else { stem.trim_end() };
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_loses_its_path_and_its_tricks_and_keeps_its_ending() {
        for (name, kind, cleaned) in [
            ("报价单 v2.PDF", Kind::Pdf, "报价单 v2.PDF"),
            ("../../etc/passwd", Kind::Text, "passwd.txt"),
            ("C:\\fake\\photo.jpeg", Kind::Jpeg, "photo.jpeg"),
            ("report.exe", Kind::Pdf, "report.exe.pdf"),
            ("\u{202e}fdp.exe", Kind::Zip, "fdp.exe.zip"),
            ("a\r\nSet-Cookie: x.csv", Kind::Csv, "aSet-Cookie_ x.csv"),
            ("\"<svg onload=alert(1)>\".png", Kind::Png, "__svg onload=alert(1)__.png"),
            ("...", Kind::Png, "file.png"),
            ("", Kind::Zip, "file.zip"),
            (".png", Kind::Png, "png.png"),
        ] {
            assert_eq!(clean(name, kind), cleaned, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn any_name_becomes_a_short_one_of_one_line(name in any::<String>()) {
            let cleaned = clean(&name, Kind::Docx);
            prop_assert!(cleaned.chars().count() <= LONGEST_NAME);
            prop_assert!(cleaned.to_lowercase().ends_with(".docx"));
            let tricks = ['/', '\\', '"', '\r', '\n', '\0', '\u{202e}'];
            prop_assert!(!cleaned.contains(tricks));
        }
    }
}
