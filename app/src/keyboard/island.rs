//! The island that listens. It knows the page by its roles and relations alone: the search form, rows of tables, links to
//! the next and to the previous, an open dialog. It never acts while somebody types or composes.

use leptos::prelude::*;

/// Listens to the keys that the dialog inside explains.
#[island]
pub fn Keys(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            page::listen(&root);
            crate::islands::browser::mark_hydrated();
        }
    });
    view! { <div node_ref=root>{children()}</div> }
}

#[cfg(not(feature = "hydrate"))]
mod page {
    pub fn listen<T>(_: &T) {}
}

#[cfg(feature = "hydrate")]
mod page {
    use leptos::{ev, ev::KeyboardEvent, prelude::*, wasm_bindgen::JsCast, web_sys};
    use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement};

    use crate::islands::browser::all;

    /// Where one types; boxes and buttons are no such place.
    const TYPING: &str = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, \
                          [contenteditable]";
    const ROWS: &str = "main tbody tr, main .messages li";
    const POPOVERS: &str = "details[name=bar][open], details.columns[open]";
    /// What an input method reports while it composes, in browsers that say so by the key's number alone.
    const COMPOSING: u32 = 229;

    pub fn listen(root: &HtmlElement) {
        let root = root.clone();
        let listening = window_event_listener(ev::keydown, move |event| {
            if is_meant(&event) && pressed(&root, &event.key()) {
                event.prevent_default();
            }
        });
        on_cleanup(move || listening.remove());
    }

    fn is_meant(event: &KeyboardEvent) -> bool {
        let composes = event.is_composing() || event.key_code() == COMPOSING;
        let is_chord = event.ctrl_key() || event.alt_key() || event.meta_key();
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let types = target.and_then(|target| target.closest(TYPING).ok().flatten()).is_some();
        !composes && !is_chord && !types && !event.default_prevented()
    }

    /// Does what the key asks for; says whether there was anything to do.
    fn pressed(root: &HtmlElement, key: &str) -> bool {
        let dialog: Option<HtmlElement> = first("dialog[open]");
        match (key, dialog) {
            ("Escape", dialog) => leave(root, dialog),
            // What lies under a dialog takes no keys.
            (_, Some(_)) => false,
            ("/", None) => search(),
            ("j", None) => step(true),
            ("k", None) => step(false),
            ("n", None) => click("main a[rel=next]"),
            ("p", None) => click("main a[rel=prev]"),
            ("?", None) => explain(root),
            _ => false,
        }
    }

    /// Closes what is open, from the top; or leaves the row, or the page for its list.
    fn leave(root: &HtmlElement, dialog: Option<HtmlElement>) -> bool {
        if let Some(dialog) = dialog {
            // The browser itself closes the one that explains.
            return !root.contains(Some(&dialog)) && click("dialog[open] .dialog__close");
        }
        if let Some(popover) = first::<HtmlElement>(POPOVERS) {
            let _ = popover.remove_attribute("open");
            if let Some(summary) = all::<HtmlElement>(&popover, "summary").first() {
                let _ = summary.focus();
            }
            return true;
        }
        match rows().into_iter().find(is_within) {
            Some(_) => {
                let active = document().active_element().and_then(|active| active.dyn_into::<HtmlElement>().ok());
                active.is_some_and(|active| active.blur().is_ok())
            }
            None => click("main [data-key=back]"),
        }
    }

    fn search() -> bool {
        let Some(field) = first::<HtmlInputElement>("form[role=search] input:not([type=hidden])") else { return false };
        let _ = field.focus();
        field.select();
        true
    }

    fn step(down: bool) -> bool {
        let rows = rows();
        let at = rows.iter().position(is_within);
        let to = match (at, down) {
            (None, true) => Some(0),
            (None, false) => rows.len().checked_sub(1),
            (Some(at), true) => Some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
        let link = to.and_then(|to| rows.get(to)).and_then(link);
        link.is_some_and(|link| link.focus().is_ok())
    }

    fn explain(root: &HtmlElement) -> bool {
        let dialogs: Vec<HtmlDialogElement> = all(root, "dialog");
        dialogs.first().is_some_and(|dialog| dialog.show_modal().is_ok())
    }

    /// The rows that can be opened.
    fn rows() -> Vec<Element> {
        let Some(body) = document().body() else { return Vec::new() };
        all::<Element>(&body, ROWS).into_iter().filter(|row| link(row).is_some()).collect()
    }

    /// The link that opens a row.
    fn link(row: &Element) -> Option<HtmlElement> {
        all(row, "[data-key=open]").into_iter().chain(all(row, "a[href]")).next()
    }

    fn is_within(row: &Element) -> bool {
        document().active_element().is_some_and(|active| row.contains(Some(&active)))
    }

    fn click(selector: &str) -> bool {
        first::<HtmlElement>(selector).map(|link| link.click()).is_some()
    }

    fn first<T: JsCast>(selector: &str) -> Option<T> {
        document().query_selector(selector).ok()??.dyn_into().ok()
    }
}
