//! Opening the eye, whatever is behind it: clear values leave the server only with a line in the trail for each, within
//! one quota for a member over everything that it opens.

use std::collections::BTreeSet;

use crate::{
    access::Action,
    audit::{self, Event},
    contact::Revealed,
    ctx::{Ctx, Turn},
    error::{Error, Result},
};

/// How many values a member sees in ten minutes, over all its sessions and all servers.
pub const QUOTA_PER_TEN_MINUTES: u64 = 200;
/// How many in a day.
pub const QUOTA_PER_DAY: u64 = 1_000;
/// The most rows that one click opens: a page.
pub(crate) const PAGE_LIMIT: usize = 100;

/// Which columns have been revealed for the rows at hand.
pub(crate) struct Proofs<F> {
    proof: Option<Revealed>,
    open: BTreeSet<F>,
}

impl<F> Default for Proofs<F> {
    fn default() -> Proofs<F> {
        Proofs { proof: None, open: BTreeSet::new() }
    }
}

impl<F: Ord> Proofs<F> {
    /// The proof for a column, if it has been revealed.
    pub(crate) fn of(&self, field: F) -> Option<&Revealed> {
        self.proof.as_ref().filter(|_| self.open.contains(&field))
    }
}

/// Reveals columns: the lines, one a value, are in the trail before a value is anywhere else.
///
/// # Errors
/// `TooMany` beyond the quota; then nothing is shown, and `refusal` is in the trail.
pub(crate) async fn open<F: Ord + Copy>(
    ctx: &Ctx,
    action: Action,
    fields: &[F],
    values: &[Event],
    refusal: Event,
) -> Result<Proofs<F>> {
    if !values.is_empty() {
        let change = ctx.change(action).await?;
        change.turn_of(Turn::Member(change.member())).await?;
        let wanted = values.len() as u64;
        for (seconds, quota) in [(600, QUOTA_PER_TEN_MINUTES), (86_400, QUOTA_PER_DAY)] {
            let since = ctx.now().plus_seconds(-seconds);
            let shown = audit::count_any_since(&change, ctx.viewer().member, &audit::REVEALS, since).await?;
            if shown + wanted > quota {
                drop(change);
                ctx.record_refusal(refusal).await?;
                return Err(Error::TooMany { retry_after: seconds });
            }
        }
        change.commit_all(values).await?;
    }
    Ok(Proofs { proof: Some(Revealed::recorded()), open: fields.iter().copied().collect() })
}
