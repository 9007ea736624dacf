//! 创建人员, in two steps: the person, then the roles. The form carries the first step through the second, so that it
//! works without a script and going back loses nothing.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Code, Error, Problem, Result},
    people::{self, Held, NewPerson, PersonFields},
};

use super::{choices, steps::sent, text, words::words};
use crate::{
    codes::CodeDialog,
    form::{self, PageForm, Params, Posted, Saved},
    islands::SendOnce,
    paths,
    text::words as shell_words,
    ui::{Choice, Field, FormShell, Hydration, PageHead, Select, SubmitBar, Tick, page},
    visit::Visit,
};

/// The fields of a new member, of both steps.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewMemberForm {
    once: String,
    /// Which button was pressed: `person` is on to the roles, `back` is back to the person, `roles` is all of it.
    step: String,
    account: String,
    name: String,
    phone: String,
    email: String,
    telesales: String,
    password: String,
    roles: Vec<String>,
    supervisor: String,
    code: String,
    code_by: String,
}

impl NewMemberForm {
    fn person(&self) -> PersonFields {
        let form = self.clone();
        PersonFields { account: form.account, name: form.name, phone: form.phone, email: form.email }
    }
}

impl PageForm for NewMemberForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        if self.step == "back" {
            return Ok(Saved::again());
        }
        let (account, person) = self.person().check_new().map_err(Error::Invalid)?;
        match self.step.as_str() {
            "person" => return Ok(Saved::again()),
            "roles" => {}
            _ => return Err(Error::Malformed),
        }
        let new = NewPerson {
            account,
            person,
            telesales: !self.telesales.is_empty(),
            password: self.password.clone(),
            held: held(&self.roles)?,
            supervisor: supervisor(&self.supervisor)?,
        };
        let typed = form::typed(&self.once, &self.code, &self.code_by)?;
        let id = people::create(&ctx, &visit.hasher, &new, typed, sent(&self.once, "")?).await?;
        Ok(Saved::telling(paths::member(id), "member-created"))
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        let form = self.clone();
        let mut fields = vec![
            ("step", form.step),
            ("account", form.account),
            ("name", form.name),
            ("phone", form.phone),
            ("email", form.email),
            ("telesales", form.telesales),
            ("password", form.password),
            ("supervisor", form.supervisor),
        ];
        fields.extend(form.roles.into_iter().map(|role| ("roles", role)));
        fields
    }
}

/// The roles that a form names.
pub(super) fn held(roles: &[String]) -> Result<Vec<Held>> {
    let read = |code: &String| code.parse().map_err(|()| Problem::alone("roles", Code::Unknown));
    roles.iter().map(read).collect()
}

/// The supervisor that a form names, if it names one.
pub(super) fn supervisor(text: &str) -> Result<Option<partner_center::ids::MemberId>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::alone("supervisor", Code::NotASupervisor))
}

/// An initial password to propose.
pub(super) fn proposed() -> String {
    let chance = uuid::Uuid::new_v4().into_bytes();
    let mut bytes = [0; 12];
    // The seventh and ninth byte are not all chance.
    bytes[..6].copy_from_slice(&chance[..6]);
    bytes[6..].copy_from_slice(&chance[10..]);
    partner_center::password::initial(bytes)
}

/// The page of the form, at whichever step it is.
#[component]
pub fn NewMemberPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<NewMemberForm>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let (mut form, error) = posted;
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let (locale, t, shell) = (visit.locale, words(visit.locale), shell_words(visit.locale));
        let of_person = |problem: &Problem| ["account", "name", "phone", "email"].contains(&problem.field);
        let wrong_person = form::problems(error.as_ref()).iter().any(of_person);
        let at_roles = matches!(form.step.as_str(), "person" | "roles") && !wrong_person;
        if form.password.is_empty() {
            form.password = proposed();
        }
        let dialog = form::code_needed(error.as_ref()).map(|needed| {
            let (visit, kept, back) = (visit.clone(), form.carried(), paths::MEMBERS.to_owned());
            view! { <CodeDialog visit needed action=paths::NEW_MEMBER.to_owned() kept back /> }
        });
        let error = error.filter(|_| dialog.is_none());
        let fields = if at_roles {
            let (roles, supervisors) = (choices::roles(&ctx, locale).await?, choices::supervisors(&ctx).await?);
            roles_step(locale, form, error.as_ref(), roles, supervisors).into_any()
        } else {
            person_step(locale, form, error.as_ref()).into_any()
        };
        let labels = text::labels(locale);
        let step = if at_roles { t.step_roles } else { t.step_person };
        Ok(view! {
            <PageHead
                locale
                title=t.new
                detail=step
                crumbs=vec![(shell.organisation, None), (t.title, Some(paths::MEMBERS.to_owned()))]
            />
            <SendOnce word=shell.saving.to_owned()>
                <FormShell locale action=paths::NEW_MEMBER.to_owned() error labels class="form--grid">
                    {fields}
                </FormShell>
            </SendOnce>
            <Hydration />
            {dialog}
        })
    })
}

fn person_step(locale: crate::text::Locale, form: NewMemberForm, error: Option<&Error>) -> impl IntoView + use<> {
    let t = words(locale);
    let problem = |field| form::problem_of(error, field);
    let roles = form.roles.iter().map(|role| hidden("roles", role)).collect_view();
    let telesales = [Choice::new("yes", t.telesales_yes)].to_vec();
    let chosen = if form.telesales.is_empty() { Vec::new() } else { vec!["yes".to_owned()] };
    view! {
        <Field locale name="account" label=t.account value=form.account error=problem("account") required=true hint=t.account_hint autocomplete="off" autofocus=true />
        <Field locale name="name" label=t.name value=form.name error=problem("name") required=true autocomplete="off" />
        <Field locale name="phone" label=t.phone value=form.phone error=problem("phone") required=true kind="tel" autocomplete="off" />
        <Field locale name="email" label=t.email value=form.email error=problem("email") required=true autocomplete="off" />
        <Tick locale name="telesales" label=t.telesales chosen choices=telesales error=None />
        {roles}
        {hidden("password", &form.password)}
        {hidden("supervisor", &form.supervisor)}
        <input type="hidden" name="step" value="person" />
        <SubmitBar locale word=t.next_step back=paths::MEMBERS.to_owned() />
    }
}

fn roles_step(
    locale: crate::text::Locale,
    form: NewMemberForm,
    error: Option<&Error>,
    roles: Vec<Choice>,
    supervisors: Vec<Choice>,
) -> impl IntoView + use<> {
    let t = words(locale);
    let problem = |field| form::problem_of(error, field);
    let person = [
        ("account", &form.account),
        ("name", &form.name),
        ("phone", &form.phone),
        ("email", &form.email),
        ("telesales", &form.telesales),
    ];
    let person = person.into_iter().map(|(name, value)| hidden(name, value)).collect_view();
    let nobody = supervisors.is_empty().then_some(t.no_supervisors);
    view! {
        <p class="flash flash--info">
            <bdi>{format!("{} · {}", form.account, form.name)}</bdi>
        </p>
        {person}
        <Tick locale name="roles" label=t.roles_choose chosen=form.roles choices=roles error=problem("roles") />
        <Select locale name="supervisor" label=t.supervisor value=form.supervisor choices=supervisors error=problem("supervisor") blank=t.no_supervisor hint=nobody.unwrap_or(t.supervisor_hint) />
        <Field locale name="password" label=t.password value=form.password error=problem("password") required=true hint=t.password_hint autocomplete="off" />
        <div class="form__buttons">
            <button class="button button--primary" type="submit" name="step" value="roles">
                {t.create}
            </button>
            <button class="button" type="submit" name="step" value="back" formnovalidate>
                {t.previous_step}
            </button>
            <a class="button button--text" href=paths::MEMBERS>
                {shell_words(locale).cancel}
            </a>
        </div>
    }
}

fn hidden(name: &'static str, value: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name=name value=value.to_owned() /> }
}
