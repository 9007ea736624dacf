//! Reading what jobs did, and forgetting it in the end.

use std::collections::HashMap;

use sea_orm::{Condition, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    JobRow, Run,
    entity::{Column, Entity, Model},
};
use crate::{
    access::Action,
    ctx::{Ctx, Store, everyones},
    error::Result,
    moment::Moment,
};

/// How many runs of a job are listed.
const SHOWN: u64 = 100;
/// How long a run is remembered, in seconds.
const REMEMBERED_SECONDS: i64 = 90 * 86_400;

/// The scheduled jobs that the viewer sees, by name.
pub async fn scheduled(ctx: &Ctx) -> Result<Vec<JobRow>> {
    #[derive(FromQueryResult)]
    struct Named {
        name: String,
    }
    ctx.require(Action::ViewJobs).await?;
    let names = ctx.find::<Entity>().select_only().column(Column::Name).distinct().order_by_asc(Column::Name);
    let names: Vec<Named> = names.into().await?;
    let mut jobs = Vec::with_capacity(names.len());
    for Named { name } in names {
        let runs = || ctx.find::<Entity>().filter(Column::Name.eq(&name)).order_by_desc(Column::BeganAt);
        let Some(last) = runs().limit(1).maybe().await? else { continue };
        let failed = runs().filter(Column::Failure.is_not_null()).limit(1).maybe().await?;
        let run = |row| run(ctx, row);
        jobs.push(JobRow { next_at: last.next_at, last: run(last), last_failed: failed.map(run), name });
    }
    Ok(jobs)
}

/// The latest runs of one job, the newest first; none of a job that never ran.
pub async fn runs(ctx: &Ctx, name: &str) -> Result<Vec<Run>> {
    ctx.require(Action::ViewJobs).await?;
    let runs = ctx.find::<Entity>().filter(Column::Name.eq(name)).order_by_desc(Column::BeganAt).limit(SHOWN);
    Ok(runs.all().await?.into_iter().map(|row| run(ctx, row)).collect())
}

/// Forgets runs of long ago, and says how many. The latest slot of each job stays, whatever the time is said to be: by it
/// a slot is known to be done.
pub async fn forget(store: &Store, now: Moment) -> Result<u64> {
    let mut forgotten = 0;
    for (name, latest) in latest_slots(store, Moment(i64::MAX)).await? {
        let is_older = match latest {
            Some(latest) => Condition::any().add(Column::Slot.lt(latest)).add(Column::Slot.is_null()),
            None => Condition::any().add(Column::Slot.is_null()),
        };
        let old = Entity::delete_many()
            .filter(Column::Name.eq(name))
            .filter(Column::BeganAt.lte(now.plus_seconds(-REMEMBERED_SECONDS)))
            .filter(Column::EndedAt.gt(Moment::NEVER))
            .filter(is_older);
        forgotten += old.exec(&store.db).await?.rows_affected;
    }
    Ok(forgotten)
}

/// The latest slot of every job that ever ran; slots after the given time are not believed.
pub(super) async fn latest_slots(store: &Store, until: Moment) -> Result<HashMap<String, Option<Moment>>> {
    #[derive(FromQueryResult)]
    struct Latest {
        name: String,
        slot: Option<Moment>,
    }
    let latest = everyones::<Entity>()
        .select_only()
        .column(Column::Name)
        .column_as(Column::Slot.max(), "slot")
        .filter(Condition::any().add(Column::Slot.is_null()).add(Column::Slot.lte(until)))
        .group_by(Column::Name)
        .into_model::<Latest>()
        .all(&store.db)
        .await?;
    Ok(latest.into_iter().map(|row| (row.name, row.slot)).collect())
}

fn run(ctx: &Ctx, row: Model) -> Run {
    Run {
        slot: row.slot,
        began_at: row.began_at,
        ended_at: row.ended_at,
        done: ctx.viewer().counts_scheduled_jobs().then(|| row.done.unsigned_abs()),
        failure: row.failure,
    }
}
