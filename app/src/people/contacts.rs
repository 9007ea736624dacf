//! 客户联系人: whom the partner's customers are shown, and the form that chooses them, place by place.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Code, Error, Problem, Result},
    ids::MemberId,
    people::{self, CONTACT_PLACES, ContactChoice, Contacts},
};

use super::{
    choices::{called, in_organisation},
    steps::sent,
    text,
    words::words,
};
use crate::{
    form::{self, PageForm, Params, Posted, Saved},
    islands::SendOnce,
    paths,
    text::{Locale, words as shell_words},
    ui::{Choice, Flash, FormShell, Hydration, PageHead, Select, SubmitBar, TableFrame, page},
    visit::Visit,
};

/// Chooses the contacts, a field a place.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ContactsForm {
    once: String,
    seen: String,
    first: String,
    second: String,
    third: String,
    fourth: String,
    fifth: String,
}

impl ContactsForm {
    fn places(&self) -> [&str; CONTACT_PLACES.len()] {
        [&self.first, &self.second, &self.third, &self.fourth, &self.fifth]
    }

    fn check(&self) -> Result<Vec<Option<MemberId>>> {
        let mut problems = Vec::new();
        let mut wanted = Vec::new();
        for (field, text) in CONTACT_PLACES.into_iter().zip(self.places()) {
            match (text, text.parse()) {
                ("", _) => wanted.push(None),
                (_, Ok(id)) => wanted.push(Some(id)),
                (_, Err(_)) => problems.push(Problem::new(field, Code::NotActive)),
            }
        }
        if problems.is_empty() { Ok(wanted) } else { Err(Error::Invalid(problems)) }
    }
}

impl PageForm for ContactsForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::SetContacts).await?;
        people::set_contacts(&ctx, &self.check()?, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::CONTACTS, "contacts-set"))
    }
}

/// The page.
#[component]
pub fn ContactsPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<ContactsForm>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let choice = people::contact_choice(&visit.ctx()?).await?;
        Ok(view(&visit, choice, posted))
    })
}

fn view(visit: &Visit, choice: ContactChoice, posted: (ContactsForm, Option<Error>)) -> impl IntoView + use<> {
    let (form, error) = posted;
    let ContactChoice { now, choices, seen } = choice;
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let labels: Vec<(&str, &str)> = CONTACT_PLACES.into_iter().zip(t.contact_places).collect();
    let values: Vec<String> = match error.is_some() {
        true => form.places().map(str::to_owned).to_vec(),
        false => now.people.iter().filter(|_| now.are_chosen).map(|contact| contact.id.to_string()).collect(),
    };
    let choices: Vec<Choice> = choices.iter().map(|one| Choice::new(one.id, called(one))).collect();
    let problem = form::beside(&error);
    let places = labels.iter().enumerate().map(|(place, (name, label))| {
        let value = values.get(place).cloned().unwrap_or_default();
        let error = problem(name);
        view! { <Select locale name=name label=label value choices=choices.clone() error blank=t.nobody /> }
    });
    let places = places.collect_view();
    view! {
        <PageHead locale title=t.contacts crumbs=in_organisation(locale) />
        <Flash word=flash />
        <p class="muted">{t.contacts_hint}</p>
        {shown(locale, now)}
        <section class="card">
            <h2 class="card__title">{t.choose_contacts}</h2>
            <SendOnce word=shell.saving.to_owned()>
                <FormShell locale action=paths::CONTACTS.to_owned() error labels class="form--grid">
                    <input type="hidden" name="seen" value=seen />
                    {places}
                    <SubmitBar locale word=t.keep_contacts back=paths::MEMBERS.to_owned() />
                </FormShell>
            </SendOnce>
        </section>
        <Hydration />
    }
}

/// What the customers see.
fn shown(locale: Locale, now: Contacts) -> impl IntoView + use<> {
    let t = words(locale);
    let rows = now.people.into_iter().map(|contact| {
        view! {
            <tr>
                <td>
                    <bdi>{contact.name}</bdi>
                </td>
                <td>{contact.phone.text().to_owned()}</td>
                <td>
                    <bdi>{contact.email.text().to_owned()}</bdi>
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = view! {
        <tr>
            <th scope="col">{t.name}</th>
            <th scope="col">{t.phone}</th>
            <th scope="col">{t.email}</th>
        </tr>
    };
    view! {
        {(!now.are_chosen).then(|| view! { <p class="flash flash--info">{t.no_contacts}</p> })}
        <TableFrame caption=t.contacts_shown head=head.into_any()>
            {rows}
        </TableFrame>
    }
}
