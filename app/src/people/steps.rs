//! The dialogs of a member: edit, roles, supervisor, password, disable, enable. Each is the member's page with a dialog
//! over it, at an address of its own.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Code, Error, Problem, Result},
    ids::MemberId,
    people::{self, Held, MemberRow, PersonFields, Step},
};

use super::{
    choices, detail,
    new::{held, proposed, supervisor},
    text,
    words::words,
};
use crate::{
    codes::CodeDialog,
    form::{self, PageForm, Params, Posted, Saved, id_of, problem_of},
    islands::SendOnce,
    paths,
    text::words as shell_words,
    ui::{Choice, Dialog, Field, FormShell, Select, SubmitBar, Tick, page},
    visit::Visit,
};

/// What every form about a member carries besides its own fields.
pub(super) fn sent<'f>(once: &str, seen: &'f str) -> Result<people::Sent<'f>> {
    Ok(people::Sent { token: form::token_of(once)?, seen })
}

/// The member that a form is about; only for those who manage members, before anything is said about it.
async fn about(visit: &Visit, params: &Params) -> Result<(partner_center::ctx::Ctx, MemberId)> {
    let ctx = visit.ctx()?;
    ctx.require(Action::ManageMembers).await?;
    Ok((ctx, id_of(params)?))
}

/// Changes a member's own data.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditStep {
    once: String,
    seen: String,
    name: String,
    phone: String,
    email: String,
    telesales: String,
}

impl PageForm for EditStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        let form = self.clone();
        let fields = PersonFields { account: String::new(), name: form.name, phone: form.phone, email: form.email };
        let person = fields.check().map_err(Error::Invalid)?;
        people::edit(&ctx, id, &person, !self.telesales.is_empty(), sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::member(id), "member-edited"))
    }
}

/// Gives a member other roles.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RolesStep {
    once: String,
    seen: String,
    roles: Vec<String>,
    supervisor: String,
    code: String,
    code_by: String,
}

impl PageForm for RolesStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        let (held, supervisor) = (held(&self.roles)?, supervisor(&self.supervisor)?);
        let typed = form::typed(&self.once, &self.code, &self.code_by)?;
        let left_alone = people::set_roles(&ctx, id, &held, supervisor, typed, sent(&self.once, &self.seen)?).await?;
        let flash = if left_alone { "roles-changed-team" } else { "roles-changed" };
        Ok(Saved::telling(paths::member(id), flash))
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        let form = self.clone();
        let mut fields = vec![("seen", form.seen), ("supervisor", form.supervisor)];
        fields.extend(form.roles.into_iter().map(|role| ("roles", role)));
        fields
    }
}

/// Puts an account manager under another supervisor.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SupervisorStep {
    once: String,
    seen: String,
    supervisor: String,
}

impl PageForm for SupervisorStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        let chosen = supervisor(&self.supervisor)?.ok_or(Problem::alone("supervisor", Code::Required))?;
        people::set_supervisor(&ctx, id, chosen, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::member(id), "supervisor-set"))
    }
}

/// Gives a member an initial password again.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ResetStep {
    once: String,
    seen: String,
    password: String,
}

impl PageForm for ResetStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        people::reset_password(&ctx, &visit.hasher, id, &self.password, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::member(id), "password-reset"))
    }
}

/// Ends a member's access.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DisableStep {
    once: String,
    seen: String,
}

impl PageForm for DisableStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        let left_alone = people::disable(&ctx, id, sent(&self.once, &self.seen)?).await?;
        let flash = if left_alone { "member-disabled-team" } else { "member-disabled" };
        Ok(Saved::telling(paths::member(id), flash))
    }
}

/// Lets a disabled member sign in again.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EnableStep {
    once: String,
    seen: String,
}

impl PageForm for EnableStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let (ctx, id) = about(visit, params).await?;
        people::enable(&ctx, id, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::member(id), "member-enabled"))
    }
}

/// The member's page with the form of its data.
#[component]
pub fn EditStepPage() -> impl IntoView {
    step_page(Step::Edit, Posted::<EditStep>::take(), async |visit, member: MemberRow, form: EditStep, error| {
        let (locale, t) = (visit.locale, words(visit.locale));
        let problem = form::beside(&error);
        let (name, ticked) = match error.is_some() {
            true => (form.name, !form.telesales.is_empty()),
            false => (member.name.clone(), member.telesales),
        };
        let chosen = if ticked { vec!["yes".to_owned()] } else { Vec::new() };
        let telesales = vec![Choice::new("yes", t.telesales_yes)];
        Ok(view! {
            <Field locale name="name" label=t.name value=name error=problem("name") required=true autofocus=true autocomplete="off" />
            {keeping(locale, text::field(locale, people::Field::Phone), &member.phone)}
            <Field locale name="phone" label=t.new_phone value=form.phone error=problem("phone") kind="tel" hint=t.keep_hint autocomplete="off" />
            {keeping(locale, text::field(locale, people::Field::Email), &member.email)}
            <Field locale name="email" label=t.new_email value=form.email error=problem("email") hint=t.keep_hint autocomplete="off" />
            <Tick locale name="telesales" label=t.telesales chosen choices=telesales error=None />
        }
        .into_any())
    })
}

/// What is there now, masked: a form shows no clear value that nobody has asked for.
pub(super) fn keeping(
    locale: crate::text::Locale,
    word: &'static str,
    shown: &partner_center::contact::Shown,
) -> impl IntoView + use<> {
    let separator = locale.pick("：", ": ");
    view! {
        <p class="muted">
            {format!("{word}{separator}")} <bdi>{shown.text().to_owned()}</bdi>
        </p>
    }
}

/// The member's page with its roles to tick.
#[component]
pub fn RolesStepPage() -> impl IntoView {
    step_page(Step::Roles, Posted::<RolesStep>::take(), async |visit, member: MemberRow, form: RolesStep, error| {
        let (locale, t, ctx) = (visit.locale, words(visit.locale), visit.ctx()?);
        let problem = form::beside(&error);
        let (chosen, under) = match error.is_some() {
            true => (form.roles, form.supervisor),
            false => {
                let under = member.supervisor.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
                (member.roles.iter().map(|role| role.held.to_string()).collect(), under)
            }
        };
        let (roles, supervisors) = (choices::roles(&ctx, locale).await?, choices::supervisors(&ctx).await?);
        let holds = |held: &Held| member.roles.iter().any(|role| role.held == *held);
        let reviewed = member.under_review.iter().map(|role| Held::Default(*role)).filter(holds);
        let fixed = reviewed.map(|held| held.to_string()).collect();
        let supervises = Held::Default(partner_center::access::Role::Supervisor);
        let warn = member.roles.iter().any(|role| role.held == supervises).then_some(t.team_warning);
        Ok(view! {
            {warn.map(|warn| view! { <p class="flash flash--warn">{warn}</p> })}
            <Tick locale name="roles" label=t.roles_choose chosen choices=roles error=problem("roles") fixed why_fixed=t.review_hint />
            <Select locale name="supervisor" label=t.supervisor value=under choices=supervisors error=problem("supervisor") blank=t.no_supervisor hint=t.supervisor_hint />
            <p class="muted">{t.sessions_end}</p>
        }
        .into_any())
    })
}

/// The member's page with the supervisors to choose from.
#[component]
pub fn SupervisorStepPage() -> impl IntoView {
    let posted = Posted::<SupervisorStep>::take();
    step_page(Step::Supervisor, posted, async |visit, member: MemberRow, form: SupervisorStep, error| {
        let (locale, t) = (visit.locale, words(visit.locale));
        let now = member.supervisor.as_ref().map(|(id, _)| id.to_string()).unwrap_or_default();
        let value = if error.is_some() { form.supervisor } else { now };
        let supervisors = choices::supervisors(&visit.ctx()?).await?;
        let blank = shell_words(locale).please_choose;
        let problem = problem_of(error.as_ref(), "supervisor");
        Ok(view! {
            <Select locale name="supervisor" label=t.supervisor value choices=supervisors error=problem blank required=true autofocus=true />
        }
        .into_any())
    })
}

/// The member's page with a new initial password, which is shown here and nowhere else.
#[component]
pub fn ResetStepPage() -> impl IntoView {
    step_page(Step::ResetPassword, Posted::<ResetStep>::take(), async |visit, _: MemberRow, form: ResetStep, error| {
        let (locale, t) = (visit.locale, words(visit.locale));
        let password = if form.password.is_empty() { proposed() } else { form.password };
        let problem = problem_of(error.as_ref(), "password");
        Ok(view! {
            <Field locale name="password" label=t.password value=password error=problem required=true hint=t.password_once autofocus=true autocomplete="off" />
            <p class="muted">{t.sessions_end}</p>
        }
        .into_any())
    })
}

/// The member's page with the question whether to disable it.
#[component]
pub fn DisableStepPage() -> impl IntoView {
    step_page(Step::Disable, Posted::<DisableStep>::take(), async |visit, member: MemberRow, _: DisableStep, _| {
        let (t, team) = (words(visit.locale), people::team_of(&visit.ctx()?, member.id).await?);
        let team = (!team.is_empty()).then(|| {
            let names: Vec<String> = team.into_iter().map(|one| format!("{} ({})", one.name, one.account)).collect();
            let names = names.join(visit.locale.pick("、", ", "));
            view! {
                <p class="flash flash--warn">{t.disable_team_warning} " " <bdi>{names}</bdi></p>
            }
        });
        Ok(view! { {team} <p>{t.disable_question}</p> }.into_any())
    })
}

/// The member's page with the question whether to enable it.
#[component]
pub fn EnableStepPage() -> impl IntoView {
    step_page(Step::Enable, Posted::<EnableStep>::take(), async |visit, _: MemberRow, _: EnableStep, _| {
        Ok(view! { <p>{words(visit.locale).enable_question}</p> }.into_any())
    })
}

/// A member's page with the dialog of a step over it; refused right away if the member does not take the step.
fn step_page<F, Make, Made>(step: Step, posted: (F, Option<Error>), fields: Make) -> impl IntoView
where
    F: PageForm,
    Make: FnOnce(Visit, MemberRow, F, Option<Error>) -> Made + Send + 'static,
    Made: Future<Output = Result<AnyView>> + Send,
{
    let (visit, id) = (Visit::current(), detail::member_id());
    page(async move {
        let loaded = detail::load(visit, id).await?;
        let (form, error) = posted;
        let viewer = loaded.visit.ctx()?.viewer().clone();
        if let Err(refusal) = people::can(step, &loaded.member.standing, &viewer)
            && error.is_none()
        {
            return Err(Error::Conflict(refusal));
        }
        let (locale, back) = (loaded.visit.locale, paths::member(loaded.member.id));
        let address = paths::member_step(loaded.member.id, &step.to_string());
        if let Some(needed) = form::code_needed(error.as_ref()) {
            let (visit, kept) = (loaded.visit.clone(), form.carried());
            return Ok(view! {
                {detail::view(loaded)}
                <CodeDialog visit needed action=address kept back />
            }
            .into_any());
        }
        let fields = fields(loaded.visit.clone(), loaded.member.clone(), form, error.clone()).await?;
        let (word, shell) = (text::step(locale, step), shell_words(locale));
        let (seen, danger) = (loaded.member.seen.clone(), step == Step::Disable);
        let labels = text::labels(locale);
        Ok(view! {
            {detail::view(loaded)}
            <Dialog locale title=word back=back.clone()>
                <div class="dialog__body">
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action=address error labels>
                            <input type="hidden" name="seen" value=seen />
                            {fields}
                            <SubmitBar locale word back danger />
                        </FormShell>
                    </SendOnce>
                </div>
            </Dialog>
        }
        .into_any())
    })
}
