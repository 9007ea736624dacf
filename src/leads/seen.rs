//! What somebody saw when deciding: the state and the follower of each lead. A form sends it back, and a lead that has
//! moved on since is shown again instead of being changed under the reader's eyes.

use super::{LeadDetail, State, entity::Model};
use crate::{
    ctx::Ctx,
    error::Result,
    ids::{LeadId, MemberId},
    sent,
};

/// The parts of a lead that a decision rests on.
type Seen = (LeadId, State, Option<MemberId>);

/// The mark of a lead as its page shows it.
pub fn mark(ctx: &Ctx, lead: &LeadDetail) -> String {
    sent::mark(ctx, &text(vec![(lead.row.id, lead.row.state, lead.follower_id)]))
}

/// The mark of several leads together.
pub(super) fn mark_of(ctx: &Ctx, leads: &[Model]) -> String {
    sent::mark(ctx, &text(leads.iter().map(|lead| (lead.id, lead.state, lead.follower_id)).collect()))
}

/// Refuses to go on with leads that are not as they were seen. A client that shows nothing sends no mark.
pub(crate) fn still_as(ctx: &Ctx, leads: &[Model], seen: &str) -> Result<()> {
    sent::still(ctx, &text(leads.iter().map(|lead| (lead.id, lead.state, lead.follower_id)).collect()), seen)
}

fn text(mut leads: Vec<Seen>) -> String {
    leads.sort();
    let text: Vec<String> = leads
        .into_iter()
        .map(|(id, state, follower)| format!("{id} {state} {}", follower.map(|id| id.to_string()).unwrap_or_default()))
        .collect();
    text.join("\n")
}
