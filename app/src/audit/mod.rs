//! 云审计: the trail, with filters, for those who may see it.

mod export;
pub mod text;

pub use export::{AuditFile, ExportAuditPage};

use leptos::prelude::*;
use partner_center::{
    audit::{self, AuditRow, Event, Filter, Outcome, Query},
    error::{Error, Result},
    leads,
    page::Slice,
    scope::{Kind, Reason},
};
use serde::{Deserialize, Serialize};
use strum::VariantNames;

use crate::{
    exports::text as exports,
    fault, form, paths, query,
    text::{date_time, words},
    ui::{Around, Badge, Choice, Empty, Field, PageHead, Pager, Select, TableFrame, Tone, page},
    visit::Visit,
};

/// The query of the page's address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct AuditQuery {
    account: String,
    event: String,
    outcome: String,
    object: String,
    from: String,
    to: String,
    size: String,
    page: String,
    after: String,
    before: String,
}

impl AuditQuery {
    fn ask(&self) -> Result<Query> {
        if !self.event.is_empty() && !Event::VARIANTS.contains(&self.event.as_str()) {
            return Err(Error::Malformed);
        }
        Ok(Query {
            filter: Filter {
                account: self.account.clone(),
                event: self.event.clone(),
                outcome: query::coded(&self.outcome)?,
                object: query::coded(&self.object)?,
                from: query::coded(&self.from)?,
                to: query::coded(&self.to)?,
            },
            slice: Slice::parse(&self.page, &self.after, &self.before, &self.size).ok_or(Error::Malformed)?,
        })
    }

    fn at(&self, (page, after, before): crate::ui::Target) -> AuditQuery {
        AuditQuery { page, after, before, ..self.clone() }
    }

    fn kept(&self) -> Vec<(String, String)> {
        let all = [
            ("account", &self.account),
            ("event", &self.event),
            ("outcome", &self.outcome),
            ("object", &self.object),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let set = all.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }
}

/// The page of the trail.
#[component]
pub fn AuditPage() -> impl IntoView {
    let visit = Visit::current();
    let asked: Result<AuditQuery> = query::read();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let asked = asked?;
        let ask = asked.ask()?;
        let (found, error) = match audit::list(&visit.ctx()?, &ask).await {
            Ok(found) => (found, None),
            Err(error) => (fault::nothing_found(&error, ask.slice)?, Some(error)),
        };
        let problem = form::beside(&error);
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let around = Around { slice: found.slice, total: found.total, before: found.before, after: found.after };
        let kept = asked.kept();
        let export =
            query::address(paths::AUDIT_EXPORT, &AuditQuery { size: String::new(), ..asked.at(Default::default()) });
        let list = if error.is_some() {
            ().into_any()
        } else if found.rows.is_empty() {
            view! { <Empty title=t.empty_title text=t.empty_text link=(paths::AUDIT.to_owned(), shell.reset) /> }
                .into_any()
        } else {
            let several = visit.ctx()?.viewer().sees(Kind::AuditTrail).has(Reason::Everywhere);
            let rows = found.rows.into_iter().map(|row| line(&visit, row, several)).collect_view();
            let head = view! {
                <tr>
                    <th scope="col">{t.at}</th>
                    {several.then(|| view! { <th scope="col">{t.tenant}</th> })}
                    <th scope="col">{t.account}</th>
                    <th scope="col">{t.event}</th>
                    <th scope="col">{t.outcome}</th>
                    <th scope="col">{t.address}</th>
                    <th scope="col">{shell.request}</th>
                </tr>
            };
            let asked = asked.clone();
            view! {
                <TableFrame caption=shell.audit head=head.into_any()>
                    {rows}
                </TableFrame>
                <Pager locale around to=move |target| query::address(paths::AUDIT, &asked.at(target)) path=paths::AUDIT.to_owned() kept />
            }
            .into_any()
        };
        let events = Event::VARIANTS.iter().map(|code| Choice::new(code, text::event_name(locale, code))).collect();
        let outcomes =
            [Outcome::Done, Outcome::Refused].map(|outcome| Choice::new(outcome, text::outcome(locale, outcome)));
        Ok(view! {
            <PageHead locale title=shell.audit crumbs=Vec::new()>
                <a class="button" href=export>
                    {exports::words(locale).export}
                </a>
            </PageHead>
            <form class="search" method="get" action=paths::AUDIT role="search">
                <div class="search__fields">
                    <Field locale name="account" label=t.account value=asked.account error=None kind="search" />
                    <Select locale name="event" label=t.event value=asked.event choices=events error=None blank=shell.any />
                    <Select locale name="outcome" label=t.outcome value=asked.outcome choices=outcomes.to_vec() error=None blank=shell.any />
                    <Field locale name="from" label=t.from value=asked.from error=None kind="date" />
                    <Field locale name="to" label=t.to value=asked.to error=problem("to") kind="date" />
                </div>
                <div class="search__buttons">
                    <button class="button button--primary">{shell.search}</button>
                    <a class="button" href=paths::AUDIT>
                        {shell.reset}
                    </a>
                </div>
            </form>
            <div class="toolbar">
                <div class="toolbar__end">
                    <span class="muted">{shell.zone}</span>
                </div>
            </div>
            {list}
        })
    })
}

/// `several` says whether the trail is that of more than one tenant.
fn line(visit: &Visit, row: AuditRow, several: bool) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (actor, sentence) = (text::actor(locale, &row), text::sentence(locale, &row));
    let tone = match row.outcome {
        Outcome::Done => Tone::Green,
        Outcome::Refused => Tone::Red,
    };
    let about_lead = row.lead_number.and_then(|number| Some((row.event.as_ref()?.object()?, number)));
    let link = about_lead.map(|(id, number)| {
        let href = paths::lead(partner_center::ids::LeadId(id));
        view! { " " <a href=href>{leads::display_number(number)}</a> }
    });
    view! {
        <tr>
            <td>{date_time(row.at)}</td>
            {several.then(|| view! { <td>{row.tenant.unwrap_or_else(|| "--".to_owned())}</td> })}
            <td>
                <bdi>{actor.unwrap_or_else(|| "--".to_owned())}</bdi>
            </td>
            <td class="is-long">{sentence} {link}</td>
            <td>
                <Badge tone word=text::outcome(locale, row.outcome) />
            </td>
            <td>{row.address}</td>
            <td>
                {(!row.request.is_empty()).then(|| view! { <code class="id">{row.request}</code> })}
            </td>
        </tr>
    }
}
