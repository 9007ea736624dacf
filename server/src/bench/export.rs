//! Large exports, one of each kind: asked for, written, kept; and how much memory that takes.

use std::time::Instant;

use app::{
    exports::{OurLists, wanted},
    leads::LeadFile,
    text::{Locale, Zone},
};
use partner_center::{
    ctx::{Ctx, Store},
    exports::{self, Format, MOST_ROWS, NewExport, State},
    page::{Slice, Start},
};

use super::{
    Line,
    lists::{failed, viewer},
    process::Memory,
};
use crate::{clock::Clock, commands::Failure};

/// How far back the demo's past goes, and a day more.
const DAYS: u64 = 181;

pub async fn measure(store: &Store) -> Result<Vec<Line>, Failure> {
    let admin = viewer(store, "admin").await?;
    let clock = Clock::default();
    let mut lines = Vec::new();
    let memory = Memory::watch();
    for format in [Format::Csv, Format::Xlsx] {
        let wanted = as_many_as_fit(&admin, format).await?;
        let began = Instant::now();
        let id = exports::request(&admin, wanted, None).await.map_err(failed)?;
        exports::work(store, &OurLists, || clock.now()).await.map_err(failed)?;
        let whole = began.elapsed().as_secs_f64();
        let newest = Slice { start: Start::Number(1), size: 10 };
        let done = exports::list(&admin, newest).await.map_err(failed)?.rows.into_iter().find(|export| export.id == id);
        let done = done.filter(|export| export.state == State::Done);
        let rows = done.ok_or_else(|| Failure(format!("the export to {format} is not done")))?.written;
        let what = format!("export of {rows} leads to {format}");
        lines.push(Line::new(what, format!("{whole:.1} s"), "≤ 10 s", Some(whole <= 10.0)));
    }
    let (more, curve) = memory.end();
    lines.push(Line::new("memory that the exports add", format!("{more} MiB"), "flat", Some(more <= 64)));
    lines.push(Line::new("memory from their beginning to their end", format!("{curve} MiB"), "", None));
    Ok(lines)
}

/// The leads of the last days, as many days as an export takes.
async fn as_many_as_fit(admin: &Ctx, format: Format) -> Result<NewExport, Failure> {
    let since = async |days| {
        let from = admin.now().trade_date() - chrono::Days::new(days);
        let address = if days >= DAYS { "/leads".to_owned() } else { format!("/leads?from={from}") };
        wanted::<LeadFile>(admin, &address, (Locale::Chinese, Zone::default()), format).await.map_err(failed)
    };
    let whole = since(DAYS).await?;
    if whole.rows <= MOST_ROWS {
        return Ok(whole);
    }
    let (mut fits, mut too_many) = (1, DAYS);
    while too_many - fits > 1 {
        let days = (fits + too_many) / 2;
        if since(days).await?.rows <= MOST_ROWS { fits = days } else { too_many = days }
    }
    since(fits).await
}
