//! Anchors: where each chain ended at some time. Kept outside the database, they show later whether one was cut or is gone.

use std::{fmt, str::FromStr};

use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::{Chain, entity::head};
use crate::{
    ctx::{Store, everyones},
    error::Result,
    moment::Moment,
};

/// The end of a chain at some time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub chain: Chain,
    /// How many rows it had.
    pub place: i64,
    pub hash: Vec<u8>,
}

impl Anchor {
    pub(super) fn of(head: head::Model) -> Anchor {
        Anchor { chain: Chain::of_id(head.id), place: head.place, hash: head.hash }
    }

    /// Reads a file of anchors, one a line, as they are printed.
    pub fn listed(text: &str) -> Result<Vec<Anchor>, String> {
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::parse).collect()
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:", self.chain, self.place)?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Anchor {
    type Err = String;
    fn from_str(text: &str) -> Result<Anchor, String> {
        let malformed = || format!("an anchor is CHAIN:NUMBER:HASH, as `audit verify` prints it, not `{text}`");
        let (rest, hex) = text.rsplit_once(':').ok_or_else(malformed)?;
        // Those of before there were several chains name none.
        let (chain, place) = rest.split_once(':').unwrap_or(("closed", rest));
        let byte = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let hash: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        Ok(Anchor {
            chain: chain.parse().map_err(|_| malformed())?,
            place: place.parse().map_err(|_| malformed())?,
            hash: hash.ok_or_else(malformed)?,
        })
    }
}

/// The ends of the chains that something was added to since then, in the order of the chains.
pub async fn anchors(store: &Store, since: Moment) -> Result<Vec<Anchor>> {
    let heads = everyones::<head::Entity>()
        .filter(head::Column::At.gte(since))
        .filter(head::Column::Place.gt(0))
        .order_by_asc(head::Column::Id)
        .all(&store.db)
        .await?;
    Ok(heads.into_iter().map(Anchor::of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_of_before_there_were_several_chains_is_one_of_the_closed_chain() {
        let anchor: Anchor = "4:a711".parse().unwrap();
        assert_eq!(anchor, Anchor { chain: Chain::Closed, place: 4, hash: vec![0xa7, 0x11] });
        assert_eq!(anchor.to_string(), "closed:4:a711");
    }

    #[test]
    fn what_is_no_anchor_is_refused() {
        for text in ["", "4", "4:xy", "x:4:ab", "platform:x:ab", "platform:4:abc", "platform:4:äb"] {
            assert!(text.parse::<Anchor>().is_err(), "{text}");
        }
        assert_eq!(Anchor::listed("platform:4:ab\n\n3:cd\n").map(|anchors| anchors.len()), Ok(2));
    }
}
