//! The eye: clear values on a click, each with a line in the trail, so many and no more.

use tokio::task::JoinSet;

use crate::support::{Answer, App, Client, Lead, Wanted, only_audit};

/// Opens a column for these leads.
pub async fn reveal(client: &Client, field: &str, leads: &[Lead]) -> Answer {
    let names: Vec<String> = (0..leads.len()).map(|place| format!("ids[{place}]")).collect();
    let mut fields = vec![("field", field)];
    fields.extend(names.iter().zip(leads).map(|(name, lead)| (name.as_str(), lead.id.as_str())));
    client.call("/api/leads/reveal", &fields).await
}

/// The values that came back, with their leads.
pub fn values(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// Leads of a tenant that have a phone number and an e-mail address.
pub async fn reachable(app: &App, tenant: &str) -> Vec<Lead> {
    let sql = "SELECT id FROM leads WHERE phone_sealed IS NOT NULL AND email_sealed IS NOT NULL";
    let ids: Vec<String> =
        app.rows(sql, []).await.iter().map(|row| row.try_get_by_index::<uuid::Uuid>(0).unwrap().to_string()).collect();
    let mut leads = app.leads(Wanted { tenant, ..Wanted::default() }).await;
    let ids: std::collections::HashSet<String> = ids.into_iter().collect();
    leads.retain(|lead| ids.contains(&lead.id));
    leads
}

#[tokio::test]
async fn a_click_shows_the_column_and_leaves_a_line_for_each_value() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    for (field, is_clear) in [("phone", ""), ("email", "@"), ("company", ""), ("contact", "")] {
        let before = app.audited("lead_value_revealed").await;
        let shown = values(&reveal(&admin, field, &leads[..20]).await);
        assert_eq!(shown.len(), 20, "{field}");
        for (id, value) in &shown {
            assert!(!value.contains('*') && value.contains(is_clear), "{field}: {value}");
            let line = format!(
                "SELECT COUNT(*) FROM audit_events WHERE code = 'lead_value_revealed' AND object_id = ? AND detail LIKE '%{field}%'"
            );
            let id: uuid::Uuid = id.parse().unwrap();
            assert_eq!(app.number(&line, [id.into()]).await, 1, "{field} of {id}");
        }
        assert_eq!(app.audited("lead_value_revealed").await, before + 20, "{field}");
        let page = admin.get("/leads").await;
        assert!(shown.iter().filter(|_| field != "contact").all(|(_, value)| !page.says(value)), "{field} stays open");
    }
}

#[tokio::test]
async fn a_missing_value_is_not_counted() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = admin.enter("没有邮箱有限公司", "13988880001", &[]).await;
    let lead = app.lead(&id).await;
    app.tally().await;
    let before = app.writes().await;
    assert_eq!(values(&reveal(&admin, "email", &[lead]).await), [(id, "--".to_owned())]);
    assert_eq!(app.writes_since(&before).await, only_audit(0));
}

#[tokio::test]
async fn two_hundred_values_fit_into_ten_minutes_over_all_sessions_and_servers() {
    let app = App::new().await;
    let second = app.second_server().await;
    let here = app.sign_in("yunfan/admin").await;
    let there = app.sign_in("yunfan/admin").await.at(&second);
    let leads = reachable(&app, "yunfan").await;
    assert_eq!(values(&reveal(&here, "phone", &leads[..100]).await).len(), 100);
    assert_eq!(values(&reveal(&there, "email", &leads[..99]).await).len(), 99);
    // Two do not fit any more: none of them is shown. One does.
    refused(&reveal(&there, "phone", &leads[100..102]).await);
    assert_eq!(values(&reveal(&here, "phone", &leads[100..101]).await).len(), 1);
    for client in [&here, &there, &app.sign_in("yunfan/admin").await] {
        refused(&reveal(client, "company", &leads[..1]).await);
    }
    assert_eq!(app.audited("reveal_refused").await, 4);
    assert_eq!(app.audited("lead_value_revealed").await, 200);
    // Somebody else's quota is another one.
    assert_eq!(values(&reveal(&app.sign_in("yunfan/lin").await, "phone", &leads[..1]).await).len(), 1);
    app.clock.advance(599);
    refused(&reveal(&here, "phone", &leads[..1]).await);
    app.clock.advance(2);
    assert_eq!(values(&reveal(&here, "phone", &leads[..1]).await).len(), 1);
}

fn refused(answer: &Answer) {
    assert_eq!(answer.status, 429, "{}", answer.text());
    assert!(!answer.header("retry-after").is_empty());
    assert!(!answer.says("@") && !answer.says("138") && answer.body.len() < 64, "{}", answer.text());
}

#[tokio::test]
async fn a_thousand_values_fit_into_a_day() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    for round in 0..5 {
        for half in 0..2 {
            let from = round * 200 + half * 100;
            assert_eq!(values(&reveal(&admin, "phone", &leads[from..from + 100]).await).len(), 100);
        }
        app.clock.advance(601);
    }
    refused(&reveal(&admin, "phone", &leads[..1]).await);
    assert_eq!(app.audited("lead_value_revealed").await, 1_000);
    app.clock.advance(86_400);
    let next_day = app.sign_in("yunfan/admin").await;
    assert_eq!(values(&reveal(&next_day, "phone", &leads[..1]).await).len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clicks_at_the_same_moment_do_not_slip_past_the_quota() {
    let app = App::new().await;
    let second = app.second_server().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    let mut clicks = JoinSet::new();
    for (place, some) in leads.chunks(30).take(20).enumerate() {
        let client = if place % 2 == 0 { admin.clone() } else { admin.at(&second) };
        let some = some.to_vec();
        clicks.spawn(async move { reveal(&client, "phone", &some).await });
    }
    let answers = clicks.join_all().await;
    let shown: usize = answers.iter().filter(|answer| answer.status == 200).map(|answer| values(answer).len()).sum();
    assert_eq!(shown, 180, "six clicks of thirty fit");
    assert_eq!(answers.iter().filter(|answer| answer.status == 429).count(), 14);
    assert_eq!(app.audited("lead_value_revealed").await, 180);
}

#[tokio::test]
async fn leads_that_one_does_not_see_show_nothing() {
    let app = App::new().await;
    app.tally().await;
    let foreign = reachable(&app, "qingshan").await;
    let wu = app.sign_in("yunfan/wu").await;
    let colleagues = app.a_lead("yunfan", "following", Some("chen")).await;
    let before = app.writes().await;
    for field in ["company", "contact", "phone", "email"] {
        let answer = reveal(&wu, field, &foreign[..20]).await;
        assert_eq!((answer.status, answer.text().as_str()), (200, "[]"), "{field}");
        assert_eq!(reveal(&wu, field, std::slice::from_ref(&colleagues)).await.text(), "[]", "{field}");
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
    let own = app.a_lead("yunfan", "following", Some("wu")).await;
    let mixed = [own.clone(), colleagues, foreign[0].clone()];
    let shown = values(&reveal(&wu, "company", &mixed).await);
    assert_eq!(shown, [(own.id, own.company)]);
}

#[tokio::test]
async fn more_than_a_page_is_not_opened_at_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    let answer = reveal(&admin, "phone", &leads[..101]).await;
    assert_eq!(answer.status, 409);
    assert_eq!(app.audited("lead_value_revealed").await, 0);
    // The same lead a hundred times is one value.
    assert_eq!(values(&reveal(&admin, "phone", &vec![leads[0].clone(); 100]).await).len(), 1);
    assert_eq!(app.audited("lead_value_revealed").await, 1);
}

#[tokio::test]
async fn in_plan_2_phones_and_addresses_are_anonymous_for_everybody() {
    let app = App::new().await;
    let leads = reachable(&app, "xinghe").await;
    for who in ["xinghe/admin", "xinghe/tang", "xinghe/ma"] {
        let client = app.sign_in(who).await;
        let account = who.split_once('/').unwrap().1;
        let wanted = |lead: &&Lead| account == "admin" || lead.follower.as_deref() == Some(account);
        let lead = leads.iter().find(wanted).unwrap();
        let audited = app.audited("lead_value_revealed").await;
        for field in ["phone", "email"] {
            let answer = reveal(&client, field, std::slice::from_ref(lead)).await;
            assert_eq!(answer.status, 409, "{who} {field}");
            assert!(answer.body.len() < 32, "{}", answer.text());
            let form = client.post("/leads/eye", &[("field", field), ("open", "yes"), ("back", "/leads")]).await;
            assert_eq!(form.status, 409, "{who} {field}");
            for address in ["/leads".to_owned(), lead.page(), lead.step("follow")] {
                let page = client.get(&address).await;
                assert!(!page.says(&format!("data-eye=\"{field}\"")), "{who} is offered an eye at {address}");
                assert!(page.says("data-eye=\"company\"") || page.status != 200, "{who} {address}");
            }
        }
        assert_eq!(app.audited("lead_value_revealed").await, audited);
        assert_eq!(values(&reveal(&client, "company", std::slice::from_ref(lead)).await)[0].1, lead.company);
    }
}

#[tokio::test]
async fn without_a_line_in_the_trail_nothing_is_shown() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    let refuse = if crate::support::is_postgres() {
        "ALTER TABLE audit_events ADD CONSTRAINT full_disk CHECK (code <> 'lead_value_revealed') NOT VALID"
    } else {
        "CREATE TRIGGER full_disk BEFORE INSERT ON audit_events WHEN NEW.code = 'lead_value_revealed' \
         BEGIN SELECT RAISE(ABORT, 'no room'); END"
    };
    app.change(refuse, []).await;
    let answer = reveal(&admin, "phone", &leads[..10]).await;
    assert_eq!(answer.status, 500);
    assert!(answer.body.len() < 32, "{}", answer.text());
    admin.post("/leads/eye", &[("field", "phone"), ("open", "yes"), ("back", "/leads")]).await;
    let page = admin.get("/leads").await;
    assert_eq!(page.status, 500);
    assert!(page.listed().is_empty());
}
