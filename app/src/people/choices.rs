//! The choices of the forms about members.

use partner_center::{
    access::TenantKind,
    ctx::Ctx,
    error::Result,
    people::{self, Colleague, Held, State},
};
use strum::IntoEnumIterator;

use super::{text, words::words};
use crate::{
    account::text::words as account_words,
    paths,
    text::{Locale, words as shell_words},
    ui::Choice,
};

/// Every role that a member of the tenant may hold: the default ones, then the tenant's own.
pub async fn roles(ctx: &Ctx, locale: Locale) -> Result<Vec<Choice>> {
    let mut choices = default_roles(ctx.viewer().tenant_kind, locale);
    let own = people::custom_roles(ctx).await?;
    choices.extend(own.into_iter().map(|role| Choice::new(Held::Custom(role.id), role.name)));
    Ok(choices)
}

fn default_roles(kind: TenantKind, locale: Locale) -> Vec<Choice> {
    let word = |role: &_| Choice::new(Held::Default(*role), account_words(locale).role(*role));
    kind.roles().iter().map(word).collect()
}

/// Those who may supervise.
pub async fn supervisors(ctx: &Ctx) -> Result<Vec<Choice>> {
    let found = people::supervisor_choices(ctx).await?;
    Ok(found.into_iter().map(|one| Choice::new(one.id, called(&one))).collect())
}

/// The way to a page under the list of members.
pub fn in_organisation(locale: Locale) -> Vec<(&'static str, Option<String>)> {
    let members = (words(locale).title, Some(paths::MEMBERS.to_owned()));
    vec![(shell_words(locale).organisation, None), members]
}

/// A colleague by name and account.
pub fn called(one: &Colleague) -> String {
    format!("{} ({})", one.name, one.account)
}

/// How members may stand, for the filter.
pub fn states(locale: Locale) -> Vec<Choice> {
    State::iter().map(|state| Choice::new(state, text::state(locale, state))).collect()
}
