//! One's own page: data, language, time zone, sessions.

use axum::{body::Body, http::Request};

use server::seed::PASSWORD;

use crate::{
    people::support::{INITIAL, is_in},
    support::{App, Client, only_audit},
};

#[tokio::test]
async fn everybody_has_a_page_of_its_own_that_shows_no_value_clear() {
    let app = App::new().await;
    for who in crate::support::CAST {
        let client = app.sign_in(who).await;
        let page = client.get("/profile").await;
        let (tenant, account) = who.split_once('/').unwrap();
        assert_eq!(page.status, 200, "{who}");
        assert!(page.says(tenant) && page.says("****") && !page.says(&format!("{account}@{tenant}.example")), "{who}");
    }
    let he = app.sign_in("qingshan/he").await.get("/profile").await;
    assert!(he.says("云帆科技") && he.says("云经销商"), "a reseller knows its distributor by name");
    let ma = app.sign_in("xinghe/ma").await.get("/profile").await;
    assert!(ma.says("解决方案提供商") && ma.says("营销计划 2.0") && !ma.says("所属总经销商"), "{}", ma.text());
}

#[tokio::test]
async fn an_administrator_changes_its_own_data_where_the_password_is_asked_for() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let address = format!("/members/{}/edit", app.member("yunfan/admin").await);
    let answer = admin.post(&address, &[("name", "何云帆"), ("phone", "13700000009")]).await;
    assert_eq!(answer.status, 409, "{}", answer.text());
    let own = admin.fill("/profile/edit", &[("name", "何云帆"), ("phone", "13700000009"), ("email", "")]).await;
    assert_eq!(own.status, 422, "not without the password");
}

#[tokio::test]
async fn a_member_changes_its_own_name_mobile_and_email_and_nothing_else() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let with_password = [("name", "吴海涛"), ("phone", "13700000001"), ("email", ""), ("current", PASSWORD)];
    let answer = wu.fill("/profile/edit", &with_password).await;
    assert_eq!((answer.status, answer.location()), (303, "/profile"), "{}", answer.text());
    let page = wu.get("/profile").await;
    assert!(page.says("吴海涛") && page.says("137****0001") && page.says("w****@yunfan.example"));
    for more in [("roles", "admin"), ("telesales", "yes"), ("account", "boss1")] {
        assert_eq!(wu.post("/profile/edit", &[("name", "吴海涛"), more]).await.status, 400, "{more:?}");
    }
    let taken = app.sign_in("yunfan/sun").await;
    let taken = taken.fill("/profile/edit", &[("name", "孙丽"), ("phone", "13700000001"), ("current", PASSWORD)]).await;
    assert_eq!((taken.status, taken.says("已被使用"), taken.says("孙丽")), (422, true, true));
    let bad = wu.post("/profile/edit", &[("name", ""), ("phone", "12"), ("email", "x")]).await;
    assert_eq!(bad.status, 422);
}

#[tokio::test]
async fn another_own_phone_or_email_needs_the_current_password_and_a_name_does_not() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let refused = app.audited("password_refused").await;
    for more in [("phone", "13700000001"), ("email", "new@yunfan.example")] {
        for (password, why) in [("", "请填写此项"), ("Wrong-2026", "密码不正确")] {
            let answer = wu.fill("/profile/edit", &[("name", "吴海涛"), more, ("current", password)]).await;
            assert!(answer.status == 422 && answer.says("id=\"current-error\""), "{more:?} {}", answer.text());
            assert!(answer.says(why), "{why}: {}", answer.text());
            assert!(answer.says(more.1) && !answer.says("Wrong-2026"), "what was typed is kept, but for the password");
        }
    }
    assert_eq!(app.audited("password_refused").await, refused + 2);
    assert!(!wu.get("/profile").await.says("吴海涛"));
    assert_eq!(wu.fill("/profile/edit", &[("name", "吴海涛")]).await.status, 303);
}

#[tokio::test]
async fn the_language_that_was_chosen_is_there_on_the_next_device() {
    let app = App::new().await;
    let (here, there) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/wu").await);
    assert!(here.get("/profile").await.says("lang=\"zh-CN\""));
    assert_eq!(here.post("/profile/choices", &[("language", "en"), ("zone", "")]).await.status, 303);
    assert!(here.get("/profile").await.says("<html lang=\"en\""));
    assert!(there.get("/profile").await.says("<html lang=\"en\""), "the other device follows at once");
    let next = app.sign_in("yunfan/wu").await;
    assert!(next.get("/profile").await.says("<html lang=\"en\""));
    assert_eq!(next.post("/language", &[("tag", "zh-CN"), ("back", "/profile")]).await.status, 303);
    assert!(here.get("/profile").await.says("<html lang=\"zh-CN\""), "the switch changes what is kept");
    // Whoever keeps none is not held to one: the switch is this browser's alone.
    let (one, other) = (app.sign_in("yunfan/chen").await, app.sign_in("yunfan/chen").await);
    one.post("/language", &[("tag", "en"), ("back", "/")]).await;
    assert!(one.get("/").await.says("<html lang=\"en\"") && other.get("/").await.says("<html lang=\"zh-CN\""));
    for (language, zone) in [("fr", ""), ("", "Mars/Olympus"), ("en", "Asia/Shanghai'--")] {
        let answer = one.post("/profile/choices", &[("language", language), ("zone", zone)]).await;
        assert_eq!(answer.status, 400, "{language} {zone}");
    }
}

#[tokio::test]
async fn instants_are_shown_in_the_chosen_zone_and_dates_of_the_trade_are_not() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let id: uuid::Uuid = lead.id.parse().unwrap();
    // 2026-01-01 00:00 in the zone of the trade is 11:00 of the day before in New York.
    app.change("UPDATE leads SET created_at = 1767196800000, next_on = '2026-03-01' WHERE id = ?", [id.into()]).await;
    let page = admin.get(&lead.page()).await;
    assert!(page.says("2026-01-01 00:00:00") && page.says("2026-03-01") && page.says("时间均为 GMT+08:00"));
    let chosen = [("language", ""), ("zone", "America/New_York")];
    assert_eq!(admin.post("/profile/choices", &chosen).await.status, 303);
    let page = admin.get(&lead.page()).await;
    assert!(
        page.says("2025-12-31 11:00:00") && page.says("2026-03-01") && page.says("时间均为纽约时间"),
        "{}",
        page.text()
    );
    assert!(!page.says("2026-01-01 00:00:00") && !page.says("GMT+08:00"));
    let other = app.sign_in("yunfan/lin").await.get(&lead.page()).await;
    assert!(other.says("2026-01-01 00:00:00"), "a choice is one member's alone");
}

fn keys(page: &crate::support::Answer) -> Vec<String> {
    let text = page.text();
    let ends = text.split("action=\"/profile/sessions/").skip(1);
    ends.map(|rest| rest.split('/').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_session_is_listed_with_where_it_was_begun_and_ended_at_once_on_every_server() {
    let app = App::new().await;
    let second = app.second_server().await;
    let here = app.sign_in("yunfan/wu").await;
    let there = app.anonymous();
    let mut sign_in = there.form("/sign-in", format!("tenant=yunfan&account=wu&password={}", server::seed::PASSWORD));
    let agent = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0";
    sign_in.headers_mut().insert("user-agent", agent.parse().unwrap());
    assert_eq!(there.send(sign_in).await.status, 303);
    app.sign_in("yunfan/chen").await;
    let page = here.get("/profile").await;
    assert!(page.says("Firefox / Windows") && page.says("当前登录") && page.says("10."));
    let found = keys(&page);
    assert_eq!(found.len(), 1, "the other one, and nobody else's");
    let chen = app.sign_in("yunfan/chen").await;
    let foreign = chen.post(&format!("/profile/sessions/{}/end", found[0]), &[]).await;
    assert_eq!(foreign.status, 404, "somebody else's session is not there");
    assert!(is_in(&there).await);
    assert_eq!(here.post(&format!("/profile/sessions/{}/end", found[0]), &[]).await.status, 303);
    for client in [&there, &there.at(&second)] {
        assert!(!is_in(client).await, "it lives on");
    }
    assert!(is_in(&here).await);
    assert_eq!(app.audited("session_ended").await, 1);
    assert_eq!(here.post(&format!("/profile/sessions/{}/end", found[0]), &[]).await.status, 404, "twice");
    assert_eq!(keys(&here.get("/profile").await).len(), 0);
}

#[tokio::test]
async fn what_names_a_session_opens_no_door() {
    let app = App::new().await;
    let (here, _there) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/wu").await);
    let page = here.get("/profile").await;
    let (key, cookie) = (keys(&page)[0].clone(), here.cookie("pc").unwrap());
    assert!(!page.says(&cookie), "the page holds the cookie");
    let thief = app.anonymous();
    let as_id = i128::from_str_radix(&key, 16).map(|id| tower_sessions::session::Id(id).to_string());
    for cookie in [key, as_id.unwrap_or_default()] {
        thief.set_cookie("pc", &cookie);
        assert!(!is_in(&thief).await);
    }
}

#[tokio::test]
async fn ended_and_dead_sessions_are_not_listed() {
    let app = App::new().await;
    let here = app.sign_in("yunfan/wu").await;
    let idle = app.sign_in("yunfan/wu").await;
    assert_eq!(keys(&here.get("/profile").await).len(), 1);
    app.clock.advance(29 * 60);
    is_in(&here).await;
    app.clock.advance(2 * 60);
    assert_eq!(keys(&here.get("/profile").await).len(), 0, "thirty minutes unused");
    assert!(!is_in(&idle).await);
    let other = app.sign_in("yunfan/wu").await;
    let chosen = [("old", server::seed::PASSWORD), ("new", INITIAL), ("again", INITIAL)];
    assert_eq!(here.fill("/change-password", &chosen).await.status, 303);
    assert!(!is_in(&other).await);
    let left = Client::get(&here, "/profile").await;
    assert_eq!(keys(&left).len(), 0, "those of an older version are worth nothing");
    assert!(left.says("当前登录"));
}

#[tokio::test]
async fn looking_at_ones_own_page_writes_nothing() {
    let app = App::new().await;
    app.tally().await;
    let wu = app.sign_in("yunfan/wu").await;
    let before = app.writes().await;
    for address in ["/profile", "/profile/edit", "/access", "/access?lead=1"] {
        assert_eq!(wu.send(Request::get(address).body(Body::empty()).unwrap()).await.status, 200, "{address}");
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
}
