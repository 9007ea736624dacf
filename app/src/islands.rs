//! Islands that every list shares. They find their rows in the page that the server has rendered and hold no data.

use leptos::prelude::*;

/// Counts the ticked rows, ticks a whole page at once, and keeps the batch button honest.
///
/// Inside: boxes named `id`, one box marked `data-select-page`, an element marked `data-count`, buttons marked
/// `data-needs-selection`. Without JavaScript boxes and buttons work as they are.
#[island]
pub fn Selection(children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            browser::mark_hydrated();
            browser::start_selection(&root);
        }
    });
    let on_change = move |event: leptos::ev::Event| {
        if let Some(root) = root.get_untracked() {
            browser::selection_changed(&root, &event);
        }
    };
    view! {
        <div class="selection" node_ref=root on:change=on_change>
            {children()}
        </div>
    }
}

/// Says that a form is on its way, so that nobody sends it twice for want of an answer. The server counts it once anyway.
#[island]
pub fn SendOnce(word: String, children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if root.get().is_some() {
            browser::mark_hydrated();
        }
    });
    let on_submit = move |event: leptos::ev::SubmitEvent| browser::sending(&event, &word);
    view! {
        <div class="send-once" node_ref=root on:submit=on_submit>
            {children()}
        </div>
    }
}

/// What the islands do to the page. On the server there is no page, so nothing happens there.
pub mod browser {
    #[cfg(not(feature = "hydrate"))]
    pub use nothing::*;
    #[cfg(feature = "hydrate")]
    pub use page::*;

    #[cfg(feature = "hydrate")]
    mod page {
        use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};
        use web_sys::{Element, HtmlButtonElement, HtmlElement, HtmlFormElement, HtmlInputElement, NodeList};

        /// Marks the page as ready for fingers and tests.
        pub fn mark_hydrated() {
            if let Some(body) = document().body() {
                let _ = body.set_attribute("data-hydrated", "true");
            }
        }

        /// The elements below `root` that a selector of ours finds.
        pub fn all<T: JsCast>(root: &Element, selector: &str) -> Vec<T> {
            let found: Option<NodeList> = root.query_selector_all(selector).ok();
            let found = found.into_iter().flat_map(|list| (0..list.length()).filter_map(move |at| list.get(at)));
            found.filter_map(|node| node.dyn_into::<T>().ok()).collect()
        }

        /// The form that an event comes from.
        pub fn form_of(event: &ev::SubmitEvent) -> Option<HtmlFormElement> {
            event.target()?.dyn_into::<HtmlFormElement>().ok()
        }

        pub fn start_selection(root: &HtmlElement) {
            for label in all::<HtmlElement>(root, "[data-select-page-label]") {
                let _ = label.remove_attribute("hidden");
            }
            count(root);
        }

        pub fn selection_changed(root: &HtmlElement, event: &ev::Event) {
            let Some(changed) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            if changed.has_attribute("data-select-page") {
                for row in all::<HtmlInputElement>(root, "input[name=id]") {
                    row.set_checked(changed.checked());
                }
            }
            count(root);
        }

        fn count(root: &HtmlElement) {
            let rows = all::<HtmlInputElement>(root, "input[name=id]");
            let ticked = rows.iter().filter(|row| row.checked()).count();
            for page in all::<HtmlInputElement>(root, "[data-select-page]") {
                page.set_checked(ticked > 0 && ticked == rows.len());
                page.set_indeterminate(ticked > 0 && ticked < rows.len());
            }
            for place in all::<Element>(root, "[data-count]") {
                place.set_text_content(Some(&ticked.to_string()));
            }
            for button in all::<HtmlButtonElement>(root, "[data-needs-selection]") {
                button.set_disabled(ticked == 0);
            }
        }

        pub fn sending(event: &ev::SubmitEvent, word: &str) {
            let Some(form) = form_of(event) else { return };
            if form.has_attribute("data-sending") {
                event.prevent_default();
                return;
            }
            let _ = form.set_attribute("data-sending", "true");
            for button in all::<HtmlButtonElement>(&form, "button[type=submit]") {
                button.set_text_content(Some(word));
                let _ = button.set_attribute("aria-disabled", "true");
            }
        }
    }

    #[cfg(not(feature = "hydrate"))]
    mod nothing {
        use leptos::ev;

        pub fn mark_hydrated() {}
        pub fn start_selection<T>(_: &T) {}
        pub fn selection_changed<T>(_: &T, _: &ev::Event) {}
        pub fn sending(_: &ev::SubmitEvent, _: &str) {}
    }
}
