//! The history of exports: how far each is, its file while it is kept, and what may be done about it.

use axum::http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use partner_center::{
    error::{Error, Result},
    exports::{self, ExportRow, State, Step},
    page::{Slice, Start},
};
use serde::{Deserialize, Serialize};

use super::text;
use crate::{
    form::{self, PageForm, Params, Saved, id_of, token_of},
    paths, query,
    text::{NOTHING, conflict, date_time, number, words},
    ui::{Around, Badge, Empty, Flash, PageHead, Pager, TableFrame, Target, page},
    visit::Visit,
};

/// How often the page reloads itself while something is being exported, in seconds.
const RELOAD: &str = "2";

/// Gives an export up.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CancelExport {
    once: String,
}

impl PageForm for CancelExport {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        exports::cancel(&visit.ctx()?, id_of(params)?, token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::EXPORTS, "export-cancelled"))
    }
}

/// Has a failed export tried again.
#[derive(Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RetryExport {
    once: String,
}

impl PageForm for RetryExport {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        exports::retry(&visit.ctx()?, id_of(params)?, token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::EXPORTS, "export-retried"))
    }
}

/// The page.
#[component]
pub fn ExportsPage() -> impl IntoView {
    let (visit, response) = (Visit::current(), use_context::<ResponseOptions>());
    page(load(visit, query::read(), response))
}

/// The query of the page's address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct HistoryQuery {
    size: String,
    page: String,
    after: String,
    before: String,
}

impl HistoryQuery {
    /// Another page of the same length.
    fn at(&self, (page, after, before): Target) -> HistoryQuery {
        HistoryQuery { size: self.size.clone(), page, after, before }
    }
}

async fn load(
    visit: Option<Visit>,
    query: Result<HistoryQuery>,
    response: Option<ResponseOptions>,
) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    let query = query?;
    let slice = Slice::parse(&query.page, &query.after, &query.before, &query.size).ok_or(Error::Malformed)?;
    let found = exports::list(&ctx, slice).await?;
    let around = Around { slice: found.slice, total: found.total, before: found.before, after: found.after };
    let rows = found.rows;
    if let (true, Some(response)) = (rows.iter().any(|row| row.state.is_running()), response) {
        response.insert_header(HeaderName::from_static("refresh"), HeaderValue::from_static(RELOAD));
    }
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let history = if rows.is_empty() && slice.start != Start::Number(1) {
        let link = (paths::EXPORTS.to_owned(), shell.first_page);
        view! { <Empty title=shell.no_such_page_title text=t.empty_text link /> }.into_any()
    } else if rows.is_empty() {
        match exports::any(ctx.viewer()) {
            true => view! { <Empty title=t.empty_title text=t.empty_text /> }.into_any(),
            false => view! { <Empty title=t.empty_title text=t.empty_text_without /> }.into_any(),
        }
    } else {
        let head = view! {
            <tr>
                <th scope="col">{t.file}</th>
                <th scope="col">{t.list}</th>
                <th scope="col" class="is-numeric">{t.rows}</th>
                <th scope="col">{t.state}</th>
                <th scope="col">{t.by}</th>
                <th scope="col">{t.at}</th>
                <th scope="col">{t.until}</th>
                <th scope="col" class="table__actions">{shell.actions}</th>
            </tr>
        };
        let rows = rows.into_iter().map(|row| line(&visit, row)).collect_view();
        let to = move |target| query::address(paths::EXPORTS, &query.at(target));
        view! {
            <TableFrame caption=t.title head=head.into_any()>
                {rows}
            </TableFrame>
            <Pager locale around to path=paths::EXPORTS.to_owned() kept=Vec::new() />
        }
        .into_any()
    };
    Ok(view! {
        <PageHead locale title=t.title crumbs=Vec::new() />
        <Flash word=flash />
        <p class="muted">{t.kept_hint} " " {t.masked_hint}</p>
        {history}
        <p class="muted">{shell.zone}</p>
    })
}

fn line(visit: &Visit, row: ExportRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let name = text::file_name(&row);
    let progress = (row.state == State::Running).then(|| {
        let word = format!("{} {name}", t.progress);
        view! { <progress class="progress" value=row.written.to_string() max=row.total.to_string() aria-label=word></progress> }
    });
    let failure = row.failure.filter(|_| row.state == State::Failed).map(|why| conflict(locale, why));
    let rows = if row.state == State::Done || row.state == State::Expired { row.written } else { row.total };
    let until = if row.expires_at.happened() { date_time(row.expires_at) } else { NOTHING.to_owned() };
    view! {
        <tr>
            <td class="is-long">
                <bdi>{name}</bdi>
            </td>
            <td>{text::list(locale, row.list)}</td>
            <td class="is-numeric">{number(rows)}</td>
            <td>
                <Badge tone=text::tone(row.state) word=text::state(locale, row.state) />
                {progress}
                {failure.map(|why| view! { " " <span class="field__error">{why}</span> })}
            </td>
            <td>{row.by.clone()}</td>
            <td>{date_time(row.created_at)}</td>
            <td>{until}</td>
            <td class="table__actions">{acts(visit, &row)}</td>
        </tr>
    }
}

/// What may be done with an export now.
fn acts(visit: &Visit, row: &ExportRow) -> impl IntoView + use<> {
    let t = text::words(visit.locale);
    let name = text::file_name(row);
    let may = |step| exports::can(step, row.state).is_ok();
    let permitted = visit.signed_in.as_ref().is_some_and(|signed_in| signed_in.viewer.can(row.list.action()));
    let post = |step: Step, word: &'static str| {
        let (address, spoken) = (paths::export(row.id, &step.to_string()), format!("{word} {name}"));
        view! {
            <form method="post" action=address>
                <input type="hidden" name="once" value=form::token() />
                <button class="button button--text button--small" aria-label=spoken>
                    {word}
                </button>
            </form>
        }
    };
    let download = (may(Step::Download) && permitted).then(|| {
        let (address, spoken) = (paths::export(row.id, "file"), format!("{} {name}", t.download));
        view! {
            <a href=address download aria-label=spoken>
                {t.download}
            </a>
        }
    });
    let cancel = may(Step::Cancel).then(|| post(Step::Cancel, t.cancel));
    let retry = (may(Step::Retry) && permitted).then(|| post(Step::Retry, t.retry));
    view! { {download} {cancel} {retry} }
}
