//! What every page is made of: its head, its way back, its answer when it fails, its words when it is empty.

use leptos::prelude::*;
use leptos_meta::Title;
use partner_center::error::Result;

use crate::{
    fault::FaultPage,
    keyboard::Keyboard,
    text::{Locale, words},
};

/// Renders a page that loads first. What fails becomes the error page, with its status.
pub fn page<V: IntoView + 'static>(load: impl Future<Output = Result<V>> + Send + 'static) -> impl IntoView {
    view! {
        <Suspense>
            {Suspend::new(async move {
                match load.await {
                    Ok(view) => view.into_any(),
                    Err(error) => view! { <FaultPage error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}

/// One step of the way to a page: a word, and the address if it is a page itself.
pub type Crumb = (&'static str, Option<String>);

/// A page's way, heading and main acts. The title is one of our own words: it is written into the page as it is.
#[component]
pub fn PageHead(
    locale: Locale,
    title: &'static str,
    crumbs: Vec<Crumb>,
    /// What follows the title in the heading alone, such as a number; not in the browser's title.
    #[prop(optional, into)]
    detail: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let t = words(locale);
    // A page right under the home page needs no way back.
    let way = (!crumbs.is_empty()).then(|| {
        view! {
            <nav class="breadcrumb" aria-label=t.breadcrumb>
            <ol>
                {crumbs
                    .into_iter()
                    .map(|(word, href)| match href {
                        Some(href) => view! { <li><a href=href>{word}</a></li> }.into_any(),
                        None => view! { <li>{word}</li> }.into_any(),
                    })
                    .collect_view()}
                <li aria-current="page">{title}</li>
            </ol>
        </nav>
        }
    });
    view! {
        <Title text=title />
        {way}
        <header class="page__head">
            <h1>{title} {detail.map(|detail| view! { " " <bdi>{detail}</bdi> })}</h1>
            {children.map(|children| view! { <div class="page__actions">{children()}</div> })}
        </header>
    }
}

/// What the last act came to.
#[component]
pub fn Flash<W: Into<String>>(word: Option<W>) -> impl IntoView {
    let word: Option<String> = word.map(Into::into);
    word.map(|word| view! { <p class="flash flash--ok" role="status">{word}</p> })
}

/// Why there is nothing, and what to do about it.
#[component]
pub fn Empty(
    title: &'static str,
    text: &'static str,
    #[prop(optional)] link: Option<(String, &'static str)>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <p class="empty__title">{title}</p>
            <p class="empty__text">{text}</p>
            {link.map(|(href, word)| view! { <a class="button" href=href>{word}</a> })}
        </div>
    }
}

/// Loads the islands' program, and with it the keyboard shortcuts. Pages without islands leave it out and load nothing.
#[component]
pub fn Hydration() -> impl IntoView {
    use_context::<LeptosOptions>().map(|options| {
        view! {
            <Keyboard />
            <HydrationScripts options islands=true />
        }
    })
}
