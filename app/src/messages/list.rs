//! The list of messages: by group, read or not, a page at a time.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    messages::{self, Filter, Group, MessageRow, Object, Query},
    moment::Moment,
    page::{Slice, Start, Total},
};
use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use super::text;
use crate::{
    form::{PageForm, Params, Saved},
    paths, query,
    text::{date_time, relative, words},
    ui::{Around, Choice, Empty, PageHead, Pager, Select, page},
    visit::Visit,
};

/// Marks one message as read, or all that were there when the page was made.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MarkRead {
    id: String,
    group: String,
    /// When the page was made, in milliseconds.
    until: String,
    back: String,
}

impl PageForm for MarkRead {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        if self.id.is_empty() {
            // Whoever shows no page means all that there is.
            let until = match self.until.as_str() {
                "" => visit.now,
                until => Moment(until.parse().map_err(|_| Error::Malformed)?),
            };
            messages::mark_all_read(&ctx, query::coded(&self.group)?, until).await?;
        } else {
            messages::mark_read(&ctx, self.id.parse().map_err(|_| Error::NotFound)?).await?;
        }
        Ok(Saved::at(if self.back.is_empty() { paths::MESSAGES } else { self.back.as_str() }))
    }
}

/// The query of the page's address.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
struct MessagesQuery {
    group: String,
    read: String,
    size: String,
    page: String,
    after: String,
    before: String,
}

impl MessagesQuery {
    fn ask(&self) -> Result<Query> {
        let read = match self.read.as_str() {
            "" => None,
            "yes" => Some(true),
            "no" => Some(false),
            _ => return Err(Error::Malformed),
        };
        Ok(Query {
            filter: Filter { group: query::coded(&self.group)?, read },
            slice: Slice::parse(&self.page, &self.after, &self.before, &self.size).ok_or(Error::Malformed)?,
        })
    }

    fn at(&self, (page, after, before): crate::ui::Target) -> MessagesQuery {
        MessagesQuery { page, after, before, ..self.clone() }
    }

    fn kept(&self) -> Vec<(String, String)> {
        let all = [("group", &self.group), ("read", &self.read)];
        let set = all.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }

    fn is_narrowed(&self) -> bool {
        !self.group.is_empty() || !self.read.is_empty()
    }
}

/// The page of messages.
#[component]
pub fn MessagesPage() -> impl IntoView {
    let visit = Visit::current();
    let asked: Result<MessagesQuery> = query::read();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let asked = asked?;
        let ctx = visit.ctx()?;
        let found = messages::list(&ctx, &asked.ask()?).await?;
        let filter = Filter { read: Some(false), ..asked.ask()?.filter };
        let unread = messages::count(&ctx, filter).await? != Total::Exactly(0);
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let around = Around { slice: found.slice, total: found.total, before: found.before, after: found.after };
        let list = if found.rows.is_empty() {
            empty(&visit, &asked, around.slice.start != Start::Number(1)).into_any()
        } else {
            let lines = found.rows.into_iter().map(|row| line(&visit, row)).collect_view();
            let (kept, asked) = (asked.kept(), asked.clone());
            view! {
                <ul class="messages">{lines}</ul>
                <Pager locale around to=move |target| query::address(paths::MESSAGES, &asked.at(target)) path=paths::MESSAGES.to_owned() kept />
            }
            .into_any()
        };
        let groups: Vec<Choice> = Group::iter().map(|group| Choice::new(group, text::group(locale, group))).collect();
        let reads = vec![Choice::new("no", t.unread_only), Choice::new("yes", t.read_only)];
        let (back, group, until) = (visit.address.clone(), asked.group.clone(), visit.now.0.to_string());
        Ok(view! {
            <PageHead locale title=shell.messages crumbs=Vec::new()>
                {unread
                    .then(|| {
                        view! {
                            <form method="post" action=paths::MESSAGES>
                                <input type="hidden" name="back" value=back />
                                <input type="hidden" name="group" value=group />
                                <input type="hidden" name="until" value=until />
                                <button class="button">{t.mark_all}</button>
                            </form>
                        }
                    })}
                <a class="button" href=paths::MESSAGE_SETTINGS>
                    {t.settings}
                </a>
            </PageHead>
            <form class="search" method="get" action=paths::MESSAGES role="search">
                <div class="search__fields">
                    <Select locale name="group" label=t.group value=asked.group choices=groups error=None blank=shell.any />
                    <Select locale name="read" label=t.read_or_not value=asked.read choices=reads error=None blank=shell.any />
                </div>
                <div class="search__buttons">
                    <button class="button button--primary">{shell.search}</button>
                    <a class="button" href=paths::MESSAGES>
                        {shell.reset}
                    </a>
                </div>
            </form>
            {list}
        })
    })
}

/// Why there is nothing: nothing yet, nothing like this, or nothing on this page.
fn empty(visit: &Visit, asked: &MessagesQuery, elsewhere: bool) -> impl IntoView + use<> {
    let (t, shell) = (text::words(visit.locale), words(visit.locale));
    if elsewhere {
        let first = query::address(paths::MESSAGES, &asked.at(Default::default()));
        view! { <Empty title=shell.no_such_page_title text=t.nothing_found_text link=(first, shell.first_page) /> }
            .into_any()
    } else if asked.is_narrowed() {
        let all = (paths::MESSAGES.to_owned(), shell.reset);
        view! { <Empty title=t.nothing_found_title text=t.nothing_found_text link=all /> }.into_any()
    } else {
        view! { <Empty title=t.empty_title text=t.empty_text /> }.into_any()
    }
}

fn line(visit: &Visit, row: MessageRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let sentence = text::sentence(locale, &row.about, None);
    let href = match row.about.notice.object() {
        Object::Lead(lead) => Some(paths::lead(lead)),
        Object::Import(import) => Some(paths::import(import)),
        Object::Export(_) => Some(paths::EXPORTS.to_owned()),
        Object::Nothing => None,
    };
    let mark = (!row.is_read).then(|| {
        let name = format!("{}: {sentence}", t.mark_one);
        view! {
            <form method="post" action=paths::MESSAGES>
                <input type="hidden" name="id" value=row.id.to_string() />
                <input type="hidden" name="back" value=visit.address.clone() />
                <button class="button button--text button--small" aria-label=name>
                    {t.mark_one}
                </button>
            </form>
        }
    });
    let unread = (!row.is_read).then(|| view! { <span class="visually-hidden">{t.unread}</span> });
    let sentence = match href.filter(|_| row.about.is_visible) {
        Some(href) => view! { <a href=href>{sentence}</a> }.into_any(),
        None => view! { <span>{sentence}</span> }.into_any(),
    };
    view! {
        <li class="messages__line" class:is-unread=!row.is_read>
            <span>{unread} {sentence}</span>
            <span class="messages__end">
                {mark} <time class="muted" title=date_time(row.at)>
                    {relative(locale, row.at, visit.now)}
                </time>
            </span>
        </li>
    }
}
