//! Changes that nobody signed in asks for: a job goes on with something, or the operator uses the command line. They skip
//! the permission, which nobody is there to have, and never the trail.

use sea_orm::DatabaseTransaction;

use super::Store;
use crate::{
    audit::{self, Event},
    error::Result,
};

/// A change without a viewer. Dropped, it undoes itself; its only way out is [`Unattended::commit`].
pub(crate) struct Unattended<'s> {
    store: &'s Store,
    tx: DatabaseTransaction,
}

impl Store {
    /// Begins a change that no viewer asks for.
    pub(crate) async fn unattended(&self) -> Result<Unattended<'_>> {
        Ok(Unattended { store: self, tx: self.begin().await? })
    }
}

impl Unattended<'_> {
    /// The open transaction.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Ends the change: on whose behalf what happened goes into the audit trail in the same transaction.
    pub(crate) async fn commit(self, entry: audit::Entry<'_>, events: &[Event]) -> Result<()> {
        audit::append(&self.tx, &self.store.vault, entry, events).await?;
        Ok(self.tx.commit().await?)
    }
}
