//! One import: how far it is, what is wrong with which rows, and the decision.

use axum::http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::hooks::use_params_map;
use partner_center::{
    error::{Error, Result},
    ids::ImportId,
    imports::{self, BadRow, ImportRow, State},
};

use super::text;
use crate::{
    form::{PageForm, Params, Saved, id_of},
    paths,
    text::{date_time, number, problem, words},
    ui::{Badge, Flash, PageHead, TableFrame, fact, page},
    visit::Visit,
};

/// How many bad rows the page shows.
const SHOWN: u64 = 100;
/// How often a running import's page reloads itself, in seconds.
const RELOAD: &str = "2";

/// Has the good rows written.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfirmImport {}

impl PageForm for ConfirmImport {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: ImportId = id_of(params)?;
        imports::confirm(&visit.ctx()?, id).await?;
        Ok(Saved::telling(paths::import(id), "import-confirmed"))
    }
}

/// Gives the import up.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelImport {}

impl PageForm for CancelImport {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: ImportId = id_of(params)?;
        imports::cancel(&visit.ctx()?, id).await?;
        Ok(Saved::telling(paths::import(id), "import-cancelled"))
    }
}

/// The page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let id: Option<ImportId> = use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok());
    let response = use_context::<ResponseOptions>();
    page(load(Visit::current(), id, response))
}

async fn load(
    visit: Option<Visit>,
    id: Option<ImportId>,
    response: Option<ResponseOptions>,
) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    let import = imports::get(&ctx, id.ok_or(Error::NotFound)?).await?;
    let bad = imports::problems(&ctx, import.id, 0, SHOWN).await?;
    if let (true, Some(response)) = (import.state.is_running(), response) {
        response.insert_header(HeaderName::from_static("refresh"), HeaderValue::from_static(RELOAD));
    }
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let decision = decision(&visit, &import);
    let facts = facts(&visit, &import);
    let more = (import.bad > SHOWN).then_some(t.first_rows);
    let report = (!bad.is_empty()).then(|| report(&visit, &import, bad));
    Ok(view! {
        <PageHead locale title=t.title crumbs=vec![(shell.sales, None), (shell.develop, None), (t.history, Some(paths::LEAD_IMPORTS.to_owned()))] />
        <Flash word=flash />
        {facts}
        {decision}
        {report}
        {more.map(|more| view! { <p class="muted">{more}</p> })}
    })
}

fn facts(visit: &Visit, import: &ImportRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let running = import.state.is_running();
    let progress = match import.state {
        State::Writing => Some((import.committed, import.checked)),
        _ => None,
    };
    let failure = import.failure.map(|code| problem(locale, code));
    view! {
        <section class="card stack" aria-live="polite">
            <dl class="facts">
                {fact(t.file_name, import.file_name.clone())} <div>
                    <dt>{t.state}</dt>
                    <dd>
                        <Badge tone=text::tone(import.state) word=text::state(locale, import.state) />
                        {failure.map(|why| view! { " " <span class="field__error">{why}</span> })}
                    </dd>
                </div> {fact(t.rows, number(import.checked))} {fact(t.good, number(import.good))}
                {fact(t.bad, number(import.bad))} {fact(t.written, number(import.written))}
                {fact(t.by, import.by.clone())} {fact(t.at, date_time(import.created_at))}
            </dl>
            {running
                .then(|| {
                    let (done, all) = match progress {
                        Some((done, all)) => (Some(done.to_string()), Some(all.to_string())),
                        None => (None, None),
                    };
                    view! {
                        <p class="row">
                            <progress class="progress" value=done max=all aria-label=t.progress></progress>
                            <a href=paths::import(import.id)>{t.reload}</a>
                        </p>
                    }
                })}
        </section>
    }
}

/// What may be decided now.
fn decision(visit: &Visit, import: &ImportRow) -> impl IntoView + use<> {
    let t = text::words(visit.locale);
    let address = paths::import(import.id);
    let confirm = (import.state == State::Checked && import.good > 0).then(|| {
        view! {
            <form method="post" action=format!("{address}/confirm")>
                <button class="button button--primary">{format!("{} ({})", t.confirm, number(import.good))}</button>
            </form>
        }
    });
    let cancel = import.state.can_cancel().then(|| {
        view! {
            <form method="post" action=format!("{address}/cancel")>
                <button class="button">{t.cancel}</button>
            </form>
        }
    });
    let hint = match (import.state, import.good) {
        (State::Checked, 0) => Some(t.nothing_good),
        (State::Checked, _) => Some(t.checked_hint),
        _ => None,
    };
    let to_leads = (import.state == State::Done)
        .then(|| view! { <a class="button button--primary" href=paths::LEADS>{t.to_leads}</a> });
    view! {
        {hint.map(|hint| view! { <p class="flash flash--info">{hint}</p> })}
        <div class="form__buttons">{confirm} {to_leads} {cancel}</div>
    }
}

fn report(visit: &Visit, import: &ImportRow, bad: Vec<BadRow>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let company = crate::leads::text::words(locale).company;
    let head = view! {
        <tr>
            <th scope="col" class="is-numeric">{t.line}</th>
            <th scope="col">{company}</th>
            <th scope="col">{t.reason}</th>
        </tr>
    };
    let rows = bad.into_iter().map(|row| {
        view! {
            <tr>
                <td class="is-numeric">{row.line}</td>
                <td class="is-masked">
                    <bdi>{row.company}</bdi>
                </td>
                <td class="is-long">{text::reasons(locale, &row.problems)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <div class="toolbar">
            <h2>{t.report}</h2>
            <div class="toolbar__end">
                <a class="button button--small" href=format!("{}/failures", paths::import(import.id)) download>
                    {t.download}
                </a>
            </div>
        </div>
        <TableFrame caption=t.report head=head.into_any()>
            {rows}
        </TableFrame>
    }
}
