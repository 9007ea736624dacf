//! 后台任务: the imports and exports of the tenant, and the scheduled jobs.

mod text;

use leptos::prelude::*;
use partner_center::{
    access::Action,
    ctx::Ctx,
    error::{Error, Result},
    exports::{self, ExportRow},
    imports::{self, ImportRow},
    jobs::{self, JobRow, Run},
    moment::Moment,
    page::{Slice, Start},
};
use serde::Deserialize;

use crate::{
    exports::text as words_of_exports,
    imports::text as words_of_imports,
    paths, query,
    text::{Locale, NOTHING, conflict, date_time, number, problem, words},
    ui::{Badge, Empty, PageHead, TableFrame, Tone, page},
    visit::Visit,
};

/// The exports beside the imports: as many as these are.
const NEWEST: Slice = Slice { start: Start::Number(1), size: 50 };

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    page(load(Visit::current(), query::read()))
}

/// The query of the page's address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct JobsQuery {
    /// The job whose runs are listed.
    of: String,
}

async fn load(visit: Option<Visit>, query: Result<JobsQuery>) -> Result<impl IntoView + use<>> {
    let (visit, JobsQuery { of }) = (visit.ok_or(Error::Internal)?, query?);
    let ctx = visit.ctx()?;
    let scheduled = jobs::scheduled(&ctx).await?;
    let works = works(&ctx, visit.locale).await?;
    let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
    // The vendor's side has no lists of its own, so an empty history would tell nothing there.
    let counts = ctx.viewer().counts_scheduled_jobs();
    let works = (!counts || !works.is_empty()).then(|| view! { <h2>{t.works}</h2> {table_of_works(locale, works)} });
    let runs = match of.as_str() {
        "" => None,
        name => Some(table_of_runs(locale, name, jobs::runs(&ctx, name).await?, counts)),
    };
    Ok(view! {
        <PageHead locale title=t.title crumbs=Vec::new() />
        {works}
        <h2>{t.scheduled}</h2>
        {table_of_jobs(locale, scheduled, counts)}
        {runs}
        <p class="muted">{shell.zone}</p>
    })
}

/// An import or an export, as a line.
struct Work {
    kind: &'static str,
    name: String,
    href: String,
    by: String,
    tone: Tone,
    state: &'static str,
    progress: Option<(u64, u64)>,
    rows: u64,
    failure: Option<&'static str>,
    began_at: Moment,
    ended_at: Moment,
}

/// What runs or ran for the tenant, the newest first.
async fn works(ctx: &Ctx, locale: Locale) -> Result<Vec<Work>> {
    let imports = if ctx.viewer().can(Action::ImportLeads) { imports::list(ctx, None).await? } else { Vec::new() };
    let mut works: Vec<Work> = imports.into_iter().map(|row| import(locale, row)).collect();
    works.extend(exports::list(ctx, NEWEST).await?.rows.into_iter().map(|row| export(locale, row)));
    works.sort_by_key(|work| std::cmp::Reverse(work.began_at));
    Ok(works)
}

fn import(locale: Locale, row: ImportRow) -> Work {
    Work {
        kind: text::words(locale).import,
        href: paths::import(row.id),
        name: row.file_name,
        by: row.by,
        tone: words_of_imports::tone(row.state),
        state: words_of_imports::state(locale, row.state),
        progress: (row.state == imports::State::Writing).then_some((row.committed, row.checked)),
        rows: row.checked,
        failure: row.failure.map(|code| problem(locale, code)),
        began_at: row.created_at,
        ended_at: row.ended_at,
    }
}

fn export(locale: Locale, row: ExportRow) -> Work {
    Work {
        kind: text::words(locale).export,
        href: paths::EXPORTS.to_owned(),
        name: words_of_exports::file_name(&row),
        tone: words_of_exports::tone(row.state),
        state: words_of_exports::state(locale, row.state),
        progress: (row.state == exports::State::Running).then_some((row.written, row.total)),
        rows: row.total,
        failure: row.failure.map(|why| conflict(locale, why)),
        by: row.by,
        began_at: row.created_at,
        ended_at: row.ended_at,
    }
}

fn table_of_works(locale: Locale, works: Vec<Work>) -> impl IntoView {
    let t = text::words(locale);
    if works.is_empty() {
        return view! { <Empty title=t.empty_title text=t.empty_text /> }.into_any();
    }
    let head = view! {
        <tr>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.state}</th>
            <th scope="col" class="is-numeric">{t.rows}</th>
            <th scope="col">{t.by}</th>
            <th scope="col">{t.began}</th>
            <th scope="col">{t.ended}</th>
            <th scope="col">{t.why}</th>
        </tr>
    };
    let line = |work: Work| {
        let progress = work.progress.map(|(done, all)| {
            let word = format!("{} {}", t.progress, work.name);
            view! { <progress class="progress" value=done.to_string() max=all.to_string() aria-label=word></progress> }
        });
        view! {
            <tr>
                <td>{work.kind}</td>
                <td class="is-long">
                    <a href=work.href>
                        <bdi>{work.name.clone()}</bdi>
                    </a>
                </td>
                <td>
                    <Badge tone=work.tone word=work.state />
                    {progress}
                </td>
                <td class="is-numeric">{number(work.rows)}</td>
                <td>{work.by}</td>
                <td>{date_time(work.began_at)}</td>
                <td>{date_time(work.ended_at)}</td>
                <td class="is-long">{work.failure.unwrap_or(NOTHING)}</td>
            </tr>
        }
    };
    let rows = works.into_iter().map(line).collect_view();
    view! { <TableFrame caption=t.works head=head.into_any()>{rows}</TableFrame> }.into_any()
}

fn table_of_jobs(locale: Locale, jobs: Vec<JobRow>, counts: bool) -> impl IntoView {
    let t = text::words(locale);
    if jobs.is_empty() {
        return view! { <Empty title=t.never_title text=t.never_text /> }.into_any();
    }
    let head = view! {
        <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.slot}</th>
            <th scope="col">{t.began}</th>
            <th scope="col">{t.ended}</th>
            {counts.then(|| view! { <th scope="col" class="is-numeric">{t.done}</th> })}
            <th scope="col">{t.next}</th>
            <th scope="col">{t.last_failed}</th>
        </tr>
    };
    let line = |job: JobRow| {
        let slot = job.last.slot.map_or_else(|| t.by_hand.to_owned(), date_time);
        let failed = job.last_failed.as_ref().map(|run| failed(locale, run));
        view! {
            <tr>
                <td>
                    <a href=query::address(paths::JOBS, &[("of", &job.name)])>{text::job(locale, &job.name)}</a>
                    " "
                    <code class="id">{job.name.clone()}</code>
                </td>
                <td>
                    <Badge tone=text::tone(&job.last) word=text::state(locale, &job.last) />
                </td>
                <td>{slot}</td>
                <td>{date_time(job.last.began_at)}</td>
                <td>{date_time(job.last.ended_at)}</td>
                {job.last.done.map(|done| view! { <td class="is-numeric">{number(done)}</td> })}
                <td>{date_time(job.next_at)}</td>
                <td class="is-long">{failed.unwrap_or_else(|| NOTHING.to_owned())}</td>
            </tr>
        }
    };
    let rows = jobs.into_iter().map(line).collect_view();
    view! { <TableFrame caption=t.scheduled head=head.into_any()>{rows}</TableFrame> }.into_any()
}

/// The latest runs of one job.
fn table_of_runs(locale: Locale, name: &str, runs: Vec<Run>, counts: bool) -> impl IntoView + use<> {
    let t = text::words(locale);
    if runs.is_empty() {
        return view! { <Empty title=t.no_runs_title text=t.no_runs_text /> }.into_any();
    }
    let head = view! {
        <tr>
            <th scope="col">{t.slot}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.began}</th>
            <th scope="col">{t.ended}</th>
            {counts.then(|| view! { <th scope="col" class="is-numeric">{t.done}</th> })}
            <th scope="col">{t.why}</th>
        </tr>
    };
    let line = |run: Run| {
        let why = run.failure.as_deref().map_or(NOTHING, |code| text::failure(locale, code));
        view! {
            <tr>
                <td>{run.slot.map_or_else(|| t.by_hand.to_owned(), date_time)}</td>
                <td>
                    <Badge tone=text::tone(&run) word=text::state(locale, &run) />
                </td>
                <td>{date_time(run.began_at)}</td>
                <td>{date_time(run.ended_at)}</td>
                {run.done.map(|done| view! { <td class="is-numeric">{number(done)}</td> })}
                <td class="is-long">{why}</td>
            </tr>
        }
    };
    let rows = runs.into_iter().map(line).collect_view();
    let heading = format!("{} · {}", t.runs, text::job(locale, name));
    view! {
        <h2>{heading}</h2>
        <TableFrame caption=t.runs head=head.into_any()>
            {rows}
        </TableFrame>
    }
    .into_any()
}

fn failed(locale: Locale, run: &Run) -> String {
    let why = run.failure.as_deref().map_or(NOTHING, |code| text::failure(locale, code));
    format!("{} · {why}", date_time(run.ended_at))
}
