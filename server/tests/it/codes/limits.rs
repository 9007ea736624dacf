//! How many codes a receiver gets, whoever asks.

use super::support::{ask, switched_on};

#[tokio::test]
async fn the_sixteenth_code_of_an_hour_is_not_sent() {
    let (app, _, admin) = switched_on().await;
    for _ in 0..15 {
        assert_eq!(ask(&admin).await.status, 422);
    }
    let refused = ask(&admin).await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "3600");
    assert!(refused.says("已达上限"));
    assert_eq!(app.number("SELECT COUNT(*) FROM codes", []).await, 15);
    assert_eq!(app.audited("code_refused").await, 1);
    let by_mail = admin.post("/verification", &[("wanted", "off"), ("code_by", "email")]).await;
    assert_eq!(by_mail.status, 422, "another receiver");
    app.clock.advance(3_600);
    assert_eq!(ask(&app.sign_in("yunfan/admin").await).await.status, 422);
}

#[tokio::test]
async fn the_sixty_first_code_of_a_day_is_not_sent() {
    let (app, _, mut admin) = switched_on().await;
    for sent in 0..60 {
        if sent % 15 == 0 && sent > 0 {
            app.clock.advance(3_600);
            admin = app.sign_in("yunfan/admin").await;
        }
        assert_eq!(ask(&admin).await.status, 422, "code {sent}");
    }
    app.clock.advance(3_600);
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(ask(&admin).await.status, 429);
    assert_eq!(app.number("SELECT COUNT(*) FROM codes", []).await, 60);
}

#[tokio::test]
async fn a_receiver_that_two_members_share_gets_no_more() {
    let (app, _, admin) = switched_on().await;
    for _ in 0..15 {
        ask(&admin).await;
    }
    // The same phone, however many members have it: what counts is its fingerprint.
    assert_eq!(app.number("SELECT COUNT(DISTINCT receiver) FROM codes", []).await, 1);
    app.change("UPDATE codes SET member_id = ?", [app.member("yunfan/lin").await.into()]).await;
    assert_eq!(ask(&admin).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_at_once_on_two_servers_sends_no_more() {
    let (app, _, admin) = switched_on().await;
    let there = admin.at(&app.second_server().await);
    let mut asking = tokio::task::JoinSet::new();
    for place in 0..24 {
        let client = if place % 2 == 0 { admin.clone() } else { there.clone() };
        asking.spawn(async move { ask(&client).await.status });
    }
    asking.join_all().await;
    let sent = app.number("SELECT COUNT(*) FROM codes", []).await;
    assert!(sent <= 15, "{sent} codes");
}
