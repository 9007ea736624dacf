//! 主页: what waits for the viewer, each number a link to the list behind it; how the last weeks went; what one had in
//! hand last.

mod text;
mod waiting;
mod work;

use leptos::prelude::*;
use partner_center::error::{Error, Result};

use crate::{
    account,
    text::{Locale, words},
    ui::{Flash, PageHead, page},
    visit::Visit,
};

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    page(load(Visit::current()))
}

async fn load(visit: Option<Visit>) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let signed_in = visit.signed_in.clone().ok_or(Error::SignedOut)?;
    let ctx = visit.ctx()?;
    let cards = waiting::cards(&visit, &ctx).await?;
    let trend = work::trend(&visit, &ctx).await?;
    let recent = work::recent(&visit, &ctx).await?;
    let links = work::links(&visit, &ctx);
    let (locale, t) = (visit.locale, words(visit.locale));
    let flash = match visit.flash.as_deref() {
        Some("password-changed") => Some(account::text::words(locale).changed),
        _ => None,
    };
    let greeting = match locale {
        Locale::Chinese => format!("{}，您好", signed_in.name),
        Locale::English => format!("Hello, {}", signed_in.name),
    };
    Ok(view! {
        <PageHead locale title=t.home crumbs=Vec::new() />
        <Flash word=flash />
        <p>
            <bdi>{greeting}</bdi>
            " "
            <span class="muted">
                <bdi>{signed_in.tenant_title.clone()}</bdi>
            </span>
        </p>
        <section class="stack" aria-labelledby="waiting">
            <h2 id="waiting">{text::words(locale).waiting}</h2>
            <div class="todos">{cards}</div>
        </section>
        <div class="split">
            <div class="split__main">{trend} {recent}</div>
            <aside class="split__side">{links}</aside>
        </div>
    })
}
