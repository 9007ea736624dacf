//! Files in the database: sealed in parts, so that any server can go on with one and a backup tells nothing.

use std::io::Read;

use sea_orm::{DatabaseTransaction, QueryFilter, entity::prelude::*};

use crate::{
    ctx::{Store, everyones},
    error::{Error, Result},
    vault::Vault,
};

/// How much of a file lies in one part.
pub(crate) const PART: usize = 1024 * 1024;

/// A table of parts.
pub(crate) trait Parts: EntityTrait {
    /// What the vault calls the place of a part.
    const PLACE: &'static str;
    const FILE: Self::Column;
    const NUMBER: Self::Column;

    /// A part as a row.
    fn row(file: Uuid, number: i32, sealed: Vec<u8>) -> Self::ActiveModel;

    /// What a row has sealed.
    fn sealed(row: Self::Model) -> Vec<u8>;
}

fn place<E: Parts>(file: Uuid, number: i32) -> String {
    format!("{}:{file}:{number}", E::PLACE)
}

/// Seals a file into the database, part by part, and says how many bytes it had.
pub(crate) async fn write<E>(
    tx: &DatabaseTransaction,
    vault: &Vault,
    file: Uuid,
    mut from: &mut (dyn Read + Send),
) -> Result<u64>
where
    E: Parts,
    E::ActiveModel: Send,
{
    let (mut bytes, mut number) = (0, 0);
    loop {
        let mut clear = Vec::with_capacity(PART);
        Read::take(&mut from, PART as u64).read_to_end(&mut clear).map_err(|_| Error::Internal)?;
        if clear.is_empty() {
            return Ok(bytes);
        }
        bytes += clear.len() as u64;
        let row = E::row(file, number, vault.seal(&place::<E>(file, number), &clear));
        E::insert(row).exec_without_returning(tx).await?;
        number += 1;
    }
}

/// One part of a file, open; nothing behind the last.
pub(crate) async fn part<E>(store: &Store, file: Uuid, number: i32) -> Result<Option<Vec<u8>>>
where
    E: Parts,
    E::Model: Send + Sync,
{
    let find = everyones::<E>().filter(E::FILE.eq(file)).filter(E::NUMBER.eq(number));
    let Some(row) = find.one(&store.db).await? else { return Ok(None) };
    let clear = store.vault.open(&place::<E>(file, number), &E::sealed(row));
    clear.map(Some).map_err(|_| {
        tracing::error!(%file, number, "a part of a file does not open");
        Error::Internal
    })
}

/// Forgets a file.
pub(crate) async fn forget<E: Parts>(tx: &DatabaseTransaction, file: Uuid) -> Result<()> {
    E::delete_many().filter(E::FILE.eq(file)).exec(tx).await?;
    Ok(())
}
