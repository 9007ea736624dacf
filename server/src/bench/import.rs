//! A large import: checked, confirmed, written; and how much memory that takes.

use std::{
    io::{Seek, Write},
    time::Instant,
};

use partner_center::{
    ctx::{Ctx, Store},
    imports::{self, State},
};

use super::{
    BenchOptions, Line,
    lists::{failed, viewer},
    process::Memory,
};
use crate::{
    clock::Clock,
    commands::Failure,
    seed::{draw::Draw, people},
};

/// Numbers of the seed's generator that no seed uses.
const FROM: u64 = 3_000_000;
/// How many rows the first, small import has.
const WARMING: u64 = 5_000;

pub async fn measure(store: &Store, options: &BenchOptions) -> Result<Vec<Line>, Failure> {
    let rows = options.import_rows.min(imports::MOST_ROWS);
    let admin = viewer(store, "admin").await?;
    // What any import needs is there after a small one; what a large one adds shows whether memory grows with its rows.
    import(store, &admin, write_file(FROM - WARMING, WARMING)?).await?;
    let file = write_file(FROM, rows)?;
    let memory = Memory::watch();
    let began = Instant::now();
    let (checked, written) = import(store, &admin, file).await?;
    let whole = began.elapsed().as_secs_f64();
    let (more, curve) = memory.end();
    let measured = format!("{whole:.1} s (checked after {checked:.1} s), {written} written");
    Ok(vec![
        Line::new(format!("import of {rows} leads"), measured, "≤ 30 s", Some(whole <= 30.0)),
        Line::new("memory that the import adds", format!("{more} MiB"), "flat", Some(more <= 64)),
        Line::new("memory from its beginning to its end", format!("{curve} MiB"), "", None),
    ])
}

/// Imports a file; says after how many seconds it was checked, and how many leads were written.
async fn import(store: &Store, admin: &Ctx, file: std::fs::File) -> Result<(f64, u64), Failure> {
    let began = Instant::now();
    let id = imports::upload(admin, "bench.csv", file, None).await.map_err(failed)?;
    let vocabulary = app::imports::vocabulary();
    let clock = Clock::default();
    imports::work(store, &vocabulary, || clock.now()).await.map_err(failed)?;
    let checked = began.elapsed().as_secs_f64();
    imports::confirm(admin, id).await.map_err(failed)?;
    imports::work(store, &vocabulary, || clock.now()).await.map_err(failed)?;
    let import = imports::get(admin, id).await.map_err(failed)?;
    if import.state != State::Done {
        return Err(Failure(format!("the import ended as {}", import.state)));
    }
    Ok((checked, import.written))
}

fn write_file(from: u64, rows: u64) -> Result<std::fs::File, Failure> {
    let mut file = tempfile::tempfile()?;
    let mut out = std::io::BufWriter::new(&mut file);
    writeln!(out, "公司名称,客户名称,电话,邮箱,需求描述")?;
    let mut draw = Draw::new(7);
    for number in from..from + rows {
        let lead = people::lead(number, &mut draw);
        let cells = [Some(lead.company), Some(lead.contact), lead.phone, lead.email, lead.need];
        let cells = cells.map(|cell| format!("\"{}\"", cell.unwrap_or_default().replace('"', "\"\"")));
        writeln!(out, "{}", cells.join(","))?;
    }
    out.flush()?;
    drop(out);
    file.rewind()?;
    Ok(file)
}
