//! 演示发件箱: what would have been sent, in the demo alone. Elsewhere there is no such page.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    outbox::{self, DemoLetter},
};

use super::text;
use crate::{
    text::{date_time, words},
    ui::{Empty, PageHead, page},
    visit::Visit,
};

/// The page of the demo's letters.
#[component]
pub fn DemoOutboxPage() -> impl IntoView {
    let visit = Visit::current();
    page(load(visit))
}

async fn load(visit: Option<Visit>) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    if !visit.demo {
        return Err(Error::NotFound);
    }
    let letters = outbox::demo_letters(&visit.ctx()?).await?;
    let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
    let list = if letters.is_empty() {
        view! { <Empty title=t.demo_empty_title text=t.demo_empty_text /> }.into_any()
    } else {
        let letters = letters.into_iter().map(|letter| sheet(&visit, letter)).collect_view();
        view! { <ul class="letters">{letters}</ul> }.into_any()
    };
    Ok(view! {
        <PageHead locale title=t.demo_title crumbs=Vec::new() />
        <p class="flash flash--warn">{t.demo_hint}</p>
        {list}
        <p class="muted">{shell.zone}</p>
    })
}

fn sheet(visit: &Visit, letter: DemoLetter) -> impl IntoView + use<> {
    view! {
        <li class="card letters__sheet">
            <p class="muted">
                {text::channel(visit.locale, letter.channel)} " · " <bdi>{letter.address_masked}</bdi> " · "
                <time>{date_time(letter.at)}</time>
            </p>
            <h2>{letter.subject}</h2>
            <p>
                <bdi>{letter.body}</bdi>
            </p>
        </li>
    }
}
