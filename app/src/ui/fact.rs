//! Facts of a thing, in a list of definitions (`<dl class="facts">`).

use leptos::prelude::*;

/// One fact: its word and its value, or that there is none.
pub fn fact(word: &'static str, value: impl Into<Option<String>>) -> impl IntoView {
    described(word, value.into(), "")
}

/// A fact that takes the whole line.
pub fn wide_fact(word: &'static str, value: impl Into<Option<String>>) -> impl IntoView {
    described(word, value.into(), "facts__wide")
}

fn described(word: &'static str, value: Option<String>, class: &'static str) -> impl IntoView {
    view! {
        <div class=class>
            <dt>{word}</dt>
            <dd>
                <bdi>{value.unwrap_or_else(|| "--".to_owned())}</bdi>
            </dd>
        </div>
    }
}
