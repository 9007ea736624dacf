//! What happened to a thing, the newest first.

use leptos::prelude::*;

/// One event of a timeline.
pub struct TimelineEntry {
    pub what: String,
    pub when: String,
    pub who: String,
    /// What was said, line breaks kept.
    pub text: Option<String>,
    /// Further facts, such as the next date.
    pub notes: Vec<String>,
    pub files: Vec<TimelineFile>,
}

/// A file that hangs on an event.
pub struct TimelineFile {
    pub href: String,
    pub name: String,
    pub size: String,
}

/// A timeline.
#[component]
pub fn Timeline(entries: Vec<TimelineEntry>) -> impl IntoView {
    let entry = |entry: TimelineEntry| {
        let files = entry.files.into_iter().map(|file| {
            view! {
                <li>
                    <a href=file.href download>
                        <bdi>{file.name}</bdi>
                    </a>
                    " "
                    <span class="muted">{file.size}</span>
                </li>
            }
        });
        let files: Vec<_> = files.collect();
        view! {
            <li class="timeline__entry">
                <span class="timeline__dot" aria-hidden="true"></span>
                <div class="timeline__body">
                    <p class="timeline__what">
                        <bdi>{entry.what}</bdi>
                    </p>
                    <p class="timeline__meta">
                        <time>{entry.when}</time>
                        " "
                        <bdi>{entry.who}</bdi>
                    </p>
                    {entry.text.map(|text| view! { <p class="timeline__text"><bdi>{text}</bdi></p> })}
                    {(!files.is_empty()).then(|| view! { <ul class="timeline__files">{files}</ul> })}
                    {entry.notes.into_iter().map(|note| view! { <p class="timeline__meta">{note}</p> }).collect_view()}
                </div>
            </li>
        }
    };
    view! { <ol class="timeline">{entries.into_iter().map(entry).collect_view()}</ol> }
}
