//! Lists, searches and the eye, without the network: what the server itself takes.

use std::time::Instant;

use partner_center::{
    ctx::{Ctx, Origin, Store},
    ids::LeadId,
    leads::{self, Due, Field, Filter, Query, Sort, State},
    page::{Slice, Start},
    people::{
        admin,
        gate::{self, Credentials},
        hashing::{Cost, Hasher},
        member_ctx,
    },
};

use super::{Line, median, template::first_page};
use crate::{clock::Clock, commands::Failure, seed};

/// Two-character words that company names have, common ones and rare ones.
const WORDS: [&str; 12] =
    ["科技", "网络", "餐饮", "物流", "上海", "广州", "云帆", "教育", "医疗", "海棠", "股份", "电子"];
/// How often a page is read; the middle counts.
const READS: usize = 7;

pub async fn measure(store: &Store) -> Result<Vec<Line>, Failure> {
    let admin = viewer(store, "admin").await?;
    let first = page_time(&admin, &first_page()).await?;
    let mut lines = vec![Line::new("first page of the list", format!("{first:.1} ms"), "", None)];
    for (name, query) in far_pages(&admin).await? {
        let time = page_time(&admin, &query).await?;
        let ratio = time / first;
        let measured = format!("{time:.1} ms, {ratio:.1} × the first");
        lines.push(Line::new(name, measured, "≤ 3 × the first", Some(ratio <= 3.0)));
    }

    let (beside, ratio) = neighbours_time(&admin, first).await?;
    let measured = format!("{beside:.1} ms, {ratio:.1} × the first page");
    lines.push(Line::new(
        "next and previous in the list, slowest of four",
        measured,
        "≤ 1 × the first",
        Some(ratio <= 1.0),
    ));
    let waiting = waiting_time(&admin, &viewer(store, "chen").await?).await?;
    lines.push(Line::new(
        "counts and trend of the home page, slower of two",
        format!("{waiting:.1} ms"),
        "≤ 150 ms",
        Some(waiting <= 150.0),
    ));

    let mut slowest: (f64, &str) = (0.0, "");
    let mut times = Vec::new();
    for word in WORDS {
        let filter = Filter { company: word.to_owned(), ..Filter::default() };
        // The first time includes the line in the audit trail; a reader repeats it while paging.
        let time = page_time(&admin, &Query { filter, ..first_page() }).await?;
        times.push(time);
        if time > slowest.0 {
            slowest = (time, word);
        }
    }
    let middle = median(times);
    let (slow, word) = slowest;
    let measured = format!("{middle:.1} ms, slowest {slow:.1} ms ({word})");
    lines.push(Line::new("search by two characters", measured, "≤ 30 ms", Some(slow <= 30.0)));

    let wu = viewer(store, "chen").await?;
    let found = leads::list(&wu, &first_page()).await.map_err(failed)?;
    let ids: Vec<LeadId> = found.rows.iter().map(|row| row.id).collect();
    let mut times = Vec::new();
    for field in [Field::Phone, Field::Email, Field::Company, Field::Contact, Field::Phone] {
        let began = Instant::now();
        leads::reveal(&wu, field, &ids).await.map_err(failed)?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    let time = median(times);
    let measured = format!("{time:.1} ms for {} values", ids.len());
    lines.push(Line::new("reveal of a column, audit committed", measured, "≤ 80 ms", Some(time <= 80.0)));
    Ok(lines)
}

/// A member of the first partner, as the gate admits it.
pub async fn viewer(store: &Store, account: &str) -> Result<Ctx, Failure> {
    let now = Clock::default().now();
    admin::tenant_named(store, "yunfan").await.map_err(failed)?;
    let typed = Credentials { tenant: "yunfan", account, password: seed::PASSWORD };
    let hasher = Hasher::new(Cost::Trifling);
    let origin = Origin { address: "127.0.0.1".to_owned(), request: "bench".to_owned() };
    let admission = gate::sign_in(store, &hasher, typed, None, &origin, now).await.map_err(failed)?;
    member_ctx(store, admission.ticket.member, origin, now).await.map_err(failed)
}

pub fn failed(error: partner_center::error::Error) -> Failure {
    Failure(format!("{error:?}"))
}

async fn page_time(ctx: &Ctx, query: &Query) -> Result<f64, Failure> {
    let mut times = Vec::new();
    for _ in 0..READS {
        let began = Instant::now();
        leads::list(ctx, query).await.map_err(failed)?;
        times.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(median(times))
}

/// Pages far from the first: the last numbered one, one deep behind a cursor, and the first of the other orders.
async fn far_pages(ctx: &Ctx) -> Result<Vec<(&'static str, Query)>, Failure> {
    let first = first_page();
    let at = |start| Query { slice: Slice { start, ..first.slice }, ..first.clone() };
    let oldest = Query { ascending: true, ..first.clone() };
    let start = leads::list(ctx, &oldest).await.map_err(failed)?.after;
    let deep = start.map(|cursor| at(Start::Before(cursor)));
    let mut pages = vec![("page 500, by number", at(Start::Number(500)))];
    pages.extend(deep.map(|query| ("the last pages, by cursor", query)));
    pages.push(("sorted by dispatch", Query { sort: Sort::Dispatched, ..first.clone() }));
    pages.push(("sorted by last follow-up, page 250", {
        let slice = Slice { start: Start::Number(250), ..first.slice };
        Query { sort: Sort::Followed, slice, ..first.clone() }
    }));
    Ok(pages)
}

/// The way on from a lead in the middle of the list, in each order and under a filter; the slowest, beside a first page.
async fn neighbours_time(ctx: &Ctx, first: f64) -> Result<(f64, f64), Failure> {
    let filtered = Filter { state: Some(State::Following), ..Filter::default() };
    let mut slowest: f64 = 0.0;
    for query in [
        first_page(),
        Query { filter: filtered, ..first_page() },
        Query { sort: Sort::Dispatched, ..first_page() },
        Query { sort: Sort::Followed, ascending: true, ..first_page() },
    ] {
        let middle = Slice { start: Start::Number(250), ..query.slice };
        let found = leads::list(ctx, &Query { slice: middle, ..query.clone() }).await.map_err(failed)?;
        let Some(lead) = found.rows.first() else { continue };
        let mut times = Vec::new();
        for _ in 0..READS {
            let began = Instant::now();
            let place = Some(leads::place(query.sort, lead));
            leads::neighbours(ctx, &query, lead.id, place).await.map_err(failed)?;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        slowest = slowest.max(median(times));
    }
    Ok((slowest, slowest / first))
}

/// What the home page asks of leads, for one who sees them all and for one who sees its own.
async fn waiting_time(all: &Ctx, own: &Ctx) -> Result<f64, Failure> {
    let in_state = |state| Filter { state: Some(state), ..Filter::default() };
    let due = |due| Filter { due: Some(due), ..Filter::default() };
    let mut slower: f64 = 0.0;
    for ctx in [all, own] {
        let untouched = Some(ctx.now().trade_date() - chrono::Days::new(3));
        let filters = [
            in_state(State::Dispatched),
            in_state(State::Following),
            Filter { dispatched_to: untouched, ..in_state(State::Dispatched) },
            due(Due::Overdue),
            due(Due::Today),
        ];
        let mut times = Vec::new();
        for _ in 0..READS {
            let began = Instant::now();
            for filter in &filters {
                leads::count(ctx, filter).await.map_err(failed)?;
            }
            leads::weeks(ctx, 8).await.map_err(failed)?;
            leads::recent(ctx, 6).await.map_err(failed)?;
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        slower = slower.max(median(times));
    }
    Ok(slower)
}
