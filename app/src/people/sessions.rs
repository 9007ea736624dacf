//! One's own sessions: where and when each was begun and last used, and ending them.

use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    people::sessions::{self, SessionRow},
};

use super::words::words;
use crate::{
    form::{PageForm, Params, Saved},
    paths,
    text::{date_time, words as shell_words},
    ui::{Badge, TableFrame, Tone},
    visit::Visit,
};

/// Ends one of one's own sessions.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EndSession {}

impl PageForm for EndSession {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, params: &Params) -> Result<Saved> {
        let key = params.get("id").ok_or(Error::NotFound)?;
        sessions::end(&visit.ctx()?, key).await?;
        Ok(Saved::telling(paths::PROFILE, "session-ended"))
    }
}

/// The table of one's sessions.
pub(super) fn table(visit: &Visit, rows: Vec<SessionRow>) -> impl IntoView + use<> {
    let locale = visit.locale;
    let (t, shell) = (words(locale), shell_words(locale));
    let head = view! {
        <tr>
            <th scope="col">{t.device}</th>
            <th scope="col">{t.address}</th>
            <th scope="col">{t.begun_at}</th>
            <th scope="col">{t.seen_at}</th>
            <th scope="col" class="table__actions">
                {shell.actions}
            </th>
        </tr>
    };
    let rows = rows.into_iter().map(|row| line(visit, row)).collect_view();
    view! {
        <div class="toolbar">
            <h2>{t.sessions}</h2>
            <div class="toolbar__end">
                <span class="muted">{shell.zone}</span>
                <form method="post" action=paths::SIGN_OUT>
                    <button class="button button--small" name="everywhere" value="yes">
                        {shell.sign_out_everywhere}
                    </button>
                </form>
            </div>
        </div>
        <TableFrame caption=t.sessions head=head.into_any()>
            {rows}
        </TableFrame>
    }
}

fn line(visit: &Visit, row: SessionRow) -> impl IntoView + use<> {
    let t = words(visit.locale);
    let name = format!("{} {}", t.end_session, row.address);
    let act = match row.is_this {
        true => view! { <Badge tone=Tone::Green word=t.this_session /> }.into_any(),
        false => view! {
            <form method="post" action=paths::end_session(&row.key)>
                <button class="button button--text" aria-label=name>
                    {t.end_session}
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <tr>
            <td>
                <bdi>{if row.browser.is_empty() { "--".to_owned() } else { row.browser }}</bdi>
            </td>
            <td>{row.address}</td>
            <td>{date_time(row.begun_at)}</td>
            <td>{date_time(row.seen_at)}</td>
            <td class="table__actions">{act}</td>
        </tr>
    }
}
