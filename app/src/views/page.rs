//! Keeping views: the page of one list's views, and the form behind it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    contact,
    error::{Code, Error, Problem, Result},
    ids::ViewId,
    views::{self, LONGEST_NAME, LONGEST_QUERY, List, NewView, View},
};

use super::{address, path, text, title};
use crate::{
    form::{self, PageForm, Params, Posted, Saved, problem_of},
    leads::query::ListQuery,
    paths,
    text::{problem, words},
    ui::{Empty, Field, Flash, FormShell, PageHead, SubmitBar, TableFrame, page},
    visit::Visit,
};

/// What is done with a view.
#[derive(Clone, Copy, PartialEq, Eq, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
enum Act {
    Save,
    Rename,
    Default,
    Plain,
    Delete,
}

/// Saves, renames, deletes a view, or makes it the default.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ViewForm {
    once: String,
    act: String,
    id: String,
    name: String,
    query: String,
    default: String,
}

impl ViewForm {
    fn name(&self) -> Result<String> {
        contact::line(&self.name, 1, LONGEST_NAME).map_err(|flaw| Problem::alone("name", flaw.into()))
    }

    fn id(&self) -> Result<ViewId> {
        self.id.parse().map_err(|_| Error::NotFound)
    }

    /// Whether it was to keep a new view.
    fn saves(&self) -> bool {
        self.act == "save"
    }
}

/// The list in a form's address.
fn list_of(text: Option<&str>) -> Result<List> {
    text.and_then(|list| list.parse().ok()).ok_or(Error::NotFound)
}

/// A question as the list itself writes it, so that equal ones are equal.
fn tidy(list: List, query: &str) -> Result<String> {
    if query.len() > LONGEST_QUERY {
        return Err(Problem::alone("query", Code::TooLong));
    }
    match list {
        List::Leads | List::LeadDispatch => ListQuery::tidy(query),
    }
}

impl PageForm for ViewForm {
    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let ctx = visit.ctx()?;
        let list = list_of(params.get("list").map(String::as_str))?;
        ctx.require(list.action()).await?;
        let back = paths::views(list);
        match self.act.parse().map_err(|_| Error::Malformed)? {
            Act::Save => {
                let query = tidy(list, &self.query)?;
                let shown = if query.is_empty() { super::all(list) } else { format!("{}?{query}", path(list)) };
                let new = NewView { list, name: self.name()?, query, is_default: !self.default.is_empty() };
                // The name of a customer may stand in it, so a form that comes twice is told of the views alone.
                views::save(&ctx, &new, form::token_of(&self.once)?, &back).await?;
                return Ok(Saved::telling(shown, "view-saved"));
            }
            Act::Rename => views::rename(&ctx, list, self.id()?, &self.name()?).await?,
            Act::Default => views::choose_default(&ctx, list, self.id()?, true).await?,
            Act::Plain => views::choose_default(&ctx, list, self.id()?, false).await?,
            Act::Delete => {
                views::delete(&ctx, list, self.id()?).await?;
                return Ok(Saved::telling(back, "view-deleted"));
            }
        }
        Ok(Saved::telling(back, "view-saved"))
    }
}

/// 管理视图
#[component]
pub fn ViewsPage() -> impl IntoView {
    let visit = Visit::current();
    let list = list_of(use_params_map().read_untracked().get("list").as_deref());
    let (form, error) = Posted::<ViewForm>::take();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        let list = list?;
        ctx.require(list.action()).await?;
        let views = views::of(&ctx, list).await?;
        Ok(view(visit, list, views, form, error))
    })
}

fn view(visit: Visit, list: List, views: Vec<View>, form: ViewForm, error: Option<Error>) -> impl IntoView {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let refused = (error.is_some() && form.saves()).then(|| keep(&visit, list, &form, error.clone()));
    let lines = if views.is_empty() {
        view! { <Empty title=t.empty_title text=t.empty_text link=(path(list).to_owned(), title(locale, list)) /> }
            .into_any()
    } else {
        let rows = views.into_iter().map(|view| line(&visit, list, view, &form, &error)).collect_view();
        let head = view! {
            <tr>
                <th scope="col">{t.name}</th>
                <th scope="col">{t.default}</th>
                <th scope="col" class="table__actions">
                    {shell.actions}
                </th>
            </tr>
        };
        view! { <TableFrame caption=t.title head=head.into_any()>{rows}</TableFrame> }.into_any()
    };
    view! {
        <PageHead locale title=t.title crumbs=vec![(shell.sales, None), (shell.develop, None), (title(locale, list), Some(path(list).to_owned()))] />
        <Flash word=flash />
        {refused}
        {lines}
    }
}

/// The form that was refused, with what was typed.
fn keep(visit: &Visit, list: List, form: &ViewForm, error: Option<Error>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let wrong = problem_of(error.as_ref(), "name");
    let (query, name, default) = (form.query.clone(), form.name.clone(), !form.default.is_empty());
    view! {
        <section class="card">
            <FormShell locale action=paths::views(list) error labels=vec![("name", t.name), ("query", t.title)]>
                <input type="hidden" name="act" value="save" />
                <input type="hidden" name="query" value=query />
                <Field locale name="name" label=t.name value=name error=wrong required=true autofocus=true autocomplete="off" />
                <label class="choice">
                    <input type="checkbox" name="default" value="yes" checked=default />
                    <span>{t.as_default}</span>
                </label>
                <SubmitBar locale word=shell.save back=path(list).to_owned() />
            </FormShell>
        </section>
    }
}

fn line(visit: &Visit, list: List, kept: View, form: &ViewForm, error: &Option<Error>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let id = kept.id.to_string();
    let is_this = form.id == id && !form.saves();
    let wrong = problem_of(error.as_ref(), "name").filter(|_| is_this);
    let typed = if wrong.is_some() { form.name.clone() } else { kept.name.clone() };
    let (field, place) = (format!("name-{id}"), format!("error-{id}"));
    let (act, word) = if kept.is_default { ("plain", t.not_default) } else { ("default", t.make_default) };
    let named = |word: &str| format!("{word} {}", kept.name);
    let (open, default, delete, label) = (named(t.open), named(word), named(t.delete), named(t.name));
    let href = address(list, &kept);
    view! {
        <tr>
            <td>
                <form class="views__rename" method="post" action=paths::views(list)>
                    <input type="hidden" name="id" value=id.clone() />
                    <label class="visually-hidden" for=field.clone()>
                        {label}
                    </label>
                    <input id=field name="name" type="text" value=typed maxlength="32" autocomplete="off" aria-invalid=wrong.map(|_| "true") aria-describedby=wrong.map(|_| place.clone()) />
                    <button class="button button--small" name="act" value="rename">
                        {t.rename}
                    </button>
                    {wrong.map(|code| view! { <p class="field__error" id=place role="alert">{problem(locale, code)}</p> })}
                </form>
            </td>
            <td>{kept.is_default.then_some(shell.yes)}</td>
            <td class="table__actions">
                <a href=href aria-label=open data-key="open">
                    {t.open}
                </a>
                <form method="post" action=paths::views(list)>
                    <input type="hidden" name="id" value=id.clone() />
                    <button class="button button--text" name="act" value=act aria-label=default>
                        {word}
                    </button>
                </form>
                <form method="post" action=paths::views(list)>
                    <input type="hidden" name="id" value=id />
                    <button class="button button--text button--danger" name="act" value="delete" aria-label=delete>
                        {t.delete}
                    </button>
                </form>
            </td>
        </tr>
    }
}
