//! Receivers of a tenant's choice: masked, sealed, and told besides the members.

use partner_center::messages::Channel;

use super::support::{deliver, quiet};
use crate::support::App;

const RECEIVER: [(&str, &str); 4] =
    [("kind", "lead_dispatched"), ("name", "王小明"), ("email", "duty.desk@ops.example"), ("phone", "13912345678")];

#[tokio::test]
async fn a_receiver_is_told_besides_the_member_and_whom_it_is_about() {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(admin.fill("/messages/receivers", &RECEIVER).await.status, 303);
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await;
    deliver(&app, &post).await;
    let mails = post.bodies(Channel::Email);
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().any(|body| body.contains("已派发给您")));
    assert!(mails.iter().any(|body| body.contains("已派发给吴海波")));
    assert_eq!(post.bodies(Channel::Sms).len(), 1);
}

#[tokio::test]
async fn what_a_receiver_is_reached_by_is_shown_to_nobody() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    admin.fill("/messages/receivers", &RECEIVER).await;
    let page = admin.get("/messages/receivers").await;
    assert!(page.says("dut****@ops.example") && page.says("139****5678"));
    for clear in ["duty.desk@", "13912345678", "王小明"] {
        assert!(!page.says(clear), "{clear}");
        assert!(!admin.get("/audit?size=100").await.says(clear), "{clear}");
    }
    let other = app.sign_in("qingshan/admin").await;
    assert!(!other.get("/messages/receivers").await.says("ops.example"));
}

#[tokio::test]
async fn a_removed_receiver_is_forgotten() {
    let app = App::new().await;
    let admin = app.sign_in("xinghe/admin").await;
    admin.fill("/messages/receivers", &RECEIVER).await;
    let sql = "SELECT r.id FROM message_receivers r JOIN tenants t ON t.id = r.tenant_id WHERE t.name = 'xinghe'";
    let id: uuid::Uuid = app.rows(sql, []).await[0].try_get_by_index(0).unwrap();
    let address = format!("/messages/receivers/{id}/remove");
    assert_eq!(app.sign_in("qingshan/admin").await.post(&address, &[]).await.status, 404);
    assert_eq!(app.sign_in("xinghe/ma").await.post(&address, &[]).await.status, 403);
    assert_eq!(admin.post(&address, &[]).await.status, 303);
    assert!(app.rows(sql, []).await.is_empty());
}

#[tokio::test]
async fn a_receiver_needs_a_kind_a_name_and_an_address() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for fields in [
        [("kind", ""), ("name", "王小明"), ("email", "a@ops.example")],
        [("kind", "lead_dispatched"), ("name", ""), ("email", "a@ops.example")],
        [("kind", "lead_dispatched"), ("name", "王小明"), ("email", "")],
        [("kind", "lead_dispatched"), ("name", "王小明"), ("phone", "010-88886666")],
        [("kind", "gossip"), ("name", "王小明"), ("email", "a@ops.example")],
    ] {
        assert_eq!(admin.fill("/messages/receivers", &fields).await.status, 422, "{fields:?}");
    }
}
