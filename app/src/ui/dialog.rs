//! A dialog over its page. It is part of the page that its address names, so it needs no script: closing it is a link.

use leptos::prelude::*;

use crate::{
    text::{Locale, words},
    ui::Icon,
};

/// A dialog with a heading and a way out.
#[component]
pub fn Dialog(locale: Locale, title: &'static str, back: String, children: Children) -> impl IntoView {
    let t = words(locale);
    view! {
        <a class="dialog__scrim" href=back.clone() tabindex="-1" aria-hidden="true"></a>
        <dialog class="dialog" open aria-labelledby="dialog-title" aria-modal="true">
            <header class="dialog__head">
                <h2 id="dialog-title">{title}</h2>
                <a class="dialog__close" href=back aria-label=t.close>
                    <Icon name="close" />
                </a>
            </header>
            {children()}
        </dialog>
    }
}
