//! Every route is called by everybody: on the own tenant's lead, on the own lead, on another tenant's and on one that
//! never was.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use uuid::Uuid;

use super::calls::{CALLS, Call};
use crate::{
    browser_side::headers,
    support::{App, CAST, Client, Lead, Wanted, only_audit},
};

#[test]
fn every_route_has_a_sample_call_and_every_sample_call_a_route() {
    let routes: BTreeSet<(String, String)> = server::router::pages()
        .into_iter()
        .map(|page| ("GET".to_owned(), page.path().to_owned()))
        .chain(server::router::forms().into_iter().map(|(path, _)| ("POST".to_owned(), path.to_owned())))
        .chain(server::router::downloads().into_iter().map(|(path, _)| ("GET".to_owned(), path.to_owned())))
        .chain(server::router::streams().into_iter().map(|(path, _)| ("GET".to_owned(), path.to_owned())))
        .chain(server::callbacks::callbacks().into_iter().map(|(path, _)| ("POST".to_owned(), path.to_owned())))
        .chain(leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method.to_string(), path.to_owned())))
        .collect();
    let calls: BTreeSet<(String, String)> =
        CALLS.iter().map(|call| (call.method.to_owned(), call.route.to_owned())).collect();
    assert_eq!(calls, routes);
}

/// Whose lead a call is made on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Nobodys,
    Tenants,
    Own,
    Foreign,
    Never,
}

impl Whose {
    fn of(call: &Call) -> &'static [(Whose, &'static str)] {
        if call.on.is_empty() {
            return &[(Whose::Nobodys, "")];
        }
        &[(Whose::Tenants, "tenant's"), (Whose::Own, "own"), (Whose::Foreign, "foreign"), (Whose::Never, "never was")]
    }
}

/// Leads to call on; each is changed once at most.
struct Pool<'a> {
    app: &'a App,
    used: HashSet<String>,
}

impl Pool<'_> {
    async fn lead(&mut self, who: &str, whose: Whose, call: &Call) -> Option<String> {
        let state = call.on;
        let (tenant, account) = who.split_once('/').unwrap_or(("yunfan", ""));
        let foreign = if tenant == "qingshan" { "yunfan" } else { "qingshan" };
        // The one to whom leads are dispatched here follows none of those.
        let not_of = [account, target(tenant).1];
        let wanted = match whose {
            Whose::Nobodys | Whose::Never => return Some(Uuid::new_v4().to_string()),
            Whose::Tenants => Wanted { tenant, state, not_of: &not_of, ..Wanted::default() },
            Whose::Own => Wanted { tenant, state, follower: Some(account), ..Wanted::default() },
            Whose::Foreign => Wanted { tenant: foreign, state, ..Wanted::default() },
        };
        let mut leads = self.app.leads(wanted).await.into_iter();
        let Lead { id, .. } = leads.find(|lead| !self.used.contains(&lead.id))?;
        // What is only looked at, or not even seen, stays as it is for the next call.
        if call.is_post() && whose != Whose::Foreign {
            self.used.insert(id.clone());
        }
        Some(id)
    }
}

/// To whom leads of a tenant are dispatched here.
fn target(tenant: &str) -> (&'static str, &'static str) {
    match tenant {
        "qingshan" => ("qingshan/admin", "admin"),
        "xinghe" => ("xinghe/tang", "tang"),
        _ => ("yunfan/zhao", "zhao"),
    }
}

#[tokio::test]
async fn everybody_calls_everything() {
    let app = App::new().await;
    app.tally().await;
    let mut pool = Pool { app: &app, used: HashSet::new() };
    let mut lines: BTreeMap<(usize, usize), (String, Vec<String>)> = BTreeMap::new();
    let actors: Vec<&str> = std::iter::once("anonymous").chain(CAST).collect();
    for who in &actors {
        // Failed sign-ins of one actor are forgotten before the next.
        app.clock.advance(901);
        let client = if *who == "anonymous" { app.anonymous() } else { app.sign_in(who).await };
        let follower = app.member(target(who.split('/').next().unwrap()).0).await.to_string();
        for (place, call) in CALLS.iter().enumerate() {
            let mut unseen = Vec::new();
            for (row, (whose, word)) in Whose::of(call).iter().enumerate() {
                let cell = match pool.lead(who, *whose, call).await {
                    None => "--".to_owned(),
                    Some(id) => {
                        let answer = cell(&app, &client, call, &id, &follower).await;
                        if matches!(whose, Whose::Foreign | Whose::Never) {
                            unseen.push(answer.1);
                        }
                        answer.0
                    }
                };
                let name = format!("{:<4} {:<28} {word:<10}", call.method, call.route);
                lines.entry((place, row)).or_insert_with(|| (name, Vec::new())).1.push(cell);
            }
            if let [foreign, never] = unseen.as_slice() {
                assert_eq!(foreign, never, "{who} learns something: {} {}", call.method, call.route);
            }
        }
    }
    let mut table: String = actors.iter().enumerate().map(|(place, who)| format!("{place:>2} {who}\n")).collect();
    let numbers: Vec<String> = (0..actors.len()).map(|place| format!("{place:>8}")).collect();
    table.push_str(&format!("{:<44}{}\n", "", numbers.concat()));
    for (name, cells) in lines.into_values() {
        let cells: Vec<String> = cells.iter().map(|cell| format!("{cell:>8}")).collect();
        table.push_str(&format!("{name}{}\n", cells.concat()));
    }
    insta::assert_snapshot!("who_may_call_what", table);
}

/// Makes one call and checks what must be true of every answer; says the status, and the answer without chance.
async fn cell(app: &App, client: &Client, call: &Call, id: &str, follower: &str) -> (String, (u16, String)) {
    let before = app.writes().await;
    let answer = call.make(client, id, follower).await;
    let written = app.writes_since(&before).await;
    let what = format!("{} {} answers {}", call.method, call.address(id), answer.status);
    headers::assert_strict(&answer, &what);
    let to_the_door = answer.status == 303 && answer.location().starts_with("/sign-in") && call.route != "/sign-out";
    match answer.status {
        403 => assert_eq!(written, only_audit(1), "{what}"),
        // A reveal that plan 2.0 forbids, a call that is not made and a failed sign-in leave a line as well.
        409 | 422 => {
            let mut written = written;
            written.remove("sign_in_attempts");
            let told = ["/api/leads/reveal", "/leads/eye", "/sign-in"].contains(&call.route) && call.is_post();
            // Its page is an attempt as well, where there are calls at all.
            let calls = call.is_post() || !answer.says("外呼仅对已加入营销计划 2.0 的伙伴开放");
            let lines = i64::from(told || call.route == "/leads/{id}/call" && calls);
            assert_eq!(written, only_audit(lines), "{what}");
        }
        401 | 404 => assert_eq!(written, only_audit(0), "{what}"),
        303 if to_the_door => assert_eq!(written, only_audit(0), "{what}"),
        200 if !call.is_post() => {
            let told = call.route == "/leads/{id}/call" && answer.says("role=\"alert\"");
            assert_eq!(written, only_audit(i64::from(told)), "{what}");
        }
        200 | 303 => {}
        other => panic!("{what}, which nobody expects: {other}"),
    }
    let cell = if to_the_door { "sign in".to_owned() } else { answer.status.to_string() };
    (cell, answer.without_chance(id))
}
