//! Icons, drawn in place: no file, no font, no request.

use leptos::prelude::*;

/// An icon that says nothing by itself; its button or link carries the name.
#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    let path = match name {
        "bell" => "M8 2a4 4 0 0 0-4 4v3l-1.5 2.5h11L12 9V6a4 4 0 0 0-4-4Zm-1.5 11a1.5 1.5 0 0 0 3 0",
        "eye" => "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Zm6.5 2a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z",
        "eye-off" => {
            "M2 2l12 12M6.4 3.7A6.6 6.6 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a11 11 0 0 1-2 2.5M3.6 5.4A11 11 0 0 0 1.5 8S4 12.5 \
             8 12.5c1 0 2-.3 2.8-.7M6.6 6.6a2 2 0 0 0 2.8 2.8"
        }
        "close" => "M4 4l8 8M12 4l-8 8",
        "gear" => "M2 4.5h12M2 8h12M2 11.5h12M5 3v3M11 6.5v3M7 10v3",
        _ => "",
    };
    view! {
        <svg class=format!("icon icon--{name}") viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round">
            <path d=path />
        </svg>
    }
}
