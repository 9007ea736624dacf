//! The lead list: searched, filtered, sorted, one page at a time. Never by a value that is hidden, except that companies
//! and contacts may be searched by name; answers stay masked, and how often is limited.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use sea_orm::{
    Condition, FromQueryResult, QueryFilter, QueryOrder, QueryResult, QuerySelect, entity::prelude::*, sea_query::Expr,
};

use super::{
    Due, Filter, LeadRow, Query, Refusal, Sort, Step, can,
    draft::{CAMPAIGN, COMPANY, CONTACT},
    entity::{Column, Entity, Model},
    number_of, personal, reveal,
};
use crate::{
    access::Action,
    audit::{self, Event},
    ctx::{Ctx, Matching, Turn, Visible},
    error::{Code, Error, Problem, Result},
    ids::{LeadId, MemberId},
    keys,
    moment::Moment,
    page::{Cursor, Page, Start, Total, WINDOW},
    people,
    scope::Kind,
};

/// How many different name searches a member makes in a minute.
pub const SEARCHES_PER_MINUTE: u64 = 30;
/// How long a search that was made counts as the same one, in seconds: paging and coming back are not searching.
const SAME_SEARCH_SECONDS: i64 = 600;
/// How many days ahead a follow-up is due soon.
const SOON_DAYS: u64 = 7;
/// The most leads that one act takes.
pub const BATCH_LIMIT: u64 = 10_000;

/// One page of the leads that the viewer sees.
pub async fn list(ctx: &Ctx, query: &Query) -> Result<Page<LeadRow>> {
    ctx.require(Action::ViewLeads).await?;
    let mut search = Search::of(ctx, &query.filter).await?;
    search.count_as_probe(ctx).await?;
    let total = search.total(ctx, &query.filter).await?;
    let found = || search.apply(ctx, ctx.find::<Entity>(), &query.filter);
    let (wanted, by_index) = (query.slice.size + 1, search.uses_index(ctx));
    let rows = match query.slice.start {
        Start::Number(page) => {
            let rows = in_order(found().limit(wanted), query.sort, query.ascending, by_index);
            let skipped = (page - 1) * query.slice.size;
            if skipped > 0 { rows_of(ctx, rows.offset(skipped)).await? } else { with_followers(ctx, rows).await? }
        }
        Start::After(_) | Start::Before(_) => {
            let mut rows = Vec::new();
            for part in beyond(query) {
                let missing = wanted - rows.len() as u64;
                if missing > 0 {
                    let some = in_order(found().filter(part).limit(missing), query.sort, is_ascending(query), by_index);
                    rows.extend(with_followers(ctx, some).await?);
                }
            }
            rows
        }
    };
    let page = Page::of(rows, total, query.slice, |(lead, _)| cursor(query.sort, lead));
    let Page { rows, total, slice, before, after } = page;

    let (leads, followers): (Vec<Model>, Vec<Option<String>>) = rows.into_iter().unzip();
    let proofs = reveal::for_page(ctx, &leads, &query.open, Some(&query.place)).await?;
    let rows = leads.iter().zip(followers).map(|(lead, follower)| row(ctx, lead, follower, &proofs));
    Ok(Page { rows: rows.collect::<Result<_>>()?, total, slice, before, after })
}

/// A lead with the name of its follower.
type Followed = (Model, Option<String>);

/// The rows, and by the same statement the names of their followers.
async fn with_followers(ctx: &Ctx, leads: Visible<'_, Entity>) -> Result<Vec<Followed>> {
    struct Named(Followed);
    impl FromQueryResult for Named {
        fn from_query_result(row: &QueryResult, prefix: &str) -> Result<Self, DbErr> {
            Ok(Named((Model::from_query_result(row, prefix)?, row.try_get(prefix, "follower_name")?)))
        }
    }
    let name = people::name_of(ctx.viewer(), Column::FollowerId);
    let named: Vec<Named> = leads.expr_as(name, "follower_name").into().await?;
    Ok(named.into_iter().map(|Named(followed)| followed).collect())
}

/// How many leads the viewer sees under this filter, counted no further than the window.
pub async fn count(ctx: &Ctx, filter: &Filter) -> Result<Total> {
    Search::of(ctx, filter).await?.total(ctx, filter).await
}

/// The rows of a page far from the first: what is skipped is skipped in the index, and only these rows are read whole.
async fn rows_of(ctx: &Ctx, page: Visible<'_, Entity>) -> Result<Vec<Followed>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Numbered {
        number: i64,
    }
    let numbers: Vec<Numbered> = page.select_only().column(Column::Number).into().await?;
    let places: HashMap<i64, usize> = numbers.iter().enumerate().map(|(place, row)| (row.number, place)).collect();
    let rows = ctx.find::<Entity>().filter(Column::Number.is_in(places.keys().copied()));
    let mut rows = with_followers(ctx, rows).await?;
    rows.sort_by_key(|(lead, _)| places.get(&lead.number).copied());
    Ok(rows)
}

/// The ids of all leads that the filter finds, for an act on all of them.
pub async fn matching_ids(ctx: &Ctx, filter: &Filter) -> Result<Vec<LeadId>> {
    let mut search = Search::of(ctx, filter).await?;
    search.count_as_probe(ctx).await?;
    search.learn_few(ctx).await?;
    let found = search.apply(ctx, ctx.find::<Entity>(), filter).limit(BATCH_LIMIT + 1);
    #[derive(sea_orm::FromQueryResult)]
    struct Named {
        id: LeadId,
    }
    let found: Vec<Named> = found.select_only().column(Column::Id).into().await?;
    let ids: Vec<LeadId> = found.into_iter().map(|lead| lead.id).collect();
    if ids.len() as u64 > BATCH_LIMIT {
        return Err(Error::Conflict(Refusal::TooManyAtOnce));
    }
    Ok(ids)
}

/// A lead as a line, with the columns open that these proofs open.
pub(super) fn row(ctx: &Ctx, lead: &Model, follower: Option<String>, proofs: &reveal::Proofs) -> Result<LeadRow> {
    let shown = |field| personal::shown(ctx, lead, field, proofs.of(field));
    let steps = [Step::Follow, Step::Call, Step::Develop, Step::Dispatch, Step::Return, Step::Reopen];
    let has_phone = lead.phone_sealed.is_some();
    Ok(LeadRow {
        id: lead.id,
        number: lead.number,
        company: shown(super::Field::Company)?,
        contact: shown(super::Field::Contact)?,
        phone: shown(super::Field::Phone)?,
        email: shown(super::Field::Email)?,
        campaign: lead.campaign.clone(),
        source: lead.source,
        follower,
        state: lead.state,
        created_at: lead.created_at,
        dispatched_at: lead.dispatched_at,
        followed_at: lead.followed_at,
        next_on: lead.next_on,
        steps: steps
            .into_iter()
            .filter(|step| has_phone || *step != Step::Call)
            .filter(|step| can(*step, lead.state, lead.follower_id, ctx.viewer()).is_ok())
            .collect(),
    })
}

/// The text conditions of a filter, understood.
pub(super) struct Search {
    number: Option<i64>,
    texts: Vec<(Column, keys::Query)>,
    followers: Option<Vec<MemberId>>,
    /// Whether the index is known to find few rows.
    few: bool,
}

impl Search {
    pub(super) async fn of(ctx: &Ctx, filter: &Filter) -> Result<Search> {
        let tenant = ctx.viewer().tenant_number;
        let mut texts = Vec::new();
        let mut problems = Vec::new();
        let wanted = Some(filter.number.trim()).filter(|number| !number.is_empty());
        let number = wanted.and_then(number_of);
        if wanted.is_some() && number.is_none() {
            problems.push(Problem::new("number", Code::NotALeadNumber));
        }
        if let (Some(from), Some(to)) = (filter.dispatched_from, filter.dispatched_to)
            && to < from
        {
            problems.push(Problem::new("to", Code::BeforeItsBegin));
        }
        for (field, column, name, text) in [
            (COMPANY, Column::CompanyKey, "company", &filter.company),
            (CONTACT, Column::ContactKey, "contact", &filter.contact),
            (CAMPAIGN, Column::CampaignKey, "campaign", &filter.campaign),
        ] {
            match keys::Query::parse(text, field, tenant) {
                None => {}
                Some(Ok(query)) => texts.push((column, query)),
                Some(Err(_)) => problems.push(Problem::new(name, Code::TooShort)),
            }
        }
        let followers = match keys::Query::parse(&filter.follower, 'f', tenant) {
            None => None,
            Some(Ok(query)) => {
                let needle = query.needle();
                let matches =
                    |name: &str| keys::SearchKey::of(name).as_str().contains(needle) || keys::spells(name, needle);
                Some(people::ids_of_name(ctx, matches).await?)
            }
            Some(Err(_)) => {
                problems.push(Problem::new("follower", Code::TooShort));
                None
            }
        };
        if problems.is_empty() {
            Ok(Search { number, texts, followers, few: false })
        } else {
            Err(Error::Invalid(problems))
        }
    }

    /// Whoever sees all of a tenant's leads searches by the index. An operator's own leads are few enough to be looked
    /// through, which is faster than intersecting them with everybody's.
    pub(super) fn uses_index(&self, ctx: &Ctx) -> bool {
        !self.texts.is_empty() && ctx.viewer().sees(Kind::Leads).whole_tenant()
    }

    /// How many leads there are, counted no further than the window.
    pub(super) async fn total(&mut self, ctx: &Ctx, filter: &Filter) -> Result<Total> {
        let terms = self.terms();
        if self.uses_index(ctx) && self.is_alone(filter) {
            let found = ctx.hits(&self.wanted(&terms), WINDOW + 1).await?;
            self.few = found <= WINDOW;
            return Ok(Total::of(found));
        }
        self.learn_few(ctx).await?;
        Ok(Total::of(self.apply(ctx, ctx.find::<Entity>(), filter).count_to(WINDOW + 1).await?))
    }

    /// Learns whether the index finds few rows, for what is asked without a total. Only PostgreSQL has to know.
    pub(super) async fn learn_few(&mut self, ctx: &Ctx) -> Result<()> {
        if self.uses_index(ctx) && ctx.find::<Entity>().backend() == sea_orm::DatabaseBackend::Postgres {
            let terms = self.terms();
            self.few = ctx.hits(&self.wanted(&terms), WINDOW + 1).await? <= WINDOW;
        }
        Ok(())
    }

    /// Whether the index decides alone which leads are found.
    fn is_alone(&self, filter: &Filter) -> bool {
        let texts = Filter {
            company: filter.company.clone(),
            contact: filter.contact.clone(),
            campaign: filter.campaign.clone(),
            ..Filter::default()
        };
        *filter == texts && self.texts.iter().all(|(_, query)| query.exact())
    }

    fn terms(&self) -> Vec<String> {
        self.texts.iter().flat_map(|(_, query)| query.terms().to_vec()).collect()
    }

    fn wanted<'t>(&self, terms: &'t [String]) -> Matching<'t> {
        Matching { index: "lead_search", table: "leads", terms, few: self.few }
    }

    pub(super) fn apply<'c>(&self, ctx: &Ctx, mut leads: Visible<'c, Entity>, filter: &Filter) -> Visible<'c, Entity> {
        let by_index = self.uses_index(ctx);
        if by_index {
            leads = leads.matching(&self.wanted(&self.terms()));
        }
        for (column, query) in self.texts.iter().filter(|(_, query)| !(by_index && query.exact())) {
            leads = leads.containing(*column, query.needle());
        }
        if let Some(number) = self.number {
            leads = leads.filter(Column::Number.eq(number));
        }
        if let Some(followers) = &self.followers {
            leads = leads.filter(Column::FollowerId.is_in(followers.iter().copied()));
        }
        if let Some(state) = filter.state {
            leads = leads.filter(Column::State.eq(state));
        }
        if let Some(source) = filter.source {
            leads = leads.filter(Column::Source.eq(source));
        }
        if let Some(from) = filter.dispatched_from {
            leads = leads.filter(Column::DispatchedAt.gte(Moment::start_of(from)));
        }
        if let Some(to) = filter.dispatched_to.and_then(|to: NaiveDate| to.succ_opt()) {
            leads = leads.filter(Column::DispatchedAt.lt(Moment::start_of(to)));
            leads = leads.filter(Column::DispatchedAt.gt(Moment::NEVER));
        }
        let today = ctx.now().trade_date();
        match filter.due {
            None => leads,
            Some(Due::Overdue) => leads.filter(Column::NextOn.lt(today)),
            Some(Due::Today) => leads.filter(Column::NextOn.eq(today)),
            Some(Due::Soon) => leads.filter(Column::NextOn.between(today, today + Days::new(SOON_DAYS))),
        }
    }

    /// A search by a hidden name is a question about it: it is recorded, and only so many fit into a minute.
    pub(super) async fn count_as_probe(&self, ctx: &Ctx) -> Result<()> {
        let asked: Vec<&str> = self
            .texts
            .iter()
            .filter(|(column, _)| matches!(column, Column::CompanyKey | Column::ContactKey))
            .map(|(_, query)| query.needle())
            .collect();
        if asked.is_empty() {
            return Ok(());
        }
        let me = ctx.viewer().member;
        let print = ctx.vault().fingerprint("search", &asked.join("\0"));
        let fingerprint: String = print.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let event = Event::LeadsSearched { fingerprint };
        let recent = ctx.now().plus_seconds(-SAME_SEARCH_SECONDS);
        if audit::latest_detail(ctx, me, event.code(), recent).await?.as_ref() == Some(&event) {
            return Ok(());
        }
        let change = ctx.change(Action::ViewLeads).await?;
        change.turn_of(Turn::Member(me)).await?;
        let minute = ctx.now().plus_seconds(-60);
        if audit::count_since(&change, me, event.code(), minute).await? >= SEARCHES_PER_MINUTE {
            drop(change);
            ctx.record_refusal(Event::SearchRefused).await?;
            return Err(Error::TooMany { retry_after: 60 });
        }
        change.commit(event).await
    }
}

fn sort_column(sort: Sort) -> Column {
    match sort {
        Sort::Created => Column::Number,
        Sort::Dispatched => Column::DispatchedAt,
        Sort::Followed => Column::FollowedAt,
    }
}

/// The place of a lead in a list of this order.
pub fn place(sort: Sort, row: &LeadRow) -> Cursor {
    place_of(sort, row.number, row.dispatched_at, row.followed_at)
}

pub(super) fn cursor(sort: Sort, row: &Model) -> Cursor {
    place_of(sort, row.number, row.dispatched_at, row.followed_at)
}

fn place_of(sort: Sort, number: i64, dispatched_at: Moment, followed_at: Moment) -> Cursor {
    let key = match sort {
        Sort::Created => 0,
        Sort::Dispatched => dispatched_at.0,
        Sort::Followed => followed_at.0,
    };
    Cursor { key, number }
}

/// Whether rows are read in ascending order: those before a cursor are read backwards from it.
pub(super) fn is_ascending(query: &Query) -> bool {
    query.ascending != matches!(query.slice.start, Start::Before(_))
}

/// Rows in the order that is sorted by; those that are equal in it by their number.
pub(super) fn in_order(rows: Visible<'_, Entity>, sort: Sort, ascending: bool, by_index: bool) -> Visible<'_, Entity> {
    let order = if ascending { sea_orm::Order::Asc } else { sea_orm::Order::Desc };
    if sort != Sort::Created {
        return rows.order_by(sort_column(sort), order.clone()).order_by(Column::Number, order);
    }
    // The index of SQLite delivers its rows in this order, so that a page of many hits reads only that page.
    if by_index && rows.backend() == sea_orm::DatabaseBackend::Sqlite {
        return rows.order_by(Expr::cust("lead_search.rowid"), order);
    }
    rows.order_by(Column::Number, order)
}

/// Where the list goes on from its cursor, in parts that follow each other: first the rows that share its key, of which
/// there may be very many (never followed up), then the others. Each is a seek in the index; as one comparison of pairs,
/// SQLite seeks by the key alone and walks over all that share it, since the number is its row id.
pub(super) fn beyond(query: &Query) -> Vec<Condition> {
    let cursor = match query.slice.start {
        Start::Number(_) => return Vec::new(),
        Start::After(cursor) | Start::Before(cursor) => cursor,
    };
    let ascending = is_ascending(query);
    let passed = |column: Column, at: i64| if ascending { column.gt(at) } else { column.lt(at) };
    let numbered = Condition::all().add(passed(Column::Number, cursor.number));
    match query.sort {
        Sort::Created => vec![numbered],
        Sort::Dispatched | Sort::Followed => {
            let key = sort_column(query.sort);
            vec![numbered.add(key.eq(cursor.key)), Condition::all().add(passed(key, cursor.key))]
        }
    }
}
