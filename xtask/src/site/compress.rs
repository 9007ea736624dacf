//! Compressed forms beside each file, so that the server never compresses the same bytes twice.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Result;
use crate::workspace::Profile;

const COMPRESSED: [&str; 6] = ["css", "js", "wasm", "svg", "csv", "txt"];

/// While developing the time counts, in a release the bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effort {
    Quick,
    Best,
}

impl Effort {
    pub fn of(profile: Profile) -> Self {
        match profile {
            Profile::Dev | Profile::First => Effort::Quick,
            Profile::Release => Effort::Best,
        }
    }
}

/// Whether this kind of file shrinks at all.
pub fn is_worth_it(file: &Path) -> bool {
    file.extension().is_some_and(|extension| COMPRESSED.iter().any(|one| extension == *one))
}

/// Whether the file and its compressed forms are all there.
pub fn is_complete(file: &Path) -> bool {
    file.is_file() && (!is_worth_it(file) || forms(file).iter().all(|form| form.is_file()))
}

/// `main.css.br` and `main.css.gz`.
pub fn forms(file: &Path) -> [PathBuf; 2] {
    ["br", "gz"].map(|form| PathBuf::from(format!("{}.{form}", file.display())))
}

pub fn write_beside(file: &Path, content: &[u8], effort: Effort) -> Result<()> {
    if is_worth_it(file) {
        let [br, gz] = forms(file);
        fs::write(br, brotli(content, effort)?)?;
        fs::write(gz, gzip(content, effort)?)?;
    }
    Ok(())
}

fn brotli(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let quality = match effort {
        Effort::Quick => 2,
        Effort::Best => 11,
    };
    let settings = BrotliEncoderParams { quality, lgwin: 22, size_hint: content.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut compressed, &settings)?;
    Ok(compressed)
}

fn gzip(content: &[u8], effort: Effort) -> Result<Vec<u8>> {
    let level = match effort {
        Effort::Quick => Compression::fast(),
        Effort::Best => Compression::best(),
    };
    let mut encoder = GzEncoder::new(Vec::new(), level);
    encoder.write_all(content)?;
    Ok(encoder.finish()?)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_compressed_can_be_read_again() -> Result<()> {
        let content = b"the same words, the same words, the same words".as_slice();
        for effort in [Effort::Quick, Effort::Best] {
            let mut plain = Vec::new();
            brotli::Decompressor::new(brotli(content, effort)?.as_slice(), 4096).read_to_end(&mut plain)?;
            assert_eq!(plain, content);
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(gzip(content, effort)?.as_slice()).read_to_end(&mut plain)?;
            assert_eq!(plain, content);
        }
        Ok(())
    }
}
