//! 消息设置: by which ways a member is told, and what became of the latest letters.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    messages::{self, Channel, Channels, Group},
    outbox::{self, Delivery},
};
use strum::IntoEnumIterator;

use super::text;
use crate::{
    form::{PageForm, Params, Posted, Saved},
    islands::SendOnce,
    paths,
    text::{Locale, date_time, words},
    ui::{Badge, Empty, Flash, FormShell, Hydration, PageHead, TableFrame, page},
    visit::Visit,
};

/// The ways that the member has ticked, as `group.channel`.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChooseChannels {
    #[serde(rename = "once")]
    _once: String,
    ways: Vec<String>,
}

fn code(group: Group, channel: Channel) -> String {
    format!("{group}.{channel}")
}

impl PageForm for ChooseChannels {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let known: Vec<String> =
            Group::iter().flat_map(|group| Channel::iter().map(move |channel| code(group, channel))).collect();
        if self.ways.iter().any(|way| !known.contains(way)) {
            return Err(Error::Malformed);
        }
        let wants = |group, channel| self.ways.contains(&code(group, channel));
        let chosen: Vec<(Group, Channels)> = Group::iter()
            .map(|group| (group, Channels { email: wants(group, Channel::Email), sms: wants(group, Channel::Sms) }))
            .collect();
        messages::choose(&visit.ctx()?, &chosen).await?;
        Ok(Saved::telling(paths::MESSAGE_SETTINGS, "messages-saved"))
    }
}

/// The page of the settings.
#[component]
pub fn MessageSettingsPage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), Posted::<ChooseChannels>::take());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        let ctx = visit.ctx()?;
        let chosen = messages::chosen(&ctx).await?;
        let deliveries = outbox::deliveries(&ctx).await?;
        let manages = ctx.viewer().can(Action::ManageReceivers);
        let (_, error) = posted;
        let (locale, t, shell) = (visit.locale, text::words(visit.locale), words(visit.locale));
        let flash = visit.flash.as_deref().and_then(|code| text::flash(locale, code));
        let rows = chosen.iter().map(|(group, channels)| choices(&visit, *group, *channels)).collect_view();
        let head = view! {
            <tr>
                <th scope="col">{t.group}</th>
                <th scope="col">{t.in_app}</th>
                <th scope="col">{text::channel(locale, Channel::Email)}</th>
                <th scope="col">{text::channel(locale, Channel::Sms)}</th>
            </tr>
        };
        Ok(view! {
            <PageHead locale title=t.settings crumbs=vec![(shell.messages, Some(paths::MESSAGES.to_owned()))]>
                {manages.then(|| view! { <a class="button" href=paths::MESSAGE_RECEIVERS>{t.receivers}</a> })}
            </PageHead>
            <Flash word=flash />
            <section class="card">
                <h2 class="card__title">{t.channels}</h2>
                <p class="muted">{t.channels_hint}</p>
                {closed(locale, messages::closed(&ctx))}
                <SendOnce word=shell.saving.to_owned()>
                    <FormShell locale action=paths::MESSAGE_SETTINGS.to_owned() error labels=Vec::new() class="form--wide">
                        <TableFrame caption=t.channels head=head.into_any()>
                            {rows}
                        </TableFrame>
                        <p class="muted">{t.language_hint} " " <a href=paths::PROFILE>{shell.profile}</a></p>
                        <div class="form__buttons">
                            <button class="button button--primary" type="submit">
                                {shell.save}
                            </button>
                        </div>
                    </FormShell>
                </SendOnce>
            </section>
            <h2>{t.deliveries}</h2>
            {sent(&visit, deliveries)}
            <p class="muted">{t.deliveries_hint} " " {shell.zone}</p>
            <Hydration />
        })
    })
}

/// That a way is not set up, where one is not: whoever chooses it is not reached by it.
pub(super) fn closed(locale: Locale, channels: Vec<Channel>) -> Option<impl IntoView> {
    let words: Vec<&str> = channels.into_iter().map(|channel| text::channel(locale, channel)).collect();
    (!words.is_empty()).then(|| {
        let words = words.join(locale.pick("、", ", "));
        view! { <p class="flash flash--warn">{text::closed(locale, &words)}</p> }
    })
}

fn choices(visit: &Visit, group: Group, channels: Channels) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    let word = text::group(locale, group);
    let boxes = Channel::iter().map(|channel| {
        let name = format!("{word}: {}", text::channel(locale, channel));
        view! {
            <td>
                <input type="checkbox" name="ways" value=code(group, channel) checked=channels.has(channel) aria-label=name />
            </td>
        }
    });
    let boxes = boxes.collect_view();
    view! {
        <tr>
            <th scope="row">{word}</th>
            <td class="muted">{t.always}</td>
            {boxes}
        </tr>
    }
}

fn sent(visit: &Visit, deliveries: Vec<Delivery>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let t = text::words(locale);
    if deliveries.is_empty() {
        return view! { <Empty title=t.no_deliveries_title text=t.no_deliveries_text /> }.into_any();
    }
    let rows = deliveries.into_iter().map(|delivery| {
        let (what, to) = match delivery.kind {
            Some(kind) => (text::kind(locale, kind), if delivery.outside { t.to_receiver } else { t.to_member }),
            None if delivery.invites => (t.invitation, t.to_prospect),
            None => (t.code, t.to_member),
        };
        let reason = delivery.reason.map(|reason| format!(" {}", text::reason(locale, reason)));
        view! {
            <tr>
                <td>{date_time(delivery.at)}</td>
                <td class="is-long">{what}</td>
                <td>{text::channel(locale, delivery.channel)}</td>
                <td>{to}</td>
                <td class="is-long">
                    <Badge tone=text::tone(delivery.state) word=text::state(locale, delivery.state) />
                    {reason}
                </td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let head = view! {
        <tr>
            <th scope="col">{t.at}</th>
            <th scope="col">{t.kind}</th>
            <th scope="col">{t.channel}</th>
            <th scope="col">{t.to}</th>
            <th scope="col">{t.state}</th>
        </tr>
    };
    view! { <TableFrame caption=t.deliveries head=head.into_any()>{rows}</TableFrame> }.into_any()
}
