//! 外呼规则: quiet hours, and how often one number and one member call.

use chrono::{NaiveTime, Timelike};
use leptos::prelude::*;
use partner_center::{
    access::Action,
    calls::{self, Settings, Window},
    ctx::Ctx,
    error::{Code, Error, Problem, Refusal, Result},
};

use super::text;
use crate::{
    form::{self, PageForm, Params, Posted, Saved},
    islands::SendOnce,
    leads::text::words as lead_words,
    paths,
    text::words,
    ui::{Field, Flash, FormShell, Hydration, PageHead, SubmitBar, page},
    visit::Visit,
};

/// The most that a limit may be.
const MOST: u64 = 1_000;

/// A tenant's rules, as text.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallSettings {
    once: String,
    quiet_from: String,
    quiet_to: String,
    pause_from: String,
    pause_to: String,
    per_day: String,
    per_week: String,
    per_minute: String,
}

impl CallSettings {
    fn of(settings: Settings) -> CallSettings {
        let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        let from = |window: Option<Window>| window.map(|window| time(window.from)).unwrap_or_default();
        let to = |window: Option<Window>| window.map(|window| time(window.to)).unwrap_or_default();
        CallSettings {
            once: String::new(),
            quiet_from: from(settings.quiet),
            quiet_to: to(settings.quiet),
            pause_from: from(settings.pause),
            pause_to: to(settings.pause),
            per_day: settings.per_day.to_string(),
            per_week: settings.per_week.to_string(),
            per_minute: settings.per_minute.to_string(),
        }
    }

    fn check(&self) -> Result<Settings> {
        let mut problems = Vec::new();
        let quiet = window(&mut problems, ("quiet_from", &self.quiet_from), ("quiet_to", &self.quiet_to));
        let pause = window(&mut problems, ("pause_from", &self.pause_from), ("pause_to", &self.pause_to));
        let per_day = limit(&mut problems, "per_day", &self.per_day);
        let per_week = limit(&mut problems, "per_week", &self.per_week);
        let per_minute = limit(&mut problems, "per_minute", &self.per_minute);
        let settings = Settings { quiet, pause, per_day, per_week, per_minute };
        if problems.is_empty() {
            problems = settings.problems();
        }
        if problems.is_empty() { Ok(settings) } else { Err(Error::Invalid(problems)) }
    }
}

fn window(
    problems: &mut Vec<Problem>,
    (from_field, from): (&'static str, &str),
    (to_field, to): (&'static str, &str),
) -> Option<Window> {
    if from.is_empty() && to.is_empty() {
        return None;
    }
    let mut minute = |field, text: &str| {
        if text.is_empty() {
            problems.push(Problem::new(field, Code::Required));
            return None;
        }
        let time = NaiveTime::parse_from_str(text, "%H:%M");
        time.map_err(|_| problems.push(Problem::new(field, Code::Malformed)))
            .ok()
            .map(|time| (time.hour() * 60 + time.minute()) as u16)
    };
    let (from, to) = (minute(from_field, from), minute(to_field, to));
    Some(Window { from: from?, to: to? })
}

fn limit(problems: &mut Vec<Problem>, field: &'static str, text: &str) -> u64 {
    let code = match text.trim().parse::<u64>() {
        Ok(limit) if (1..=MOST).contains(&limit) => return limit,
        Ok(_) => Code::OutOfRange,
        Err(_) if text.trim().is_empty() => Code::Required,
        Err(_) => Code::Malformed,
    };
    problems.push(Problem::new(field, code));
    0
}

/// Refuses whoever may not set rules, or has no use for them.
async fn permitted(visit: &Visit) -> Result<Ctx> {
    let ctx = visit.ctx()?;
    ctx.require(Action::SetCallRules).await?;
    if ctx.viewer().marketing_plan_2 { Ok(ctx) } else { Err(Error::Conflict(Refusal::OutsidePlan2)) }
}

impl PageForm for CallSettings {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = permitted(visit).await?;
        calls::save_settings(&ctx, self.check()?, form::token_of(&self.once)?).await?;
        Ok(Saved::telling(paths::CALL_SETTINGS, "call-rules-saved"))
    }
}

/// The page.
#[component]
pub fn CallSettingsPage() -> impl IntoView {
    let (visit, (sent, error)) = (Visit::current(), Posted::<CallSettings>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = permitted(&visit).await?;
        let form = if error.is_some() { sent } else { CallSettings::of(calls::settings(&ctx).await?) };
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        let problem = form::beside(&error);
        let labels = vec![
            ("quiet_from", t.quiet_from),
            ("quiet_to", t.quiet_to),
            ("pause_from", t.pause_from),
            ("pause_to", t.pause_to),
            ("per_day", t.per_day),
            ("per_week", t.per_week),
            ("per_minute", t.per_minute),
        ];
        let leads = (lead_words(locale).title, Some(paths::LEADS.to_owned()));
        Ok(view! {
            <PageHead locale title=t.settings crumbs=vec![(shell.sales, None), (shell.develop, None), leads] />
            <Flash word=flash />
            <SendOnce word=shell.saving.to_owned()>
                <FormShell locale action=paths::CALL_SETTINGS.to_owned() error=error.clone() labels class="form--grid">
                    <Field locale name="quiet_from" label=t.quiet_from value=form.quiet_from error=problem("quiet_from") kind="time" hint=t.window_hint />
                    <Field locale name="quiet_to" label=t.quiet_to value=form.quiet_to error=problem("quiet_to") kind="time" />
                    <Field locale name="pause_from" label=t.pause_from value=form.pause_from error=problem("pause_from") kind="time" hint=t.window_hint />
                    <Field locale name="pause_to" label=t.pause_to value=form.pause_to error=problem("pause_to") kind="time" />
                    <Field locale name="per_day" label=t.per_day value=form.per_day error=problem("per_day") kind="number" min="1".to_owned() max=MOST.to_string() required=true />
                    <Field locale name="per_week" label=t.per_week value=form.per_week error=problem("per_week") kind="number" min="1".to_owned() max=MOST.to_string() required=true />
                    <Field locale name="per_minute" label=t.per_minute value=form.per_minute error=problem("per_minute") kind="number" min="1".to_owned() max=MOST.to_string() required=true />
                    <SubmitBar locale word=shell.save back=paths::LEADS.to_owned() />
                </FormShell>
            </SendOnce>
            <Hydration />
        })
    })
}
