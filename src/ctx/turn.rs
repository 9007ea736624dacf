//! Turns: what must be looked at alone before it is written takes a row of its own, and keeps it until the change ends.
//! Unlike the rows of the business, such a row says nothing; it is there to be held.

use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseTransaction, Statement};
use uuid::Uuid;

use crate::{
    error::Result,
    ids::{MemberId, TenantId},
};

/// Whose turn a change takes. A change that takes several takes them in the order in which they stand here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Turn {
    /// What is numbered over all tenants.
    Platform,
    /// What holds within a tenant: who its members are, how much it may keep, how much may be under way.
    Tenant(TenantId),
    /// What holds for a member alone: how much it may see, search or ask for in a while.
    Member(MemberId),
    /// What holds for a phone number, whoever calls it.
    Number(Slot),
    /// What holds for whoever gets codes, whoever asks for them.
    Receiver(Slot),
}

/// What a fingerprint is held by. Several share one, which makes them wait for each other now and then and keeps the
/// table small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Slot(u16);

impl Slot {
    /// The slot of a fingerprint.
    pub(crate) fn of(print: &[u8]) -> Slot {
        Slot(print.iter().take(2).fold(0, |slot, byte| (slot << 8) | u16::from(*byte)))
    }
}

impl Turn {
    /// The id of the row that is held. Ids of tenants and members are drawn so that they meet neither each other nor these.
    fn row(self) -> Uuid {
        let slot = |kind: u128, Slot(slot): Slot| Uuid::from_u128((kind << 64) | u128::from(slot));
        match self {
            Turn::Platform => Uuid::nil(),
            Turn::Tenant(tenant) => tenant.0,
            Turn::Member(member) => member.0,
            Turn::Number(number) => slot(1, number),
            Turn::Receiver(receiver) => slot(2, receiver),
        }
    }

    /// Waits until nobody else has this turn.
    pub(super) async fn take(self, tx: &DatabaseTransaction) -> Result<()> {
        let backend = tx.get_database_backend();
        if backend != DatabaseBackend::Postgres {
            // A writing transaction of SQLite is alone from its first statement.
            return Ok(());
        }
        let of_row = |sql: &str| Statement::from_sql_and_values(backend, sql, [self.row().into()]);
        let held = "SELECT 1 FROM turns WHERE id = $1 FOR UPDATE";
        if tx.query_one_raw(of_row(held)).await?.is_none() {
            // The first time. Whoever comes at once waits here for the row, which is never removed again.
            tx.execute_raw(of_row("INSERT INTO turns (id) VALUES ($1) ON CONFLICT (id) DO NOTHING")).await?;
            tx.query_one_raw(of_row(held)).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wider_turn_comes_before_a_narrower_one() {
        let turns = [
            Turn::Platform,
            Turn::Tenant(TenantId(Uuid::from_u128(9))),
            Turn::Member(MemberId(Uuid::from_u128(1))),
            Turn::Number(Slot::of(&[255; 32])),
            Turn::Receiver(Slot::of(&[0; 32])),
        ];
        assert!(turns.is_sorted());
    }

    #[test]
    fn numbers_and_receivers_hold_rows_apart() {
        let print = [1, 2, 3];
        assert_ne!(Turn::Number(Slot::of(&print)).row(), Turn::Receiver(Slot::of(&print)).row());
        assert_ne!(Turn::Number(Slot::of(&print)).row(), Turn::Number(Slot::of(&[1, 3])).row());
    }
}
