//! The reception: who a request is from, before any page sees it. Whoever is not signed in is sent to the sign-in page;
//! whoever must change the password first, there.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use app::{
    form::{self, Saved},
    paths,
    text::{Locale, Zone},
    visit::{TICKET, Visit},
};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use partner_center::{
    ctx::{Origin, Store},
    error::Error,
    people::{self, SignedIn, Ticket, hashing::Hasher},
};
use tower_sessions::Session;

use crate::{agent::device, clock::Clock, cookies::cookie};

/// What the reception knows.
#[derive(Clone)]
pub struct Reception {
    pub store: Store,
    pub hasher: Hasher,
    pub clock: Clock,
    pub secure: bool,
    pub demo: bool,
    pub proxies: usize,
}

/// Addresses for everybody.
const OPEN: [&str; 4] = [paths::SIGN_IN, paths::LANGUAGE, paths::THEME, paths::SIGN_OUT];

/// Turns the cookie into a visit.
pub async fn receive(State(reception): State<Reception>, mut request: Request, next: Next) -> Response {
    let Some(session) = request.extensions().get::<Session>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let signed_in = match who(&reception, &session).await {
        Ok(signed_in) => signed_in.map(Arc::new),
        Err(error) => {
            tracing::warn!(?error, "the session could not be read");
            let later = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
            return (StatusCode::SERVICE_UNAVAILABLE, later, "temporarily unavailable").into_response();
        }
    };
    let visit = visit(&reception, &request, session, signed_in.clone());
    let path = request.uri().path().to_owned();
    let is_open = OPEN.contains(&path.as_str());
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match &signed_in {
        None if !is_open => {
            if path.starts_with("/api/") {
                return StatusCode::UNAUTHORIZED.into_response();
            }
            // Where one wanted to go is kept for pages alone: a form that was sent is not sent again.
            let next = if is_read && path != paths::HOME { visit.address.as_str() } else { "" };
            let to = app::query::address(paths::SIGN_IN, &[("next", next)]);
            return form::redirect(Saved::at(to), &visit);
        }
        Some(member) if member.must_change_password && path != paths::CHANGE_PASSWORD && !is_open => {
            return form::redirect(Saved::at(paths::CHANGE_PASSWORD), &visit);
        }
        Some(_) if path == paths::SIGN_IN && is_read => return form::redirect(Saved::at(paths::HOME), &visit),
        _ => {}
    }
    let leaving = path == paths::SIGN_OUT;
    request.extensions_mut().insert(visit);
    let mut response = next.run(request).await;
    if leaving {
        let everything = HeaderValue::from_static("\"cache\"");
        response.headers_mut().insert("clear-site-data", everything);
    }
    response
}

/// Whom the session's ticket stands for now. A ticket that is worth nothing any more ends its session.
async fn who(reception: &Reception, session: &Session) -> Result<Option<SignedIn>, Error> {
    let ticket: Option<Ticket> = session.get(TICKET).await.map_err(|_| Error::Busy)?;
    let Some(ticket) = ticket else { return Ok(None) };
    let signed_in = people::enter(&reception.store, ticket, reception.clock.now()).await?;
    if signed_in.is_none() {
        session.flush().await.map_err(|_| Error::Busy)?;
    }
    Ok(signed_in)
}

fn visit(reception: &Reception, request: &Request, session: Session, signed_in: Option<Arc<SignedIn>>) -> Visit {
    let headers = request.headers();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let chosen = signed_in.as_ref().and_then(|member| Locale::of_tag(&member.language));
    let locale = chosen.or_else(|| cookie(headers, "pc_locale").and_then(Locale::of_tag));
    let locale = locale.unwrap_or_else(|| Locale::of_accept_language(text("accept-language").unwrap_or_default()));
    let zone = signed_in.as_ref().and_then(|member| Zone::of_name(&member.zone)).unwrap_or_default();
    let address = request.uri().path_and_query().map_or("/", |address| address.as_str());
    Visit {
        store: reception.store.clone(),
        hasher: reception.hasher.clone(),
        session,
        signed_in,
        origin: Origin {
            address: source(reception.proxies, request),
            request: text("x-request-id").unwrap_or_default().to_owned(),
        },
        now: reception.clock.now(),
        locale,
        zone,
        theme: cookie(headers, "pc_theme").and_then(|theme| theme.parse().ok()).unwrap_or_default(),
        address: address.to_owned(),
        flash: cookie(headers, "pc_flash").map(str::to_owned),
        browser: cookie(headers, "pc_browser").map(str::to_owned),
        device: device(text("user-agent").unwrap_or_default()),
        secure: reception.secure,
        demo: reception.demo,
    }
}

/// The address as far as it names somebody: of IPv6 the network, since anybody has a whole one.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

/// The address a request comes from. What a client says of itself counts only as far as our own proxies say it.
fn source(proxies: usize, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| network(info.0.ip()));
    let peer = peer.unwrap_or_else(|| "unknown".to_owned());
    if proxies == 0 {
        return peer;
    }
    let said = request.headers().get_all("x-forwarded-for").into_iter().filter_map(|line| line.to_str().ok());
    let said: Vec<&str> = said.flat_map(|line| line.split(',')).map(str::trim).collect();
    let said = said.len().checked_sub(proxies).and_then(|at| said.get(at));
    said.and_then(|said| said.parse::<IpAddr>().ok()).map_or(peer, network)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_ipv6_address_only_the_network_counts() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
