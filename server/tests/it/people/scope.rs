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
