//! How the vendor stands to a partner: its members see it on every page, with the reason, and what it stops is stopped.

use partner_center::{
    access::PartnerState,
    ids::TenantId,
    people::admin::{set_partner_state, tenant_named},
};

use crate::support::App;

async fn tenant(app: &App, name: &str) -> TenantId {
    tenant_named(&app.store, name).await.unwrap().0
}

#[tokio::test]
async fn a_frozen_distributor_and_its_resellers_are_told_why_and_pre_register_nobody() {
    let app = App::new().await;
    let yunfan = tenant(&app, "yunfan").await;
    let (wu, he, ma) =
        (app.sign_in("yunfan/wu").await, app.sign_in("qingshan/he").await, app.sign_in("xinghe/ma").await);
    let admin = app.sign_in("yunfan/admin").await;
    let follower = app.member("yunfan/wu").await.to_string();
    let lead = admin.enter("冻结前有限公司", "13900080901", &[("follower", &follower)]).await;
    let develop = format!("/leads/{lead}/develop");
    let dialog = wu.filled(&develop, &[("invite", "no")]).await;

    let now = app.clock.now();
    assert!(set_partner_state(&app.store, yunfan, PartnerState::Frozen, "协议到期未续签", now).await.unwrap());
    assert!(!set_partner_state(&app.store, yunfan, PartnerState::Frozen, "协议到期未续签", now).await.unwrap());
    for (who, client, is_told) in [("wu", &wu, true), ("he", &he, true), ("ma", &ma, false)] {
        let page = client.get("/leads").await;
        assert_eq!(page.says("公司账号已冻结") && page.says("协议到期未续签"), is_told, "{who}");
    }
    // The dialog was open already.
    let refused = wu.send(wu.form(&develop, dialog)).await;
    assert!(refused.status == 409 && refused.says("公司账号已被冻结"), "{}", refused.status);
    assert_eq!(app.number("SELECT COUNT(*) FROM preregistrations WHERE lead_id = ?", [id(&lead)]).await, 0);
    assert_eq!(app.audited("partner_state_set").await, 2, "in the trail of the vendor and of the partner");

    assert!(set_partner_state(&app.store, yunfan, PartnerState::Normal, "", now).await.unwrap());
    assert!(!wu.get("/leads").await.says("公司账号"));
    assert_eq!(wu.fill(&develop, &[("invite", "no")]).await.status, 303);
}

#[tokio::test]
async fn nobody_but_a_partner_is_restricted_or_frozen() {
    let app = App::new().await;
    let customer = tenant(&app, "haitang").await;
    assert!(set_partner_state(&app.store, customer, PartnerState::Frozen, "欠费", app.clock.now()).await.is_err());
    assert!(!app.sign_in("haitang/admin").await.get("/").await.says("已冻结"));
}

fn id(text: &str) -> sea_orm::Value {
    text.parse::<uuid::Uuid>().unwrap().into()
}
