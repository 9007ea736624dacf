//! Parts of the table that all lists share: its frame, sortable heads, the eye, masked cells, column settings.

use leptos::prelude::*;
use partner_center::contact::Shown;

use crate::{
    text::{Locale, words},
    ui::Icon,
    visit::Visit,
};

/// A table in its own scrolling frame, named for those who cannot see it.
#[component]
pub fn TableFrame(caption: &'static str, head: AnyView, children: Children) -> impl IntoView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="table">
                <caption class="visually-hidden">{caption}</caption>
                <thead>{head}</thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// A head that sorts. `sorted` is the direction if the list is sorted by it: ascending or not.
#[component]
pub fn SortHead(locale: Locale, word: &'static str, href: String, sorted: Option<bool>) -> impl IntoView {
    let t = words(locale);
    let (aria, spoken) = match sorted {
        Some(true) => (Some("ascending"), t.sorted_ascending),
        Some(false) => (Some("descending"), t.sorted_descending),
        None => (None, ""),
    };
    view! {
        <th scope="col" aria-sort=aria>
            <a class="table__sort" href=href>
                {word} <span class="table__arrow" aria-hidden="true"></span>
                <span class="visually-hidden">{spoken}</span>
            </a>
        </th>
    }
}

/// The head of a masked column, with its eye if there is one.
#[component]
pub fn EyeHead(
    visit: Visit,
    word: &'static str,
    /// The column's code.
    column: String,
    /// Where the form posts.
    action: &'static str,
    open: bool,
    /// Whether there is an eye at all.
    eye: bool,
    /// How many rows it opens.
    #[prop(default = 1)]
    rows: usize,
) -> impl IntoView {
    let eye = eye.then(|| view! { <Eye visit word column action open rows /> });
    view! { <th scope="col">{word} {eye}</th> }
}

/// The eye of a masked column or fact. It is a plain form; the island around it answers faster.
#[component]
pub fn Eye(
    visit: Visit,
    word: &'static str,
    column: String,
    action: &'static str,
    open: bool,
    /// How many rows it opens.
    #[prop(default = 1)]
    rows: usize,
) -> impl IntoView {
    let t = words(visit.locale);
    // The name stays; whether the column is open is the button's state.
    let name = format!("{} {word}", t.show);
    let field = column.clone();
    view! {
        <form class="eye" method="post" action=action data-eye=column data-open-by-server=open.then_some("")>
            <input type="hidden" name="field" value=field />
            <input type="hidden" name="open" value=if open { "" } else { "yes" } />
            <input type="hidden" name="back" value=visit.address.clone() />
            {(rows > 1).then(|| view! { <input type="hidden" name="rows" value=rows /> })}
            <button class="eye__button" aria-pressed=open.to_string() aria-label=name.clone() title=name>
                <span class="eye__open">
                    <Icon name="eye" />
                </span>
                <span class="eye__closed">
                    <Icon name="eye-off" />
                </span>
            </button>
        </form>
    }
}

/// A cell of a masked column. It says which row and column it is, so that the eye can fill it.
#[component]
pub fn MaskedCell(column: String, row: String, shown: Shown) -> impl IntoView {
    view! {
        <td class="is-masked" data-column=column data-row=row>
            <bdi>{shown.text().to_owned()}</bdi>
        </td>
    }
}

/// The choice of columns, kept for the member.
#[component]
pub fn ColumnSettings(
    visit: Visit,
    action: &'static str,
    /// Code, word, and whether it is shown.
    columns: Vec<(&'static str, &'static str, bool)>,
) -> impl IntoView {
    let t = words(visit.locale);
    let boxes = columns.into_iter().map(|(code, word, shown)| {
        view! {
            <label class="choice">
                <input type="checkbox" name="shown" value=code checked=shown />
                <span>{word}</span>
            </label>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <details class="columns">
            <summary class="button button--small">
                <Icon name="gear" />
                {t.columns}
            </summary>
            <form class="columns__panel" method="post" action=action>
                <p class="muted">{t.columns_hint}</p>
                <input type="hidden" name="back" value=visit.address />
                <div>{boxes}</div>
                <button class="button button--primary button--small">{t.save}</button>
            </form>
        </details>
    }
}
