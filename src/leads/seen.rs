//! What somebody saw when deciding: the state and the follower of each lead. A form sends it back, and a lead that has
//! moved on since is shown again instead of being changed under the reader's eyes.

use sea_orm::FromQueryResult;

use super::{LeadDetail, State, entity::Model};
use crate::{
    ctx::Ctx,
    error::Result,
    ids::{LeadId, MemberId},
    sent,
};

/// The parts of a lead that a decision rests on.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub(super) struct Seen {
    pub id: LeadId,
    pub state: State,
    pub follower_id: Option<MemberId>,
}

impl From<&Model> for Seen {
    fn from(lead: &Model) -> Seen {
        Seen { id: lead.id, state: lead.state, follower_id: lead.follower_id }
    }
}

/// The mark of a lead as its page shows it.
pub fn mark(ctx: &Ctx, lead: &LeadDetail) -> String {
    sent::mark(ctx, &text(vec![Seen { id: lead.row.id, state: lead.row.state, follower_id: lead.follower_id }]))
}

/// The mark of several leads together.
pub(super) fn mark_of(ctx: &Ctx, leads: Vec<Seen>) -> String {
    sent::mark(ctx, &text(leads))
}

/// Refuses to go on with leads that are not as they were seen. A client that shows nothing sends no mark.
pub(crate) fn still_as(ctx: &Ctx, leads: &[Model], seen: &str) -> Result<()> {
    sent::still(ctx, &text(leads.iter().map(Seen::from).collect()), seen)
}

fn text(mut leads: Vec<Seen>) -> String {
    leads.sort();
    let text: Vec<String> = leads
        .into_iter()
        .map(|Seen { id, state, follower_id }| {
            format!("{id} {state} {}", follower_id.map(|id| id.to_string()).unwrap_or_default())
        })
        .collect();
    text.join("\n")
}
