//! Messages across tenants: the vendor sets up a reseller, and its distributor is told.

use partner_center::{
    access::TenantKind,
    audit::{Verdict, verify},
    ids::TenantId,
    messages::Channel,
    people::admin::{self, NewTenant},
};

use super::support::{deliver, quiet};
use crate::support::App;

async fn reseller_of(app: &App, distributor: &str) -> TenantId {
    let parent = Some(admin::tenant_named(&app.store, distributor).await.unwrap().0);
    let new = NewTenant {
        name: "xinyun".to_owned(),
        title: "新云网络".to_owned(),
        kind: TenantKind::Reseller,
        parent,
        marketing_plan_2: false,
    };
    admin::create_tenant(&app.store, new, app.clock.now()).await.unwrap()
}

#[tokio::test]
async fn a_message_across_tenants_arrives_once_in_its_readers_inbox_and_language_and_nowhere_else() {
    let (app, post) = quiet().await;
    let (admin, other) = (app.sign_in("yunfan/admin").await, app.sign_in("xinghe/admin").await);
    assert_eq!(admin.post("/profile/choices", &[("language", "en"), ("zone", "")]).await.status, 303);
    let receiver = [("kind", "reseller_joined"), ("name", "王小明"), ("email", "duty.desk@ops.example")];
    assert_eq!(admin.fill("/messages/receivers", &receiver).await.status, 303);
    let elsewhere = [("kind", "reseller_joined"), ("name", "李小红"), ("email", "other.desk@ops.example")];
    assert_eq!(other.fill("/messages/receivers", &elsewhere).await.status, 303);

    let reseller = reseller_of(&app, "yunfan").await;
    let told = "SELECT i.member_id, t.name FROM inbox i JOIN tenants t ON t.id = i.tenant_id WHERE i.detail LIKE ?";
    let told = app.rows(told, [format!("%{reseller}%").into()]).await;
    let told: Vec<(uuid::Uuid, String)> =
        told.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect();
    assert_eq!(told, [(app.member("yunfan/admin").await, "yunfan".to_owned())]);
    assert!(admin.get("/messages").await.says("新云网络"));
    for who in ["yunfan/wu", "xinghe/admin", "platform/operator", "platform/reviewer"] {
        assert!(!app.sign_in(who).await.get("/messages?size=100").await.says("新云网络"), "{who}");
    }

    deliver(&app, &post).await;
    let mut mails = post.bodies(Channel::Email);
    mails.sort();
    assert_eq!(mails.len(), 2, "{mails:?}");
    assert!(mails[0].contains("The cloud reseller 新云网络 has been set up under your company"), "{mails:?}");
    assert!(mails[1].contains("云经销商新云网络已加入"), "the receiver's language is its own: {mails:?}");
}

#[tokio::test]
async fn what_the_vendor_does_to_tenants_is_in_the_trail_of_each() {
    let app = App::new().await;
    let before = app.audited("tenant_created").await;
    let created = reseller_of(&app, "yunfan").await;
    let sql = "SELECT COALESCE(t.name, '--'), COALESCE(s.name, '--'), e.acting_tenant_id IS NULL, e.actor_id IS NULL \
               FROM audit_events e LEFT JOIN tenants t ON t.id = e.tenant_id \
               LEFT JOIN tenants s ON s.id = e.second_tenant_id \
               WHERE e.code = 'tenant_created' AND e.object_id = ? ORDER BY e.number";
    let lines: Vec<(String, String, bool, bool)> = app
        .rows(sql, [created.0.into()])
        .await
        .iter()
        .map(|row| {
            let text = |place| row.try_get_by_index::<String>(place).unwrap();
            let truth = |place| row.try_get_by_index::<bool>(place).unwrap();
            (text(0), text(1), truth(2), truth(3))
        })
        .collect();
    let line = |whose: &str, second: &str, own| (whose.to_owned(), second.to_owned(), own, true);
    assert_eq!(
        lines,
        [line("--", "xinyun", true), line("xinyun", "--", false), line("yunfan", "--", false)],
        "whose trail, whom it concerns, whether that is who acted"
    );
    assert_eq!(app.audited("tenant_created").await, before + 3);
    let page = app.sign_in("yunfan/admin").await.get("/audit?event=tenant_created").await;
    assert!(page.says("<bdi>平台"), "the vendor stands in the place of the member: {}", page.text());
    let page = app.sign_in("platform/operator").await.get("/audit?event=tenant_created&size=100").await;
    assert!(page.says("新云网络（云经销商）"));
    let other = app.sign_in("xinghe/admin").await.get("/audit?event=tenant_created&size=100").await;
    assert!(!other.says("新云网络"));
    assert!(matches!(verify(&app.store, &[]).await, Ok(Verdict::Whole(_))));
}
