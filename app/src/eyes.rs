//! The eye: one island around a table or a list of facts, over the plain forms in it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Whose values an eye opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Thing {
    Lead,
    Member,
}

/// Opens a masked column on the spot and closes it again. Cells say which column and row they are; the clear values come
/// from the server on the click and leave the page when the eye closes, after a minute, or when the page is left.
#[island]
pub fn Eyes(
    /// What the rows are.
    thing: Thing,
    /// Announced when a column has been opened.
    shown: String,
    /// Announced when it has been closed.
    hidden: String,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    let (announcement, announce) = signal(String::new());
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            crate::islands::browser::mark_hydrated();
            page::hide_when_left(&root);
        }
    });
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        if let Some(root) = root.get_untracked() {
            page::toggle(thing, &root, &event, announce, &shown, &hidden);
        }
    };
    view! {
        <div class="eyes" node_ref=root on:submit=on_submit>
            {children()} <p class="visually-hidden" role="status">
                {announcement}
            </p>
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
mod page {
    use leptos::prelude::*;

    pub fn hide_when_left<T>(_: &T) {}
    pub fn toggle<T>(_: super::Thing, _: &T, _: &leptos::ev::SubmitEvent, _: WriteSignal<String>, _: &str, _: &str) {}
}

#[cfg(feature = "hydrate")]
mod page {
    use std::{fmt::Display, str::FromStr, time::Duration};

    use leptos::{ev, leptos_dom::helpers::set_timeout, prelude::*, task::spawn_local, wasm_bindgen::JsCast, web_sys};
    use web_sys::{Element, HtmlElement, HtmlFormElement};

    use super::Thing;
    use crate::{
        api::ApiError,
        islands::browser::{all, form_of},
        leads::api::reveal_lead_column,
        people::api::reveal_member_column,
    };

    /// How long a column stays open.
    const OPEN_SECONDS: u64 = 60;
    /// On an eye whose answer is on its way.
    const BUSY: &str = "data-busy";
    /// Where a cell keeps its mask while it is open.
    const MASK: &str = "data-mask";

    pub fn toggle(
        thing: Thing,
        root: &HtmlElement,
        event: &ev::SubmitEvent,
        announce: WriteSignal<String>,
        shown: &str,
        hidden: &str,
    ) {
        let Some(form) = form_of(event) else { return };
        let Some(column) = form.get_attribute("data-eye") else { return };
        // A column that the server has opened is closed there: only it knows the masks.
        if form.get_attribute("data-open-by-server").is_some() {
            return;
        }
        event.prevent_default();
        // A second click while the first is on its way asks for nothing more.
        if form.has_attribute(BUSY) {
            return;
        }
        if hide(root, &column) {
            announce.set(hidden.to_owned());
            return;
        }
        let _ = form.set_attribute(BUSY, "");
        let cells = cells(root, &column);
        let rows = cells.iter().filter_map(|cell| cell.get_attribute("data-row")).collect();
        let (root, shown, hidden) = (root.clone(), shown.to_owned(), hidden.to_owned());
        spawn_local(async move {
            let values = clear_values(thing, &column, rows).await;
            let _ = form.remove_attribute(BUSY);
            let Ok(values) = values else {
                // The plain form gets the page that says why not.
                let _ = form.submit();
                return;
            };
            for cell in cells {
                let row = cell.get_attribute("data-row").unwrap_or_default();
                let Some((_, value)) = values.iter().find(|(id, _)| *id == row) else { continue };
                let _ = cell.set_attribute(MASK, &cell.text_content().unwrap_or_default());
                write(&cell, value);
            }
            press(&form, true);
            announce.set(shown);
            set_timeout(
                move || {
                    if hide(&root, &column) {
                        announce.set(hidden);
                    }
                },
                Duration::from_secs(OPEN_SECONDS),
            );
        });
    }

    /// The clear values of a column, by row.
    async fn clear_values(thing: Thing, column: &str, rows: Vec<String>) -> Result<Vec<(String, String)>, ApiError> {
        match thing {
            Thing::Lead => Ok(named(reveal_lead_column(read(column)?, read_all(&rows)?).await?)),
            Thing::Member => Ok(named(reveal_member_column(read(column)?, read_all(&rows)?).await?)),
        }
    }

    fn read<T: FromStr>(text: &str) -> Result<T, ApiError> {
        text.parse().map_err(|_| ApiError::Network)
    }

    fn read_all<T: FromStr>(texts: &[String]) -> Result<Vec<T>, ApiError> {
        texts.iter().map(|text| read(text)).collect()
    }

    fn named<T: Display>(values: Vec<(T, String)>) -> Vec<(String, String)> {
        values.into_iter().map(|(id, value)| (id.to_string(), value)).collect()
    }

    /// What was opened is hidden before the page goes into the browser's history.
    pub fn hide_when_left(root: &HtmlElement) {
        let root = root.clone();
        let on_leave = window_event_listener(ev::pagehide, move |_| {
            for form in all::<Element>(&root, "[data-eye]") {
                hide(&root, &form.get_attribute("data-eye").unwrap_or_default());
            }
        });
        on_cleanup(move || on_leave.remove());
    }

    /// Puts the masks of a column back; says whether it was open.
    fn hide(root: &HtmlElement, column: &str) -> bool {
        let mut was_open = false;
        for cell in cells(root, column) {
            if let Some(mask) = cell.get_attribute(MASK) {
                write(&cell, &mask);
                let _ = cell.remove_attribute(MASK);
                was_open = true;
            }
        }
        for form in all::<HtmlFormElement>(root, &format!("form[data-eye={column}]")) {
            press(&form, false);
        }
        was_open
    }

    fn cells(root: &HtmlElement, column: &str) -> Vec<Element> {
        all(root, &format!("[data-column={column}]"))
    }

    fn write(cell: &Element, text: &str) {
        let place = cell.query_selector("bdi").ok().flatten().unwrap_or_else(|| cell.clone());
        place.set_text_content(Some(text));
    }

    fn press(form: &HtmlFormElement, open: bool) {
        for button in all::<Element>(form.unchecked_ref(), "button") {
            let _ = button.set_attribute("aria-pressed", if open { "true" } else { "false" });
        }
    }
}
