//! One call: its state while it goes on, and afterwards what came of it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    access::Action,
    calls::{self, CallRow, Draft, State},
    contact::unfinished,
    error::{Error, Problem, Refusal, Result},
    ids::CallId,
    leads::{self, Outcome},
};

use super::{dialogs, islands::CallProgress, text};
use crate::{
    form::{PageForm, Params, Posted, Saved, id_of, problem_of},
    islands::SendOnce,
    leads::{
        place,
        steps::{FollowStep, follow_fields, sent},
        text as lead_text,
    },
    paths,
    text::{Locale, conflict, date_time, words},
    ui::{Flash, FormShell, Hydration, PageHead, Select, fact, page},
    visit::Visit,
};

/// How often the page of a call that goes on loads itself anew where scripts are off, in seconds.
const RELOAD: &str = "3";

/// What came of a call.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallOutcome {
    once: String,
    seen: String,
    outcome: String,
    content: String,
    next_on: String,
    reason: String,
    mute: String,
    act: String,
}

/// The button that keeps what was typed instead of saving it.
const KEEP: &str = "draft";
/// The longest text that a draft keeps, which is what a follow-up has room for, and the longest date.
const CONTENT: usize = 1_000;
const DATE: usize = 32;

impl CallOutcome {
    fn follow_up(&self) -> FollowStep {
        FollowStep::of_call(&self.outcome, &self.content, &self.next_on, &self.reason)
    }

    /// As it stands in a draft, or as the call begins it.
    fn begun(locale: Locale, call: &CallRow, draft: Draft) -> CallOutcome {
        fn code<T: ToString>(chosen: Option<T>) -> String {
            chosen.map(|chosen| chosen.to_string()).unwrap_or_default()
        }
        CallOutcome {
            outcome: code(draft.outcome),
            content: draft.content.unwrap_or_else(|| text::draft(locale, call)),
            next_on: draft.next_on,
            reason: code(draft.reason),
            mute: code(draft.mute),
            ..CallOutcome::default()
        }
    }

    /// What is kept, whether it makes sense yet or not.
    fn typed(&self) -> Result<Draft> {
        let mut problems = Vec::new();
        let mut text = |field, text: &str, most| {
            let kept = unfinished(text, most).map_err(|flaw| problems.push(Problem::new(field, flaw.into())));
            kept.unwrap_or_default()
        };
        let (content, next_on) = (text("content", &self.content, CONTENT), text("next_on", &self.next_on, DATE));
        if !problems.is_empty() {
            return Err(Error::Invalid(problems));
        }
        Ok(Draft {
            outcome: self.outcome.parse().ok(),
            content: Some(content),
            next_on,
            reason: self.reason.parse().ok(),
            mute: self.mute.parse().ok(),
            ..Draft::left_by(None)
        })
    }
}

impl PageForm for CallOutcome {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: CallId = id_of(params)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::FollowLead).await?;
        let sent = sent(&self.once, &self.seen)?;
        if self.act == KEEP {
            calls::save_draft(&ctx, id, self.typed()?, sent).await?;
            return Ok(Saved::telling(in_place(visit, paths::call(id))?, "call-draft-saved"));
        }
        let new = self.follow_up().check()?;
        let muted = dialogs::mute_reason(&self.mute)?;
        let lead = calls::record_outcome(&ctx, id, &new, muted, sent).await?;
        let is_developed = new.outcome == Outcome::Developed;
        let flash = if is_developed { "lead-followed-develop" } else { "call-outcome-saved" };
        Ok(Saved::telling(in_place(visit, leads::place_after(lead, new.outcome))?, flash))
    }
}

/// This address, with the place in the list that the call came from.
fn in_place(visit: &Visit, address: String) -> Result<String> {
    Ok(format!("{address}{}", place::here(visit)?))
}

/// Gives a call up.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelCall {}

impl PageForm for CancelCall {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: CallId = id_of(params)?;
        // The page itself says what becomes of it, also where it was over already.
        match calls::cancel(&visit.ctx()?, id).await {
            Ok(()) | Err(Error::Conflict(Refusal::Over)) => Ok(Saved::at(in_place(visit, paths::call(id))?)),
            Err(error) => Err(error),
        }
    }
}

/// The page.
#[component]
pub fn CallPage() -> impl IntoView {
    let id: Option<CallId> = use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok());
    let (visit, posted) = (Visit::current(), Posted::<CallOutcome>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let call = calls::get(&visit.ctx()?, id.ok_or(Error::NotFound)?).await?;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let lead = lead_text::words(locale);
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        let (here, to_lead) = (in_place(&visit, paths::call(call.id))?, in_place(&visit, paths::lead(call.lead))?);
        let facts = facts(&visit, &call, to_lead.clone());
        let going_on = call.state != State::Ended;
        let body = if going_on {
            live(&visit, &call, &here, facts.into_any())?.into_any()
        } else {
            let (form, error) = posted;
            // A form that was refused comes back even if the call asks for none any more.
            let asked = if call.wants_outcome || error.is_some() {
                let draft = calls::draft(&visit.ctx()?, &call).await?;
                Some(outcome(&visit, &call, (here, to_lead.clone()), draft, form, error))
            } else {
                None
            };
            let back = (!call.wants_outcome).then(|| {
                view! { <a class="button button--primary" href=to_lead.clone()>{t.to_lead}</a> }
            });
            view! { {facts} {asked} <div class="form__buttons">{back}</div> }.into_any()
        };
        let number = leads::display_number(call.lead_number);
        Ok(view! {
            <PageHead
                locale
                title=t.title
                detail=number
                crumbs=vec![
                    (shell.sales, None),
                    (shell.develop, None),
                    (lead.title, Some(paths::LEADS.to_owned())),
                    (lead.detail, Some(to_lead)),
                ]
            />
            <Flash word=flash />
            {body}
            <p class="muted">{shell.zone}</p>
            <Hydration />
        })
    })
}

fn facts(visit: &Visit, call: &CallRow, to_lead: String) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let tone = text::tone(call);
    let duration = call.seconds().map(|seconds| text::duration(locale, seconds));
    let refusal = call.refusal.map(|why| fact(t.not_placed, conflict(locale, why).to_owned()));
    view! {
        <section class="card">
            <dl class="facts">
                <div>
                    <dt>{if call.result.is_some() { t.result } else { t.state }}</dt>
                    <dd aria-live="polite">
                        <span class=format!("badge badge--{tone}") data-call-state="">
                            {text::standing(locale, call.state, call.result)}
                        </span>
                    </dd>
                </div> <div>
                    <dt>{t.lead}</dt>
                    <dd>
                        <a href=to_lead>{leads::display_number(call.lead_number)}</a>
                    </dd>
                </div> {fact(t.caller, call.caller.clone())} {fact(t.started_at, date_time(call.created_at))}
                {fact(t.answered_at, date_time(call.answered_at))} {fact(t.ended_at, date_time(call.ended_at))}
                {fact(t.duration, duration)} {refusal}
            </dl>
        </section>
    }
}

/// A call that goes on: followed by the island, or by loading the page again.
fn live(visit: &Visit, call: &CallRow, here: &str, facts: AnyView) -> Result<impl IntoView + use<>> {
    let t = text::words(visit.locale);
    let address = paths::call(call.id);
    let cancel = in_place(visit, format!("{address}/cancel"))?;
    let note = call.ending.map(|ending| text::ending(visit.locale, ending));
    let give_up = call.may_end().then(|| {
        view! {
            <form method="post" action=cancel>
                <button class="button">{t.give_up}</button>
            </form>
        }
    });
    Ok(view! {
        <CallProgress address=format!("{address}/events")>
            {facts} <p class="muted" role="status" data-call-note="">
                {note}
            </p>
        </CallProgress>
        <noscript>
            <meta http-equiv="refresh" content=RELOAD />
        </noscript>
        <div class="form__buttons">
            {give_up} <a class="button button--text" href=here.to_owned()>
                {t.refresh}
            </a>
        </div>
    })
}

/// What the caller writes down: the draft, which the call itself has begun.
fn outcome(
    visit: &Visit,
    call: &CallRow,
    (action, back): (String, String),
    draft: Draft,
    sent: CallOutcome,
    error: Option<Error>,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    // A page that was refused has still seen no more than it had; only where another page was faster is it shown what that
    // one has kept, and goes on from there.
    let overtaken = matches!(error, Some(Error::Conflict(Refusal::ChangedMeanwhile)));
    let seen = if error.is_some() && !overtaken { sent.seen.clone() } else { draft.revision.to_string() };
    let theirs = draft.content.clone().filter(|_| overtaken).map(|content| {
        view! { <p class="flash flash--warn"><span>{t.kept_elsewhere} " " <q>{content}</q></span></p> }
    });
    let kept = draft.saved_at.happened().then(|| {
        view! { <p class="muted">{text::kept(locale, draft.saved_at)}</p> }
    });
    let sent = if error.is_none() { CallOutcome::begun(locale, call, draft) } else { sent };
    let problem = problem_of(error.as_ref(), "mute");
    let (mut labels, fields) = follow_fields(visit, sent.follow_up(), &error);
    labels.push(("mute", t.mute));
    view! {
        <section class="card stack">
            <h2 class="card__title">{t.outcome}</h2>
            <p class="muted">{t.outcome_hint}</p>
            {kept} {theirs}
            <dl class="facts">{fact(t.way, lead_text::way(locale, leads::Way::Call).to_owned())}</dl>
            <SendOnce word=shell.saving.to_owned()>
                <FormShell locale action error labels>
                    <input type="hidden" name="seen" value=seen />
                    {fields}
                    <Select locale name="mute" label=t.mute value=sent.mute choices=dialogs::mute_reasons(locale) error=problem blank=t.mute_none hint=t.mute_hint />
                    <div class="form__buttons">
                        <button class="button button--primary" type="submit">
                            {shell.save}
                        </button>
                        <button class="button" type="submit" name="act" value=KEEP formnovalidate>
                            {t.keep}
                        </button>
                        <a class="button" href=back>
                            {shell.cancel}
                        </a>
                    </div>
                </FormShell>
            </SendOnce>
        </section>
    }
}
