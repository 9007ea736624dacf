//! The uploaded file as a stream, and what kind of file it is.

use std::{collections::VecDeque, io::Read, sync::Arc};

use tokio::runtime::Handle;

use super::{Format, entity::part};
use crate::{
    ctx::Store,
    error::{Code, Error, Problem, Result},
    ids::ImportId,
    sealed_file::{self, PART},
};

/// The file as a stream of bytes for a thread that may wait: one part at a time in memory.
pub(super) struct Parts {
    store: Arc<Store>,
    runtime: Handle,
    id: ImportId,
    next: i32,
    rest: VecDeque<u8>,
}

impl Parts {
    pub fn new(store: &Store, id: ImportId) -> Parts {
        Parts { store: Arc::new(store.clone()), runtime: Handle::current(), id, next: 0, rest: VecDeque::new() }
    }
}

impl Read for Parts {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.rest.is_empty() {
            let part = sealed_file::part::<part::Entity>(&self.store, self.id.0, self.next);
            let part = self.runtime.block_on(part).map_err(not_read)?;
            let Some(clear) = part else { return Ok(0) };
            self.rest = clear.into();
            self.next += 1;
        }
        self.rest.read(into)
    }
}

/// The database did not give a part, told to readers who know only errors of files.
#[derive(Debug)]
struct Unread(Error);

impl std::error::Error for Unread {}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a part cannot be read")
    }
}

/// The failure of the database as readers of files know failures.
pub(super) fn not_read(error: Error) -> std::io::Error {
    std::io::Error::other(Unread(error))
}

/// Why a file could not be read to its end, if that was not the file's fault.
pub(super) fn unread(error: &std::io::Error) -> Option<Error> {
    error.get_ref()?.downcast_ref::<Unread>().map(|Unread(error)| error.clone())
}

/// What kind of file this is, by its first bytes and its encoding, whatever its name says.
pub fn format_of(file: &mut dyn Read) -> Result<Format> {
    let not_a_table = || Problem::alone("file", Code::NotATable);
    let mut buffer = vec![0; PART];
    let mut carried: Vec<u8> = Vec::new();
    let mut first = true;
    let mut utf8 = true;
    loop {
        let read = file.read(&mut buffer).map_err(|_| Error::Internal)?;
        if read == 0 {
            break;
        }
        let bytes = &buffer[..read];
        if first && bytes.starts_with(b"PK\x03\x04") {
            return Ok(Format::Xlsx);
        }
        first = false;
        if bytes.contains(&0) {
            return Err(not_a_table());
        }
        carried.extend_from_slice(bytes);
        match std::str::from_utf8(&carried) {
            Ok(_) => carried.clear(),
            Err(error) if error.error_len().is_none() => drop(carried.drain(..error.valid_up_to())),
            Err(_) => {
                utf8 = false;
                carried.clear();
            }
        }
    }
    if first {
        return Err(not_a_table());
    }
    Ok(if utf8 && carried.is_empty() { Format::Csv } else { Format::CsvGb })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(bytes: &[u8]) -> Result<Format> {
        format_of(&mut &bytes[..])
    }

    #[test]
    fn the_kind_of_a_file_is_told_by_its_bytes() {
        assert_eq!(kind("公司名称,电话\r\n".as_bytes()), Ok(Format::Csv));
        assert_eq!(kind(&encoding_rs::GB18030.encode("公司名称,电话\r\n").0), Ok(Format::CsvGb));
        assert_eq!(kind(b"PK\x03\x04rest"), Ok(Format::Xlsx));
        assert!(kind(b"").is_err());
        assert!(kind(b"\x7fELF\0\0").is_err());
    }
}
