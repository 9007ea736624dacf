//! The forms of the tenant's own roles: make, change, give up.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    access::{Action, Role},
    ctx::Ctx,
    error::{Code, Error, Problem, Refusal, Result},
    grants,
    ids::RoleId,
    people::{self, NewRole, RoleFields},
};
use strum::IntoEnumIterator;

use super::{steps::sent, text, words::words};
use crate::{
    account::text::words as account_words,
    audit::text::act,
    codes::CodeDialog,
    form::{self, PageForm, Params, Posted, Saved, id_of},
    islands::SendOnce,
    paths,
    text::{Locale, counted, problem, words as shell_words},
    ui::{Dialog, Field, FormShell, Hydration, PageHead, SubmitBar, page},
    visit::Visit,
};

/// Makes a role.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NewRoleForm {
    once: String,
    name: String,
    items: Vec<String>,
}

impl PageForm for NewRoleForm {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let new = check(&ctx, &self.name, &self.items)?;
        people::create_role(&ctx, &new, sent(&self.once, "")?).await?;
        Ok(Saved::telling(paths::ROLES, "role-created"))
    }
}

/// Gives a role another name or other items.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditRole {
    once: String,
    seen: String,
    name: String,
    items: Vec<String>,
    code: String,
    code_by: String,
}

impl PageForm for EditRole {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let id: RoleId = id_of(params)?;
        // A role that is not there is not there, whatever else is wrong.
        people::custom_role(&ctx, id).await?;
        let new = check(&ctx, &self.name, &self.items)?;
        let typed = form::typed(&self.once, &self.code, &self.code_by)?;
        people::edit_role(&ctx, id, &new, typed, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::ROLES, "role-edited"))
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        let form = self.clone();
        let mut fields = vec![("seen", form.seen), ("name", form.name)];
        fields.extend(form.items.into_iter().map(|item| ("items", item)));
        fields
    }
}

/// Gives a role up.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DeleteRole {
    once: String,
    seen: String,
}

impl PageForm for DeleteRole {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        people::delete_role(&ctx, id_of(params)?, sent(&self.once, &self.seen)?).await?;
        Ok(Saved::telling(paths::ROLES, "role-deleted"))
    }
}

fn check(ctx: &Ctx, name: &str, items: &[String]) -> Result<NewRole> {
    let fields = RoleFields { name: name.to_owned(), items: items.to_vec() };
    let new = fields.check(ctx.viewer().tenant_kind).map_err(Error::Invalid)?;
    // Nobody could tell such a role from the default one.
    let default = |role| [Locale::Chinese, Locale::English].map(|locale| account_words(locale).role(role));
    if Role::iter().flat_map(default).any(|word| word == new.name) {
        return Err(Problem::alone("name", Code::Taken));
    }
    Ok(new)
}

/// The page of a new role.
#[component]
pub fn NewRolePage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<NewRoleForm>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let (form, error) = posted;
        let t = words(visit.locale);
        let filled = Filled { name: form.name, items: form.items, seen: None, back: t.create };
        Ok(form_view(&visit, &ctx, t.new_role, paths::NEW_ROLE.to_owned(), filled, error))
    })
}

fn role_id() -> Option<RoleId> {
    use_params_map().read_untracked().get("id")?.parse().ok()
}

/// The page of a role.
#[component]
pub fn EditRolePage() -> impl IntoView {
    let (visit, posted, id) = (Visit::current(), Posted::<EditRole>::take(), role_id());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let role = people::custom_role(&ctx, id.ok_or(Error::NotFound)?).await?;
        let (form, error) = posted;
        let t = words(visit.locale);
        let seen = Some(people::role_mark(&ctx, &role));
        let dialog = form::code_needed(error.as_ref()).map(|needed| {
            let (visit, kept, back) = (visit.clone(), form.carried(), paths::ROLES.to_owned());
            view! { <CodeDialog visit needed action=paths::role(role.id) kept back /> }
        });
        let filled = match error {
            Some(_) => Filled { name: form.name, items: form.items, seen, back: shell_words(visit.locale).save },
            None => {
                let items = role.items.iter().map(ToString::to_string).collect();
                Filled { name: role.name.clone(), items, seen, back: shell_words(visit.locale).save }
            }
        };
        let error = error.filter(|_| dialog.is_none());
        Ok(view! {
            {form_view(&visit, &ctx, t.edit_role, paths::role(role.id), filled, error)}
            {dialog}
        })
    })
}

struct Filled {
    name: String,
    items: Vec<String>,
    seen: Option<String>,
    /// The word of the button that sends it.
    back: &'static str,
}

fn form_view(
    visit: &Visit,
    ctx: &Ctx,
    title: &'static str,
    address: String,
    filled: Filled,
    error: Option<Error>,
) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let wrong = form::beside(&error);
    let tree = tree(locale, ctx, &filled.items, wrong("items"));
    let labels = vec![("name", t.role_name), ("items", t.items)];
    view! {
        <PageHead
            locale
            title
            crumbs=vec![(shell.organisation, None), (t.roles_title, Some(paths::ROLES.to_owned()))]
        />
        <SendOnce word=shell.saving.to_owned()>
            <FormShell locale action=address error labels>
                {filled.seen.map(|seen| view! { <input type="hidden" name="seen" value=seen /> })}
                <Field locale name="name" label=t.role_name value=filled.name error=wrong("name") required=true hint=t.role_name_hint autocomplete="off" autofocus=true />
                {tree}
                <p class="muted">{t.role_scope_hint}</p>
                <SubmitBar locale word=filled.back back=paths::ROLES.to_owned() />
            </FormShell>
        </SendOnce>
        <Hydration />
    }
}

/// The items that a role of this tenant can hold, by menu.
fn tree(locale: Locale, ctx: &Ctx, chosen: &[String], wrong: Option<Code>) -> impl IntoView + use<> {
    let t = words(locale);
    let groups = grants::items(ctx.viewer().tenant_kind).into_iter().map(|(menu, items)| {
        let boxes = items.into_iter().map(|item| {
            let code = item.to_string();
            let ticked = chosen.contains(&code);
            view! {
                <label class="choice">
                    <input type="checkbox" name="items" value=code checked=ticked />
                    <span>{act(locale, item)}</span>
                </label>
            }
        });
        let boxes = boxes.collect_view();
        view! {
            <fieldset class="field field--wide">
                <legend class="field__label">{text::menu(locale, menu)}</legend>
                <div class="choices">{boxes}</div>
            </fieldset>
        }
    });
    let groups = groups.collect_view();
    view! {
        <fieldset class="field field--wide stack" class:field--error=wrong.is_some() id="items">
            <legend class="field__label">{t.items}</legend>
            {groups}
            {wrong.map(|code| view! { <p class="field__error">{problem(locale, code)}</p> })}
        </fieldset>
    }
}

/// The question whether to give a role up; refused right away while somebody holds it.
#[component]
pub fn DeleteRolePage() -> impl IntoView {
    let (visit, posted, id) = (Visit::current(), Posted::<DeleteRole>::take(), role_id());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        ctx.require(Action::ManageMembers).await?;
        let role = people::custom_role(&ctx, id.ok_or(Error::NotFound)?).await?;
        let (_, error) = posted;
        if role.holders > 0 && error.is_none() {
            return Err(Error::Conflict(Refusal::RoleHeld));
        }
        let (locale, t, shell) = (visit.locale, words(visit.locale), shell_words(visit.locale));
        let seen = people::role_mark(&ctx, &role);
        let items = counted(locale, role.items.len() as u64, "项权限", ["permission", "permissions"]);
        let what = format!("{} ({items})", role.name);
        Ok(view! {
            <PageHead
                locale
                title=t.delete_role
                crumbs=vec![(shell.organisation, None), (t.roles_title, Some(paths::ROLES.to_owned()))]
            />
            <Dialog locale title=t.delete_role back=paths::ROLES.to_owned()>
                <div class="dialog__body">
                    <SendOnce word=shell.saving.to_owned()>
                        <FormShell locale action=paths::delete_role(role.id) error labels=Vec::new()>
                            <input type="hidden" name="seen" value=seen />
                            <p>
                                {t.delete_role_question} " " <bdi>{what}</bdi>
                            </p>
                            <SubmitBar locale word=t.delete_role back=paths::ROLES.to_owned() danger=true />
                        </FormShell>
                    </SendOnce>
                </div>
            </Dialog>
            <Hydration />
        })
    })
}
