//! 消息中心: what the member should know of, with a link to the thing.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    leads,
    messages::{self, Kind, MessageRow},
};

use crate::{
    form::{PageForm, Params, Saved},
    paths,
    text::{Locale, relative, words},
    ui::{Empty, PageHead, page},
    visit::Visit,
};

/// Marks all as read.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MarkRead {}

impl PageForm for MarkRead {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        messages::mark_all_read(&visit.ctx()?).await?;
        Ok(Saved::at(paths::MESSAGES))
    }
}

/// The page of messages.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let visit = Visit::current();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let rows = messages::list(&visit.ctx()?).await?;
        let (locale, t) = (visit.locale, words(visit.locale));
        let unread = rows.iter().any(|row| !row.is_read);
        let list = if rows.is_empty() {
            let (title, text) = locale.pick(
                ("没有消息", "有新的线索派发给您时，会在这里通知。"),
                ("No messages", "You are told here when leads are dispatched to you."),
            );
            view! { <Empty title text /> }.into_any()
        } else {
            let lines = rows.into_iter().map(|row| line(&visit, row)).collect_view();
            view! { <ul class="messages">{lines}</ul> }.into_any()
        };
        Ok(view! {
            <PageHead locale title=t.messages crumbs=Vec::new()>
                {unread
                    .then(|| {
                        view! {
                            <form method="post" action=paths::MESSAGES>
                                <button class="button">{locale.pick("全部标为已读", "Mark all as read")}</button>
                            </form>
                        }
                    })}
            </PageHead>
            {list}
        })
    })
}

fn line(visit: &Visit, row: MessageRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let number = row.lead_number.map(leads::display_number);
    let sentence = match (row.kind, &number) {
        (Kind::LeadDispatched, Some(number)) => match locale {
            Locale::Chinese => format!("线索 {number} 已派发给您，请及时跟进"),
            Locale::English => format!("Lead {number} has been dispatched to you"),
        },
        // It has gone to somebody else since; nothing of it is told any more.
        (Kind::LeadDispatched, None) => locale
            .pick(
                "有一条线索曾派发给您，现已转给他人",
                "A lead was dispatched to you and has since gone to somebody else",
            )
            .to_owned(),
    };
    let sentence = match number {
        Some(_) => view! { <a href=paths::lead(row.lead)>{sentence}</a> }.into_any(),
        None => view! { <span>{sentence}</span> }.into_any(),
    };
    view! {
        <li class="messages__line" class:is-unread=!row.is_read>
            {sentence} " " <time class="muted">{relative(locale, row.at, visit.now)}</time>
        </li>
    }
}
