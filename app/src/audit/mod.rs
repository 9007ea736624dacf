//! 云审计: the trail, with filters, for those who may see it.

mod export;
pub mod text;

pub use export::{AuditFile, ExportAuditPage};

use leptos::prelude::*;
use partner_center::{
    access::Viewer,
    audit::{self, AuditRow, Event, Filter, Outcome, Query},
    ctx::Ctx,
    error::{Error, Result},
    ids::LeadId,
    leads,
    page::Page,
    scope::{Kind, Reason},
};
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::{
    exports::text as exports,
    listing::{self, Asked, Column, Condition, Listing},
    paths, query,
    text::{Locale, NOTHING, words},
    ui::{Choice, PageHead, Tone, page},
    visit::Visit,
};

/// What narrows the trail.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AuditQuery {
    account: String,
    event: String,
    outcome: String,
    object: String,
    from: String,
    to: String,
}

impl AuditQuery {
    fn filter(&self) -> Result<Filter> {
        if !self.event.is_empty() && !Event::VARIANTS.contains(&self.event.as_str()) {
            return Err(Error::Malformed);
        }
        Ok(Filter {
            account: self.account.clone(),
            event: self.event.clone(),
            outcome: query::coded(&self.outcome)?,
            object: query::coded(&self.object)?,
            from: query::coded(&self.from)?,
            to: query::coded(&self.to)?,
        })
    }
}

/// A column of the trail.
type OfLine = Column<AuditRow>;

/// The trail, as a list.
struct Trail;

impl Listing for Trail {
    const PATH: &'static str = paths::AUDIT;
    type Conditions = AuditQuery;
    type Row = AuditRow;

    fn caption(locale: Locale) -> &'static str {
        words(locale).audit
    }

    fn columns(locale: Locale) -> Vec<OfLine> {
        let t = text::words(locale);
        vec![
            OfLine::moment(t.at, |row| row.at),
            OfLine::text(t.tenant, |row| row.tenant.clone().unwrap_or_else(|| NOTHING.to_owned()))
                .for_those(reads_several),
            OfLine::name(t.account, move |row| text::actor(locale, row)),
            OfLine::text(t.event, move |row| text::sentence(locale, row)).leading_to(lead).long(),
            OfLine::state(t.outcome, move |row| (tone(row.outcome), text::outcome(locale, row.outcome))),
            OfLine::text(t.address, |row| row.address.clone()),
            OfLine::code(words(locale).request, |row| row.request.clone()),
        ]
    }

    async fn search(visit: &Visit) -> Result<Vec<Condition>> {
        let (locale, t) = (visit.locale, text::words(visit.locale));
        let events = Event::VARIANTS.iter().map(|code| Choice::new(code, text::event_name(locale, code)));
        let outcomes =
            [Outcome::Done, Outcome::Refused].map(|outcome| Choice::new(outcome, text::outcome(locale, outcome)));
        Ok(vec![
            Condition::text("account", t.account),
            Condition::choice("event", t.event, events.collect()),
            Condition::choice("outcome", t.outcome, outcomes.to_vec()),
            Condition::day("from", t.from),
            Condition::day("to", t.to),
        ])
    }

    fn nothing_found(locale: Locale) -> (&'static str, &'static str) {
        let t = text::words(locale);
        (t.empty_title, t.empty_text)
    }

    async fn find(ctx: &Ctx, asked: &Asked<AuditQuery>) -> Result<Page<AuditRow>> {
        audit::list(ctx, &Query { filter: asked.conditions.filter()?, slice: asked.slice()? }).await
    }
}

/// Whether the trail is that of more than one tenant.
fn reads_several(viewer: &Viewer) -> bool {
    viewer.sees(Kind::AuditTrail).has(Reason::Everywhere)
}

/// The lead that a line is about.
fn lead(row: &AuditRow) -> Option<(String, String)> {
    let (id, number) = (row.event.as_ref()?.object()?, row.lead_number?);
    Some((paths::lead(LeadId(id)), leads::display_number(number)))
}

fn tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Done => Tone::Green,
        Outcome::Refused => Tone::Red,
    }
}

/// The page of the trail.
#[component]
pub fn AuditPage() -> impl IntoView {
    let (visit, asked) = (Visit::current(), Asked::read());
    page(async move {
        let trail = listing::load::<Trail>(visit, asked).await?;
        let locale = trail.visit.locale;
        let export = query::address(paths::AUDIT_EXPORT, &trail.asked.conditions);
        let list = trail.view()?;
        Ok(view! {
            <PageHead locale title=words(locale).audit crumbs=Vec::new()>
                <a class="button" href=export>
                    {exports::words(locale).export}
                </a>
            </PageHead>
            {list}
        })
    })
}
