//! One lead on its own page: its data, its history, and what may be done to it now.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    error::{Error, Refusal, Result},
    ids::LeadId,
    leads::{self, LeadDetail, Neighbours, Step, timeline::What},
    preregistrations,
};

use super::{
    place::{self, Place},
    text,
};
use crate::{
    calls::{call_list, text as call_text},
    eye,
    eyes::{Eyes, Thing},
    paths,
    preregistrations::text as prospect_text,
    text::{conflict, date, date_time, size, words},
    ui::{
        Badge, BesideLinks, Eye, Flash, Hydration, PageHead, Timeline, TimelineEntry, TimelineFile, fact, page,
        wide_fact,
    },
    visit::Visit,
};

/// 线索详情
#[component]
pub fn LeadPage() -> impl IntoView {
    let (visit, id) = (Visit::current(), lead_id());
    page(async move {
        let opened = load(visit, id).await?;
        Ok(view! { <LeadView opened /> })
    })
}

/// A lead as it is opened: with the list that it was opened from, and what stands beside it there.
pub(crate) struct Opened {
    pub visit: Visit,
    pub lead: LeadDetail,
    pub place: Option<Place>,
    neighbours: Neighbours,
}

/// The lead that the address names. What is no id at all is no lead either.
pub(crate) fn lead_id() -> Option<LeadId> {
    use_params_map().read_untracked().get("id")?.parse().ok()
}

/// The lead, with the columns open that this session has opened.
pub(crate) async fn load(visit: Option<Visit>, id: Option<LeadId>) -> Result<Opened> {
    let visit = visit.ok_or(Error::Internal)?;
    let ctx = visit.ctx()?;
    let mut open: Vec<leads::Field> = visit.open_fields().await;
    open.retain(|field| leads::has_eye(ctx.viewer(), *field));
    if !open.is_empty() {
        eye::shows_clear_values();
    }
    let id = id.ok_or(Error::NotFound)?;
    let lead = match leads::detail(&ctx, id, &open).await {
        Err(error @ Error::TooMany { .. }) => {
            visit.close_all().await?;
            return Err(error);
        }
        lead => lead?,
    };
    let place = Place::of(&visit)?;
    let neighbours = match &place {
        Some(place) => place.neighbours(&ctx, id).await?,
        None => Neighbours::default(),
    };
    Ok(Opened { visit, lead, place, neighbours })
}

/// A lead, whole.
#[component]
pub(crate) fn LeadView(opened: Opened) -> impl IntoView {
    let Opened { visit, lead, place, neighbours } = opened;
    let locale = visit.locale;
    let (t, shell) = (text::words(locale), words(locale));
    let number = leads::display_number(lead.row.number);
    let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
    let muted = lead.muted.as_ref().map(|muted| call_text::muted(locale, muted));
    let calls = (!lead.calls.is_empty()).then(|| call_list(&visit, &lead));
    let entries = lead.entries.iter().map(|entry| timeline_entry(&visit, lead.row.id, entry)).collect();
    let (acts, basics, requirement) =
        (steps(&visit, &lead, place.as_ref()), basics(&visit, &lead), requirement(&visit, &lead));
    let (list, back) = match &place {
        Some(place) => (place.title(t), place.back()),
        None => (t.title, paths::LEADS.to_owned()),
    };
    let beside = place.map(|place| {
        let to = |beside: Option<leads::Beside>| beside.map(|beside| place.to(beside));
        let (previous, next) = (to(neighbours.previous), to(neighbours.next));
        view! { <BesideLinks locale back=place.back() previous next /> }
    });
    view! {
        <PageHead
            locale
            title=t.detail
            detail=number
            crumbs=vec![(shell.sales, None), (shell.develop, None), (list, Some(back))]
        >
            {beside}
            {acts}
        </PageHead>
        <Flash word=flash />
        {muted.map(|word| view! { <p class="flash flash--warn">{word}</p> })}
        <div class="split">
            <section class="split__main stack">
                <Eyes thing=Thing::Lead shown=shell.shown_announcement.to_owned() hidden=shell.hidden_announcement.to_owned()>
                    {basics}
                </Eyes>
                {requirement} {calls}
            </section>
            <aside class="split__side">
                <section class="card">
                    <h2 class="card__title">{t.history}</h2>
                    <Timeline entries />
                    <p class="muted">{shell.zone}</p>
                </section>
            </aside>
        </div>
        <Hydration />
    }
}

/// The acts on this lead. One that is not possible now says why.
fn steps(visit: &Visit, lead: &LeadDetail, place: Option<&Place>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let viewer = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.clone());
    let verdict = |step| match &viewer {
        Some(viewer) => lead.can(step, viewer),
        None => Err(Refusal::NoPermission),
    };
    let suffix = place::suffix(place);
    let mut primary = true;
    let offered =
        [Step::Follow, Step::Call, Step::Develop, Step::Dispatch, Step::Return, Step::Reopen, Step::Mute, Step::Unmute];
    let buttons = offered.into_iter().filter_map(|step| {
        let word = text::step(locale, step);
        match verdict(step) {
            Ok(()) => {
                // Muting is never what one comes for.
                let first = primary && !matches!(step, Step::Mute | Step::Unmute);
                let class = if first { "button button--primary" } else { "button" };
                primary = false;
                let href = format!("{}{suffix}", paths::lead_step(lead.row.id, &step.to_string()));
                Some(view! { <a class=class href=href>{word}</a> }.into_any())
            }
            // What a role never permits is not offered; what is not possible now is, with the reason.
            Err(Refusal::NoPermission | Refusal::NotInvalid | Refusal::OutsidePlan2 | Refusal::NotMuted) => None,
            // There is nothing to mute, or it is muted, which the page says above.
            Err(_) if step == Step::Mute => None,
            Err(why) => {
                let reason = conflict(locale, why);
                let id = format!("why-{step}");
                Some(
                    view! {
                        <button class="button" type="button" aria-disabled="true" title=reason aria-describedby=id.clone()>
                            {word}
                        </button>
                        <span class="visually-hidden" id=id>
                            {reason}
                        </span>
                    }
                    .into_any(),
                )
            }
        }
    });
    buttons.collect_view()
}

fn basics(visit: &Visit, lead: &LeadDetail) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let row = &lead.row;
    let id = row.id.to_string();
    let viewer = visit.signed_in.as_ref().map(|signed_in| signed_in.viewer.clone());
    let masked = |field: leads::Field, shown: &partner_center::contact::Shown| {
        let eye = !shown.is_absent() && viewer.as_ref().is_some_and(|viewer| leads::has_eye(viewer, field));
        let open = eye && !shown.is_masked();
        let column = field.to_string();
        let word = text::field(locale, field);
        view! {
            <div>
                <dt>{word} {eye.then(|| view! { <Eye visit=visit.clone() word column=column.clone() action=paths::LEAD_EYE open /> })}</dt>
                <dd data-column=column.clone() data-row=id.clone()>
                    <bdi>{shown.text().to_owned()}</bdi>
                </dd>
            </div>
        }
    };
    let reason =
        lead.invalid_reason.map(|reason| fact(t.invalid_reason, text::invalid_reason(locale, reason).to_owned()));
    let preregistration = lead.preregistration.map(|link| {
        let number = preregistrations::display_number(link.number);
        view! {
            <div>
                <dt>{t.preregistration}</dt>
                <dd>
                    <a href=paths::prospect(link.id)>{number}</a> " "
                    <Badge tone=prospect_text::tone(link.state) word=prospect_text::state(locale, link.state) />
                </dd>
            </div>
        }
    });
    view! {
        <section class="card">
            <h2 class="card__title">{t.basics}</h2>
            <dl class="facts">
                {masked(leads::Field::Company, &row.company)} {masked(leads::Field::Contact, &row.contact)}
                {masked(leads::Field::Phone, &row.phone)} {masked(leads::Field::Email, &row.email)}
                {fact(t.job_title, lead.title.clone())} <div>
                    <dt>{t.state}</dt>
                    <dd>
                        <Badge tone=text::tone(row.state) word=text::state(locale, row.state) />
                    </dd>
                </div>
                {reason} {preregistration} {fact(t.follower, row.follower.clone())} {fact(t.next_on, date(row.next_on))}
                {fact(t.dispatched_at, date_time(row.dispatched_at))} {fact(t.followed_at, date_time(row.followed_at))}
                {fact(t.created_at, date_time(row.created_at))} {fact(t.creator, lead.creator.clone())}
            </dl>
        </section>
    }
}

fn requirement(visit: &Visit, lead: &LeadDetail) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let products: Vec<&str> = lead.products.iter().map(|product| text::product(locale, *product)).collect();
    let products = (!products.is_empty()).then(|| products.join(locale.pick("、", ", ")));
    view! {
        <section class="card">
            <h2 class="card__title">{t.requirement}</h2>
            <dl class="facts">
                {fact(t.campaign, lead.row.campaign.clone())}
                {fact(t.source, Some(text::source(locale, lead.row.source).to_owned()))}
                {fact(t.industry, lead.industry.map(|industry| text::industry(locale, industry).to_owned()))}
                {fact(t.region, lead.region.as_deref().map(|code| text::region(locale, code).to_owned()))}
                {wide_fact(t.products, products)} {wide_fact(t.need, lead.need.clone())}
            </dl>
        </section>
    }
}

fn timeline_entry(visit: &Visit, lead: LeadId, entry: &leads::timeline::Entry) -> TimelineEntry {
    let locale = visit.locale;
    let t = text::words(locale);
    let mut notes = Vec::new();
    let text = match &entry.what {
        What::Returned { reason } | What::Reopened { reason } => Some(reason.clone()),
        What::Followed { content, next_on, reason, .. } => {
            if next_on.is_some() {
                notes.push(format!("{}: {}", t.next_on, date(*next_on)));
            }
            if let Some(reason) = reason {
                notes.push(format!("{}: {}", t.invalid_reason, text::invalid_reason(locale, *reason)));
            }
            Some(content.clone())
        }
        What::Created | What::Imported | What::Dispatched { .. } | What::Developed | What::Called { .. } => None,
    };
    let files = entry.files.iter().map(|file| TimelineFile {
        href: paths::attachment(lead, file.id),
        name: file.name.clone(),
        size: size(file.bytes),
    });
    let files = files.collect();
    TimelineEntry {
        what: text::entry(locale, &entry.what),
        when: date_time(entry.at),
        who: entry.author.clone(),
        text,
        notes,
        files,
    }
}
