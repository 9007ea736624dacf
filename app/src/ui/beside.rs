//! The way on from one thing of a list: to the one before, to the one after, and back to the list itself.

use leptos::prelude::*;

use crate::text::{Locale, words};

/// Links to the neighbours, each if there is one, and to the list.
#[component]
pub fn BesideLinks(locale: Locale, back: String, previous: Option<String>, next: Option<String>) -> impl IntoView {
    let t = words(locale);
    let link = |href: Option<String>, word: &'static str, rel: &'static str| match href {
        Some(href) => view! { <a class="button" href=href rel=rel>{word}</a> }.into_any(),
        None => view! { <span class="button" aria-disabled="true">{word}</span> }.into_any(),
    };
    view! {
        <nav class="beside" aria-label=t.beside>
            <a class="button button--text" href=back data-key="back">
                {t.back_to_list}
            </a>
            {link(previous, t.previous_one, "prev")} {link(next, t.next_one, "next")}
        </nav>
    }
}
