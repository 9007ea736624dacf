//! Exports of the demo: one whose file is there, and one that expired, failed, was cancelled. They come about as those of
//! members do.

use app::{
    exports::{OurLists, wanted},
    leads::LeadFile,
    text::{Locale, Zone},
};
use chrono::Days;
use partner_center::{
    access::Action,
    ctx::{Ctx, Origin, Store},
    error::{Error, Result},
    exports::{self, Format, KEPT_SECONDS, Lists, Question},
    ids::{ExportId, MemberId},
    leads::planting::Traces,
    moment::Moment,
    people,
};
use uuid::Uuid;

use super::{cast::Cast, failed};
use crate::commands::Failure;

const DAY: i64 = 86_400;

/// Creates the exports.
pub async fn create(store: &Store, cast: &Cast, past: &mut Traces, now: Moment) -> Result<(), Failure> {
    let member = |account: &'static str| cast.members[&("yunfan", account)];
    plant(store, member("admin"), member("lin"), past, now).await.map_err(failed)
}

async fn plant(store: &Store, admin: MemberId, lin: MemberId, past: &mut Traces, now: Moment) -> Result<()> {
    // Of a month, so that they fit into an export however large the demo is.
    let since = now.trade_date() - Days::new(30);
    let leads = |state| format!("/leads?state={state}&from={since}");
    let long_ago = now.plus_seconds(-KEPT_SECONDS - 2 * DAY);
    past.leave_until(store, long_ago).await?;
    request(store, admin, &leads("invalid"), Format::Csv, long_ago).await?;
    exports::work(store, &OurLists, || long_ago).await?;
    let forgotten = long_ago.plus_seconds(KEPT_SECONDS);
    past.leave_until(store, forgotten).await?;
    exports::expire(store, forgotten).await?;

    let yesterday = now.plus_seconds(-DAY);
    past.leave_until(store, yesterday).await?;
    request(store, lin, &leads("converted"), Format::Xlsx, yesterday).await?;
    exports::work(store, &Forbidden, || yesterday).await?;

    let before = now.plus_seconds(-7_200);
    past.leave_until(store, before).await?;
    let (ctx, id) = request(store, lin, &leads("dispatched"), Format::Csv, before).await?;
    exports::cancel(&ctx, id, None).await?;

    let lately = now.plus_seconds(-1_200);
    past.leave_until(store, lately).await?;
    request(store, admin, &leads("following"), Format::Xlsx, lately).await?;
    exports::work(store, &OurLists, || lately).await?;
    Ok(())
}

async fn request(
    store: &Store,
    member: MemberId,
    address: &str,
    format: Format,
    at: Moment,
) -> Result<(Ctx, ExportId)> {
    let origin = Origin { address: "127.0.0.1".to_owned(), request: String::new() };
    let ctx = people::member_ctx(store, member, origin, at).await?;
    let wanted = wanted::<LeadFile>(&ctx, address, (Locale::Chinese, Zone::default()), format).await?;
    let id = exports::request(&ctx, wanted, None).await?;
    Ok((ctx, id))
}

/// What somebody meets whose rights are gone by the time.
struct Forbidden;

impl Lists for Forbidden {
    fn headings(&self, _: &Question) -> Result<Vec<String>> {
        Err(Error::Denied(Action::ExportLeads))
    }

    async fn ids(&self, _: &Ctx, _: &Question, _: u64) -> Result<Vec<Uuid>> {
        Err(Error::Denied(Action::ExportLeads))
    }

    async fn cells(&self, _: &Ctx, _: &Question, _: &[Uuid]) -> Result<Vec<Vec<String>>> {
        Err(Error::Denied(Action::ExportLeads))
    }
}
