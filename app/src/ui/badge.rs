//! A state as a dot and a word.

use leptos::prelude::*;

/// What kind of state it is: never told by the colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display)]
#[strum(serialize_all = "snake_case")]
pub enum Tone {
    Grey,
    Blue,
    Green,
    Orange,
    Red,
}

/// A state.
#[component]
pub fn Badge(tone: Tone, word: &'static str) -> impl IntoView {
    view! { <span class=format!("badge badge--{tone}")>{word}</span> }
}
