//! The events of a call, as a stream that ends with the call: a word for each state, one for what has become of the wish
//! to end it, and one for its end. Each look is a single one at what the viewer sees of the call; whether its session
//! still stands is asked anew every five seconds, and before anything is told. Streams are bounded in number and time, and a browser that still wants more asks again.

use std::{collections::BTreeMap, convert::Infallible, sync::Mutex, time::Duration};

use axum::{
    extract::{Path, Request, State as Extracted},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::Stream;
use leptos::prelude::*;
use partner_center::{
    calls::{self, Ending, Pulse, State},
    ctx::Ctx,
    error::{Error, Result},
    ids::{CallId, MemberId},
};

use super::text;
use crate::{
    form::{self, Params},
    visit::Visit,
};

/// How often the call is looked at.
const PAUSE: Duration = Duration::from_millis(500);
/// After how many looks the session is looked at as well, though there is nothing to tell: five seconds of them.
const LOOKS_OF_A_SESSION: u32 = 10;
/// How many looks a stream takes before the browser has to ask again: two minutes of them.
const MOST_LOOKS: u32 = 240;
/// How many streams a member has at once on this server, and how many there are.
const MOST_OF_MEMBER: u32 = 4;
const MOST: u32 = 400;

/// Answers with the stream.
pub async fn events(
    Extracted(options): Extracted<LeptosOptions>,
    Path(params): Path<Params>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match begin(parts.extensions.get::<Visit>().cloned(), &params).await {
        Ok(watch) => Sse::new(stream(watch)).keep_alive(KeepAlive::default()).into_response(),
        Err(error) => form::failed(options, parts, error).await,
    }
}

/// Somebody who watches a call.
struct Watch {
    visit: Visit,
    /// What it was seen to be when its session was last looked at.
    ctx: Ctx,
    id: CallId,
    /// Held for as long as it watches.
    _seat: Seat,
    told: Option<State>,
    noted: Option<Ending>,
    looks: u32,
}

async fn begin(visit: Option<Visit>, params: &Params) -> Result<Watch> {
    let visit = visit.ok_or(Error::Internal)?;
    let id: CallId = form::id_of(params)?;
    let ctx = visit.ctx()?;
    calls::pulse(&ctx, id).await?;
    let seat = Seat::take(ctx.viewer().member).ok_or(Error::TooMany { retry_after: 10 })?;
    Ok(Watch { visit, ctx, id, _seat: seat, told: None, noted: None, looks: 0 })
}

fn stream(watch: Watch) -> impl Stream<Item = std::result::Result<Event, Infallible>> {
    futures::stream::unfold(Some(watch), |watch| async move {
        let mut watch = watch?;
        while watch.looks < MOST_LOOKS {
            if watch.looks > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            watch.looks += 1;
            // Whoever may not see it any more is told nothing more.
            let call = watch.look().await.ok()?;
            if watch.told != Some(call.state) {
                watch.told = Some(call.state);
                let word = text::standing(watch.visit.locale, call.state, call.result);
                let is_over = call.state == State::Ended;
                let event = Event::default().event(if is_over { "over" } else { "state" }).data(word);
                return Some((Ok(event), (!is_over).then_some(watch)));
            }
            if watch.noted != call.ending {
                watch.noted = call.ending;
                let word = call.ending.map_or("", |ending| text::ending(watch.visit.locale, ending));
                return Some((Ok(Event::default().event("note").data(word)), Some(watch)));
            }
        }
        None
    })
}

impl Watch {
    /// The call as its watcher may see it now.
    async fn look(&mut self) -> Result<Pulse> {
        let call = calls::pulse(&self.ctx, self.id).await?;
        let is_news = self.told != Some(call.state) || self.noted != call.ending;
        if !is_news && !self.looks.is_multiple_of(LOOKS_OF_A_SESSION) {
            return Ok(call);
        }
        let Visit { store, origin, now, .. } = &self.visit;
        let signed_in = self.visit.signed_in_now().await?;
        self.ctx = store.ctx(signed_in.viewer, origin.clone(), *now);
        calls::pulse(&self.ctx, self.id).await
    }
}

/// Who watches on this server, and how often.
static SEATS: Mutex<BTreeMap<MemberId, u32>> = Mutex::new(BTreeMap::new());

/// One stream's place among those there may be; given back when the stream is dropped.
struct Seat {
    member: MemberId,
}

impl Seat {
    fn take(member: MemberId) -> Option<Seat> {
        let mut seats = SEATS.lock().ok()?;
        let all: u32 = seats.values().sum();
        let own = seats.entry(member).or_default();
        if *own >= MOST_OF_MEMBER || all >= MOST {
            return None;
        }
        *own += 1;
        Some(Seat { member })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Ok(mut seats) = SEATS.lock() else { return };
        if let Some(own) = seats.get_mut(&self.member) {
            *own -= 1;
            if *own == 0 {
                seats.remove(&self.member);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_has_so_many_streams_and_gets_back_what_it_gives_up() {
        let member = MemberId(uuid::Uuid::from_u128(1));
        let mut seats: Vec<Option<Seat>> = (0..=MOST_OF_MEMBER).map(|_| Seat::take(member)).collect();
        assert!(seats.pop().flatten().is_none());
        assert!(seats.iter().all(Option::is_some));
        assert!(Seat::take(MemberId(uuid::Uuid::from_u128(2))).is_some());
        seats.pop();
        assert!(Seat::take(member).is_some());
    }
}
