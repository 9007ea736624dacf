//! A list on its page: search form, whose clock, table and pager, or why there is nothing.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    page::Page,
};

use super::{Asked, Condition, Listing, search};
use crate::{
    fault,
    text::words,
    ui::{Around, Empty, Pager, TableFrame},
    visit::Visit,
};

/// A list with the rows that were found.
pub struct Listed<L: Listing> {
    pub visit: Visit,
    pub asked: Asked<L::Conditions>,
    conditions: Vec<Condition>,
    found: Page<L::Row>,
    /// What is wrong with the conditions, to be said beside them.
    error: Option<Error>,
}

/// Finds what the page's address asks for.
pub async fn load<L: Listing>(visit: Option<Visit>, asked: Result<Asked<L::Conditions>>) -> Result<Listed<L>> {
    let (visit, asked) = (visit.ok_or(Error::Internal)?, asked?);
    let (found, error) = match L::find(&visit.ctx()?, &asked).await {
        Ok(found) => (found, None),
        Err(error) => (fault::nothing_found(&error, asked.slice()?)?, Some(error)),
    };
    let conditions = L::search(&visit).await?;
    Ok(Listed { visit, asked, conditions, found, error })
}

impl<L: Listing> Listed<L> {
    /// The list under the head of its page.
    pub fn view(self) -> Result<impl IntoView + use<L>> {
        let Listed { visit, asked, conditions, found, error } = self;
        let (locale, shell, set) = (visit.locale, words(visit.locale), asked.set());
        let form = search::form(locale, L::PATH, conditions, &set, &error);
        let around = Around { slice: found.slice, total: found.total, before: found.before, after: found.after };
        let list = if error.is_some() {
            // What was not understood was not searched, so nothing is said to be missing.
            ().into_any()
        } else if found.rows.is_empty() {
            let (title, text) = L::nothing_found(locale);
            view! { <Empty title text link=(L::PATH.to_owned(), shell.reset) /> }.into_any()
        } else {
            let ctx = visit.ctx()?;
            let columns = L::columns(locale).into_iter().filter(|column| column.is_shown_to(ctx.viewer()));
            let columns: Vec<_> = columns.collect();
            let heads = columns.iter().map(|column| view! { <th scope="col">{column.word()}</th> }).collect_view();
            let row = |row: &L::Row| columns.iter().map(|column| column.cell(row)).collect_view();
            let rows = found.rows.iter().map(|found| view! { <tr>{row(found)}</tr> }).collect_view();
            let head = view! { <tr>{heads}</tr> }.into_any();
            view! {
                <TableFrame caption=L::caption(locale) head>
                    {rows}
                </TableFrame>
                <Pager locale around to=move |target| asked.at(L::PATH, target) path=L::PATH.to_owned() kept=set />
            }
            .into_any()
        };
        Ok(view! {
            {form}
            <div class="toolbar">
                <div class="toolbar__end">
                    <span class="muted">{shell.zone}</span>
                </div>
            </div>
            {list}
        })
    }
}
