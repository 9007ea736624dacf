//! The line of views above a list.

use leptos::prelude::*;
use partner_center::views::{List, MOST, View};

use super::{address, all, text};
use crate::{form, paths, text::words, visit::Visit};

/// Links to the saved views, the current one marked, and the form that keeps this one.
#[component]
pub fn ViewBar(
    visit: Visit,
    list: List,
    /// The question that is shown, as a view would keep it.
    current: String,
    views: Vec<View>,
) -> impl IntoView {
    let (t, shell) = (text::words(visit.locale), words(visit.locale));
    let is_kept = views.iter().any(|view| view.query == current);
    let may_keep = !is_kept && !current.is_empty() && views.len() < MOST;
    if views.is_empty() && !may_keep {
        return ().into_any();
    }
    let mark = |is_current: bool| is_current.then_some("true");
    let links = views.iter().map(|view| {
        let is_current = view.query == current;
        let name = view.name.clone();
        let default = view.is_default.then(|| view! { <span class="views__default">{t.default}</span> });
        view! {
            <li>
                <a href=address(list, view) aria-current=mark(is_current)>
                    <bdi>{name}</bdi>
                    {default}
                </a>
            </li>
        }
    });
    let links = (!views.is_empty()).then(|| {
        let links = links.collect_view();
        view! {
            <ul class="views__list">
                <li>
                    <a href=all(list) aria-current=mark(current.is_empty())>
                        {t.everything}
                    </a>
                </li>
                {links}
            </ul>
        }
    });
    let keep = may_keep.then(|| {
        view! {
            <details class="columns views__keep">
                <summary class="button button--small">{t.keep}</summary>
                <form class="columns__panel form" method="post" action=paths::views(list)>
                    <input type="hidden" name="once" value=form::token() />
                    <input type="hidden" name="query" value=current.clone() />
                    <div class="field">
                        <label class="field__label" for="view-name">
                            {t.name}
                        </label>
                        <input id="view-name" name="name" type="text" required=true maxlength="32" autocomplete="off" />
                    </div>
                    <label class="choice">
                        <input type="checkbox" name="default" value="yes" />
                        <span>{t.as_default}</span>
                    </label>
                    <button class="button button--primary button--small" name="act" value="save">
                        {shell.save}
                    </button>
                </form>
            </details>
        }
    });
    let manage = (!views.is_empty()).then(|| {
        view! {
            <a class="button button--text button--small" href=paths::views(list)>
                {t.manage}
            </a>
        }
    });
    view! {
        <nav class="views" aria-label=t.title>
            {links} {keep} {manage}
        </nav>
    }
    .into_any()
}
