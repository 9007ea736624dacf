//! The dialogs of a lead: dispatch, follow up, return, reopen. Each is the lead's page with a dialog over it, at an
//! address of its own.

use leptos::prelude::*;
use partner_center::{
    attachments::{self, NewFile},
    error::{Code, Error, Problem, Result},
    ids::LeadId,
    leads::{self, NewFollowUp, Outcome, Sent, Step, Way},
};

use super::{
    choices,
    detail::{self, LeadView, Opened},
    place::{self, Place},
    text,
};
use crate::{
    form::{self, PageForm, Params, Posted, Saved, id_of, problem_of},
    islands::SendOnce,
    paths,
    text::{Locale, words},
    ui::{Dialog, Field, Files, FormShell, Select, SubmitBar, TextArea, page},
    upload::FileForm,
    visit::Visit,
};

/// What every form of a step carries besides its own fields.
pub(crate) fn sent<'f>(once: &str, seen: &'f str) -> Result<Sent<'f>> {
    Ok(Sent { token: form::token_of(once)?, seen })
}

/// The lead's page, in the list that it was opened from.
pub(crate) fn back_to(visit: &Visit, id: LeadId) -> Result<String> {
    Ok(format!("{}{}", paths::lead(id), place::here(visit)?))
}

/// Hands the lead to a follower.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DispatchStep {
    once: String,
    seen: String,
    follower: String,
}

impl PageForm for DispatchStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let to = follower(&self.follower)?;
        let back = back_to(visit, id)?;
        leads::dispatch(&visit.ctx()?, &[id], to, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(back, "lead-dispatched"))
    }
}

/// The member that a form names.
pub(super) fn follower(text: &str) -> Result<partner_center::ids::MemberId> {
    if text.is_empty() {
        return Err(Problem::alone("follower", Code::Required));
    }
    text.parse().map_err(|_| Problem::alone("follower", Code::Unknown))
}

/// Records a follow-up.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FollowStep {
    once: String,
    seen: String,
    way: String,
    outcome: String,
    content: String,
    next_on: String,
    reason: String,
}

impl FollowStep {
    /// What somebody writes down after a call.
    pub(crate) fn of_call(outcome: &str, content: &str, next_on: &str, reason: &str) -> FollowStep {
        FollowStep {
            way: Way::Call.to_string(),
            outcome: outcome.to_owned(),
            content: content.to_owned(),
            next_on: next_on.to_owned(),
            reason: reason.to_owned(),
            ..FollowStep::default()
        }
    }

    pub(crate) fn check(&self) -> Result<NewFollowUp> {
        let mut problems = Vec::new();
        let way = chosen(&mut problems, "way", &self.way);
        let outcome = chosen(&mut problems, "outcome", &self.outcome);
        let content = partner_center::contact::paragraph(&self.content, 1, 1000)
            .map_err(|flaw| problems.push(Problem::new("content", flaw.into())))
            .ok();
        let next_on = optional(&mut problems, "next_on", &self.next_on, Code::Malformed);
        let reason = optional(&mut problems, "reason", &self.reason, Code::Unknown);
        match (way, outcome, content) {
            (Some(way), Some(outcome), Some(content)) if problems.is_empty() => {
                Ok(NewFollowUp { way, outcome, content, next_on, reason })
            }
            _ => Err(Error::Invalid(problems)),
        }
    }
}

/// What a browser offers to choose from; what is taken is decided by the bytes.
const ACCEPTED: &str = ".png,.jpg,.jpeg,.webp,.gif,.pdf,.txt,.csv,.docx,.xlsx,.pptx,.zip";

fn chosen<T: std::str::FromStr>(problems: &mut Vec<Problem>, field: &'static str, text: &str) -> Option<T> {
    let code = if text.is_empty() { Code::Required } else { Code::Unknown };
    text.parse().map_err(|_| problems.push(Problem::new(field, code))).ok()
}

fn optional<T: std::str::FromStr>(
    problems: &mut Vec<Problem>,
    field: &'static str,
    text: &str,
    code: Code,
) -> Option<T> {
    if text.is_empty() { None } else { text.parse().map_err(|_| problems.push(Problem::new(field, code))).ok() }
}

impl FileForm for FollowStep {
    const FIELD: &'static str = "files";
    const MOST: usize = attachments::MOST;
    const LARGEST: u64 = attachments::LARGEST;

    async fn admit(visit: &Visit) -> Result<()> {
        visit.ctx()?.require(partner_center::access::Action::FollowLead).await
    }

    async fn save(&self, visit: &Visit, params: &Params, files: Vec<NewFile>) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let ctx = visit.ctx()?;
        let back = back_to(visit, id)?;
        let new = self.check()?;
        leads::follow_up(&ctx, id, &new, files, sent(&self.once, &self.seen)?).await?;
        Ok(match new.outcome {
            Outcome::Developed => Saved::telling(leads::place_after(id, new.outcome), "lead-followed-develop"),
            _ => Saved::telling(back, "lead-followed"),
        })
    }
}

/// Gives the lead back for dispatch.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReturnStep {
    once: String,
    seen: String,
    content: String,
}

impl PageForm for ReturnStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let ctx = visit.ctx()?;
        ctx.require(partner_center::access::Action::FollowLead).await?;
        // The lead is nobody's now, so an operator does not see it any more.
        let back = Place::of(visit)?.map_or_else(|| paths::LEADS.to_owned(), |place| place.back());
        leads::give_back(&ctx, id, &reason(&self.content)?, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(back, "lead-returned"))
    }
}

/// Takes an invalid lead up again.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ReopenStep {
    once: String,
    seen: String,
    content: String,
}

impl PageForm for ReopenStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let ctx = visit.ctx()?;
        ctx.require(partner_center::access::Action::ReopenLead).await?;
        let back = back_to(visit, id)?;
        leads::reopen(&ctx, id, &reason(&self.content)?, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(back, "lead-reopened"))
    }
}

fn reason(text: &str) -> Result<String> {
    partner_center::contact::paragraph(text, 1, 500).map_err(|flaw| Problem::alone("content", flaw.into()))
}

/// The lead's page with the dispatch dialog.
#[component]
pub fn DispatchStepPage() -> impl IntoView {
    step_page(Step::Dispatch, Posted::<DispatchStep>::take(), async |visit, form: DispatchStep, error| {
        let (locale, t) = (visit.locale, text::words(visit.locale));
        let blank = words(locale).please_choose;
        let followers = choices::followers(&visit.ctx()?, visit.locale).await?;
        let problem = problem_of(error.as_ref(), "follower");
        Ok((
            vec![("follower", t.follower)],
            view! {
                <Select locale name="follower" label=t.choose_follower value=form.follower choices=followers error=problem blank required=true autofocus=true />
            }
            .into_any(),
        ))
    })
}

/// The lead's page with the follow-up dialog.
#[component]
pub fn FollowStepPage() -> impl IntoView {
    step_page(Step::Follow, Posted::<FollowStep>::take(), async |visit, form: FollowStep, error| {
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let problem = form::beside(&error);
        let way = form.way.clone();
        let (mut labels, fields) = follow_fields(&visit, form, &error);
        labels.insert(0, ("way", t.way));
        labels.push(("files", t.files));
        let fields = view! {
            <Select locale name="way" label=t.way value=way choices=choices::ways(locale) error=problem("way") blank=shell.please_choose required=true autofocus=true />
            {fields}
            <Files locale name="files" label=t.files error=problem("files") hint=t.files_hint accept=ACCEPTED />
        };
        Ok((labels, fields.into_any()))
    })
}

/// The fields of a follow-up but for its way, which after a call is known.
pub(crate) fn follow_fields(visit: &Visit, form: FollowStep, error: &Option<Error>) -> Fields {
    let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
    let problem = form::beside(error);
    let today = visit.now.trade_date();
    let tomorrow = today.succ_opt().unwrap_or(today).to_string();
    let latest = today + chrono::Days::new(leads::NEXT_DATE_LIMIT_DAYS);
    let labels =
        vec![("outcome", t.outcome), ("content", t.content), ("next_on", t.next_on), ("reason", t.invalid_reason)];
    let fields = view! {
        <Select locale name="outcome" label=t.outcome value=form.outcome choices=choices::outcomes(locale) error=problem("outcome") blank=shell.please_choose required=true />
        <TextArea locale name="content" label=t.content value=form.content error=problem("content") required=true />
        <Field locale name="next_on" label=t.next_on value=form.next_on error=problem("next_on") kind="date" hint=t.next_hint min=tomorrow max=latest.to_string() />
        <Select locale name="reason" label=t.invalid_reason value=form.reason choices=choices::invalid_reasons(locale) error=problem("reason") blank=shell.please_choose hint=t.invalid_hint />
    };
    (labels, fields.into_any())
}

/// The lead's page with the dialog to return it.
#[component]
pub fn ReturnStepPage() -> impl IntoView {
    step_page(Step::Return, Posted::<ReturnStep>::take(), async |visit, form: ReturnStep, error| {
        Ok(reason_field(visit.locale, form.content, error))
    })
}

/// The lead's page with the dialog to reopen it.
#[component]
pub fn ReopenStepPage() -> impl IntoView {
    step_page(Step::Reopen, Posted::<ReopenStep>::take(), async |visit, form: ReopenStep, error| {
        Ok(reason_field(visit.locale, form.content, error))
    })
}

/// The fields of a dialog, and their names for the summary of what is wrong.
pub(crate) type Fields = (Vec<(&'static str, &'static str)>, AnyView);

fn reason_field(locale: Locale, content: String, error: Option<Error>) -> Fields {
    let t = text::words(locale);
    let problem = problem_of(error.as_ref(), "content");
    let field = view! { <TextArea locale name="content" label=t.reason value=content error=problem required=true autofocus=true /> };
    (vec![("content", t.reason)], field.into_any())
}

/// A lead's page with the dialog of a step over it; refused right away if the lead does not take the step.
pub(crate) fn step_page<F, Make, Made>(step: Step, posted: (F, Option<Error>), fields: Make) -> impl IntoView
where
    F: Send + 'static,
    Make: FnOnce(Visit, F, Option<Error>) -> Made + Send + 'static,
    Made: Future<Output = Result<Fields>> + Send,
{
    let (visit, id) = (Visit::current(), detail::lead_id());
    page(async move {
        let (form, error) = posted;
        let opened = taking(step, visit, id, error.as_ref()).await?;
        let visit = opened.visit.clone();
        let (labels, fields) = fields(visit.clone(), form, error.clone()).await?;
        let seen = leads::seen::mark(&visit.ctx()?, &opened.lead);
        let fields = view! { <input type="hidden" name="seen" value=seen /> {fields} }.into_any();
        Ok(over(opened, step, labels, fields, error))
    })
}

/// The lead, if it takes the step. A refused form comes back to its page even so.
pub(crate) async fn taking(
    step: Step,
    visit: Option<Visit>,
    id: Option<LeadId>,
    error: Option<&Error>,
) -> Result<Opened> {
    // What the role never permits is refused before anything is said about the lead.
    visit.as_ref().ok_or(Error::Internal)?.ctx()?.require(action(step)).await?;
    let opened = detail::load(visit, id).await?;
    match opened.lead.can(step, opened.visit.ctx()?.viewer()) {
        Err(refusal) if error.is_none() => Err(Error::Conflict(refusal)),
        _ => Ok(opened),
    }
}

fn action(step: Step) -> partner_center::access::Action {
    use partner_center::access::Action;
    match step {
        Step::Dispatch => Action::DispatchLead,
        Step::Follow | Step::Return => Action::FollowLead,
        Step::Reopen => Action::ReopenLead,
        Step::Call | Step::Mute => Action::CallLead,
        Step::Develop => Action::DevelopLead,
        Step::Unmute => Action::LiftDoNotCall,
    }
}

fn over(
    opened: Opened,
    step: Step,
    labels: Vec<(&'static str, &'static str)>,
    fields: AnyView,
    error: Option<Error>,
) -> impl IntoView {
    let (id, suffix) = (opened.lead.row.id, place::suffix(opened.place.as_ref()));
    let back = format!("{}{suffix}", paths::lead(id));
    let address = format!("{}{suffix}", paths::lead_step(id, &step.to_string()));
    let locale = opened.visit.locale;
    let word = text::step(locale, step);
    let shell = words(locale);
    view! {
        <LeadView opened />
        <Dialog locale title=word back=back.clone()>
            <div class="dialog__body">
                <SendOnce word=shell.saving.to_owned()>
                    <FormShell locale action=address error labels files=step == Step::Follow>
                        {fields} <SubmitBar locale word back />
                    </FormShell>
                </SendOnce>
            </div>
        </Dialog>
    }
}
