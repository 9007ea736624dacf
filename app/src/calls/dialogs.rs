//! The dialogs over a lead's page: starting a call, and putting its number on the list of those not called.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    calls::{self, MuteReason},
    error::{Code, Error, Problem, Result},
    ids::LeadId,
    leads::{Sent, Step},
};
use strum::IntoEnumIterator;

use super::text;
use crate::{
    form::{PageForm, Params, Posted, Saved, id_of, problem_of},
    islands::SendOnce,
    leads::{
        detail::{LeadView, lead_id},
        place,
        steps::{back_to, sent, step_page, taking},
    },
    paths,
    text::{Locale, conflict, words},
    ui::{Choice, Dialog, FormShell, Select, SubmitBar, page},
    visit::Visit,
};

/// Starts a call.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallStep {
    once: String,
    seen: String,
}

impl PageForm for CallStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let call = calls::start(&visit.ctx()?, id, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::at(format!("{}{}", paths::call(call), place::here(visit)?)))
    }
}

/// The lead's page with the dialog that starts a call, or that says why there is none now.
#[component]
pub fn CallStepPage() -> impl IntoView {
    let (visit, id) = (Visit::current(), lead_id());
    let (_, error) = Posted::<CallStep>::take();
    page(async move {
        let ctx = visit.as_ref().ok_or(Error::Internal)?.ctx()?;
        let asked = id.ok_or(Error::NotFound)?;
        let verdict = match error {
            None => calls::ask(&ctx, asked).await?,
            Some(_) => calls::verdict(&ctx, asked).await?,
        };
        let opened = taking(Step::Call, visit, id, error.as_ref()).await?;
        let (visit, lead) = (opened.visit.clone(), &opened.lead);
        let seen = partner_center::leads::seen::mark(&ctx, lead);
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let suffix = place::suffix(opened.place.as_ref());
        let back = format!("{}{suffix}", paths::lead(lead.row.id));
        let action = format!("{}{suffix}", paths::lead_step(lead.row.id, &Step::Call.to_string()));
        let body = match verdict.refusal {
            Some(why) => {
                let first = verdict.first.map(|call| view! { " " <a href=paths::call(call)>{t.to_first}</a> });
                view! {
                    <p class="flash flash--warn" role="alert">
                        <span>{conflict(locale, why)} {first}</span>
                    </p>
                    <div class="form__buttons">
                        <a class="button" href=back.clone()>
                            {shell.close}
                        </a>
                    </div>
                }
                .into_any()
            }
            None => {
                let back = back.clone();
                view! {
                    <p>{t.how}</p>
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action error=error.clone() labels=Vec::new()>
                            <input type="hidden" name="seen" value=seen />
                            <SubmitBar locale word=t.start back />
                        </FormShell>
                    </SendOnce>
                }
                .into_any()
            }
        };
        Ok(view! {
            <LeadView opened />
            <Dialog locale title=t.title back>
                <div class="dialog__body">{body}</div>
            </Dialog>
        })
    })
}

/// Puts the lead's number on the list of those not called.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MuteStep {
    once: String,
    seen: String,
    mute: String,
}

impl PageForm for MuteStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::CallLead).await?;
        let reason = mute_reason(&self.mute)?.ok_or(Problem::alone("mute", Code::Required))?;
        calls::mute(&ctx, id, reason, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(back_to(visit, id)?, "lead-muted"))
    }
}

/// The reason that a form names, if it names one.
pub(super) fn mute_reason(text: &str) -> Result<Option<MuteReason>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Problem::alone("mute", Code::Unknown))
}

/// The reasons to choose from.
pub(super) fn mute_reasons(locale: Locale) -> Vec<Choice> {
    MuteReason::iter().map(|reason| Choice::new(reason, text::mute_reason(locale, reason))).collect()
}

/// The lead's page with the dialog that mutes its number.
#[component]
pub fn MuteStepPage() -> impl IntoView {
    step_page(Step::Mute, Posted::<MuteStep>::take(), async |visit, form: MuteStep, error: Option<Error>| {
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let problem = problem_of(error.as_ref(), "mute");
        let fields = view! {
            <Select locale name="mute" label=t.mute_reason value=form.mute choices=mute_reasons(locale) error=problem blank=shell.please_choose required=true hint=t.mute_hint autofocus=true />
        };
        Ok((vec![("mute", t.mute_reason)], fields.into_any()))
    })
}

/// Takes the lead's number off that list.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UnmuteStep {
    once: String,
    seen: String,
}

impl PageForm for UnmuteStep {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let id: LeadId = id_of(params)?;
        let sent: Sent<'_> = sent(&self.once, &self.seen)?;
        calls::unmute(&visit.ctx()?, id, sent).await?;
        Ok(Saved::telling(back_to(visit, id)?, "lead-unmuted"))
    }
}

/// The lead's page with the dialog that allows calls again.
#[component]
pub fn UnmuteStepPage() -> impl IntoView {
    step_page(Step::Unmute, Posted::<UnmuteStep>::take(), async |visit: Visit, _: UnmuteStep, _: Option<Error>| {
        let t = text::words(visit.locale);
        Ok((Vec::new(), view! { <p>{t.unmute_hint}</p> }.into_any()))
    })
}
