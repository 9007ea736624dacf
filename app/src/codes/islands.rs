//! The wait before another code is asked for, counted down where scripts run. Without them the buttons are free at once,
//! and the server's limits hold all the same.

use leptos::prelude::*;

/// Keeps the buttons inside for so many seconds, and says how many are left.
#[island]
pub fn ResendWait(seconds: u32, children: Children) -> impl IntoView {
    let root = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(root) = root.get() {
            crate::islands::browser::mark_hydrated();
            page::count_down(&root, seconds);
        }
    });
    view! {
        <div class="resend" node_ref=root>
            {children()}
        </div>
    }
}

#[cfg(not(feature = "hydrate"))]
mod page {
    pub fn count_down<T>(_: &T, _: u32) {}
}

#[cfg(feature = "hydrate")]
mod page {
    use std::time::Duration;

    use leptos::{leptos_dom::helpers::set_timeout, web_sys};
    use web_sys::{HtmlButtonElement, HtmlElement};

    use crate::islands::browser::all;

    pub fn count_down(root: &HtmlElement, seconds: u32) {
        let buttons = all::<HtmlButtonElement>(root, "button");
        let words: Vec<String> = buttons.iter().map(|button| button.text_content().unwrap_or_default()).collect();
        tick(buttons, words, seconds);
    }

    fn tick(buttons: Vec<HtmlButtonElement>, words: Vec<String>, left: u32) {
        for (button, word) in buttons.iter().zip(&words) {
            button.set_disabled(left > 0);
            let text = if left > 0 { format!("{word} ({left})") } else { word.clone() };
            button.set_text_content(Some(&text));
        }
        if left > 0 {
            set_timeout(move || tick(buttons, words, left - 1), Duration::from_secs(1));
        }
    }
}
