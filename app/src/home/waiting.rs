//! What waits for the viewer: cards that count as the lists behind them do, since both ask the same question.

use chrono::Days;
use leptos::prelude::*;
use partner_center::{
    access::Action,
    calls,
    ctx::Ctx,
    error::Result,
    imports,
    leads::{self, Due, State},
    messages,
    page::Total,
};

use super::text;
use crate::{
    leads::query::ListQuery,
    paths, query,
    text::{number, words},
    visit::Visit,
};

/// After so many days without a follow-up a dispatched lead is told of.
const UNTOUCHED_DAYS: u64 = 3;

/// Each to-do that the viewer's roles have, as a link with its number.
pub async fn cards(visit: &Visit, ctx: &Ctx) -> Result<impl IntoView + use<>> {
    let t = text::words(visit.locale);
    let many = words(visit.locale).many;
    let mut cards = Vec::new();
    for (action, path, word, query) in questions(visit) {
        if ctx.viewer().can(action) {
            let total = leads::count(ctx, &query.filter(None)?).await?;
            cards.push((query::address(path, &query), word, total));
        }
    }
    if ctx.viewer().can(Action::ImportLeads) {
        let waiting = imports::State::Checked;
        let total = Total::Exactly(imports::count(ctx, waiting).await?);
        cards.push((query::address(paths::LEAD_IMPORTS, &[("state", waiting.to_string())]), t.imports, total));
    }
    if let Some(call) = calls::unwritten(ctx).await? {
        cards.push((paths::call(call), t.outcome, Total::Exactly(1)));
    }
    let unread = messages::count(ctx, messages::Filter { group: None, read: Some(false) }).await?;
    cards.push((query::address(paths::MESSAGES, &[("read", "no")]), t.unread, unread));
    let cards = cards.into_iter().map(|(href, word, total)| {
        let count = match total {
            Total::Exactly(rows) => number(rows),
            Total::MoreThan(_) => many.to_owned(),
        };
        view! {
            <a class="card todo" class:todo--none=total == Total::Exactly(0) href=href>
                <span class="todo__count">{count}</span>
                <span class="todo__word">{word}</span>
            </a>
        }
    });
    Ok(cards.collect_view())
}

/// The questions about leads, each as the address of its list asks it.
fn questions(visit: &Visit) -> [(Action, &'static str, &'static str, ListQuery); 6] {
    let t = text::words(visit.locale);
    let in_state = |state: State| ListQuery { state: state.to_string(), ..ListQuery::default() };
    let due = |due: Due| ListQuery { due: due.to_string(), ..ListQuery::default() };
    let latest = visit.now.trade_date() - Days::new(UNTOUCHED_DAYS);
    let untouched = ListQuery { to: latest.to_string(), ..in_state(State::Dispatched) };
    [
        (Action::DispatchLead, paths::LEAD_DISPATCH, t.to_dispatch, in_state(State::Undispatched)),
        (Action::ViewLeads, paths::LEADS, t.to_follow, in_state(State::Dispatched)),
        (Action::ViewLeads, paths::LEADS, t.untouched, untouched),
        (Action::ViewLeads, paths::LEADS, t.overdue, due(Due::Overdue)),
        (Action::ViewLeads, paths::LEADS, t.today, due(Due::Today)),
        (Action::ViewLeads, paths::LEADS, t.following, in_state(State::Following)),
    ]
}
