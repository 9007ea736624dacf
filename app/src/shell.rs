//! The document around every page: language, colours, styles, and the security policy of the answer.

use axum::http::{HeaderName, HeaderValue, header};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};

use crate::{
    routes::App,
    text::{Locale, Zone},
    visit::Visit,
};

/// The policy of pages: own files only, own scripts by nonce, WebAssembly, no frames.
fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
         connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )
}

/// The whole document.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    provide_meta_context();
    if let (Some(response), Some(nonce)) = (use_context::<ResponseOptions>(), use_nonce())
        && let Ok(policy) = HeaderValue::from_str(&policy(&nonce))
    {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
        // What the last act came to has been told by this page.
        response.append_header(
            HeaderName::from_static("set-cookie"),
            HeaderValue::from_static("pc_flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"),
        );
    }
    provide_context(options.clone());
    let visit = Visit::current();
    let locale = visit.as_ref().map_or(Locale::default(), |visit| visit.locale);
    // Instants are shown by the reader's clock, wherever on the page they stand.
    provide_context(visit.as_ref().map_or(Zone::default(), |visit| visit.zone));
    let theme = visit.map(|visit| visit.theme).unwrap_or_default();
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-theme=theme.to_string()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}
