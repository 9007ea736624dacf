//! The first sign-in: a new password before anything else.

use partner_center::{
    access::Role,
    people::{
        Site,
        admin::{self, NewMember},
        hashing::{Cost, Hasher},
    },
};

use crate::support::{App, Client};

const INITIAL: &str = "Initial-2026";
const CHOSEN: &str = "Chosen-2026-pc";

async fn newcomer(app: &App) -> Client {
    let (tenant, _) = admin::tenant_named(&app.store, "yunfan").await.unwrap();
    let member = NewMember {
        account: "xin".to_owned(),
        name: "新同事".to_owned(),
        phone: None,
        email: None,
        password_hash: Hasher::new(Cost::Trifling).hash(INITIAL).await.unwrap(),
        must_change_password: true,
        telesales: false,
        supervisor: None,
        site: Site::China,
        roles: vec![Role::Admin],
    };
    admin::plant_member(&app.store, tenant, member, app.clock.now()).await.unwrap();
    let client = app.anonymous();
    assert_eq!(client.sign_in("yunfan/xin", INITIAL).await.status, 303);
    client
}

#[tokio::test]
async fn nothing_else_can_be_done_before_the_password_is_changed() {
    let app = App::new().await;
    let client = newcomer(&app).await;
    app.tally().await;
    let before = app.writes().await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    for address in ["/", "/leads", "/leads/new", "/audit", "/messages", "/lead-dispatch", &lead.page(), "/no-such-page"]
    {
        let answer = client.get(address).await;
        assert_eq!((answer.status, answer.location()), (303, "/change-password"), "{address}");
    }
    let chen = app.member("yunfan/chen").await.to_string();
    for (address, fields) in [
        (lead.step("dispatch"), vec![("follower", chen.as_str())]),
        ("/leads/eye".to_owned(), vec![("field", "phone"), ("open", "yes")]),
        ("/messages".to_owned(), vec![]),
        ("/notice/dismiss".to_owned(), vec![]),
    ] {
        assert_eq!(client.post(&address, &fields).await.location(), "/change-password", "{address}");
    }
    let call = client.call("/api/leads/reveal", &[("field", "phone"), ("ids[0]", &lead.id)]).await;
    assert_ne!(call.status, 200, "{}", call.text());
    assert_eq!(app.writes_since(&before).await, Default::default());
    let page = client.get("/change-password").await;
    assert_eq!(page.status, 200);
    assert!(!page.says("href=\"/leads\""), "nothing else is offered");

    let fields = [("old", INITIAL), ("new", CHOSEN), ("again", CHOSEN)];
    let answer = client.fill("/change-password", &fields).await;
    assert_eq!((answer.status, answer.location()), (303, "/"));
    assert_eq!(client.get("/leads").await.status, 200);
    assert_eq!(app.audited("password_changed").await, 1);
}

#[tokio::test]
async fn a_new_password_must_be_a_good_one() {
    let app = App::new().await;
    let client = newcomer(&app).await;
    let long = "Aa1".repeat(400);
    for (old, new, again, field) in [
        ("", CHOSEN, CHOSEN, "old"),
        ("Wrong-2026", CHOSEN, CHOSEN, "old"),
        (INITIAL, INITIAL, INITIAL, "new"),
        (INITIAL, "short-1", "short-1", "new"),
        (INITIAL, "onlysmall", "onlysmall", "new"),
        (INITIAL, long.as_str(), long.as_str(), "new"),
        (INITIAL, CHOSEN, "Chosen-2026-pd", "again"),
        (INITIAL, CHOSEN, "", "again"),
    ] {
        let answer = client.post("/change-password", &[("old", old), ("new", new), ("again", again)]).await;
        assert_eq!(answer.status, 422, "{field}: {new}");
        assert!(answer.says(&format!("id=\"{field}-error\"")), "{field}: {new}");
        for typed in [INITIAL, CHOSEN, "Wrong-2026", "short-1"] {
            assert!(!answer.says(typed), "a password is shown again");
        }
        assert_eq!(client.get("/leads").await.location(), "/change-password");
    }
}

#[tokio::test]
async fn the_old_password_is_worth_nothing_afterwards() {
    let app = App::new().await;
    let client = newcomer(&app).await;
    client.fill("/change-password", &[("old", INITIAL), ("new", CHOSEN), ("again", CHOSEN)]).await;
    assert_eq!(app.anonymous().sign_in("yunfan/xin", INITIAL).await.status, 422);
    assert_eq!(app.anonymous().sign_in("yunfan/xin", CHOSEN).await.status, 303);
}
