//! 权限说明: what one may and may not, through which role, and why one sees the leads one sees; for whoever manages
//! members, the same about a colleague.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    ctx::Ctx,
    error::{Code, Error, Problem, Refusal, Result},
    grants::{self, Menu},
    ids::MemberId,
    leads,
    people::{self, Explained, LeadAnswer, Reasons, Through},
    scope::{Kind, Reasons as SightReasons},
};
use serde::Deserialize;

use super::{choices::called, text, words::words};
use crate::{
    account::text::words as account_words,
    audit::text::act,
    fault, form, paths, query,
    text::{Locale, conflict, words as shell_words},
    ui::{Badge, Field, PageHead, TableFrame, Tone, page},
    visit::Visit,
};

/// The query of the page's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct AccessQuery {
    account: String,
    lead: String,
}

/// The page.
#[component]
pub fn AccessPage() -> impl IntoView {
    page(load(Visit::current(), query::read()))
}

async fn load(visit: Option<Visit>, query: Result<AccessQuery>) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let query = query?;
    let ctx = visit.ctx()?;
    let mut problems = Vec::new();
    let of = match colleague(&visit, &ctx, &query.account).await? {
        Some(Some(of)) => Some(of),
        Some(None) => {
            problems.push(Problem::new("account", Code::NoSuchMember));
            None
        }
        None => None,
    };
    let explained = people::explain(&ctx, of).await?;
    let answer = match (query.lead.trim(), leads::number_of(&query.lead)) {
        ("", _) => None,
        (_, None) => {
            problems.push(Problem::new("lead", Code::Malformed));
            None
        }
        (_, Some(number)) if problems.is_empty() => Some((number, people::explain_lead(&ctx, of, number).await?)),
        (_, Some(_)) => None,
    };
    let error = (!problems.is_empty()).then_some(Error::Invalid(problems));
    if let Some(error) = &error {
        fault::answer_with(error);
    }
    Ok(view(visit, &ctx, query, explained, answer, error))
}

/// Whom the address asks about: oneself, or a colleague, or somebody who is not there.
async fn colleague(visit: &Visit, ctx: &Ctx, account: &str) -> Result<Option<Option<MemberId>>> {
    let own = visit.signed_in.as_ref().map_or("", |signed_in| signed_in.account.as_str());
    let account = account.trim();
    if account.is_empty() || account.eq_ignore_ascii_case(own) {
        return Ok(None);
    }
    people::member_of_account(ctx, account).await.map(Some)
}

fn view(
    visit: Visit,
    ctx: &Ctx,
    query: AccessQuery,
    explained: Explained,
    answer: Option<(i64, LeadAnswer)>,
    error: Option<Error>,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let problem = form::beside(&error);
    let asks_others = ctx.viewer().can(Action::ManageMembers);
    let title = if asks_others { t.access_title } else { shell.access };
    let who = called(&explained.member);
    let oneself = explained.is_oneself.then_some(t.oneself);
    let disabled = explained.is_disabled.then_some(t.disabled_explained);
    let scope = text::scope(locale, explained.leads, explained.is_oneself);
    let answer = answer.map(|(number, answer)| lead_answer(locale, number, &answer, explained.is_oneself));
    let in_plan = ctx.viewer().marketing_plan_2;
    let tables = explained.actions.into_iter().map(|(menu, actions)| table(locale, menu, actions, in_plan));
    let tables = tables.collect_view();
    view! {
        <PageHead locale title crumbs=Vec::new() />
        <form class="search" method="get" action=paths::ACCESS role="search">
            <div class="search__fields">
                {asks_others
                    .then(|| {
                        view! { <Field locale name="account" label=t.account value=query.account error=problem("account") kind="search" hint=t.access_account_hint /> }
                    })}
                <Field locale name="lead" label=t.lead_number value=query.lead error=problem("lead") kind="search" hint=t.lead_number_hint />
            </div>
            <div class="search__buttons">
                <button class="button button--primary">{t.explain}</button>
                <a class="button" href=paths::ACCESS>
                    {shell.reset}
                </a>
            </div>
        </form>
        {answer}
        <section class="card">
            <h2 class="card__title">
                <span>
                    <bdi>{who}</bdi>
                    {oneself.map(|oneself| view! { " " <span class="muted">{oneself}</span> })}
                </span>
            </h2>
            {disabled.map(|disabled| view! { <p class="flash flash--warn">{disabled}</p> })}
            <p>{scope}</p>
        </section>
        {tables}
        {sights(locale, explained.sights)}
    }
}

/// Which rows of each kind one sees, and for which reasons.
fn sights(locale: Locale, sights: Vec<(Kind, SightReasons)>) -> impl IntoView {
    let t = words(locale);
    let head = view! {
        <tr>
            <th scope="col">{t.kind_of_row}</th>
            <th scope="col">{t.seen_because}</th>
        </tr>
    };
    let rows = sights.into_iter().map(|(kind, reasons)| {
        let told: Vec<&str> = reasons.iter().map(|reason| text::reason(locale, kind, reason)).collect();
        let told = if told.is_empty() { t.sees_none.to_owned() } else { told.join(locale.pick("；", "; ")) };
        view! {
            <tr>
                <th scope="row">{text::rows(locale, kind)}</th>
                <td>{told}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h2>{t.sights}</h2>
        <TableFrame caption=t.sights head=head.into_any()>
            {rows}
        </TableFrame>
    }
}

fn table(locale: Locale, menu: Menu, actions: Vec<Reasons>, in_plan: bool) -> impl IntoView {
    let t = words(locale);
    let word = text::menu(locale, menu);
    let head = view! {
        <tr>
            <th scope="col">{t.item}</th>
            <th scope="col">{t.permitted}</th>
            <th scope="col">{t.through}</th>
        </tr>
    };
    let rows = actions.into_iter().map(|(action, through)| {
        let outside = grants::needs_plan_2(action) && !in_plan;
        let (tone, verdict) = if through.is_empty() || outside { (Tone::Grey, t.no) } else { (Tone::Green, t.yes) };
        let through: Vec<String> = through.iter().map(|one| text_of(locale, one)).collect();
        let through = match through.as_slice() {
            _ if outside => conflict(locale, Refusal::OutsidePlan2).to_owned(),
            [] => t.through_nothing.to_owned(),
            some => some.join(locale.pick("、", ", ")),
        };
        view! {
            <tr>
                <td>{act(locale, action)}</td>
                <td>
                    <Badge tone word=verdict />
                </td>
                <td class="is-long">
                    <bdi>{through}</bdi>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h2>{word}</h2>
        <TableFrame caption=word head=head.into_any()>
            {rows}
        </TableFrame>
    }
}

fn text_of(locale: Locale, through: &Through) -> String {
    match through {
        Through::Everybody => words(locale).everybody.to_owned(),
        Through::Role(role) => account_words(locale).role(*role).to_owned(),
        Through::Custom(name) => name.clone(),
    }
}

fn lead_answer(locale: Locale, number: i64, answer: &LeadAnswer, oneself: bool) -> impl IntoView + use<> {
    let t = words(locale);
    let (tone, verdict, why, id) = match answer {
        LeadAnswer::NoSuchLead => (Tone::Grey, t.no_such_lead, None, None),
        LeadAnswer::Visible { id, by } => (Tone::Green, t.lead_visible, Some(*by), Some(*id)),
        LeadAnswer::Hidden { id, by } => (Tone::Red, t.lead_hidden, Some(*by), Some(*id)),
    };
    let why = why.map(|by| text::scope(locale, by, oneself));
    let number = leads::display_number(number);
    view! {
        <section class="card" role="status">
            <h2 class="card__title">
                {match id {
                    Some(id) => view! { <a href=paths::lead(id)>{number}</a> }.into_any(),
                    None => view! { <span>{number}</span> }.into_any(),
                }}
            </h2>
            <p>
                <Badge tone word=verdict />
            </p>
            {why.map(|why| view! { <p>{why}</p> })}
        </section>
    }
}
