//! The upload form and the history of imports.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    imports::{self, ImportRow, State},
};

use super::{text, upload::UploadImport};
use crate::{
    form::{self, Posted, problem_of},
    islands::SendOnce,
    leads::text::words as lead_words,
    paths, query,
    text::{date_time, fault, number, problem, words},
    ui::{Badge, Empty, Flash, Hydration, PageHead, TableFrame, page},
    visit::Visit,
};

/// The page.
#[component]
pub fn ImportsPage() -> impl IntoView {
    let (visit, (_, error)) = (Visit::current(), Posted::<UploadImport>::take());
    page(load(visit, query::read(), error))
}

/// Which imports the history shows.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct HistoryQuery {
    state: String,
}

async fn load(
    visit: Option<Visit>,
    query: Result<HistoryQuery>,
    error: Option<Error>,
) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let state: Option<State> = query::coded(&query?.state)?;
    let rows = imports::list(&visit.ctx()?, state).await?;
    let locale = visit.locale;
    let (t, shell, lead) = (text::words(locale), words(locale), lead_words(locale));
    let overall =
        error.as_ref().filter(|error| !matches!(error, Error::Invalid(_))).map(|error| fault(locale, error).1);
    let error = problem_of(error.as_ref(), "file");
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let narrowed = state.map(|state| {
        view! {
            <p class="row">
                <Badge tone=text::tone(state) word=text::state(locale, state) />
                <a href=paths::LEAD_IMPORTS>{t.all_states}</a>
            </p>
        }
    });
    let history = if rows.is_empty() {
        view! { <Empty title=t.empty_title text=t.empty_text /> }.into_any()
    } else {
        let rows = rows.into_iter().map(|row| line(&visit, row)).collect_view();
        let head = view! {
            <tr>
                <th scope="col">{t.file_name}</th>
                <th scope="col">{t.state}</th>
                <th scope="col" class="is-numeric">{t.good}</th>
                <th scope="col" class="is-numeric">{t.bad}</th>
                <th scope="col" class="is-numeric">{t.written}</th>
                <th scope="col">{t.by}</th>
                <th scope="col">{t.at}</th>
            </tr>
        };
        view! { <TableFrame caption=t.history head=head.into_any()>{rows}</TableFrame> }.into_any()
    };
    Ok(view! {
        <PageHead locale title=t.title crumbs=vec![(shell.sales, None), (shell.develop, None), (lead.title, Some(paths::LEADS.to_owned()))] />
        <Flash word=flash />
        <section class="card stack">
            <SendOnce word=shell.saving.to_owned()>
                <form class="form" method="post" action=paths::LEAD_IMPORTS enctype="multipart/form-data">
                    {overall.map(|why| view! { <div class="form__summary" role="alert"><p>{why}</p></div> })}
                    <input type="hidden" name="once" value=form::token() />
                    <div class="field" class:field--error=error.is_some()>
                        <label class="field__label" for="file">
                            {t.file}
                        </label>
                        <input id="file" name="file" type="file" required accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" aria-invalid=error.map(|_| "true") aria-describedby="file-hint file-error" />
                        <p class="field__hint" id="file-hint">
                            {t.file_hint}
                        </p>
                        <p class="field__error" id="file-error" role="alert">
                            {error.map(|code| problem(locale, code))}
                        </p>
                    </div>
                    <div class="form__buttons">
                        <button class="button button--primary" type="submit">
                            {t.upload}
                        </button>
                        <a class="button" href="/leads-template.csv" download>
                            {t.template}
                        </a>
                        <a class="button button--text" href="/leads-sample.csv" download>
                            {t.sample}
                        </a>
                    </div>
                </form>
            </SendOnce>
        </section>
        <h2>{t.history}</h2>
        {narrowed}
        {history}
        <p class="muted">{shell.zone}</p>
        <Hydration />
    })
}

fn line(visit: &Visit, row: ImportRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    view! {
        <tr>
            <td>
                <a href=paths::import(row.id)>
                    <bdi>{row.file_name}</bdi>
                </a>
            </td>
            <td>
                <Badge tone=text::tone(row.state) word=text::state(locale, row.state) />
            </td>
            <td class="is-numeric">{number(row.good)}</td>
            <td class="is-numeric">{number(row.bad)}</td>
            <td class="is-numeric">{number(row.written)}</td>
            <td>{row.by}</td>
            <td>{date_time(row.created_at)}</td>
        </tr>
    }
}
