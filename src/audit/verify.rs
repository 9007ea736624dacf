//! Verifying: a walk along every chain. The chains hold each other too: the closed one is where the others begin, and the
//! platform's says which tenants' there are.

use std::collections::BTreeSet;

use sea_orm::{DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Anchor, Chain, Event,
    chain::hash,
    entity::{self, Column, Entity, head},
};
use crate::{
    ctx::{Store, everyones},
    error::Result,
    ids::TenantId,
    vault::Vault,
};

/// How many rows are read together.
const STRIDE: u64 = 5_000;

/// What a walk along the chains found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row of every chain is as it was written, to these ends.
    Whole(Vec<Anchor>),
    /// In this chain, the row at this place is the first that is not: changed, missing, moved or added.
    BrokenAt { chain: Chain, place: i64 },
    /// This chain is gone whole.
    Missing { chain: Chain },
}

/// Walks all chains and names the first row that is not as it was written. Anchors that were kept elsewhere must lie on
/// them. The walk sees the trail of one instant, whatever is appended meanwhile.
pub async fn verify(store: &Store, kept: &[Anchor]) -> Result<Verdict> {
    let view = store.view().await?;
    let heads = everyones::<head::Entity>().order_by_asc(head::Column::Id).all(&view).await?;
    let mut ends: Vec<Anchor> = heads.into_iter().map(Anchor::of).collect();
    for chain in kept.iter().map(|anchor| anchor.chain).chain([Chain::Closed, Chain::Platform]) {
        if ends.iter().all(|end| end.chain != chain) {
            return Ok(Verdict::Missing { chain });
        }
    }
    // The closed chain is the last by its id, and the first of all.
    ends.rotate_right(1);
    let closed = ends.first().map(|end| end.hash.clone()).unwrap_or_default();
    let mut begun = BTreeSet::new();
    for end in &ends {
        let mut walk = Walk { view: &view, vault: &store.vault, end, kept, begun: BTreeSet::new() };
        if let Some(place) = walk.first_broken(end.chain.beginning(&store.vault, &closed)).await? {
            return Ok(Verdict::BrokenAt { chain: end.chain, place });
        }
        begun.extend(walk.begun);
    }
    Ok(at_odds(&view, &ends, &begun).await?.unwrap_or_else(|| {
        ends.retain(|end| end.place > 0);
        Verdict::Whole(ends)
    }))
}

/// What is wrong with the chains together: one has no head, or the platform's has told of others.
async fn at_odds(view: &DatabaseTransaction, ends: &[Anchor], begun: &BTreeSet<TenantId>) -> Result<Option<Verdict>> {
    let stray = everyones::<Entity>().filter(Column::ChainId.is_not_in(ends.iter().map(|end| end.chain.id())));
    let stray = stray.select_only().columns([Column::ChainId, Column::Place]).order_by_asc(Column::Place);
    if let Some((chain, place)) = stray.into_tuple::<(Uuid, i64)>().one(view).await? {
        return Ok(Some(Verdict::BrokenAt { chain: Chain::of_id(chain), place }));
    }
    let there: BTreeSet<TenantId> = ends
        .iter()
        .filter_map(|end| match end.chain {
            Chain::Tenant(tenant) => Some(tenant),
            Chain::Platform | Chain::Closed => None,
        })
        .collect();
    if let Some(tenant) = begun.difference(&there).next() {
        return Ok(Some(Verdict::Missing { chain: Chain::Tenant(*tenant) }));
    }
    Ok(there.difference(begun).next().map(|tenant| Verdict::BrokenAt { chain: Chain::Tenant(*tenant), place: 1 }))
}

/// The walk along one chain.
struct Walk<'w> {
    view: &'w DatabaseTransaction,
    vault: &'w Vault,
    end: &'w Anchor,
    kept: &'w [Anchor],
    /// The tenants whose chains this one says have begun.
    begun: BTreeSet<TenantId>,
}

impl Walk<'_> {
    /// The place of the first row that is not as it was written.
    async fn first_broken(&mut self, mut before: Vec<u8>) -> Result<Option<i64>> {
        let mut place = 0_i64;
        loop {
            let rows = self.rows().filter(Column::Place.gt(place)).limit(STRIDE).all(self.view).await;
            let Ok(rows) = rows else { return self.unreadable_after(place).await };
            for row in &rows {
                place += 1;
                if row.place != place || row.hash != hash(self.vault, &before, row) || self.is_not_as_kept(row) {
                    return Ok(Some(place));
                }
                before.clone_from(&row.hash);
                self.listen(row);
            }
            if (rows.len() as u64) < STRIDE {
                break;
            }
        }
        if let Some(stray) = self.rows().filter(Column::Place.lt(1)).limit(1).one(self.view).await? {
            return Ok(Some(stray.place));
        }
        if self.end.place != place || (place > 0 && self.end.hash != before) {
            return Ok(Some(place.min(self.end.place) + 1));
        }
        let is_beyond = |anchor: &Anchor| anchor.chain == self.end.chain && anchor.place > place;
        Ok(self.kept.iter().any(is_beyond).then_some(place + 1))
    }

    fn rows(&self) -> Select<Entity> {
        let of_chain = everyones::<Entity>().filter(Column::ChainId.eq(self.end.chain.id()));
        of_chain.order_by_asc(Column::Place)
    }

    /// Names the first row behind this one that is missing or cannot even be read.
    async fn unreadable_after(&self, mut place: i64) -> Result<Option<i64>> {
        loop {
            place += 1;
            let row = self.rows().filter(Column::Place.eq(place)).one(self.view).await;
            if !matches!(row, Ok(Some(_))) {
                return Ok(Some(place));
            }
        }
    }

    fn is_not_as_kept(&self, row: &entity::Model) -> bool {
        let differs =
            |anchor: &Anchor| anchor.chain == self.end.chain && anchor.place == row.place && anchor.hash != row.hash;
        self.kept.iter().any(differs)
    }

    fn listen(&mut self, row: &entity::Model) {
        if self.end.chain == Chain::Platform
            && let Ok(Event::TrailBegun { of }) = serde_json::from_str(&row.detail)
        {
            self.begun.insert(of);
        }
    }
}
