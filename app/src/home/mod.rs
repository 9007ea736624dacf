//! 主页: what waits for the viewer, each number a link to the list behind it.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    leads::{self, Filter, State},
    page::Total,
};

use crate::{
    account,
    leads::text as lead_text,
    paths,
    text::{number, words},
    ui::{Flash, PageHead, page},
    visit::Visit,
};

/// The home page.
#[component]
pub fn HomePage() -> impl IntoView {
    let visit = Visit::current();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let signed_in = visit.signed_in.clone().ok_or(Error::SignedOut)?;
        let waiting = waiting(&visit).await?;
        let (locale, t) = (visit.locale, words(visit.locale));
        let flash = match visit.flash.as_deref() {
            Some("password-changed") => Some(account::text::words(locale).changed),
            _ => None,
        };
        let greeting = match locale {
            crate::text::Locale::Chinese => format!("{}，您好", signed_in.name),
            crate::text::Locale::English => format!("Hello, {}", signed_in.name),
        };
        let cards = waiting.into_iter().map(|(href, word, count)| {
            view! {
                <a class="card todo" href=href>
                    <span class="todo__count">{count}</span>
                    <span class="todo__word">{word}</span>
                </a>
            }
        });
        let cards = cards.collect_view();
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
            <div class="todos">{cards}</div>
        })
    })
}

/// Each to-do of the viewer: the list, its name, how many.
async fn waiting(visit: &Visit) -> Result<Vec<(String, &'static str, String)>> {
    let ctx = visit.ctx()?;
    let t = lead_text::words(visit.locale);
    let mut waiting = Vec::new();
    let mut add = async |action, path: &str, state: State, word| -> Result<()> {
        if ctx.viewer().can(action) {
            let filter = Filter { state: Some(state), ..Filter::default() };
            let count = match leads::count(&ctx, &filter).await? {
                Total::Exactly(rows) => number(rows),
                Total::MoreThan(_) => words(visit.locale).many.to_owned(),
            };
            waiting.push((format!("{path}?state={state}"), word, count));
        }
        Ok(())
    };
    add(Action::DispatchLead, paths::LEAD_DISPATCH, State::Undispatched, t.to_dispatch).await?;
    add(Action::ViewLeads, paths::LEADS, State::Dispatched, t.to_follow).await?;
    add(Action::ViewLeads, paths::LEADS, State::Following, t.due).await?;
    Ok(waiting)
}
