//! One pre-registration on its own page, as far as its readers may see it.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use partner_center::{
    error::Error,
    ids::PreregistrationId,
    leads,
    preregistrations::{self, State},
};

use super::text;
use crate::{
    leads::text::words as lead_words,
    paths,
    text::{date_time, words},
    ui::{Badge, PageHead, fact, page, wide_fact},
    visit::Visit,
};

/// The page.
#[component]
pub fn ProspectPage() -> impl IntoView {
    let id: Option<PreregistrationId> = use_params_map().read_untracked().get("id").and_then(|id| id.parse().ok());
    let visit = Visit::current();
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let row = preregistrations::get(&visit.ctx()?, id.ok_or(Error::NotFound)?).await?;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let lead = lead_words(locale);
        let valid = matches!(row.state, State::Registered | State::Invited).then(|| date_time(row.expires_at));
        let invitation = text::invitation(locale, row.invitation);
        Ok(view! {
            <PageHead
                locale
                title=t.title
                detail=preregistrations::display_number(row.number)
                crumbs=vec![
                    (shell.sales, None),
                    (shell.develop, None),
                    (lead.title, Some(paths::LEADS.to_owned())),
                    (lead.detail, Some(paths::lead(row.lead))),
                ]
            />
            <section class="card">
                <dl class="facts">
                    <div>
                        <dt>{t.state}</dt>
                        <dd>
                            <Badge tone=text::tone(row.state) word=text::state(locale, row.state) />
                        </dd>
                    </div> {fact(t.expires_at, valid)} {fact(t.company, row.company.text().to_owned())}
                    {fact(t.contact, row.contact.text().to_owned())} {fact(t.mobile, row.mobile.text().to_owned())}
                    {fact(t.email, row.email.text().to_owned())} {fact(t.invitation, invitation)}
                    {fact(t.owner, row.owner)} {fact(t.created_at, date_time(row.created_at))} <div>
                        <dt>{t.lead}</dt>
                        <dd>
                            <a href=paths::lead(row.lead)>{leads::display_number(row.lead_number)}</a>
                        </dd>
                    </div> {wide_fact(t.remark, row.remark)}
                </dl>
            </section>
            <p class="muted">{shell.zone}</p>
        })
    })
}
