//! Leads that nobody follows up: said once for each dispatch.

use partner_center::leads::{SILENT_SECONDS, remind};

use super::support::quiet;

#[tokio::test]
async fn a_lead_that_lies_for_three_days_is_told_once_for_each_dispatch() {
    let (app, _) = quiet().await;
    remind(&app.store, app.clock.now()).await.unwrap();
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let chen = app.member("yunfan/chen").await;
    let told = "SELECT COUNT(*) FROM inbox WHERE kind = 'lead_unfollowed' AND object_id = ? AND member_id = ?";
    let id: uuid::Uuid = lead.id.parse().unwrap();
    for round in 1..=2 {
        let to = if round == 1 { chen } else { app.member("yunfan/wu").await };
        assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &to.to_string())]).await.status, 303);
        app.clock.advance(SILENT_SECONDS - 1);
        remind(&app.store, app.clock.now()).await.unwrap();
        assert_eq!(app.number(told, [id.into(), to.into()]).await, 0, "not before three days are over");
        app.clock.advance(1);
        let (one, other) = tokio::join!(remind(&app.store, app.clock.now()), remind(&app.store, app.clock.now()));
        assert!(one.is_ok() && other.is_ok());
        assert_eq!(remind(&app.store, app.clock.now()).await, Ok(0));
        assert_eq!(app.number(told, [id.into(), to.into()]).await, 1);
        app.clock.advance(60);
        admin.sign_in("yunfan/admin", server::seed::PASSWORD).await;
    }
    // The supervisor of the one, and the administrator for the other.
    let lin = app.member("yunfan/lin").await;
    assert_eq!(app.number(told, [id.into(), lin.into()]).await, 1);
    let boss = app.member("yunfan/admin").await;
    assert_eq!(app.number(told, [id.into(), boss.into()]).await, 1);
}
