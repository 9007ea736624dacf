//! The island of a call that goes on. It holds no data: what it shows comes from the server as the call's events.

use leptos::prelude::*;

/// Keeps the state of a call up to date in what the server has rendered, and loads the page anew when the call is over.
/// Inside: elements marked `data-call-state` and `data-call-note`; where the note is another one, so is what can be done,
/// and the page is loaded anew as well.
#[island]
pub fn CallProgress(
    /// Where the events of the call come from.
    address: String,
    children: Children,
) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            crate::islands::browser::mark_hydrated();
            page::follow(&root, &address);
        }
    });
    view! {
        <div class="call-progress" node_ref=root>
            {children()}
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
mod page {
    pub fn follow<T>(_: &T, _: &str) {}
}

#[cfg(feature = "hydrate")]
mod page {
    use leptos::{
        prelude::*,
        wasm_bindgen::{JsCast, closure::Closure},
        web_sys,
    };
    use web_sys::{Element, EventSource, HtmlElement, MessageEvent};

    use crate::islands::browser::all;

    pub fn follow(root: &HtmlElement, address: &str) {
        let Ok(source) = EventSource::new(address) else { return };
        let place = root.clone();
        listen(&source, "state", move |event| {
            let word = event.data().as_string().unwrap_or_default();
            for state in all::<Element>(&place, "[data-call-state]") {
                state.set_text_content(Some(&word));
            }
        });
        let (note, noted) = (root.clone(), source.clone());
        listen(&source, "note", move |event| {
            let word = event.data().as_string().unwrap_or_default();
            let shown = all::<Element>(&note, "[data-call-note]");
            if shown.iter().all(|shown| shown.text_content().unwrap_or_default().trim() != word) {
                noted.close();
                let _ = window().location().reload();
            }
        });
        let over = source.clone();
        listen(&source, "over", move |_| {
            over.close();
            let _ = window().location().reload();
        });
    }

    /// Listens for as long as the page lives: its island is never taken down before.
    fn listen(source: &EventSource, name: &str, act: impl Fn(MessageEvent) + 'static) {
        let act = Closure::<dyn Fn(MessageEvent)>::new(act);
        let _ = source.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
        act.forget();
    }
}
