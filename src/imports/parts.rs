//! The uploaded file in the database: sealed parts, so that any server can go on with it and a backup tells nothing.

use std::{collections::VecDeque, io::Read, sync::Arc};

use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait, QueryFilter, entity::prelude::*};
use tokio::runtime::Handle;

use super::{Format, entity::part};
use crate::{
    ctx::{Store, everyones},
    error::{Code, Error, Problem, Result},
    ids::ImportId,
    vault::Vault,
};

/// How much of the file lies in one part.
const PART: usize = 1024 * 1024;

fn place(id: ImportId, part: i32) -> String {
    format!("import.part:{id}:{part}")
}

/// Seals a file into the database, part by part.
pub(super) async fn write(
    tx: &DatabaseTransaction,
    vault: &Vault,
    id: ImportId,
    file: &mut dyn SendRead,
) -> Result<()> {
    let mut number = 0;
    loop {
        let mut clear = Vec::with_capacity(PART);
        file.take_part(PART as u64, &mut clear)?;
        if clear.is_empty() {
            return Ok(());
        }
        let sealed = vault.seal(&place(id, number), &clear);
        let row = part::ActiveModel { import_id: Set(id), part: Set(number), sealed: Set(sealed) };
        part::Entity::insert(row).exec_without_returning(tx).await?;
        number += 1;
    }
}

/// A file that can be read by parts from any thread.
pub trait SendRead: Send {
    /// Reads up to so many bytes.
    fn take_part(&mut self, most: u64, into: &mut Vec<u8>) -> Result<()>;
}

impl<R: Read + Send> SendRead for R {
    fn take_part(&mut self, most: u64, into: &mut Vec<u8>) -> Result<()> {
        self.by_ref().take(most).read_to_end(into).map(drop).map_err(|_| Error::Internal)
    }
}

/// Forgets the file.
pub(super) async fn forget(tx: &DatabaseTransaction, id: ImportId) -> Result<()> {
    part::Entity::delete_many().filter(part::Column::ImportId.eq(id)).exec(tx).await?;
    Ok(())
}

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
            let find = everyones::<part::Entity>()
                .filter(part::Column::ImportId.eq(self.id))
                .filter(part::Column::Part.eq(self.next))
                .one(&self.store.db);
            let found = self.runtime.block_on(find).map_err(std::io::Error::other)?;
            let Some(found) = found else { return Ok(0) };
            let clear = self.store.vault.open(&place(self.id, self.next), &found.sealed);
            self.rest = clear.map_err(|_| std::io::Error::other("a part does not open"))?.into();
            self.next += 1;
        }
        self.rest.read(into)
    }
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
