//! The process of Partner Center: configuration, sessions, router, jobs, command line.
#![recursion_limit = "512"]

mod agent;
pub mod arrival;
pub mod bench;
pub mod callbacks;
pub mod clock;
pub mod commands;
pub mod config;
pub mod cookies;
pub mod database;
pub mod guard;
pub mod headers;
pub mod jobs;
pub mod listen;
pub mod post;
pub mod reception;
pub mod router;
pub mod seed;
pub mod serve;
pub mod session;
pub mod telemetry;
