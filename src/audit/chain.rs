//! The chains: each row's hash covers the row and the hash before it, keyed, so that no row can be changed, dropped, added
//! or moved without the key. A chain begins with a hash of its own, that of its id behind the end of the closed chain, so
//! that no chain can stand for another one.

use std::{fmt, str::FromStr};

use sea_orm::entity::prelude::*;

use super::entity;
use crate::{ids::TenantId, vault::Vault};

/// A chain of the trail. They stand in the order of their ids, which is the order in which they are locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chain {
    /// What the vendor did, or nobody whose tenant is known; it also says which tenants' chains have begun.
    Platform,
    /// What is a tenant's.
    Tenant(TenantId),
    /// The one chain that there once was for all. Nothing is added to it any more.
    Closed,
}

impl Chain {
    /// The id by which the database knows the chain.
    pub(super) fn id(self) -> Uuid {
        match self {
            Chain::Platform => Uuid::nil(),
            Chain::Tenant(tenant) => tenant.0,
            Chain::Closed => Uuid::max(),
        }
    }

    /// The chain of this id.
    pub(super) fn of_id(id: Uuid) -> Chain {
        if id.is_nil() {
            Chain::Platform
        } else if id.is_max() {
            Chain::Closed
        } else {
            Chain::Tenant(TenantId(id))
        }
    }

    /// The hash before the first row, where the closed chain ends with this one.
    pub(super) fn beginning(self, vault: &Vault, closed: &[u8]) -> Vec<u8> {
        match self {
            Chain::Closed => Vec::new(),
            Chain::Platform | Chain::Tenant(_) => vault.link(closed, self.id().as_bytes()),
        }
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Chain::Platform => f.write_str("platform"),
            Chain::Tenant(tenant) => tenant.fmt(f),
            Chain::Closed => f.write_str("closed"),
        }
    }
}

impl FromStr for Chain {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Chain, uuid::Error> {
        match text {
            "platform" => Ok(Chain::Platform),
            "closed" => Ok(Chain::Closed),
            tenant => tenant.parse().map(Chain::Tenant),
        }
    }
}

/// The hash of a row behind this one.
pub(super) fn hash(vault: &Vault, before: &[u8], row: &entity::Model) -> Vec<u8> {
    vault.link(before, &canonical(row))
}

/// Everything of a row but its hash, each part with its length, so that no two rows look alike. The number is the order in
/// which lines are read over all chains and is no part of it, but in the closed chain, where it was the place.
fn canonical(row: &entity::Model) -> Vec<u8> {
    let uuid = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
    let tenant = |id: Option<TenantId>| uuid(id.map(|id| id.0));
    let mut parts = vec![
        if row.chain_id.is_max() { row.number } else { row.place }.to_be_bytes().to_vec(),
        tenant(row.tenant_id),
        uuid(row.actor_id.map(|id| id.0)),
        row.at.0.to_be_bytes().to_vec(),
        row.code.clone().into_bytes(),
        uuid(row.object_id),
        row.detail.clone().into_bytes(),
        row.outcome.to_string().into_bytes(),
        row.address.clone().into_bytes(),
        row.request.clone().into_bytes(),
    ];
    if !row.chain_id.is_max() {
        parts.extend([uuid(Some(row.chain_id)), tenant(row.acting_tenant_id), tenant(row.second_tenant_id)]);
    }
    parts.iter().flat_map(|part| [(part.len() as u64).to_be_bytes().to_vec(), part.clone()].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_stand_in_the_order_of_their_ids() {
        let chains = [Chain::Platform, Chain::Tenant(TenantId(Uuid::now_v7())), Chain::Closed];
        assert!(chains.is_sorted() && chains.map(Chain::id).is_sorted());
        assert_eq!(chains.map(|chain| Chain::of_id(chain.id())), chains);
        assert_eq!(chains.map(|chain| chain.to_string().parse()), chains.map(Ok));
    }

    #[test]
    fn no_two_chains_begin_alike() {
        let vault = Vault::demo();
        let of = |id: u128, closed: &[u8]| Chain::Tenant(TenantId(Uuid::from_u128(id))).beginning(&vault, closed);
        assert_ne!(of(1, b""), of(2, b""));
        assert_ne!(of(1, b""), of(1, b"another end"));
    }
}
