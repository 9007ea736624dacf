//! Verification codes: how they are sent, guessed at and used up, and what asks for them.

mod guesses;
mod limits;
mod reveal;
mod roles;
mod support;
