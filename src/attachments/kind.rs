//! What kind of file this is, by its bytes. A kind that a browser or a system would run is none of ours.

use std::io::{Read, Seek, SeekFrom};

use super::{Kind, LARGEST};
use crate::error::{Error, Result};

/// Endings of what a system runs; an archive that holds one is not taken.
const RUN: [&str; 20] = [
    ".exe", ".dll", ".com", ".scr", ".pif", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".wsf",
    ".hta", ".jar", ".apk", ".lnk", ".sh", ".cpl",
];
/// Parts of archives that make them programs: macros, Java, Android.
const PROGRAMS: [&str; 3] = ["vbaproject.bin", "meta-inf/manifest.mf", "androidmanifest.xml"];

/// How the files begin that a system runs: Windows, Linux, Java, macOS, scripts.
const PROGRAM_STARTS: [&[u8]; 8] = [
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"#!",
];
/// The most entries of an archive; each is looked into.
const MOST_ENTRIES: usize = 10_000;
/// How long the list of a document's parts is at most, in bytes.
const LONGEST_TYPES: u64 = 1024 * 1024;

/// The kind of a file; nothing, if it is none that is taken. The name only tells text from a table.
pub(super) fn of<F: Read + Seek>(name: &str, file: &mut F) -> Result<Option<Kind>> {
    let broken = |_| Error::Internal;
    let mut start = [0; 16];
    let read = read_up_to(file, &mut start).map_err(broken)?;
    file.rewind().map_err(broken)?;
    let start = &start[..read];
    let kind = match start {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(Kind::Png),
        [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Kind::Pdf),
        [b'P', b'K', 3, 4, ..] => archive(file),
        _ => text(name, file).map_err(broken)?,
    };
    file.seek(SeekFrom::Start(0)).map_err(broken)?;
    Ok(kind)
}

fn read_up_to(file: &mut impl Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut read = 0;
    while read < into.len() {
        match file.read(&mut into[read..])? {
            0 => break,
            more => read += more,
        }
    }
    Ok(read)
}

fn archive<F: Read + Seek>(file: &mut F) -> Option<Kind> {
    let mut archive = zip::ZipArchive::new(file).ok()?;
    let lower = |name: &str| name.to_ascii_lowercase();
    let names: Vec<String> = archive.file_names().map(|name| name.ok().as_deref().map(lower)).collect::<Option<_>>()?;
    let runs = |name: &String| {
        RUN.iter().any(|ending| name.ends_with(ending)) || PROGRAMS.iter().any(|program| name.ends_with(program))
    };
    if names.is_empty() || names.len() > MOST_ENTRIES || names.iter().any(runs) {
        return None;
    }
    // A name proves nothing, and what cannot be looked into is not taken.
    for place in 0..archive.len() {
        let mut start = [0; 4];
        let read = read_up_to(&mut archive.by_index(place).ok()?, &mut start).ok()?;
        if PROGRAM_STARTS.iter().any(|program| start[..read].starts_with(program)) {
            return None;
        }
    }
    if !names.iter().any(|name| name == "[content_types].xml") {
        return Some(Kind::Zip);
    }
    let has = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    let (kind, main) = match (has("word/"), has("xl/"), has("ppt/")) {
        (true, false, false) => (Kind::Docx, "wordprocessingml.document.main+xml"),
        (false, true, false) => (Kind::Xlsx, "spreadsheetml.sheet.main+xml"),
        (false, false, true) => (Kind::Pptx, "presentationml.presentation.main+xml"),
        _ => return None,
    };
    let types = names.iter().position(|name| name == "[content_types].xml")?;
    let mut text = String::new();
    archive.by_index(types).ok()?.take(LONGEST_TYPES).read_to_string(&mut text).ok()?;
    // A document says what its main part is; one with macros says something else.
    text.contains(main).then_some(kind)
}

/// Text in UTF-8, or in GB 18030 as spreadsheets in China save it; never markup or a script.
fn text(name: &str, file: &mut impl Read) -> std::io::Result<Option<Kind>> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    let utf8 = std::str::from_utf8(&bytes).ok().map(str::to_owned);
    let text = utf8.or_else(|| {
        let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(&bytes);
        text.map(std::borrow::Cow::into_owned)
    });
    let Some(text) = text else { return Ok(None) };
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\u{c}');
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    if begin.is_empty() || begin.starts_with('<') || begin.starts_with("#!") || text.contains(is_control) {
        return Ok(None);
    }
    let is_table = name.to_ascii_lowercase().ends_with(".csv");
    Ok(Some(if is_table { Kind::Csv } else { Kind::Text }))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use super::*;

    fn kind(name: &str, bytes: &[u8]) -> Option<Kind> {
        of(name, &mut Cursor::new(bytes)).unwrap()
    }

    fn zipped(names: &[&str]) -> Vec<u8> {
        holding(&names.iter().map(|name| (*name, &b"x"[..])).collect::<Vec<_>>())
    }

    fn holding(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    /// A document of this main type, with this part.
    fn document(main: &str, part: &str) -> Vec<u8> {
        let types = format!("<Types><Override ContentType=\"application/vnd.{main}\"/></Types>");
        holding(&[("[Content_Types].xml", types.as_bytes()), (part, b"<x/>")])
    }

    #[test]
    fn the_kind_of_a_file_is_told_by_its_bytes() {
        assert_eq!(kind("a.exe", b"\x89PNG\r\n\x1a\n...."), Some(Kind::Png));
        assert_eq!(kind("a", b"\xff\xd8\xff\xe0"), Some(Kind::Jpeg));
        assert_eq!(kind("a", b"GIF89a"), Some(Kind::Gif));
        assert_eq!(kind("a", b"RIFF\0\0\0\0WEBPVP8 "), Some(Kind::Webp));
        assert_eq!(kind("a", b"%PDF-1.7"), Some(Kind::Pdf));
        assert_eq!(kind("a.md", "会议纪要".as_bytes()), Some(Kind::Text));
        assert_eq!(kind("A.CSV", &encoding_rs::GB18030.encode("公司,电话\r\n").0), Some(Kind::Csv));
    }

    #[test]
    fn an_archive_is_told_by_what_it_holds() {
        let (word, sheet, slides) = (
            "openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            "openxmlformats-officedocument.presentationml.presentation.main+xml",
        );
        assert_eq!(kind("a", &document(word, "word/document.xml")), Some(Kind::Docx));
        assert_eq!(kind("a", &document(sheet, "xl/workbook.xml")), Some(Kind::Xlsx));
        assert_eq!(kind("a", &document(slides, "ppt/presentation.xml")), Some(Kind::Pptx));
        assert_eq!(kind("a", &zipped(&["photos/1.jpg"])), Some(Kind::Zip));
        let mut book = rust_xlsxwriter::Workbook::new();
        book.add_worksheet();
        assert_eq!(kind("a", &book.save_to_buffer().unwrap()), Some(Kind::Xlsx));
    }

    #[test]
    fn an_archive_that_hides_what_it_holds_is_not_taken() {
        for program in [&b"MZ\x90\0"[..], b"\x7fELF", b"#!/bin/sh", b"\xca\xfe\xba\xbe"] {
            assert_eq!(kind("a.zip", &holding(&[("a.txt", b"x"), ("photo.jpg", program)])), None, "{program:?}");
        }
        // Parts without the type that they claim by their names, and the type of a document with macros.
        assert_eq!(kind("a.docx", &zipped(&["[Content_Types].xml", "word/document.xml"])), None);
        assert_eq!(kind("a.docx", &document("ms-word.document.macroEnabled.main+xml", "word/document.xml")), None);
        // Bytes that only begin like an archive's, and one that is cut off.
        let whole = zipped(&["photos/1.jpg"]);
        assert_eq!(kind("a.zip", &whole[..whole.len() - 30]), None);
    }

    #[test]
    fn what_runs_or_is_markup_is_not_taken() {
        for bytes in [
            &b""[..],
            b"   \r\n",
            b"MZ\x90\0\x03",
            b"\x7fELF\x02\x01",
            b"#!/bin/sh\nrm -rf /",
            b"<!doctype html><script>alert(1)</script>",
            b"\xef\xbb\xbf <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            b"PK\x03\x04 no archive",
            b"BM\0\0\0\0",
        ] {
            assert_eq!(kind("a.txt", bytes), None, "{bytes:?}");
        }
        for names in [
            &["setup.EXE"][..],
            &["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"],
            &["META-INF/MANIFEST.MF", "Main.class"],
            &["[Content_Types].xml", "word/a", "xl/b"],
        ] {
            assert_eq!(kind("a.docx", &zipped(names)), None, "{names:?}");
        }
    }
}
