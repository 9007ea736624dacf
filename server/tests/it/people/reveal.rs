//! The eye of members: the same quota, the same trail, the same plain form as that of leads.

use crate::{
    leads::eye::{reachable, reveal as reveal_leads, values},
    support::{Answer, App, Client},
};

async fn reveal(client: &Client, field: &str, ids: &[uuid::Uuid]) -> Answer {
    let names: Vec<String> = (0..ids.len()).map(|place| format!("ids[{place}]")).collect();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut fields = vec![("field", field)];
    fields.extend(names.iter().zip(&ids).map(|(name, id)| (name.as_str(), id.as_str())));
    client.call("/api/members/reveal", &fields).await
}

#[tokio::test]
async fn a_click_shows_the_column_and_leaves_a_line_for_each_value() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let ids = [app.member("yunfan/chen").await, app.member("yunfan/wu").await];
    let shown = values(&reveal(&admin, "email", &ids).await);
    let mut shown: Vec<String> = shown.into_iter().map(|(_, value)| value).collect();
    shown.sort();
    assert_eq!(shown, ["chen@yunfan.example", "wu@yunfan.example"]);
    for id in ids {
        let line = "SELECT COUNT(*) FROM audit_events WHERE code = 'member_value_revealed' AND object_id = ? \
                    AND detail LIKE '%email%'";
        assert_eq!(app.number(line, [id.into()]).await, 1);
    }
    let list = admin.get("/members?size=100").await;
    assert!(!list.says("chen@yunfan.example") && list.says("che****@yunfan.example"));
}

#[tokio::test]
async fn leads_and_members_share_one_quota() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    let ids = [app.member("yunfan/chen").await, app.member("yunfan/wu").await];
    assert_eq!(values(&reveal_leads(&admin, "phone", &leads[..100]).await).len(), 100);
    assert_eq!(values(&reveal_leads(&admin, "email", &leads[..98]).await).len(), 98);
    assert_eq!(values(&reveal(&admin, "phone", &ids[..1]).await).len(), 1);
    // One fits, two do not: none of them is shown.
    let refused = reveal(&admin, "email", &ids).await;
    assert_eq!(refused.status, 429);
    assert!(!refused.says("@"));
    assert_eq!(values(&reveal(&admin, "email", &ids[..1]).await).len(), 1);
    assert_eq!(reveal_leads(&admin, "phone", &leads[..1]).await.status, 429, "members count for leads too");
    assert_eq!(app.audited("member_reveal_refused").await, 1);
    app.clock.advance(601);
    assert_eq!(values(&reveal(&admin, "email", &ids).await).len(), 2);
}

#[tokio::test]
async fn ones_own_values_are_ones_own_to_look_at_and_recorded() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let (own, other) = (app.member("yunfan/wu").await, app.member("yunfan/chen").await);
    assert_eq!(values(&reveal(&wu, "email", &[own]).await)[0].1, "wu@yunfan.example");
    assert_eq!(app.audited("member_value_revealed").await, 1);
    assert_eq!(reveal(&wu, "email", &[other]).await.status, 403);
    assert_eq!(reveal(&wu, "email", &[own, other]).await.status, 403);
    assert_eq!(app.audited("member_value_revealed").await, 1);
}

#[tokio::test]
async fn without_a_script_the_column_is_open_for_a_minute() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let eye = [("field", "email"), ("open", "yes"), ("back", "/members?size=100")];
    let answer = admin.post("/members/eye", &eye).await;
    assert_eq!((answer.status, answer.location()), (303, "/members?size=100"));
    let open = admin.get("/members?size=100").await;
    assert_eq!(open.status, 203, "kept out of the browser's history");
    assert!(open.says("chen@yunfan.example") && open.says("che****") != open.says("chen@"));
    let lines = app.audited("member_value_revealed").await;
    assert!(lines > 10, "{lines} lines");
    // Opening members opens no column of leads, though both have an e-mail.
    let leads = admin.get("/leads?size=10").await;
    assert_eq!(leads.status, 200);
    assert!(!leads.says("data-open-by-server"));
    app.clock.advance(61);
    assert!(!admin.get("/members?size=100").await.says("chen@yunfan.example"));
    let profile = [("field", "email"), ("open", "yes"), ("back", "/profile")];
    let wu = app.sign_in("yunfan/wu").await;
    wu.post("/members/eye", &profile).await;
    assert!(wu.get("/profile").await.says("wu@yunfan.example"));
    assert_eq!(wu.post("/members/eye", &[("field", "company"), ("open", "yes"), ("back", "/")]).await.status, 400);
}
