//! The dialog that explains the keys, the page that does so without a script, and the switch on both.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    preferences::{self, Preference},
};

use super::{island::Keys, text};
use crate::{
    form::{PageForm, Params, Saved},
    paths,
    text::{Locale, words},
    ui::{Flash, Icon, PageHead, page},
    visit::Visit,
};

/// Switches the shortcuts on or off, for the member and for good.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KeyboardForm {
    on: String,
    back: String,
}

impl PageForm for KeyboardForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let on = !self.on.is_empty();
        let (value, flash) = if on { ("on", "keyboard-on") } else { ("off", "keyboard-off") };
        preferences::set(&visit.ctx()?, Preference::Keyboard, value).await?;
        if self.back.is_empty() {
            return Ok(Saved::telling(paths::KEYBOARD, flash));
        }
        Ok(Saved::at(self.back.as_str()))
    }
}

/// Whether the member wants shortcuts; they are there until somebody says no.
fn wanted(visit: &Visit) -> bool {
    visit.preference(Preference::Keyboard) != Some("off")
}

/// The shortcuts of a page that loads the islands' program.
#[component]
pub fn Keyboard() -> impl IntoView {
    let visit = Visit::current().filter(|visit| visit.signed_in.is_some());
    visit.filter(wanted).map(|visit| {
        let help = help(&visit).into_any();
        view! { <Keys>{help}</Keys> }
    })
}

fn help(visit: &Visit) -> impl IntoView + use<> {
    let locale = visit.locale;
    let shell = words(locale);
    let switch = switch(locale, true, visit.address.clone());
    view! {
        <dialog class="dialog" aria-labelledby="keyboard-title">
            <header class="dialog__head">
                <h2 id="keyboard-title">{shell.keyboard}</h2>
                <form method="dialog">
                    <button class="dialog__close button--text" aria-label=shell.close>
                        <Icon name="close" />
                    </button>
                </form>
            </header>
            <div class="dialog__body">{table(locale)} {switch}</div>
        </dialog>
    }
}

/// 键盘快捷键
#[component]
pub fn KeyboardPage() -> impl IntoView {
    let visit = Visit::current();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let on = wanted(&visit);
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        Ok(view! {
            <PageHead locale title=shell.keyboard crumbs=Vec::new() />
            <Flash word=flash />
            <section class="card">
                {table(locale)}
                {(!on).then(|| view! { <p>{t.is_off}</p> })}
                {switch(locale, on, String::new())}
            </section>
        })
    })
}

fn table(locale: Locale) -> impl IntoView {
    let t = text::words(locale);
    let rows = t.keys.iter().map(|(key, does)| {
        view! {
            <tr>
                <th scope="row">
                    <kbd>{*key}</kbd>
                </th>
                <td>{*does}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <p class="muted">{t.hint}</p>
        <table class="keys">
            <thead>
                <tr>
                    <th scope="col">{t.key}</th>
                    <th scope="col">{t.does}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn switch(locale: Locale, is_on: bool, back: String) -> impl IntoView {
    let t = text::words(locale);
    let (on, word) = if is_on { ("", t.switch_off) } else { ("yes", t.switch_on) };
    view! {
        <form method="post" action=paths::KEYBOARD>
            <input type="hidden" name="on" value=on />
            <input type="hidden" name="back" value=back />
            <button class="button button--small">{word}</button>
        </form>
    }
}
