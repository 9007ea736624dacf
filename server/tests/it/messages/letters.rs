//! Letters: by the channels that a member has chosen, in its language, each once, whatever is killed when.

use std::collections::HashSet;

use partner_center::{
    messages::Channel,
    outbox::{self, Reason, Undelivered},
};

use super::support::{deliver, in_state, killed_after, quiet};
use crate::support::{App, Client, Lead, Wanted};

async fn dispatch(app: &App, admin: &Client, leads: &[Lead], to: &str) {
    let follower = app.member(to).await.to_string();
    let mut fields: Vec<(&str, &str)> = leads.iter().map(|lead| ("id", lead.id.as_str())).collect();
    fields.push(("member", &follower));
    assert_eq!(admin.post("/lead-dispatch/chosen", &fields).await.status, 303);
}

async fn undispatched(app: &App) -> Vec<Lead> {
    app.leads(Wanted { tenant: "yunfan", state: "undispatched", ..Wanted::default() }).await
}

#[tokio::test]
async fn a_member_is_written_to_by_the_ways_and_in_the_language_of_its_choice() {
    let (app, post) = quiet().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    let leads = undispatched(&app).await;
    dispatch(&app, &admin, &leads[..1], "yunfan/wu").await;
    deliver(&app, &post).await;
    assert_eq!(post.bodies(Channel::Email).len(), 1, "by e-mail, as is usual");
    assert!(post.bodies(Channel::Email)[0].contains(&format!("线索 {} 已派发给您", leads[0].display())));
    assert!(post.bodies(Channel::Sms).is_empty());

    post.forget();
    assert_eq!(wu.fill("/messages/settings", &[("ways", "leads.sms")]).await.status, 303);
    assert_eq!(wu.post("/profile/choices", &[("language", "en"), ("zone", "")]).await.status, 303);
    dispatch(&app, &admin, &leads[1..2], "yunfan/wu").await;
    deliver(&app, &post).await;
    assert!(post.bodies(Channel::Email).is_empty());
    assert!(post.bodies(Channel::Sms)[0].contains("has been dispatched to you"));
}

#[tokio::test]
async fn a_batch_is_one_letter() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    dispatch(&app, &admin, &undispatched(&app).await[..20], "yunfan/chen").await;
    deliver(&app, &post).await;
    let bodies = post.bodies(Channel::Email);
    assert_eq!(bodies.len(), 1);
    assert!(bodies[0].contains("另有 19 条"));
}

#[tokio::test]
async fn no_address_and_no_name_lies_in_the_outbox() {
    let (app, _) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = undispatched(&app).await;
    dispatch(&app, &admin, &leads[..1], "yunfan/wu").await;
    let rows = app.rows("SELECT channel, language, state, reason FROM outbox WHERE state = 'pending'", []).await;
    assert_eq!(rows.len(), 1);
    let columns = if crate::support::is_postgres() {
        "SELECT column_name::text FROM information_schema.columns WHERE table_name = 'outbox'"
    } else {
        "SELECT name FROM pragma_table_info('outbox')"
    };
    for row in app.rows(columns, []).await {
        let column: String = row.try_get_by_index(0).unwrap();
        assert!(!["address", "body", "subject", "text"].contains(&column.as_str()), "{column}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_tried_again_and_given_up_with_a_reason() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    dispatch(&app, &admin, &undispatched(&app).await[..1], "yunfan/wu").await;
    let failed = in_state(&app, "failed").await;
    *post.refusal.lock().unwrap() = Some(Undelivered::for_now(Reason::Unreachable));
    for _ in 0..outbox::rules::MOST_TRIES {
        assert_eq!(in_state(&app, "failed").await, failed);
        deliver(&app, &post).await;
        app.clock.advance(6 * 3_600 + 1);
    }
    assert_eq!(in_state(&app, "failed").await, failed + 1);
    let wu = app.sign_in("yunfan/wu").await;
    assert!(wu.get("/messages/settings").await.says("对方服务器无法连接"));
}

#[tokio::test]
async fn what_is_refused_for_good_is_not_tried_again() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    dispatch(&app, &admin, &undispatched(&app).await[..1], "yunfan/wu").await;
    *post.refusal.lock().unwrap() = Some(Undelivered::for_good(Reason::NotConfigured));
    let failed = in_state(&app, "failed").await;
    deliver(&app, &post).await;
    assert_eq!(in_state(&app, "failed").await, failed + 1);
}

#[tokio::test]
async fn a_letter_that_cannot_be_read_is_given_up_with_a_reason() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    dispatch(&app, &admin, &undispatched(&app).await[..1], "yunfan/wu").await;
    app.change("UPDATE members SET email_sealed = phone_sealed WHERE id = ?", [app.member("yunfan/wu").await.into()])
        .await;
    for _ in 0..outbox::rules::MOST_TRIES {
        deliver(&app, &post).await;
        app.clock.advance(6 * 3_600 + 1);
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE reason = 'unreadable' AND state = 'failed'", []).await, 1);
    assert!(post.letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_code_goes_out_before_whatever_else_waits() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(admin.post("/verification", &[("wanted", "on")]).await.status, 303);
    for lead in undispatched(&app).await.iter().take(5) {
        dispatch(&app, &admin, std::slice::from_ref(lead), "yunfan/wu").await;
    }
    app.clock.advance(1);
    assert_eq!(admin.post("/verification", &[("wanted", "off"), ("code_by", "sms")]).await.status, 422);
    deliver(&app, &post).await;
    assert_eq!(post.letters.lock().unwrap()[0].channel(), Channel::Sms);
}

#[tokio::test]
async fn a_disabled_member_is_not_written_to() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    dispatch(&app, &admin, &undispatched(&app).await[..1], "yunfan/wu").await;
    let wu = partner_center::ids::MemberId(app.member("yunfan/wu").await);
    partner_center::people::admin::disable_member(&app.store, wu, app.clock.now()).await.unwrap();
    deliver(&app, &post).await;
    assert!(post.bodies(Channel::Email).is_empty());
}

#[tokio::test]
async fn killed_anywhere_every_letter_goes_out_once() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = undispatched(&app).await;
    let messages = app.number("SELECT COUNT(*) FROM inbox", []).await;
    for (round, lead) in leads.iter().take(50).enumerate() {
        dispatch(&app, &admin, std::slice::from_ref(lead), "yunfan/wu").await;
        killed_after(&app, &post, 1 + round % 25).await;
        // The lease of the killed server runs out.
        app.clock.advance(61);
    }
    deliver(&app, &post).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM inbox", []).await, messages + 50, "each message once");
    assert_eq!(in_state(&app, "pending").await + in_state(&app, "sending").await, 0);
    let sent: Vec<_> = post.letters.lock().unwrap().iter().map(|letter| letter.id).collect();
    assert_eq!(sent.len(), 50, "as many letters as messages");
    assert_eq!(sent.iter().collect::<HashSet<_>>().len(), 50, "each letter once");
}

#[tokio::test]
async fn two_servers_share_the_letters() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    for lead in undispatched(&app).await.iter().take(8) {
        dispatch(&app, &admin, std::slice::from_ref(lead), "yunfan/wu").await;
    }
    tokio::join!(deliver(&app, &post), deliver(&app, &post));
    deliver(&app, &post).await;
    assert_eq!(post.bodies(Channel::Email).len(), 8);
}

#[tokio::test]
async fn a_change_that_is_undone_tells_nobody() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = undispatched(&app).await.remove(0);
    let before = app.number("SELECT COUNT(*) FROM inbox", []).await;
    let follower = app.member("yunfan/wu").await.to_string();
    let fields = [("follower", follower.as_str()), ("seen", "something else")];
    assert_eq!(admin.post(&lead.step("dispatch"), &fields).await.status, 409);
    deliver(&app, &post).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM inbox", []).await, before);
    assert!(post.letters.lock().unwrap().is_empty());
}
