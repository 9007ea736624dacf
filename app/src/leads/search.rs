//! The search form above the lead list. It is a GET form: what was searched stands in the address.

use leptos::prelude::*;
use partner_center::error::Error;

use super::{choices, query::ListQuery, text};
use crate::{
    form,
    text::words,
    ui::{Choice, Field, Select},
    visit::Visit,
};

/// The form, filled with what was asked.
#[component]
pub fn LeadSearch(
    visit: Visit,
    path: &'static str,
    query: ListQuery,
    /// The state that is chosen when the address names none.
    otherwise: String,
    error: Option<Error>,
    /// The address that takes every condition back.
    reset: String,
) -> impl IntoView {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let folded_out = query.is_folded_out();
    let first_are_set = query.narrows_first_fields().then_some("");
    let mut states = vec![Choice::new("all", shell.any)];
    states.extend(choices::states(locale));
    let state = if query.state.is_empty() { otherwise } else { query.state };
    let problem = form::beside(&error);
    view! {
        <form class="search" method="get" action=path role="search" data-first-set=first_are_set>
            <div class="search__fields">
                <Field locale name="company" label=t.company value=query.company error=problem("company") kind="search" hint=t.search_hint />
                <Field locale name="contact" label=t.contact value=query.contact error=problem("contact") kind="search" />
                <Field locale name="follower" label=t.follower value=query.follower error=problem("follower") kind="search" />
                <Select locale name="state" label=t.state value=state choices=states error=None />
            </div>
            <div class="search__buttons">
                <button class="button button--primary">{shell.search}</button>
                <a class="button" href=reset>
                    {shell.reset}
                </a>
            </div>
            <details class="search__more" open=folded_out>
                <summary>{shell.more_conditions}</summary>
                <div class="search__fields">
                    <Field locale name="number" label=t.number value=query.number error=problem("number") kind="search" />
                    <Field locale name="campaign" label=t.campaign value=query.campaign error=problem("campaign") kind="search" />
                    <Select locale name="source" label=t.source value=query.source choices=choices::sources(locale) error=None blank=shell.any />
                    <Select locale name="due" label=t.next_on value=query.due choices=choices::dues(locale) error=None blank=shell.any />
                    <Field locale name="from" label=t.dispatched_from value=query.from error=None kind="date" />
                    <Field locale name="to" label=t.dispatched_to value=query.to error=problem("to") kind="date" />
                </div>
            </details>
        </form>
    }
}
