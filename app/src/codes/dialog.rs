//! The dialog that asks for a code. It stands over the page of a refused form and sends that form again, with what was
//! typed in it, together with the code or with the wish for another one.

use leptos::prelude::*;
use partner_center::{
    codes::{Needed, Sent},
    contact::Shown,
    messages::Channel,
    outbox::State,
};

use super::{islands::ResendWait, text};
use crate::{
    form,
    messages::text as messages,
    text::{clock_time, words},
    ui::Dialog,
    visit::Visit,
};

/// How long one is asked to wait for a code before asking for another, in seconds.
const RESEND_SECONDS: i64 = 60;

/// Asks for the code. `kept` are the fields of the refused form.
#[component]
pub fn CodeDialog(
    visit: Visit,
    needed: Needed,
    /// Where the form posts.
    action: String,
    kept: Vec<(&'static str, String)>,
    /// Where one goes who gives up.
    back: String,
) -> impl IntoView {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let Needed { operation, sms, email, sent, trouble } = needed;
    let none = sms.is_none() && email.is_none();
    let trouble =
        trouble.map(|trouble| view! { <p class="form__summary" role="alert">{text::trouble(locale, trouble)}</p> });
    let told = sent.map(|sent| told(&visit, sent, &sms, &email));
    let kept = kept.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let kept = kept.collect_view();
    let wait = sent.map_or(0, |sent| (RESEND_SECONDS - (visit.now.0 - sent.at.0) / 1000).clamp(0, RESEND_SECONDS));
    let ways = [(Channel::Sms, sms), (Channel::Email, email)].into_iter().filter_map(|(channel, shown)| {
        let word = if sent.is_some() { text::again(locale, channel) } else { text::send(locale, channel) };
        let class = if sent.is_some() { "button button--small" } else { "button button--primary" };
        let word = format!("{word} ({})", shown?.text());
        Some(view! { <button class=class name="code_by" value=channel.to_string() formnovalidate>{word}</button> })
    });
    let ways = ways.collect_view();
    let entry = sent.map(|_| {
        view! {
            <div class="field">
                <label class="field__label" for="code">
                    {t.code}
                </label>
                <input id="code" name="code" class="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="6" pattern="[0-9]{6}" required autofocus aria-describedby="code-told" />
            </div>
            <div class="form__buttons">
                <button class="button button--primary" type="submit">
                    {shell.confirm}
                </button>
                <a class="button" href=back.clone()>
                    {shell.cancel}
                </a>
            </div>
        }
    });
    view! {
        <Dialog locale title=t.dialog_title back=back.clone()>
            <div class="dialog__body">
                <p>{text::why(locale, operation)}</p>
                {trouble} <div id="code-told" role="status">
                    {told}
                </div>
                {none.then(|| view! { <p class="flash flash--warn">{t.no_address}</p> })}
                <form class="form" method="post" action=action novalidate>
                    <input type="hidden" name="once" value=form::token() />
                    {kept} {entry} <ResendWait seconds=wait.unsigned_abs() as u32>
                        <div class="form__buttons">{ways}</div>
                    </ResendWait>
                    <p class="field__hint">{t.limits}</p>
                </form>
            </div>
        </Dialog>
    }
}

/// What has become of the code that was sent.
fn told(visit: &Visit, sent: Sent, sms: &Option<Shown>, email: &Option<Shown>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let address = match sent.by {
        Channel::Sms => sms,
        Channel::Email => email,
    };
    let address = address.as_ref().map_or("--", Shown::text).to_owned();
    if sent.state == State::Failed {
        let reason = sent.reason.map_or("", |reason| messages::reason(locale, reason));
        return view! { <p class="flash flash--warn">{text::failed(locale, &address, reason)}</p> }.into_any();
    }
    view! { <p class="flash flash--info">{text::sent(locale, &address, &clock_time(sent.until), sent.tries_left)}</p> }
        .into_any()
}
