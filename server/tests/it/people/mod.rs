//! Members, roles, the profile, and why somebody can or cannot.

mod access;
mod contacts;
mod members;
mod operator;
mod own;
mod races;
mod reveal;
mod review;
mod roles;
mod scope;
mod state;
pub mod support;
