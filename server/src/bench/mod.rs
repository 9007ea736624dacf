//! Measurements: the product beside a bare handler and a hand-written page over the same queries, all in one run. What
//! counts are the ratios; absolute times say little on a shared machine.

mod changes;
mod client;
mod export;
mod gate;
mod import;
mod lists;
mod pages;
mod process;
mod template;

use std::sync::Arc;

use clap::{Args, ValueEnum};
use partner_center::{ctx::Store, vault::Vault};

use crate::{clock::Clock, commands::Failure, database, seed};

/// How many leads of the first partner one round of the seed plants.
const LEADS_PER_SCALE: u64 = 1_600;

/// What to measure.
#[derive(Args, Clone, Debug)]
pub struct BenchOptions {
    /// An empty database, or one that an earlier run has filled.
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://bench.db?mode=rwc")]
    pub database_url: String,
    /// How many leads the list holds.
    #[arg(long, default_value_t = 1_000_000)]
    pub rows: u64,
    /// How many rows are imported.
    #[arg(long, default_value_t = 100_000)]
    pub import_rows: u64,
    /// The folder of the built site.
    #[arg(long, env = "PARTNER_CENTER_SITE", default_value = "target/site")]
    pub site: std::path::PathBuf,
    /// Measure this part alone.
    #[arg(long)]
    pub only: Option<Part>,
}

/// A part of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    Pages,
    Lists,
    Gate,
    Changes,
    Process,
    Import,
    Export,
}

/// One line of the table.
#[derive(Clone)]
pub(crate) struct Line {
    pub what: String,
    pub measured: String,
    pub target: &'static str,
    pub met: Option<bool>,
}

impl Line {
    fn new(what: impl Into<String>, measured: impl Into<String>, target: &'static str, met: Option<bool>) -> Line {
        Line { what: what.into(), measured: measured.into(), target, met }
    }
}

/// Fills the database if it is empty, measures, prints.
pub async fn run(options: BenchOptions) -> Result<(), Failure> {
    let db = database::open(&options.database_url).await?;
    database::migrate(&db).await?;
    let store = Store::new(db.clone(), Arc::new(Vault::demo()));
    let hasher = partner_center::people::hashing::Hasher::new(partner_center::people::hashing::Cost::Trifling);
    let scale = options.rows.div_ceil(LEADS_PER_SCALE);
    eprintln!("filling {} leads …", scale * LEADS_PER_SCALE);
    let began = std::time::Instant::now();
    seed::demo(&store, &hasher, scale, Clock::default().now()).await?;
    eprintln!("filled in {:.0} s", began.elapsed().as_secs_f64());
    database::analyse(&db).await?;

    let mut lines = Vec::new();
    for part in Part::value_variants().iter().filter(|part| options.only.is_none_or(|only| only == **part)) {
        lines.extend(match part {
            Part::Pages => pages::measure(&store, &db, &options).await?,
            Part::Lists => lists::measure(&store).await?,
            Part::Gate => gate::measure(&store).await?,
            Part::Changes => changes::measure(&options).await?,
            Part::Process => [process::measure(&options).await?, process::sizes(&options.site)].concat(),
            Part::Import => import::measure(&store, &options).await?,
            Part::Export => export::measure(&store).await?,
        });
    }
    print(&options, &lines);
    Ok(())
}

fn print(options: &BenchOptions, lines: &[Line]) {
    let kind = options.database_url.split(':').next().unwrap_or_default();
    println!("\n{} leads on {kind}\n", options.rows);
    println!("| what | measured | target | met |\n| --- | --- | --- | --- |");
    for line in lines {
        let met = match line.met {
            Some(true) => "yes",
            Some(false) => "NO",
            None => "",
        };
        println!("| {} | {} | {} | {met} |", line.what, line.measured, line.target);
    }
}

/// The middle of some durations, in milliseconds.
fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
