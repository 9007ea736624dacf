//! 角色管理: the default roles with what they may, and the tenant's own.

use leptos::prelude::*;
use partner_center::{
    access::{Action, Role, allowed},
    error::{Error, Refusal},
    grants,
    people::{self, CustomRole, Held},
};
use strum::IntoEnumIterator;

use super::{text, words::words};
use crate::{
    account::text::words as account_words,
    audit::text::act,
    paths, query,
    text::{Locale, conflict, number, words as shell_words},
    ui::{Empty, Flash, PageHead, TableFrame, page},
    visit::Visit,
};

/// The page.
#[component]
pub fn RolesPage() -> impl IntoView {
    let visit = Visit::current();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        let own = people::custom_roles(&ctx).await?;
        let kind = ctx.viewer().tenant_kind;
        let may_make = !grants::items(kind).is_empty();
        let holders = people::holders(&ctx).await?;
        let count = |role: &Role| holders.get(&Held::Default(*role)).copied().unwrap_or_default();
        let defaults = kind.roles().iter().map(|role| (*role, count(role))).collect();
        Ok(view(visit, own, defaults, may_make))
    })
}

fn view(visit: Visit, own: Vec<CustomRole>, defaults: Vec<(Role, u64)>, may_make: bool) -> impl IntoView {
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let custom = if own.is_empty() {
        let why = if may_make { t.no_roles_text } else { t.no_items_text };
        view! { <Empty title=t.no_roles_title text=why /> }.into_any()
    } else {
        let rows = own.into_iter().map(|role| own_row(locale, role)).collect_view();
        let head = view! {
            <tr>
                <th scope="col">{t.role_name}</th>
                <th scope="col">{t.items}</th>
                <th scope="col" class="is-numeric">
                    {t.holders}
                </th>
                <th scope="col" class="table__actions">
                    {shell.actions}
                </th>
            </tr>
        };
        view! { <TableFrame caption=t.own_roles head=head.into_any()>{rows}</TableFrame> }.into_any()
    };
    let default_rows = defaults.into_iter().map(|(role, holders)| default_row(locale, role, holders)).collect_view();
    let head = view! {
        <tr>
            <th scope="col">{t.role_name}</th>
            <th scope="col">{t.items}</th>
            <th scope="col" class="is-numeric">
                {t.holders}
            </th>
        </tr>
    };
    view! {
        <PageHead locale title=t.roles_title crumbs=vec![(shell.organisation, None)]>
            {may_make.then(|| view! { <a class="button button--primary" href=paths::NEW_ROLE>{t.new_role}</a> })}
        </PageHead>
        <Flash word=flash />
        <h2>{t.own_roles}</h2>
        {custom}
        <h2>{t.default_roles}</h2>
        <p class="muted">{t.default_roles_hint}</p>
        <TableFrame caption=t.default_roles head=head.into_any()>
            {default_rows}
        </TableFrame>
    }
}

fn own_row(locale: Locale, role: CustomRole) -> impl IntoView + use<> {
    let t = words(locale);
    let (held, holders) = (role.holders > 0, holders(Held::Custom(role.id), role.holders));
    let name = role.name.clone();
    let edit = format!("{} {name}", t.edit_role);
    let delete = format!("{} {name}", t.delete_role);
    view! {
        <tr>
            <td>
                <a href=paths::role(role.id)>
                    <bdi>{role.name}</bdi>
                </a>
            </td>
            <td class="is-long">{listed(locale, role.items)}</td>
            <td class="is-numeric">{holders}</td>
            <td class="table__actions">
                <a href=paths::role(role.id) aria-label=edit>
                    {t.edit_role}
                </a>
                {match held {
                    // The number beside it leads to whoever holds it.
                    true => {
                        let why = conflict(locale, Refusal::RoleHeld);
                        view! { <span class="muted" title=why>{t.role_in_use}</span> }.into_any()
                    }
                    false => {
                        view! {
                            <a href=paths::delete_role(role.id) aria-label=delete>
                                {t.delete_role}
                            </a>
                        }
                            .into_any()
                    }
                }}
            </td>
        </tr>
    }
}

fn default_row(locale: Locale, role: Role, count: u64) -> impl IntoView + use<> {
    let items = Action::iter().filter(|item| allowed(*item).contains(&role) && !grants::is_everybodys(*item));
    view! {
        <tr>
            <td>{account_words(locale).role(role)}</td>
            <td class="is-long">{listed(locale, items)}</td>
            <td class="is-numeric">{holders(Held::Default(role), count)}</td>
        </tr>
    }
}

/// How many hold the role, with a link to them.
fn holders(held: Held, count: u64) -> impl IntoView {
    let href = query::address(paths::MEMBERS, &[("role", held.to_string())]);
    view! { <a href=href>{number(count)}</a> }
}

fn listed(locale: Locale, items: impl IntoIterator<Item = Action>) -> String {
    let words: Vec<&str> = items.into_iter().map(|item| act(locale, item)).collect();
    if words.is_empty() { "--".to_owned() } else { words.join(locale.pick("、", ", ")) }
}
