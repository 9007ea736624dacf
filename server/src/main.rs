//! The program `partner-center`.
#![recursion_limit = "512"]

use std::process::ExitCode;

use clap::Parser;
use server::commands::{Cli, Failure};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match Cli::parse().run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(why)) => {
            eprintln!("partner-center: {why}");
            ExitCode::FAILURE
        }
    }
}
