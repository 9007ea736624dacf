//! The lead list, and the same list for those who dispatch.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    leads::{self, LeadRow, Sort, Step},
    page::{Page, Start, Total},
    preferences::Preference,
    scope::Kind,
    views::View,
};

use super::{columns, columns::Column, place::Place, purpose::Purpose, query::ListQuery, search::LeadSearch, text};
use crate::{
    eye,
    eyes::{Eyes, Thing},
    fault,
    islands::Selection,
    paths, query,
    text::{NOTHING, words},
    ui::{
        Around, Badge, ColumnSettings, Empty, EyeHead, Flash, Hydration, MaskedCell, PageHead, Pager, SortHead,
        TableFrame, page,
    },
    views::{self, ViewBar},
    visit::Visit,
};

/// 线索管理
#[component]
pub fn LeadsPage() -> impl IntoView {
    page(load(Visit::current(), query::read(), Purpose::Work))
}

/// 线索派发
#[component]
pub fn DispatchPage() -> impl IntoView {
    page(load(Visit::current(), query::read(), Purpose::Dispatch))
}

/// Everything that one view of the list needs.
struct Loaded {
    visit: Visit,
    purpose: Purpose,
    query: ListQuery,
    columns: Vec<Column>,
    open: Vec<leads::Field>,
    page: Page<LeadRow>,
    error: Option<Error>,
    may: May,
    views: Vec<View>,
}

/// What the viewer may do here.
#[derive(Clone, Copy)]
struct May {
    create: bool,
    import: bool,
    export: bool,
    sees_all: bool,
    set_call_rules: bool,
}

async fn load(visit: Option<Visit>, query: Result<ListQuery>, purpose: Purpose) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let query = query?;
    let ctx = visit.ctx()?;
    // Whoever may not see the list is refused before anything of it is read.
    ctx.require(purpose.list().action()).await?;
    let views = partner_center::views::of(&ctx, purpose.list()).await?;
    let query = match views::default_of(&visit, &views) {
        Some(view) => ListQuery::of(&view.query).unwrap_or(query),
        None => query,
    };
    let mut open: Vec<leads::Field> = visit.open_fields().await;
    open.retain(|field| leads::has_eye(ctx.viewer(), *field));
    let (page, error) = match find(&visit, &query, purpose, &open).await {
        Err(error @ Error::TooMany { .. }) => {
            visit.close_all().await?;
            return Err(error);
        }
        // More rows than were opened, such as a longer page: they stay masked until their own eye is clicked.
        Err(Error::CodeNeeded(_)) if !open.is_empty() => {
            visit.close_all().await?;
            open.clear();
            find(&visit, &query, purpose, &open).await?
        }
        found => found?,
    };
    if !open.is_empty() {
        eye::shows_clear_values();
    }
    let viewer = ctx.viewer();
    let may = May {
        create: viewer.can(Action::CreateLead),
        import: viewer.can(Action::ImportLeads),
        export: viewer.can(Action::ExportLeads),
        sees_all: viewer.sees(Kind::Leads).whole_tenant(),
        set_call_rules: viewer.marketing_plan_2 && viewer.can(Action::SetCallRules),
    };
    let columns = columns::shown(visit.preference(Preference::LeadColumns));
    Ok(view(Loaded { visit, purpose, query, columns, open, page, error, may, views }))
}

/// The rows; or none, and what is wrong with the question, to be said beside its fields.
async fn find(
    visit: &Visit,
    query: &ListQuery,
    purpose: Purpose,
    open: &[leads::Field],
) -> Result<(Page<LeadRow>, Option<Error>)> {
    let ask = query.ask(purpose.otherwise(), open.to_vec())?;
    let ask = leads::Query { place: visit.address.clone(), ..ask };
    match leads::list(&visit.ctx()?, &ask).await {
        Ok(page) => Ok((page, None)),
        Err(error) => Ok((fault::nothing_found(&error, ask.slice)?, Some(error))),
    }
}

fn view(loaded: Loaded) -> impl IntoView {
    let Loaded { visit, purpose, query, columns, open, page, error, may, views } = loaded;
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let title = purpose.title(t);
    let plain = |code: &str| text::flash(locale, code).or_else(|| views::flash(locale, code)).map(str::to_owned);
    let told = |code: &str| plain(code).or_else(|| text::dispatched(locale, code));
    let flash = visit.flash.as_deref().and_then(told);
    let around = Around { slice: page.slice, total: page.total, before: page.before, after: page.after };
    let otherwise = purpose.otherwise().map_or_else(|| "all".to_owned(), |state| state.to_string());
    let empty = page.rows.is_empty();
    let reset = views::reset(purpose.list(), &views);
    let asked = error.is_none();
    let pick = purpose == Purpose::Dispatch;
    let total = page.total;
    let toolbar = view! {
        <div class="toolbar">
            {(pick && !empty).then(|| view! { <BatchBar visit=visit.clone() query=query.clone() otherwise=otherwise.clone() total /> })}
            <div class="toolbar__end">
                <span class="muted">{shell.zone}</span>
                {(may.export && !empty).then(|| view! { <a class="button button--small" href=super::export::address(&query, purpose.otherwise())>{t.export}</a> })}
                <ColumnSettings visit=visit.clone() action=paths::LEAD_COLUMNS columns=settings(&visit, &columns) />
            </div>
        </div>
    };
    let table = if empty {
        // What was not understood was not searched, so nothing is said to be missing.
        asked.then(|| empty_state(&visit, purpose, &query, may, &around, &reset)).into_any()
    } else {
        let pager_query = query.clone();
        let path = purpose.path();
        let head = head(&visit, purpose, &query, &columns, &open, page.rows.len()).into_any();
        let place = Place::new(purpose, query.clone());
        let sort: Sort = query.sort.parse().unwrap_or_default();
        let rows = page.rows.into_iter().map(|lead| {
            let suffix = place.beside(leads::place(sort, &lead)).suffix();
            row(&visit, &columns, lead, &suffix, pick)
        });
        let rows = rows.collect_view();
        let kept = query.kept();
        view! {
            <Eyes thing=Thing::Lead shown=shell.shown_announcement.to_owned() hidden=shell.hidden_announcement.to_owned()>
                <TableFrame caption=t.list head>
                    {rows}
                </TableFrame>
            </Eyes>
            <Pager locale around to=move |target| query::address(path, &pager_query.at(target)) path=path.to_owned() kept />
        }
        .into_any()
    };
    view! {
        <PageHead locale title crumbs=vec![(shell.sales, None), (shell.develop, None)]>
            {may.set_call_rules.then(|| view! { <a class="button" href=paths::CALL_SETTINGS>{t.call_rules}</a> })}
            {may.import.then(|| view! { <a class="button" href=paths::LEAD_IMPORTS>{t.import}</a> })}
            {may.create.then(|| view! { <a class="button button--primary" href=paths::NEW_LEAD>{t.new}</a> })}
        </PageHead>
        <Flash word=flash />
        <ViewBar visit=visit.clone() list=purpose.list() current=query.question() views />
        <LeadSearch visit=visit.clone() path=purpose.path() query=query.clone() otherwise error reset />
        <Selection>{toolbar} {table}</Selection>
        <Hydration />
    }
}

fn settings(visit: &Visit, shown: &[Column]) -> Vec<(&'static str, &'static str, bool)> {
    use strum::IntoEnumIterator;
    Column::iter().map(|column| (column.code(), column.word(visit.locale), shown.contains(&column))).collect()
}

/// The acts on ticked rows, and on all rows that match.
#[component]
fn BatchBar(visit: Visit, query: ListQuery, otherwise: String, total: Total) -> impl IntoView {
    let t = text::words(visit.locale);
    let mut conditions = query.conditions();
    if query.state.is_empty() {
        conditions.push(("state".to_owned(), otherwise));
    }
    let hidden = conditions.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let hidden = hidden.collect_view();
    let count = match total {
        Total::Exactly(rows) => crate::text::number(rows),
        Total::MoreThan(_) => words(visit.locale).many.to_owned(),
    };
    view! {
        <div class="toolbar__selection">
            <label class="choice" data-select-page-label="" hidden>
                <input type="checkbox" data-select-page="" />
                <span>{t.select_page}</span>
            </label>
            <form id="batch" method="get" action=paths::DISPATCH_CHOSEN class="row">
                <span class="muted">
                    <span data-count="">"0"</span>
                    " "
                    {t.selected}
                </span>
                <button class="button button--primary button--small" data-needs-selection="">
                    {t.batch_dispatch}
                </button>
            </form>
            <form method="get" action=paths::DISPATCH_CHOSEN>
                <input type="hidden" name="all" value="yes" />
                {hidden}
                <button class="button button--small">{format!("{} ({count})", t.dispatch_all)}</button>
            </form>
        </div>
    }
}

fn head(
    visit: &Visit,
    purpose: Purpose,
    query: &ListQuery,
    columns: &[Column],
    open: &[leads::Field],
    rows: usize,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let viewer = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.clone());
    let current: Sort = query.sort.parse().unwrap_or_default();
    let heads = columns.iter().map(|column| {
        let word = column.word(locale);
        if let Some(sort) = column.sort() {
            let href = query::address(purpose.path(), &query.sorted(sort));
            let sorted = (current == sort).then_some(query.dir == "asc");
            return view! { <SortHead locale word href sorted /> }.into_any();
        }
        if let Some(field) = column.field() {
            let eye = viewer.as_ref().is_some_and(|viewer| leads::has_eye(viewer, field));
            let open = open.contains(&field);
            return view! { <EyeHead visit=visit.clone() word column=field.to_string() action=paths::LEAD_EYE open eye rows /> }
                .into_any();
        }
        view! { <th scope="col">{word}</th> }.into_any()
    });
    let heads = heads.collect_view();
    view! {
        <tr>
            {(purpose == Purpose::Dispatch).then(|| view! { <th scope="col" class="table__pick"><span class="visually-hidden">{t.select_row}</span></th> })}
            {heads} <th scope="col" class="table__actions">
                {shell.actions}
            </th>
        </tr>
    }
}

fn row(visit: &Visit, columns: &[Column], lead: LeadRow, suffix: &str, pick: bool) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let id = lead.id.to_string();
    let number = leads::display_number(lead.number);
    let box_name = format!("{} {number}", t.select_row);
    let href = format!("{}{suffix}", paths::lead(lead.id));
    let cells = columns.iter().map(|column| {
        let masked = |field: leads::Field, shown: &partner_center::contact::Shown| {
            view! { <MaskedCell column=field.to_string() row=id.clone() shown=shown.clone() /> }.into_any()
        };
        let text = || column.text(locale, visit.zone, &lead).unwrap_or_else(|| NOTHING.to_owned());
        match column {
            Column::Number => view! { <td><a href=href.clone() data-key="open">{number.clone()}</a></td> }.into_any(),
            Column::Company => masked(leads::Field::Company, &lead.company),
            Column::Contact => masked(leads::Field::Contact, &lead.contact),
            Column::Phone => masked(leads::Field::Phone, &lead.phone),
            Column::Email => masked(leads::Field::Email, &lead.email),
            Column::Campaign => view! { <td class="is-long"><bdi>{text()}</bdi></td> }.into_any(),
            Column::State => {
                view! { <td><Badge tone=text::tone(lead.state) word=text::state(locale, lead.state) /></td> }.into_any()
            }
            Column::Source
            | Column::Follower
            | Column::CreatedAt
            | Column::DispatchedAt
            | Column::FollowedAt
            | Column::NextOn => view! { <td>{text()}</td> }.into_any(),
        }
    });
    let cells = cells.collect_view();
    let first = if pick { Step::Dispatch } else { Step::Follow };
    let more = [Step::Call, Step::Develop, Step::Dispatch];
    let steps = lead.steps.iter().filter(|step| **step == first || (!pick && more.contains(step)));
    let steps = steps.map(|step| {
        let href = format!("{}{suffix}", paths::lead_step(lead.id, &step.to_string()));
        let name = format!("{} {number}", text::step(locale, *step));
        view! { <a href=href aria-label=name>{text::step(locale, *step)}</a> }
    });
    let steps = steps.collect_view();
    let detail_name = format!("{} {number}", t.detail);
    view! {
        <tr>
            {pick
                .then(|| {
                    view! {
                        <td class="table__pick">
                            <input type="checkbox" name="id" value=id.clone() form="batch" aria-label=box_name />
                        </td>
                    }
                })}
            {cells} <td class="table__actions">
                {steps} <a href=href aria-label=detail_name data-key="open">
                    {locale.pick("详情", "Open")}
                </a>
            </td>
        </tr>
    }
}

fn empty_state(
    visit: &Visit,
    purpose: Purpose,
    query: &ListQuery,
    may: May,
    around: &Around,
    reset: &str,
) -> impl IntoView + use<> {
    let (t, shell) = (text::words(visit.locale), words(visit.locale));
    let path = purpose.path().to_owned();
    let elsewhere = around.slice.start != Start::Number(1);
    if elsewhere {
        let first = query::address(&path, &query.at(Default::default()));
        view! { <Empty title=shell.no_such_page_title text=t.nothing_found_text link=(first, shell.first_page) /> }
            .into_any()
    } else if query.is_narrowed() {
        view! { <Empty title=t.nothing_found_title text=t.nothing_found_text link=(reset.to_owned(), shell.reset) /> }
            .into_any()
    } else if purpose == Purpose::Dispatch {
        view! { <Empty title=t.all_dispatched_title text=t.all_dispatched_text link=(paths::LEADS.to_owned(), t.title) /> }
            .into_any()
    } else {
        let text = if may.sees_all { t.empty_text } else { t.empty_own_text };
        view! { <Empty title=t.empty_title text link=(paths::NEW_LEAD.to_owned(), t.new) /> }.into_any()
    }
}
