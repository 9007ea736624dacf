//! The lists of choices in the forms of leads.

use partner_center::{
    ctx::Ctx,
    error::Result,
    leads::{self, Due, Industry, InvalidReason, Outcome, Product, REGIONS, Source, State, Way},
};
use strum::IntoEnumIterator;

use super::text;
use crate::{text::Locale, ui::Choice};

pub fn states(locale: Locale) -> Vec<Choice> {
    State::iter().map(|state| Choice::new(state, text::state(locale, state))).collect()
}

pub fn dues(locale: Locale) -> Vec<Choice> {
    Due::iter().map(|due| Choice::new(due, text::due(locale, due))).collect()
}

pub fn sources(locale: Locale) -> Vec<Choice> {
    Source::iter().map(|source| Choice::new(source, text::source(locale, source))).collect()
}

pub fn industries(locale: Locale) -> Vec<Choice> {
    Industry::iter().map(|industry| Choice::new(industry, text::industry(locale, industry))).collect()
}

pub fn regions(locale: Locale) -> Vec<Choice> {
    REGIONS.iter().map(|code| Choice::new(code, text::region(locale, code))).collect()
}

pub fn products(locale: Locale) -> Vec<Choice> {
    Product::iter().map(|product| Choice::new(product, text::product(locale, product))).collect()
}

pub fn ways(locale: Locale) -> Vec<Choice> {
    Way::iter().map(|way| Choice::new(way, text::way(locale, way))).collect()
}

pub fn outcomes(locale: Locale) -> Vec<Choice> {
    Outcome::iter().map(|outcome| Choice::new(outcome, text::outcome(locale, outcome))).collect()
}

pub fn invalid_reasons(locale: Locale) -> Vec<Choice> {
    InvalidReason::iter().map(|reason| Choice::new(reason, text::invalid_reason(locale, reason))).collect()
}

/// The members as followers, those who may not with the reason, each with its load.
pub async fn followers(ctx: &Ctx, locale: Locale) -> Result<Vec<Choice>> {
    let t = text::words(locale);
    let choices = leads::follower_choices(ctx).await?.into_iter().map(|choice| {
        let word = match choice.refusal {
            None => format!("{} ({}) · {} {}", choice.name, choice.account, choice.open_leads, t.open_leads),
            Some(why) => {
                format!(
                    "{} ({}) · {}: {}",
                    choice.name,
                    choice.account,
                    t.not_possible,
                    crate::text::conflict(locale, why)
                )
            }
        };
        // Those who may not follow stay in the list, so that one reads why, and the server says so again.
        Choice { value: choice.id.to_string(), word, disabled: false }
    });
    Ok(choices.collect())
}
