//! 人员管理: the members of the tenant.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    page::{Page, Start},
    people::{self, Field as Column, MemberRow, Step},
};

use super::{choices, query::MemberQuery, text, words::words};
use crate::{
    exports::text as exports,
    eye,
    eyes::{Eyes, Thing},
    paths, query,
    text::{date_time, words as shell_words},
    ui::{
        Around, Badge, Choice, Empty, EyeHead, Field, Flash, Hydration, MaskedCell, PageHead, Pager, Select,
        TableFrame, page,
    },
    visit::Visit,
};

/// The page of the list.
#[component]
pub fn MembersPage() -> impl IntoView {
    page(load(Visit::current(), query::read()))
}

async fn load(visit: Option<Visit>, query: Result<MemberQuery>) -> Result<impl IntoView + use<>> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    let roles = choices::roles(&ctx, visit.locale).await?;
    let query = query?;
    let open: Vec<Column> = visit.open_fields().await;
    let found = match people::list(&ctx, &query.ask(open.clone())?).await {
        Err(error @ (Error::TooMany { .. } | Error::Conflict(_))) => {
            visit.close_all().await?;
            return Err(error);
        }
        found => found?,
    };
    if !open.is_empty() {
        eye::shows_clear_values();
    }
    Ok(view(visit, query, roles, open, found))
}

fn view(
    visit: Visit,
    query: MemberQuery,
    roles: Vec<Choice>,
    open: Vec<Column>,
    found: Page<MemberRow>,
) -> impl IntoView {
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let viewer = visit.signed_in.as_ref().map(|signed_in| &signed_in.viewer);
    let sets_contacts = viewer.is_some_and(|viewer| viewer.can(Action::SetContacts));
    let unpaged = MemberQuery { size: String::new(), ..query.at(Default::default()) };
    let export = query::address(paths::MEMBER_EXPORT, &unpaged);
    let around = Around { slice: found.slice, total: found.total, before: found.before, after: found.after };
    let table = if found.rows.is_empty() {
        let elsewhere = around.slice.start != Start::Number(1);
        let (title, back) = match elsewhere {
            true => (shell.no_such_page_title, query::address(paths::MEMBERS, &query.at(Default::default()))),
            false => (t.nothing_found_title, paths::MEMBERS.to_owned()),
        };
        let word = if elsewhere { shell.first_page } else { shell.reset };
        view! { <Empty title text=t.nothing_found_text link=(back, word) /> }.into_any()
    } else {
        let head = head(&visit, &open).into_any();
        let rows = found.rows.into_iter().map(|member| row(&visit, member)).collect_view();
        let (pager_query, kept) = (query.clone(), query.conditions());
        view! {
            <Eyes thing=Thing::Member shown=shell.shown_announcement.to_owned() hidden=shell.hidden_announcement.to_owned()>
                <TableFrame caption=t.list head>
                    {rows}
                </TableFrame>
            </Eyes>
            <Pager locale around to=move |target| query::address(paths::MEMBERS, &pager_query.at(target)) path=paths::MEMBERS.to_owned() kept />
        }
        .into_any()
    };
    view! {
        <PageHead locale title=t.title crumbs=vec![(shell.organisation, None)]>
            {sets_contacts.then(|| view! { <a class="button" href=paths::CONTACTS>{t.contacts}</a> })}
            <a class="button" href=export>
                {exports::words(locale).export}
            </a>
            <a class="button button--primary" href=paths::NEW_MEMBER>
                {t.new}
            </a>
        </PageHead>
        <Flash word=flash />
        <form class="search" method="get" action=paths::MEMBERS role="search">
            <div class="search__fields">
                <Field locale name="account" label=t.account value=query.account error=None kind="search" hint=t.account_search_hint />
                <Field locale name="name" label=t.name value=query.name error=None kind="search" />
                <Select locale name="role" label=t.role value=query.role choices=roles error=None blank=shell.any />
                <Select locale name="state" label=t.state value=query.state choices=choices::states(locale) error=None blank=shell.any />
            </div>
            <div class="search__buttons">
                <button class="button button--primary">{shell.search}</button>
                <a class="button" href=paths::MEMBERS>
                    {shell.reset}
                </a>
            </div>
        </form>
        <div class="toolbar">
            <div class="toolbar__end">
                <span class="muted">{shell.zone}</span>
            </div>
        </div>
        {table}
        <Hydration />
    }
}

fn head(visit: &Visit, open: &[Column]) -> impl IntoView + use<> {
    let t = words(visit.locale);
    let eye = |column: Column, word: &'static str| {
        let open = open.contains(&column);
        view! { <EyeHead visit=visit.clone() word column=column.to_string() action=paths::MEMBER_EYE open eye=true /> }
    };
    view! {
        <tr>
            <th scope="col">{t.account}</th>
            <th scope="col">{t.name}</th>
            {eye(Column::Phone, t.phone)}
            {eye(Column::Email, t.email)}
            <th scope="col">{t.roles}</th>
            <th scope="col">{t.supervisor}</th>
            <th scope="col">{t.state}</th>
            <th scope="col">{t.signed_in_at}</th>
            <th scope="col">{t.created_at}</th>
            <th scope="col" class="table__actions">
                {shell_words(visit.locale).actions}
            </th>
        </tr>
    }
}

fn row(visit: &Visit, member: MemberRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = words(locale);
    let href = paths::member(member.id);
    let viewer = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.clone());
    let steps = [Step::Edit, Step::Roles, Step::Supervisor].into_iter().filter(|step| {
        // A supervisor is offered where one is wanting.
        let wanted = *step != Step::Supervisor || member.standing.is_unassigned();
        wanted && viewer.as_ref().is_some_and(|viewer| people::can(*step, &member.standing, viewer).is_ok())
    });
    let steps = steps.map(|step| {
        let name = format!("{} {}", text::step(locale, step), member.account);
        view! { <a href=paths::member_step(member.id, &step.to_string()) aria-label=name>{text::step(locale, step)}</a> }
    });
    let steps = steps.collect_view();
    let (tone, state) = text::standing(locale, &member.standing);
    let id = member.id.to_string();
    view! {
        <tr>
            <td>
                <a href=href>
                    <bdi>{member.account}</bdi>
                </a>
            </td>
            <td>
                <bdi>{member.name}</bdi>
                {member.telesales.then(|| view! { " " <span class="muted">{t.telesales_short}</span> })}
            </td>
            <MaskedCell column=Column::Phone.to_string() row=id.clone() shown=member.phone />
            <MaskedCell column=Column::Email.to_string() row=id shown=member.email />
            <td class="is-long">
                <bdi>{text::held(locale, &member.roles)}</bdi>
            </td>
            <td>
                {match (member.standing.is_unassigned(), member.supervisor) {
                    (true, _) => view! { <Badge tone=crate::ui::Tone::Orange word=t.to_reassign /> }.into_any(),
                    (false, Some((_, name))) => view! { <bdi>{name}</bdi> }.into_any(),
                    (false, None) => "--".into_any(),
                }}
            </td>
            <td>
                <Badge tone word=state />
            </td>
            <td>{date_time(member.signed_in_at)}</td>
            <td>{date_time(member.created_at)}</td>
            <td class="table__actions">{steps}</td>
        </tr>
    }
}
