//! The calls of a lead, on its page.

use leptos::prelude::*;
use partner_center::leads::{LeadDetail, Step};

use super::text;
use crate::{
    leads::text::words as lead_words,
    paths,
    text::date_time,
    ui::{Badge, TableFrame},
    visit::Visit,
};

/// 通话记录
pub fn call_list(visit: &Visit, lead: &LeadDetail) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, heading) = (text::words(locale), lead_words(locale).calls);
    let head = view! {
        <tr>
            <th scope="col">{t.started_at}</th>
            <th scope="col">{t.caller}</th>
            <th scope="col">{t.result}</th>
            <th scope="col" class="is-numeric">{t.duration}</th>
        </tr>
    };
    let takes = lead.row.steps.contains(&Step::Follow);
    let rows = lead.calls.iter().map(|call| {
        let duration = call.seconds().map_or_else(|| "--".to_owned(), |seconds| text::duration(locale, seconds));
        let waits = (call.has_draft && takes).then(|| view! { " " <a href=paths::call(call.id)>{t.draft_waits}</a> });
        view! {
            <tr>
                <td>
                    <a href=paths::call(call.id)>{date_time(call.created_at)}</a>
                </td>
                <td>
                    <bdi>{call.caller.clone()}</bdi>
                </td>
                <td>
                    <Badge tone=text::tone(call) word=text::standing(locale, call.state, call.result) />
                    {waits}
                </td>
                <td class="is-numeric">{duration}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <section class="card">
            <h2 class="card__title">{heading}</h2>
            <TableFrame caption=heading head=head.into_any()>
                {rows}
            </TableFrame>
        </section>
    }
}
