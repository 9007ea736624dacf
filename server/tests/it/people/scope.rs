//! Members and roles of somebody else are not there, and nobody but an administrator gets that far.

use uuid::Uuid;

use crate::{
    people::support::INITIAL,
    support::{App, CAST, only_audit},
};

const STEPS: [&str; 7] = ["", "/edit", "/roles", "/supervisor", "/reset-password", "/disable", "/enable"];

fn fields(step: &str) -> &'static [(&'static str, &'static str)] {
    match step {
        "/edit" => &[("name", "王小明")],
        "/roles" => &[("roles", "finance")],
        "/supervisor" => &[("supervisor", "00000000-0000-0000-0000-000000000001")],
        "/reset-password" => &[("password", INITIAL)],
        _ => &[],
    }
}

#[tokio::test]
async fn another_tenants_member_looks_like_one_that_never_was() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let foreign = [app.member("qingshan/he").await, app.member("haitang/admin").await];
    let before = app.writes().await;
    for id in foreign {
        for step in STEPS {
            let mut answers = Vec::new();
            for id in [id, Uuid::new_v4()] {
                let id = id.to_string();
                answers.push(admin.get(&format!("/members/{id}{step}")).await.without_chance(&id));
                if !step.is_empty() {
                    answers.push(admin.post(&format!("/members/{id}{step}"), fields(step)).await.without_chance(&id));
                }
            }
            assert!(answers.iter().all(|(status, _)| *status == 404), "{step}");
            let (own, never) = answers.split_at(answers.len() / 2);
            assert_eq!(own, never, "{step} tells that the member exists");
        }
        let call = [("field", "phone"), ("ids[0]", &id.to_string())];
        assert_eq!(admin.call("/api/members/reveal", &call).await.text(), "[]");
    }
    let role: Uuid = app.rows("SELECT id FROM roles", []).await[0].try_get_by_index(0).unwrap();
    let other = app.sign_in("qingshan/admin").await;
    for step in ["", "/delete"] {
        assert_eq!(other.get(&format!("/roles/{role}{step}")).await.status, 404);
        let fields: &[(&str, &str)] =
            if step.is_empty() { &[("name", "别的"), ("items", "view_leads")] } else { &[] };
        assert_eq!(other.post(&format!("/roles/{role}{step}"), fields).await.status, 404);
    }
    let mut written = app.writes_since(&before).await;
    // Signing in left its line and its session.
    written
        .retain(|table, _| !["sessions", "audit_events", "audit_chains", "sign_in_attempts"].contains(&table.as_str()));
    assert_eq!(written, only_audit(0));
}

#[tokio::test]
async fn nobody_but_administrators_reaches_any_of_it() {
    let app = App::new().await;
    let (chen, role) = (app.member("yunfan/chen").await, app.rows("SELECT id FROM roles", []).await);
    let role: Uuid = role[0].try_get_by_index(0).unwrap();
    for who in CAST.iter().chain(&["yunfan/xie.lan", "yunfan/su.hang"]).filter(|who| {
        !["yunfan/admin", "qingshan/admin", "xinghe/admin", "zhiyun/admin", "haitang/admin"].contains(*who)
    }) {
        let client = app.sign_in(who).await;
        let mut addresses = vec!["/members".to_owned(), "/members/new".to_owned(), "/roles".to_owned()];
        addresses.extend(STEPS.map(|step| format!("/members/{chen}{step}")));
        addresses.extend(["/roles/new".to_owned(), format!("/roles/{role}"), format!("/roles/{role}/delete")]);
        addresses.push("/access?account=admin".to_owned());
        for address in addresses {
            let expected = if address.starts_with("/access") && who.ends_with("/admin") { 200 } else { 403 };
            assert_eq!(client.get(&address).await.status, expected, "{who} {address}");
        }
        for step in &STEPS[1..] {
            let answer = client.post(&format!("/members/{chen}{step}"), fields(step)).await;
            assert_eq!(answer.status, 403, "{who} {step}");
        }
        let call = [("field", "phone"), ("ids[0]", &chen.to_string())];
        let expected = if *who == "yunfan/chen" { 200 } else { 403 };
        assert_eq!(client.call("/api/members/reveal", &call).await.status, expected, "{who}");
        let menu = client.get("/").await;
        assert!(!menu.says("href=\"/members\"") && menu.says("href=\"/profile\""), "{who}");
    }
}

#[tokio::test]
async fn whoever_stands_in_sees_and_returns_the_leads_of_the_absent_member_until_it_ends_on_every_server() {
    let app = App::new().await;
    let second = app.second_server().await;
    let admin = app.sign_in("yunfan/admin").await;
    let (wu, chen) = (app.member("yunfan/wu").await, app.member("yunfan/chen").await);
    let lead = admin.enter("代理期有限公司", "13900080911", &[("follower", &wu.to_string())]).await;
    let page = format!("/leads/{lead}");
    let here = app.sign_in("yunfan/chen").await;
    let there = here.at(&second);
    assert_eq!(there.get(&page).await.status, 404, "nobody stands in yet");

    let now = app.clock.now();
    let tenant = "SELECT tenant_id FROM members WHERE id = ?";
    let tenant: Uuid = app.rows(tenant, [wu.into()]).await[0].try_get_by_index(0).unwrap();
    let stand_in =
        "INSERT INTO delegations (id, tenant_id, from_id, to_id, begins_at, ends_at) VALUES (?, ?, ?, ?, ?, ?)";
    let ends = now.plus_seconds(1_200);
    let row = [Uuid::new_v4().into(), tenant.into(), wu.into(), chen.into(), now.0.into(), ends.0.into()];
    app.change(stand_in, row).await;
    assert_eq!((here.get(&page).await.status, there.get(&page).await.status), (200, 200));
    assert!(there.get("/access").await.says("被代理人"));
    let dialog = there.filled(&format!("{page}/return"), &[("content", "不在我的区域")]).await;

    app.clock.advance(1_200);
    let late = there.send(there.form(&format!("{page}/return"), dialog)).await;
    assert_eq!(late.status, 404, "it ended while the page was open");
    assert_eq!((here.get(&page).await.status, there.get(&page).await.status), (404, 404));
}
