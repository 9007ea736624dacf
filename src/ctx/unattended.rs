//! Changes that nobody signed in asks for: a job goes on with something, or the operator uses the command line. They skip
//! the permission, which nobody is there to have, and never the trail.

use sea_orm::DatabaseTransaction;

use super::{Change, Ctx, Origin, Store, Turn};
use crate::{
    access::Viewer,
    audit::{self, Event},
    error::Result,
    ids::TenantId,
    moment::Moment,
};

/// A change without a viewer. Dropped, it undoes itself; its only way out is [`Unattended::commit`].
pub(crate) struct Unattended<'s> {
    store: &'s Store,
    tx: DatabaseTransaction,
    /// Whose trail else has what it commits.
    parties: Vec<TenantId>,
}

impl Store {
    /// Begins a change that no viewer asks for.
    pub(crate) async fn unattended(&self) -> Result<Unattended<'_>> {
        Ok(Unattended { store: self, tx: self.begin().await?, parties: Vec::new() })
    }
}

/// The operator of the product within one tenant, from the command line: what administrators do there, it does by the same
/// rules. It is no member, so nobody asks for its permission, and the trail names no actor.
pub(crate) struct Operator {
    ctx: Ctx,
}

impl Store {
    /// The operator within a tenant, whose rows this viewer without roles sees.
    pub(crate) fn operator(&self, within: Viewer, now: Moment) -> Operator {
        let origin = Origin { address: "command line".to_owned(), request: String::new() };
        Operator { ctx: Ctx { actor: None, ..self.ctx(within, origin, now) } }
    }
}

impl Operator {
    /// The tenant as the operator looks at it.
    pub(crate) fn ctx(&self) -> &Ctx {
        &self.ctx
    }

    /// Begins a change, alone within the tenant. It is the vendor's, and the tenant's trail has it too.
    pub(crate) async fn change(&self) -> Result<Change<'_>> {
        let change = Change::within(&self.ctx, self.ctx.viewer.clone(), self.ctx.store.begin().await?);
        change.turn_of(Turn::Tenant(change.tenant())).await?;
        change.also_in(change.tenant());
        Ok(change)
    }
}

impl Unattended<'_> {
    /// Waits until this change alone has the turn, and keeps it to the end. Comes before everything that the change writes
    /// or holds.
    pub(crate) async fn turn_of(&self, turn: Turn) -> Result<()> {
        turn.take(&self.tx).await
    }

    /// The same change, which concerns another tenant as well: its trail has the same lines, with the company on whose behalf
    /// it is made.
    pub(crate) fn also_in(self, party: TenantId) -> Self {
        Unattended { parties: [self.parties, vec![party]].concat(), ..self }
    }

    /// The open transaction.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// Ends the change: on whose behalf what happened goes into the audit trail in the same transaction.
    pub(crate) async fn commit(self, entry: audit::Entry<'_>, events: &[Event]) -> Result<()> {
        audit::append_shared(&self.tx, &self.store.vault, entry, &[], events, &self.parties).await?;
        Ok(self.tx.commit().await?)
    }
}
