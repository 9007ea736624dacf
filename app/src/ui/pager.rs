//! The pager of a list: total, numbers inside the window, previous and next everywhere, page size.

use leptos::prelude::*;
use partner_center::page::{Cursor, SIZES, Slice, Start, Total};

use crate::text::{Locale, number, words};

/// Where one may go from a page.
pub struct Around {
    pub slice: Slice,
    pub total: Total,
    pub before: Option<Cursor>,
    pub after: Option<Cursor>,
}

/// So many pages are all numbered, wherever one is.
const SHORT: u64 = 5;

/// The query parts that choose a page: page, after, before.
pub type Target = (String, String, String);

/// The pager. `to` makes the address of a page, `sizes` the form fields that keep the rest of the query.
#[component]
pub fn Pager<T>(locale: Locale, around: Around, to: T, path: String, kept: Vec<(String, String)>) -> impl IntoView
where
    T: Fn(Target) -> String,
{
    let t = words(locale);
    let Around { slice, total, before, after } = around;
    let pages = total.numbered_pages(slice.size);
    let current = match slice.start {
        Start::Number(page) => Some(page),
        Start::After(_) | Start::Before(_) => None,
    };
    let numbered = |page: u64| (if page == 1 { String::new() } else { page.to_string() }, String::new(), String::new());
    let previous = match (current, before) {
        (Some(1), _) => None,
        (Some(page), _) => Some(to(numbered(page - 1))),
        (None, Some(cursor)) => Some(to((String::new(), String::new(), cursor.to_string()))),
        (None, None) => None,
    };
    let next = match (current, after) {
        (Some(page), Some(_)) if page < pages => Some(to(numbered(page + 1))),
        (_, Some(cursor)) => Some(to((String::new(), cursor.to_string(), String::new()))),
        (_, None) => None,
    };
    let numbers = shown_pages(current.unwrap_or(0), pages).into_iter().map(|page| match page {
        Some(page) => {
            let here = (current == Some(page)).then_some("page");
            let name = match locale {
                Locale::Chinese => format!("第 {page} 页"),
                Locale::English => format!("Page {page}"),
            };
            view! {
                <li>
                    <a href=to(numbered(page)) aria-current=here aria-label=name>
                        {page}
                    </a>
                </li>
            }
            .into_any()
        }
        None => view! { <li aria-hidden="true">"…"</li> }.into_any(),
    });
    let numbers = numbers.collect_view();
    let count = match total {
        Total::Exactly(rows) => number(rows),
        Total::MoreThan(_) => t.many.to_owned(),
    };
    let step = |href: Option<String>, word: &'static str, rel: &'static str| match href {
        Some(href) => view! { <li><a href=href rel=rel>{word}</a></li> }.into_any(),
        None => view! { <li><span aria-disabled="true">{word}</span></li> }.into_any(),
    };
    let sizes = SIZES.into_iter().map(
        |size| view! { <option value=size selected=size == slice.size>{format!("{size} {}", t.per_page)}</option> },
    );
    let sizes = sizes.collect_view();
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let kept = kept.collect_view();
    // Where every number stands there already, none needs to be typed.
    let jump = (pages > SHORT).then(|| {
        view! {
            <label>
                {t.go_to_page}
                <input class="pager__jump" type="number" name="page" min="1" max=pages inputmode="numeric" />
            </label>
        }
    });
    view! {
        <nav class="pager" aria-label=t.pager>
            <p class="pager__total">{format!("{} {count} {}", t.total_prefix, t.total_suffix)}</p>
            <ul class="pager__pages">{step(previous, t.previous, "prev")} {numbers} {step(next, t.next, "next")}</ul>
            <form class="pager__size" method="get" action=path>
                {kept}
                <label>
                    <span class="visually-hidden">{t.page_size}</span>
                    <select name="size">{sizes}</select>
                </label>
                {jump}
                <button class="button button--small">{t.apply}</button>
            </form>
        </nav>
    }
}

/// The numbers to show: the first, the last, and those around the current one; `None` for a gap.
fn shown_pages(current: u64, pages: u64) -> Vec<Option<u64>> {
    let near = |page: u64| page == 1 || page == pages || page.abs_diff(current) <= 2 || (current <= 3 && page <= 5);
    let mut shown = Vec::new();
    for page in 1..=pages {
        if near(page) {
            shown.push(Some(page));
        } else if shown.last() != Some(&None) {
            shown.push(None);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(current: u64, pages: u64) -> String {
        let word = |page: Option<u64>| page.map_or("…".to_owned(), |page| page.to_string());
        shown_pages(current, pages).into_iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_first_the_last_and_the_near_pages_are_numbered() {
        assert_eq!(text(1, 1), "1");
        assert_eq!(text(1, 500), "1 2 3 4 5 … 500");
        assert_eq!(text(7, 500), "1 … 5 6 7 8 9 … 500");
        assert_eq!(text(500, 500), "1 … 498 499 500");
        assert_eq!(text(0, 500), "1 2 3 4 5 … 500");
    }
}
