//! Appending: the lines of an act, at the end of its transaction. The heads of the chains are locked here and nowhere else,
//! in the order of their ids, and whoever holds them waits for nothing any more.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{
    ActiveValue::{NotSet, Set},
    DatabaseTransaction, FromQueryResult, IntoActiveModel, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::Expr,
};

use super::{
    Chain, Event, Outcome,
    chain::hash,
    entity::{self, head},
};
use crate::{
    access::TenantKind,
    ctx::{Origin, everyones},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
    people::entity::tenant,
    vault::Vault,
};

/// The company that acts where none of the vendor's tenants does: its operator, at the command line.
pub(super) const VENDOR: TenantId = TenantId(Uuid::nil());

/// What all lines of one act share.
pub(crate) struct Entry<'o> {
    pub tenant: Option<TenantId>,
    pub actor: Option<MemberId>,
    pub at: Moment,
    pub origin: &'o Origin,
    pub outcome: Outcome,
}

/// Appends lines to the trail of whoever acts, inside the transaction of the change that they describe.
pub(crate) async fn append(tx: &DatabaseTransaction, vault: &Vault, entry: Entry<'_>, events: &[Event]) -> Result<()> {
    append_shared(tx, vault, entry, events, &[], &[]).await
}

/// The same where some of the events are those of other tenants as well: each of these has the line too, with the company
/// that acts in place of its member. Where there are several, the actor's line names the first.
pub(crate) async fn append_shared(
    tx: &DatabaseTransaction,
    vault: &Vault,
    entry: Entry<'_>,
    own: &[Event],
    shared: &[Event],
    parties: &[TenantId],
) -> Result<()> {
    if own.is_empty() && shared.is_empty() {
        return Ok(());
    }
    let chains = Chains::of(tx, entry.tenant.iter().chain(parties).copied().collect()).await?;
    let acting = chains.of_tenant(entry.tenant);
    // What one of the vendor's does to another is the platform's, and stands there once.
    let parties: Vec<(Chain, TenantId)> = parties
        .iter()
        .map(|party| (chains.of_tenant(Some(*party)), *party))
        .filter(|(chain, _)| *chain != acting)
        .collect();
    let mut wanted: BTreeSet<Chain> = parties.iter().map(|(chain, _)| *chain).collect();
    wanted.insert(acting);
    let mut trail = Trail { vault, at: entry.at, heads: lock(tx, vault, wanted, &chains).await?, rows: Vec::new() };
    for tenant in trail.begun_with(&chains) {
        let begun = Event::TrailBegun { of: tenant };
        trail.line(Chain::Platform, Line { second: Some(tenant), ..Line::of(&begun) })?;
    }
    let line = |event, second| Line {
        tenant: entry.tenant,
        actor: entry.actor,
        second,
        outcome: entry.outcome,
        address: &entry.origin.address,
        request: &entry.origin.request,
        ..Line::of(event)
    };
    for event in own {
        trail.line(acting, line(event, None))?;
    }
    for event in shared {
        trail.line(acting, line(event, parties.first().map(|(_, party)| *party)))?;
        for (chain, party) in &parties {
            // Where somebody sits is nothing that another company is told.
            let address = if entry.actor.is_some() { "" } else { &entry.origin.address };
            let told = Line {
                tenant: Some(*party),
                actor: None,
                acting: Some(entry.tenant.unwrap_or(VENDOR)),
                address,
                ..line(event, None)
            };
            trail.line(*chain, told)?;
        }
    }
    trail.write(tx).await
}

/// The chains of some tenants, and which of them have not begun.
struct Chains {
    of: BTreeMap<TenantId, Chain>,
    fresh: BTreeSet<Chain>,
}

impl Chains {
    async fn of(tx: &DatabaseTransaction, tenants: BTreeSet<TenantId>) -> Result<Chains> {
        #[derive(FromQueryResult)]
        struct Found {
            id: TenantId,
            kind: TenantKind,
            has_begun: bool,
        }
        let mut chains = Chains { of: BTreeMap::new(), fresh: BTreeSet::new() };
        if tenants.is_empty() {
            return Ok(chains);
        }
        let has_begun = Expr::cust("EXISTS (SELECT 1 FROM audit_chains WHERE audit_chains.id = tenants.id)");
        let found = everyones::<tenant::Entity>()
            .filter(tenant::Column::Id.is_in(tenants))
            .select_only()
            .columns([tenant::Column::Id, tenant::Column::Kind])
            .column_as(has_begun, "has_begun")
            .into_model::<Found>()
            .all(tx)
            .await?;
        for Found { id, kind, has_begun } in found {
            let chain = if kind == TenantKind::Platform { Chain::Platform } else { Chain::Tenant(id) };
            if chain != Chain::Platform && !has_begun {
                chains.fresh.insert(chain);
            }
            chains.of.insert(id, chain);
        }
        Ok(chains)
    }

    fn of_tenant(&self, tenant: Option<TenantId>) -> Chain {
        tenant.and_then(|tenant| self.of.get(&tenant).copied()).unwrap_or(Chain::Platform)
    }
}

/// The ends of chains that this transaction holds.
type Heads = BTreeMap<Chain, head::Model>;

/// Locks the heads of these chains until the transaction ends: appends to a chain stand in one line, on many servers too.
/// A chain that begins is told in the platform's, which comes before all others and is locked with it.
async fn lock(tx: &DatabaseTransaction, vault: &Vault, mut wanted: BTreeSet<Chain>, chains: &Chains) -> Result<Heads> {
    if !chains.fresh.is_empty() {
        wanted.insert(Chain::Platform);
    }
    let mut heads = Heads::new();
    for chain in wanted {
        let of_chain = everyones::<head::Entity>().filter(head::Column::Id.eq(chain.id()));
        let mut head = match of_chain.lock_exclusive().one(tx).await? {
            Some(head) => head,
            // Nobody else begins it meanwhile, since the platform's head is held.
            None if chains.fresh.contains(&chain) => {
                let head = head::Model { id: chain.id(), place: 0, hash: Vec::new(), at: Moment::NEVER };
                head::Entity::insert(head.clone().into_active_model()).exec_without_returning(tx).await?;
                head
            }
            None => return Err(Error::Internal),
        };
        if head.place == 0 {
            let closed = everyones::<head::Entity>().filter(head::Column::Id.eq(Chain::Closed.id())).one(tx).await?;
            head.hash = chain.beginning(vault, &closed.ok_or(Error::Internal)?.hash);
        }
        heads.insert(chain, head);
    }
    Ok(heads)
}

/// A line to be written.
struct Line<'l> {
    event: &'l Event,
    tenant: Option<TenantId>,
    actor: Option<MemberId>,
    acting: Option<TenantId>,
    second: Option<TenantId>,
    outcome: Outcome,
    address: &'l str,
    request: &'l str,
}

impl<'l> Line<'l> {
    fn of(event: &'l Event) -> Line<'l> {
        Line {
            event,
            tenant: None,
            actor: None,
            acting: None,
            second: None,
            outcome: Outcome::Done,
            address: "",
            request: "",
        }
    }
}

/// The trail as it grows.
struct Trail<'v> {
    vault: &'v Vault,
    at: Moment,
    heads: Heads,
    rows: Vec<entity::ActiveModel>,
}

impl Trail<'_> {
    /// The tenants whose chains begin here.
    fn begun_with(&self, chains: &Chains) -> Vec<TenantId> {
        let begins = |(chain, head): (&Chain, &head::Model)| match chain {
            Chain::Tenant(tenant) if head.place == 0 && chains.fresh.contains(chain) => Some(*tenant),
            Chain::Tenant(_) | Chain::Platform | Chain::Closed => None,
        };
        self.heads.iter().filter_map(begins).collect()
    }

    fn line(&mut self, chain: Chain, line: Line<'_>) -> Result<()> {
        let head = self.heads.get_mut(&chain).ok_or(Error::Internal)?;
        let mut row = entity::Model {
            number: 0,
            chain_id: chain.id(),
            place: head.place + 1,
            tenant_id: line.tenant,
            actor_id: line.actor,
            acting_tenant_id: line.acting,
            second_tenant_id: line.second,
            at: self.at,
            code: line.event.code().to_owned(),
            object_id: line.event.object(),
            detail: serde_json::to_string(line.event).map_err(|_| Error::Internal)?,
            outcome: line.outcome,
            address: line.address.to_owned(),
            request: line.request.to_owned(),
            hash: Vec::new(),
        };
        row.hash = hash(self.vault, &head.hash, &row);
        (head.place, head.at) = (row.place, self.at);
        head.hash.clone_from(&row.hash);
        self.rows.push(active(row));
        Ok(())
    }

    async fn write(self, tx: &DatabaseTransaction) -> Result<()> {
        // Both databases limit how many values one statement binds.
        for some in self.rows.chunks(500) {
            entity::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
        }
        for head in self.heads.into_values() {
            let to = head::ActiveModel {
                place: Set(head.place),
                hash: Set(head.hash),
                at: Set(head.at),
                ..Default::default()
            };
            head::Entity::update_many().set(to).filter(head::Column::Id.eq(head.id)).exec(tx).await?;
        }
        Ok(())
    }
}

fn active(row: entity::Model) -> entity::ActiveModel {
    entity::ActiveModel {
        // The database numbers the lines of all chains.
        number: NotSet,
        chain_id: Set(row.chain_id),
        place: Set(row.place),
        tenant_id: Set(row.tenant_id),
        actor_id: Set(row.actor_id),
        acting_tenant_id: Set(row.acting_tenant_id),
        second_tenant_id: Set(row.second_tenant_id),
        at: Set(row.at),
        code: Set(row.code),
        object_id: Set(row.object_id),
        detail: Set(row.detail),
        outcome: Set(row.outcome),
        address: Set(row.address),
        request: Set(row.request),
        hash: Set(row.hash),
    }
}
