//! 消息接收人: whom else the tenant wants told, by kind of message. What they are reached by is masked, and has no eye.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    contact::{Email, Flaw, PersonName, Phone},
    error::{Code, Error, Problem, Result},
    messages::{self, Kind, Language, NewReceiver, ReceiverRow},
};
use strum::IntoEnumIterator;

use super::{settings::closed, text};
use crate::{
    form::{self, PageForm, Params, Posted, Saved, id_of},
    islands::SendOnce,
    paths,
    text::words,
    ui::{Choice, Empty, Field, Flash, FormShell, Hydration, PageHead, Select, TableFrame, page},
    visit::Visit,
};

/// Adds a receiver.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AddReceiver {
    once: String,
    kind: String,
    name: String,
    email: String,
    phone: String,
    language: String,
}

impl AddReceiver {
    fn check(&self) -> Result<NewReceiver> {
        let mut problems = Vec::new();
        let kind = self.kind.parse().map_err(|_| {
            let code = if self.kind.is_empty() { Code::Required } else { Code::Unknown };
            problems.push(Problem::new("kind", code));
        });
        let name = PersonName::parse(&self.name).map_err(|flaw: Flaw| problems.push(Problem::new("name", flaw.into())));
        let email = given(&mut problems, "email", &self.email, Email::parse);
        let phone = given(&mut problems, "phone", &self.phone, Phone::parse);
        if phone.as_ref().is_some_and(|phone| !phone.is_mobile()) {
            problems.push(Problem::new("phone", Code::NotAMobile));
        }
        if problems.is_empty() && email.is_none() && phone.is_none() {
            problems.push(Problem::new("email", Code::PhoneOrEmail));
        }
        let language = if self.language.is_empty() { Ok(Language::default()) } else { self.language.parse() };
        let language = language.map_err(|_| problems.push(Problem::new("language", Code::Unknown)));
        match (kind, name, language) {
            (Ok(kind), Ok(name), Ok(language)) if problems.is_empty() => {
                Ok(NewReceiver { kind, name, email, phone, language })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

fn given<T>(
    problems: &mut Vec<Problem>,
    field: &'static str,
    text: &str,
    parse: impl Fn(&str) -> std::result::Result<T, Flaw>,
) -> Option<T> {
    if text.trim().is_empty() {
        return None;
    }
    parse(text).map_err(|flaw| problems.push(Problem::new(field, flaw.into()))).ok()
}

impl PageForm for AddReceiver {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageReceivers).await?;
        messages::add_receiver(&ctx, &self.check()?, form::token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::MESSAGE_RECEIVERS, "receiver-added"))
    }
}

/// Takes a receiver away.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RemoveReceiver {}

impl PageForm for RemoveReceiver {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageReceivers).await?;
        messages::remove_receiver(&ctx, id_of(params)?).await?;
        Ok(Saved::telling(paths::MESSAGE_RECEIVERS, "receiver-removed"))
    }
}

/// The page of receivers.
#[component]
pub fn ReceiversPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<AddReceiver>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        let rows = messages::receivers(&ctx).await?;
        let (form, error) = posted;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        let problem = form::beside(&error);
        let labels =
            vec![("kind", t.kind), ("name", t.name), ("email", t.email), ("phone", t.phone), ("language", t.language)];
        let kinds: Vec<Choice> = Kind::iter().map(|kind| Choice::new(kind, text::kind(locale, kind))).collect();
        let languages: Vec<Choice> =
            Language::iter().map(|language| Choice::new(language, text::language(language))).collect();
        let crumbs = vec![
            (shell.messages, Some(paths::MESSAGES.to_owned())),
            (t.settings, Some(paths::MESSAGE_SETTINGS.to_owned())),
        ];
        Ok(view! {
            <PageHead locale title=t.receivers crumbs />
            <Flash word=flash />
            <p class="muted">{t.receivers_hint}</p>
            {closed(locale, messages::closed(&ctx))}
            {listed(&visit, rows)}
            <section class="card">
                <h2 class="card__title">{t.add_receiver}</h2>
                <SendOnce word=shell.saving.to_owned()>
                    <FormShell locale action=paths::MESSAGE_RECEIVERS.to_owned() error=error.clone() labels class="form--grid">
                        <Select locale name="kind" label=t.kind value=form.kind choices=kinds error=problem("kind") blank=shell.please_choose required=true />
                        <Field locale name="name" label=t.name value=form.name error=problem("name") required=true autocomplete="off" />
                        <Field locale name="email" label=t.email value=form.email error=problem("email") autocomplete="off" />
                        <Field locale name="phone" label=t.phone value=form.phone error=problem("phone") kind="tel" autocomplete="off" />
                        <Select locale name="language" label=t.language value=form.language choices=languages error=problem("language") />
                        <div class="form__buttons">
                            <button class="button button--primary" type="submit">
                                {t.add_receiver}
                            </button>
                        </div>
                    </FormShell>
                </SendOnce>
            </section>
            <Hydration />
        })
    })
}

fn listed(visit: &Visit, rows: Vec<ReceiverRow>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    if rows.is_empty() {
        return view! { <Empty title=t.no_receivers_title text=t.no_receivers_text /> }.into_any();
    }
    let rows = rows.into_iter().map(|row| {
        let kind = text::kind(locale, row.kind);
        let name = format!("{}: {kind} {}", t.remove, row.name.text());
        view! {
            <tr>
                <td>{kind}</td>
                <td>
                    <bdi>{row.name.text().to_owned()}</bdi>
                </td>
                <td>
                    <bdi>{row.email.text().to_owned()}</bdi>
                </td>
                <td>{row.phone.text().to_owned()}</td>
                <td>{text::language(row.language)}</td>
                <td class="table__actions">
                    <form method="post" action=paths::remove_receiver(row.id)>
                        <button class="button button--text button--small" aria-label=name>
                            {t.remove}
                        </button>
                    </form>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = view! {
        <tr>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.email}</th>
            <th scope="col">{t.phone}</th>
            <th scope="col">{t.language}</th>
            <th scope="col" class="table__actions">
                {shell.actions}
            </th>
        </tr>
    };
    view! { <TableFrame caption=t.receivers head=head.into_any()>{rows}</TableFrame> }.into_any()
}
