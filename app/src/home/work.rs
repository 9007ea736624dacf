//! How the last weeks went, what one had in hand last, and where one goes from here.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    ctx::Ctx,
    error::Result,
    leads::{self, LeadRow, Week},
    page::Total,
    scope::Kind,
};

use super::text;
use crate::{
    leads::text as lead_text,
    paths,
    text::{Locale, number, words},
    ui::{Badge, BarChart, Empty, Series},
    visit::Visit,
};

/// How many weeks the trend shows.
const WEEKS: u64 = 8;
/// How many leads one goes back to.
const RECENT: usize = 6;

/// The trend of leads, for those who see any.
pub async fn trend(visit: &Visit, ctx: &Ctx) -> Result<Option<impl IntoView + use<>>> {
    if !ctx.viewer().can(Action::ViewLeads) {
        return Ok(None);
    }
    let weeks = leads::weeks(ctx, WEEKS).await?;
    let locale = visit.locale;
    let t = text::words(locale);
    let everybodys = ctx.viewer().sees(Kind::Leads).whole_tenant();
    let series = |name, total: fn(&Week) -> Total| Series {
        name,
        values: weeks.iter().map(|week| value(locale, total(week))).collect(),
    };
    let series = vec![
        series(t.entered, |week| week.entered),
        series(t.followed, |week| week.followed),
        series(t.converted, |week| week.converted),
    ];
    let groups = weeks.iter().map(|week| (week.from.format("%m-%d").to_string(), week.from.to_string())).collect();
    let summary = text::summary(locale, &weeks);
    let scope = if everybodys { t.everybodys } else { t.own };
    Ok(Some(view! {
        <section class="card">
            <h2 class="card__title">
                {t.trend} <span class="muted">{scope}</span>
            </h2>
            <BarChart title=t.trend summary group=t.week groups series />
        </section>
    }))
}

fn value(locale: Locale, total: Total) -> (u64, String) {
    match total {
        Total::Exactly(rows) => (rows, number(rows)),
        Total::MoreThan(rows) => (rows, words(locale).many.to_owned()),
    }
}

/// The leads that one worked on last.
pub async fn recent(visit: &Visit, ctx: &Ctx) -> Result<Option<impl IntoView + use<>>> {
    if !ctx.viewer().can(Action::ViewLeads) {
        return Ok(None);
    }
    let leads = leads::recent(ctx, RECENT).await?;
    let locale = visit.locale;
    let t = text::words(locale);
    let list = if leads.is_empty() {
        view! { <Empty title=t.no_recent_title text=t.no_recent_text /> }.into_any()
    } else {
        let lines = leads.into_iter().map(|lead| line(locale, lead)).collect_view();
        view! { <ul class="recent">{lines}</ul> }.into_any()
    };
    Ok(Some(view! {
        <section class="card">
            <h2 class="card__title">{t.recent}</h2>
            {list}
        </section>
    }))
}

fn line(locale: Locale, lead: LeadRow) -> impl IntoView {
    view! {
        <li>
            <a href=paths::lead(lead.id)>{leads::display_number(lead.number)}</a>
            <bdi>{lead.company.text().to_owned()}</bdi>
            <Badge tone=lead_text::tone(lead.state) word=lead_text::state(locale, lead.state) />
        </li>
    }
}

/// Where one goes from here, as far as one's roles reach.
pub fn links(visit: &Visit, ctx: &Ctx) -> Option<impl IntoView + use<>> {
    let (t, shell, lead) = (text::words(visit.locale), words(visit.locale), lead_text::words(visit.locale));
    let links = [
        (Action::CreateLead, paths::NEW_LEAD, lead.new),
        (Action::ImportLeads, paths::LEAD_IMPORTS, lead.import),
        (Action::ViewLeads, paths::LEADS, lead.title),
        (Action::DispatchLead, paths::LEAD_DISPATCH, lead.dispatch_title),
        (Action::ViewAudit, paths::AUDIT, shell.audit),
    ];
    let links = links.into_iter().filter(|(action, ..)| ctx.viewer().can(*action));
    let links: Vec<_> = links.map(|(_, href, word)| view! { <li><a href=href>{word}</a></li> }).collect();
    (!links.is_empty()).then(|| {
        view! {
            <nav class="card" aria-labelledby="quick">
                <h2 class="card__title" id="quick">
                    {t.links}
                </h2>
                <ul class="quick">{links}</ul>
            </nav>
        }
    })
}
