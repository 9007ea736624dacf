//! One member on its own page: its data, and what may be done to it now.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    error::{Error, Result},
    ids::MemberId,
    people::{self, Colleague, Field, Held, HeldRole, MemberRow, Step},
};
use strum::IntoEnumIterator;

use super::{choices::called, text, words::words};
use crate::{
    eye,
    eyes::{Eyes, Thing},
    paths, query,
    text::{conflict, date_time, words as shell_words},
    ui::{Badge, Eye, Flash, Hydration, PageHead, Tone, fact, page},
    visit::Visit,
};

/// A member with the account managers under it.
pub(super) struct Loaded {
    pub visit: Visit,
    pub member: MemberRow,
    pub team: Vec<Colleague>,
}

/// The page.
#[component]
pub fn MemberPage() -> impl IntoView {
    let (visit, id) = (Visit::current(), member_id());
    page(async move {
        let loaded = load(visit, id).await?;
        Ok(view(loaded))
    })
}

/// The member that the address names. What is no id at all is no member either.
pub(super) fn member_id() -> Option<MemberId> {
    use_params_map().read_untracked().get("id")?.parse().ok()
}

/// The member, with the columns open that this session has opened.
pub(super) async fn load(visit: Option<Visit>, id: Option<MemberId>) -> Result<Loaded> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    ctx.require(partner_center::access::Action::ManageMembers).await?;
    let id = id.ok_or(Error::NotFound)?;
    let open: Vec<Field> = visit.open_fields().await;
    let member = match people::detail(&ctx, id, &open).await {
        Err(error @ Error::TooMany { .. }) => {
            visit.close_all().await?;
            return Err(error);
        }
        member => member?,
    };
    if !open.is_empty() {
        eye::shows_clear_values();
    }
    let team = people::team_of(&ctx, id).await?;
    Ok(Loaded { visit, member, team })
}

/// A member, whole.
pub(super) fn view(loaded: Loaded) -> impl IntoView {
    let Loaded { visit, member, team } = loaded;
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let unassigned = member.standing.is_unassigned();
    let detail = member.account.clone();
    let access = query::address(paths::ACCESS, &[("account", member.account.as_str())]);
    let (acts, basics) = (steps(&visit, &member), basics(&visit, &member));
    let team_card = (!team.is_empty()).then(|| {
        let lines =
            team.into_iter().map(|one| view! { <li><a href=paths::member(one.id)><bdi>{called(&one)}</bdi></a></li> });
        view! {
            <section class="card">
                <h2 class="card__title">{t.team}</h2>
                <ul>{lines.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <PageHead
            locale
            title=t.detail
            detail
            crumbs=vec![(shell.organisation, None), (t.title, Some(paths::MEMBERS.to_owned()))]
        >
            {acts}
        </PageHead>
        <Flash word=flash />
        {unassigned.then(|| view! { <p class="flash flash--warn">{t.unassigned_hint}</p> })}
        <Eyes thing=Thing::Member shown=shell.shown_announcement.to_owned() hidden=shell.hidden_announcement.to_owned()>
            {basics}
        </Eyes>
        {team_card}
        <p>
            <a href=access>{t.why}</a>
        </p>
        <p class="muted">{shell.zone}</p>
        <Hydration />
    }
}

/// The acts on this member. One that is not possible now says why.
fn steps(visit: &Visit, member: &MemberRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let viewer = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.clone());
    let offered = Step::iter().filter(|step| match step {
        Step::Enable => member.standing.is_disabled,
        Step::Disable => !member.standing.is_disabled,
        Step::Supervisor => member.standing.is_manager,
        Step::Edit | Step::Roles | Step::ResetPassword => true,
    });
    let buttons = offered.filter_map(|step| {
        let word = text::step(locale, step);
        Some(match people::can(step, &member.standing, viewer.as_ref()?) {
            Ok(()) => {
                let class = if step == Step::Edit { "button button--primary" } else { "button" };
                view! { <a class=class href=paths::member_step(member.id, &step.to_string())>{word}</a> }.into_any()
            }
            Err(refusal) => {
                let reason = format!("why-not-{step}");
                view! {
                    <button class="button" type="button" disabled aria-describedby=reason.clone() title=conflict(locale, refusal)>
                        {word}
                    </button>
                    <span class="visually-hidden" id=reason>{conflict(locale, refusal)}</span>
                }
                .into_any()
            }
        })
    });
    buttons.collect_view()
}

/// A masked fact with its eye.
pub(super) fn masked_fact(visit: &Visit, member: &MemberRow, field: Field) -> impl IntoView + use<> {
    let shown = match field {
        Field::Phone => &member.phone,
        Field::Email => &member.email,
    };
    let word = text::field(visit.locale, field);
    let (eye, column) = (!shown.is_absent(), field.to_string());
    let open = eye && !shown.is_masked();
    let visit = visit.clone();
    view! {
        <div>
            <dt>{word} {eye.then(|| view! { <Eye visit word column=column.clone() action=paths::MEMBER_EYE open /> })}</dt>
            <dd data-column=column.clone() data-row=member.id.to_string()>
                <bdi>{shown.text().to_owned()}</bdi>
            </dd>
        </div>
    }
}

fn basics(visit: &Visit, member: &MemberRow) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = words(locale);
    let (tone, state) = text::standing(locale, &member.standing);
    let first = member.must_change_password.then_some(t.must_change);
    let telesales = locale.pick(["否", "是"], ["No", "Yes"])[usize::from(member.telesales)];
    let under_review = member.under_review.iter().map(|role| HeldRole { held: Held::Default(*role), name: None });
    let under_review: Vec<HeldRole> = under_review.collect();
    let under_review = (!under_review.is_empty()).then(|| fact(t.under_review, text::held(locale, &under_review)));
    let supervisor = match (member.standing.is_unassigned(), &member.supervisor) {
        (true, _) => view! { <Badge tone=Tone::Orange word=t.to_reassign /> }.into_any(),
        (false, Some((id, name))) => view! { <a href=paths::member(*id)><bdi>{name.clone()}</bdi></a> }.into_any(),
        (false, None) => "--".into_any(),
    };
    view! {
        <section class="card">
            <h2 class="card__title">{t.basics}</h2>
            <dl class="facts">
                {fact(t.account, member.account.clone())} {fact(t.name, member.name.clone())}
                {masked_fact(visit, member, Field::Phone)} {masked_fact(visit, member, Field::Email)}
                {fact(t.roles, text::held(locale, &member.roles))} {under_review} <div>
                    <dt>{t.supervisor}</dt>
                    <dd>{supervisor}</dd>
                </div> <div>
                    <dt>{t.state}</dt>
                    <dd>
                        <Badge tone word=state />
                        {first.map(|first| view! { " " <span class="muted">{first}</span> })}
                    </dd>
                </div> {fact(t.telesales, telesales.to_owned())} {fact(t.signed_in_at, date_time(member.signed_in_at))}
                {fact(t.created_at, date_time(member.created_at))}
            </dl>
        </section>
    }
}
