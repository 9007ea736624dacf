//! Sessions: how long they live, what ends them, and that nothing brings them back.

use axum::http::header;
use partner_center::{access::Role, ids::MemberId, people::admin};
use sea_orm::Value;
use server::session::Sessions;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
};

use crate::support::{App, Client};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

async fn is_in(client: &Client) -> bool {
    let answer = client.get("/leads").await;
    assert!(answer.status == 200 || answer.location().starts_with("/sign-in"), "{}", answer.status);
    answer.status == 200
}

fn session_line(answer: &crate::support::Answer, name: &str) -> String {
    let lines = answer.headers.get_all(header::SET_COOKIE).into_iter().map(|line| line.to_str().unwrap().to_owned());
    lines.into_iter().find(|line| line.starts_with(&format!("{name}="))).unwrap()
}

#[tokio::test]
async fn the_cookie_is_for_this_host_and_for_the_browser_alone() {
    let app = App::secure().await;
    let client = app.anonymous();
    let answer = client.sign_in("yunfan/wu", server::seed::PASSWORD).await;
    let line = session_line(&answer, "__Host-pc");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(line.contains(part), "{part} is missing in {line}");
    }
    assert!(!line.contains("Domain") && !line.contains("Expires") && !line.contains("Max-Age"), "{line}");
    assert!(is_in(&client).await);
    let browser = session_line(&answer, "pc_browser");
    assert!(browser.contains("; Secure") && browser.contains("HttpOnly"), "{browser}");
    // A browser drops a line about such a cookie that does not say Secure.
    let left = client.post("/sign-out", &[]).await;
    assert!(session_line(&left, "__Host-pc").contains("Secure"), "{}", session_line(&left, "__Host-pc"));
}

#[tokio::test]
async fn looking_at_the_door_begins_no_session() {
    let app = App::new().await;
    let client = app.anonymous();
    client.get("/sign-in").await;
    client.sign_in("yunfan/wu", "Wrong-2026").await;
    assert_eq!(client.cookie("pc"), None);
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions", []).await, 0);
}

#[tokio::test]
async fn a_session_that_was_there_before_is_not_the_one_signed_in() {
    let app = App::new().await;
    let client = app.sign_in("yunfan/wu").await;
    let first = client.cookie("pc").unwrap();
    client.sign_in("yunfan/wu", server::seed::PASSWORD).await;
    let second = client.cookie("pc").unwrap();
    assert_ne!(first, second);
    let attacker = app.anonymous();
    attacker.set_cookie("pc", &first);
    assert!(!is_in(&attacker).await, "the session from before the sign-in still works");

    // One that was made up is not taken over either.
    let victim = app.anonymous();
    let planted = Id::default().to_string();
    victim.set_cookie("pc", &planted);
    victim.sign_in("yunfan/wu", server::seed::PASSWORD).await;
    assert_ne!(victim.cookie("pc").unwrap(), planted);
    assert!(is_in(&victim).await);
}

#[tokio::test]
async fn ids_are_long_and_never_repeat() {
    let app = App::new().await;
    let mut seen = std::collections::HashSet::new();
    for _ in 0..20 {
        let cookie = app.sign_in("yunfan/wu").await.cookie("pc").unwrap();
        assert!(cookie.len() >= 22, "{cookie} has fewer than 128 bits");
        assert!(seen.insert(cookie));
    }
}

#[tokio::test]
async fn thirty_minutes_without_use_end_a_session() {
    let app = App::new().await;
    let (used, idle) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/wu").await);
    for _ in 0..4 {
        app.clock.advance(29 * MINUTE);
        assert!(is_in(&used).await, "a session in use lives");
    }
    assert!(!is_in(&idle).await);
    app.clock.advance(31 * MINUTE);
    assert!(!is_in(&used).await);
    app.clock.advance(-31 * MINUTE);
}

#[tokio::test]
async fn twelve_hours_end_a_session_in_use_too() {
    let app = App::new().await;
    let client = app.sign_in("yunfan/wu").await;
    for _ in 0..35 {
        app.clock.advance(20 * MINUTE);
        assert!(is_in(&client).await);
    }
    app.clock.advance(19 * MINUTE);
    assert!(is_in(&client).await, "11:59 is less than twelve hours");
    app.clock.advance(2 * MINUTE);
    assert!(!is_in(&client).await, "12:01 is more");
}

#[tokio::test]
async fn a_use_is_written_once_a_minute_at_most() {
    let app = App::new().await;
    let client = app.sign_in("yunfan/wu").await;
    app.tally().await;
    let before = app.writes().await;
    for _ in 0..5 {
        client.get("/leads").await;
    }
    assert_eq!(app.writes_since(&before).await, Default::default());
    app.clock.advance(61);
    for _ in 0..5 {
        client.get("/leads").await;
    }
    assert_eq!(app.writes_since(&before).await, [("sessions".to_owned(), 1)].into());
}

#[tokio::test]
async fn what_takes_a_members_right_ends_its_sessions_on_every_server_at_once() {
    for what in ["disabled", "role taken", "password changed", "signed out everywhere"] {
        let app = App::new().await;
        let second = app.second_server().await;
        let member = MemberId(app.member("yunfan/wu").await);
        let (here, there) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/wu").await.at(&second));
        let other = app.sign_in("yunfan/chen").await;
        assert!(is_in(&here).await && is_in(&there).await);
        let acting = app.sign_in("yunfan/wu").await;
        match what {
            "disabled" => admin::disable_member(&app.store, member, app.clock.now()).await.unwrap(),
            "role taken" => admin::take_role(&app.store, member, Role::LeadOperator, app.clock.now()).await.unwrap(),
            "password changed" => {
                let fields = [("old", server::seed::PASSWORD), ("new", "Other-2026-pc"), ("again", "Other-2026-pc")];
                assert_eq!(acting.fill("/change-password", &fields).await.status, 303);
                assert!(is_in(&acting).await, "who changes the password stays");
            }
            _ => {
                assert_eq!(acting.post("/sign-out", &[("everywhere", "yes")]).await.status, 303);
                assert!(!is_in(&acting).await);
            }
        }
        for client in [&here, &there, &here.at(&second), &there.at(&app.server)] {
            assert!(!is_in(client).await, "{what}: a session lives on");
            let call = client.call("/api/leads/reveal", &[("field", "phone")]).await;
            assert_eq!(call.status, 401, "{what}");
        }
        assert!(is_in(&other).await, "{what}: somebody else is thrown out");
    }
}

#[tokio::test]
async fn signing_out_ends_this_session_alone_on_both_servers() {
    let app = App::new().await;
    let second = app.second_server().await;
    let (one, other) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/wu").await);
    let cookie = one.cookie("pc").unwrap();
    one.post("/sign-out", &[]).await;
    assert_eq!(one.cookie("pc"), None);
    for server in [&app.server, &second] {
        let client = app.anonymous().at(server);
        client.set_cookie("pc", &cookie);
        assert!(!is_in(&client).await);
    }
    assert!(is_in(&other).await);
    assert_eq!((app.audited("signed_out").await, app.audited("signed_out_everywhere").await), (1, 0));
}

#[tokio::test]
async fn the_trail_tells_signing_out_everywhere_from_signing_out_here() {
    let app = App::new().await;
    let (one, other) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/admin").await);
    one.post("/sign-out", &[("everywhere", "yes")]).await;
    assert!(!is_in(&other).await);
    assert_eq!((app.audited("signed_out").await, app.audited("signed_out_everywhere").await), (0, 1));
    let trail = app.sign_in("yunfan/admin").await.get("/audit?event=signed_out_everywhere").await;
    assert!(trail.says("is-long\">退出所有设备<"), "{}", trail.text());
}

#[tokio::test]
async fn a_session_that_was_deleted_never_comes_back() {
    let app = App::new().await;
    let client = app.sign_in("yunfan/wu").await;
    let cookie = client.cookie("pc").unwrap();
    let sessions = Sessions::new(app.db.clone(), app.clock.clone());
    let id: Id = cookie.parse().unwrap();
    // A slow request has loaded the session before the member signs out, and saves it afterwards.
    for _ in 0..100 {
        let record: Record = sessions.load(&id).await.unwrap().unwrap();
        sessions.delete(&id).await.unwrap();
        sessions.save(&record).await.unwrap();
        assert_eq!(sessions.load(&id).await.unwrap(), None);
        assert_eq!(app.number("SELECT COUNT(*) FROM sessions", []).await, 0);
        let mut anew = record;
        sessions.create(&mut anew).await.unwrap();
    }
    client.post("/sign-out", &[]).await;
    client.set_cookie("pc", &cookie);
    assert!(!is_in(&client).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_under_way_do_not_bring_a_session_back() {
    let app = App::new().await;
    let second = app.second_server().await;
    for round in 0..25 {
        let client = app.sign_in("yunfan/wu").await;
        let cookie = client.cookie("pc").unwrap();
        let slow = client.at(&second);
        let eye = [("field", "company"), ("open", "yes"), ("back", "/leads")];
        let under_way = tokio::spawn(async move { slow.post("/leads/eye", &eye).await });
        client.post("/sign-out", &[]).await;
        under_way.await.unwrap();
        let thief = app.anonymous();
        thief.set_cookie("pc", &cookie);
        assert!(!is_in(&thief).await, "round {round}");
    }
}

#[tokio::test]
async fn the_table_of_sessions_opens_no_door() {
    let app = App::new().await;
    let client = app.sign_in("yunfan/wu").await;
    let cookie = client.cookie("pc").unwrap();
    let id: Id = cookie.parse().unwrap();
    let rows = app.rows("SELECT id_hash, data FROM sessions", []).await;
    assert_eq!(rows.len(), 1);
    let (hash, data): (Vec<u8>, String) = (rows[0].try_get_by_index(0).unwrap(), rows[0].try_get_by_index(1).unwrap());
    assert_eq!(hash.len(), 32);
    assert!(!data.contains(&cookie) && !data.contains("wu"), "{data}");
    for raw in [id.0.to_be_bytes(), id.0.to_le_bytes()] {
        assert!(!hash.windows(16).any(|window| window == raw));
    }
    let from_the_table = Id(i128::from_be_bytes(hash[..16].try_into().unwrap()));
    let thief = app.anonymous();
    thief.set_cookie("pc", &from_the_table.to_string());
    assert!(!is_in(&thief).await);
}

#[tokio::test]
async fn a_broken_cookie_is_no_cookie() {
    let app = App::new().await;
    for cookie in ["x", "-1", "0", "null", "%00", "AAAAAAAAAAAAAAAAAAAAAA", &"A".repeat(4000), "../../etc", "{}"] {
        let client = app.anonymous();
        client.set_cookie("pc", cookie);
        assert!(!is_in(&client).await, "{cookie}");
    }
}

#[tokio::test]
async fn what_has_ended_is_swept_away_and_nothing_else() {
    let app = App::new().await;
    let sessions = Sessions::new(app.db.clone(), app.clock.clone());
    let (old, _) = (app.sign_in("yunfan/wu").await, app.anonymous().sign_in("yunfan/wu", "Wrong-2026").await);
    app.clock.advance(31 * MINUTE);
    let young = app.sign_in("yunfan/chen").await;
    assert_eq!(sessions.sweep(app.clock.now()).await, Ok(1));
    assert_eq!(app.number("SELECT COUNT(*) FROM sessions", []).await, 1);
    assert!(is_in(&young).await && !is_in(&old).await);
    app.clock.advance(25 * HOUR);
    sessions.sweep(app.clock.now()).await.unwrap();
    sessions.sweep_leftovers(app.clock.now()).await.unwrap();
    for table in ["sessions", "sign_in_attempts", "once"] {
        let none: [Value; 0] = [];
        assert_eq!(app.number(&format!("SELECT COUNT(*) FROM {table}"), none).await, 0, "{table}");
    }
}
