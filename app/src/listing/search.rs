//! The search form above a list. It is a GET form: what was searched stands in the address.

use leptos::prelude::*;
use partner_center::error::Error;

use crate::{
    form,
    text::{Locale, words},
    ui::{Choice, Field, Select},
};

/// A field of the search form, by the name that its condition has in the address.
pub struct Condition {
    name: &'static str,
    word: &'static str,
    kind: Kind,
}

enum Kind {
    Text,
    Day,
    Choice(Vec<Choice>),
}

impl Condition {
    /// A text that is looked for.
    pub fn text(name: &'static str, word: &'static str) -> Condition {
        Condition { name, word, kind: Kind::Text }
    }

    /// The first or the last day.
    pub fn day(name: &'static str, word: &'static str) -> Condition {
        Condition { name, word, kind: Kind::Day }
    }

    /// One of these, or any.
    pub fn choice(name: &'static str, word: &'static str, choices: Vec<Choice>) -> Condition {
        Condition { name, word, kind: Kind::Choice(choices) }
    }
}

/// The form, filled with what was asked.
pub(super) fn form(
    locale: Locale,
    path: &'static str,
    conditions: Vec<Condition>,
    set: &[(String, String)],
    error: &Option<Error>,
) -> impl IntoView + use<> {
    let shell = words(locale);
    let problem = form::beside(error);
    let fields = conditions.into_iter().map(|Condition { name, word, kind }| {
        let value = set.iter().find(|(set, _)| set == name).map(|(_, value)| value.clone()).unwrap_or_default();
        let error = problem(name);
        match kind {
            Kind::Text => view! { <Field locale name label=word value error kind="search" /> }.into_any(),
            Kind::Day => view! { <Field locale name label=word value error kind="date" /> }.into_any(),
            Kind::Choice(choices) => {
                view! { <Select locale name label=word value choices error blank=shell.any /> }.into_any()
            }
        }
    });
    let fields = fields.collect_view();
    view! {
        <form class="search" method="get" action=path role="search">
            <div class="search__fields">{fields}</div>
            <div class="search__buttons">
                <button class="button button--primary">{shell.search}</button>
                <a class="button" href=path>
                    {shell.reset}
                </a>
            </div>
        </form>
    }
}
