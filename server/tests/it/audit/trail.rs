//! What is in the trail, and who reads it.

use std::collections::{HashMap, HashSet};

use super::chain::verdict;
use crate::{
    leads::eye::reveal,
    support::{App, Client},
};

/// A page of the trail.
async fn trail(client: &Client, query: &str) -> String {
    let answer = client.get(&format!("/audit?size=100{query}")).await;
    assert_eq!(answer.status, 200, "{query}");
    answer.text()
}

/// The requests that left the lines of a page. Lines of the demo's past come from none.
fn requests(page: &str) -> Vec<String> {
    page.split("<code class=\"id\">").skip(1).map(|cell| cell.split('<').next().unwrap().to_owned()).collect()
}

/// How many lines a page of the trail shows.
fn lines(page: &str) -> usize {
    page.split("<tbody>").nth(1).map_or(0, |body| body.matches("<tr>").count())
}

#[tokio::test]
async fn a_days_work_is_in_the_trail_and_the_trail_is_whole() {
    let app = App::new().await;
    let before = app.number("SELECT MAX(number) FROM audit_events", []).await;
    app.anonymous().sign_in("yunfan/wu", "Wrong-2026").await;
    let (admin, wu, qian) =
        (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await, app.sign_in("yunfan/qian").await);
    let me = app.member("yunfan/wu").await.to_string();
    let id = admin.enter("审计测试有限公司", "13900090001", &[("follower", &me)]).await;
    let lead = app.lead(&id).await;
    let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
    wu.fill(&lead.step("follow"), &lost).await;
    admin.fill(&lead.step("reopen"), &[("content", "客户来电")]).await;
    wu.fill(&lead.step("return"), &[("content", "不在我的区域")]).await;
    reveal(&admin, "phone", std::slice::from_ref(&lead)).await;
    qian.get("/leads").await;
    wu.get("/lead-dispatch").await;
    admin.get("/leads?company=%E5%AE%A1%E8%AE%A1").await;
    wu.post("/messages", &[]).await;
    wu.post("/leads/columns", &[("shown", "company"), ("back", "/leads")]).await;
    wu.post("/sign-out", &[]).await;

    let sql = "SELECT code, outcome FROM audit_events WHERE number > ? ORDER BY number";
    let left: Vec<String> = app
        .rows(sql, [before.into()])
        .await
        .iter()
        .map(|row| {
            format!("{} {}", row.try_get_by_index::<String>(0).unwrap(), row.try_get_by_index::<String>(1).unwrap())
        })
        .collect();
    insta::assert_snapshot!(left.join("\n"), @r"
    sign_in_refused refused
    signed_in done
    signed_in done
    signed_in done
    lead_created done
    lead_dispatched done
    lead_followed_up done
    lead_reopened done
    lead_returned done
    lead_value_revealed done
    refused refused
    refused refused
    leads_searched done
    messages_read done
    preference_saved done
    signed_out done
    ");
    let rows = app.number("SELECT COUNT(*) FROM audit_events", []).await;
    assert_eq!(verdict(&app).await, Ok(rows));
    let last = "SELECT request FROM audit_events ORDER BY number DESC LIMIT 1";
    let last: String = app.rows(last, []).await[0].try_get_by_index(0).unwrap();
    assert_eq!(requests(&trail(&admin, "").await)[0], last, "the newest line stands first");
}

#[tokio::test]
async fn each_line_says_who_when_from_where_and_in_which_request() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let now = app.clock.now();
    let answer = wu.post("/messages", &[]).await;
    let row = &app
        .rows("SELECT tenant_id, actor_id, at, address, request FROM audit_events ORDER BY number DESC", [])
        .await[0];
    assert_eq!(row.try_get_by_index::<uuid::Uuid>(1).unwrap(), app.member("yunfan/wu").await);
    assert!((row.try_get_by_index::<i64>(2).unwrap() - now.0).abs() < 60_000);
    assert!(row.try_get_by_index::<String>(3).unwrap().starts_with("10."));
    assert_eq!(row.try_get_by_index::<String>(4).unwrap(), answer.header("x-request-id"));
}

#[tokio::test]
async fn a_tenant_reads_its_own_trail_and_the_vendor_reads_all() {
    let app = App::new().await;
    let before = app.number("SELECT MAX(number) FROM audit_events", []).await;
    for who in ["yunfan/wu", "qingshan/he", "xinghe/ma", "haitang/admin", "customer001/admin"] {
        app.sign_in(who).await;
    }
    app.anonymous().sign_in("nowhere/nobody", "Wrong-2026").await;
    let of = "SELECT e.request, t.name FROM audit_events e LEFT JOIN tenants t ON t.id = e.tenant_id \
              WHERE e.request <> '' AND e.number > ?";
    let owners: HashMap<String, Option<String>> = app
        .rows(of, [before.into()])
        .await
        .iter()
        .map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap()))
        .collect();
    for tenant in ["yunfan", "qingshan", "xinghe", "haitang"] {
        let admin = app.sign_in(&format!("{tenant}/admin")).await;
        let shown = requests(&trail(&admin, "").await);
        // Its own sign-in has come on top.
        let shown: HashSet<&String> = shown.iter().filter(|request| owners.contains_key(*request)).collect();
        let of_tenant = owners.iter().filter(|(_, owner)| owner.as_deref() == Some(tenant));
        assert_eq!(shown, of_tenant.map(|(request, _)| request).collect(), "{tenant}");
        assert!(!shown.is_empty());
    }
    for who in ["platform/reviewer", "platform/operator"] {
        let shown = requests(&trail(&app.sign_in(who).await, "").await);
        assert!(owners.keys().all(|request| shown.contains(request)), "{who} does not see all");
        let whose = app.sign_in(who).await.get("/audit?size=100&event=signed_in").await;
        assert!(whose.says("租户") && whose.says("云帆"), "{who} does not see whose it is");
    }
    for who in ["yunfan/lin", "yunfan/wu", "yunfan/qian", "qingshan/he", "xinghe/ma", "zhiyun/admin"] {
        assert_eq!(app.sign_in(who).await.get("/audit").await.status, 403, "{who}");
    }
}

#[tokio::test]
async fn the_trail_is_searched_by_who_what_and_when() {
    let app = App::new().await;
    app.sign_in("yunfan/wu").await;
    let admin = app.sign_in("yunfan/admin").await;
    admin.get("/leads?company=%E7%A7%91%E6%8A%80").await;
    let today = app.clock.now().trade_date();
    for (query, is_some) in [
        ("&account=wu".to_owned(), true),
        ("&account=w".to_owned(), false),
        ("&account=%25".to_owned(), false),
        ("&account=he".to_owned(), false),
        ("&account=%00".to_owned(), false),
        ("&event=signed_in".to_owned(), true),
        ("&event=signed_in&account=wu".to_owned(), true),
        ("&outcome=refused".to_owned(), true),
        ("&outcome=refused&account=wu".to_owned(), false),
        (format!("&from={today}"), true),
        ("&to=2020-01-01".to_owned(), false),
        (format!("&from={today}&event=signed_in&to={today}"), true),
    ] {
        assert_eq!(lines(&trail(&admin, &query).await) > 0, is_some, "{query}");
    }
    for query in ["event=none", "outcome=maybe", "from=today", "object=1", "event=signed_in&event=signed_out"] {
        assert_eq!(admin.get(&format!("/audit?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn a_line_cannot_be_forged_from_outside() {
    let app = App::new().await;
    let client = app.anonymous();
    let mut request = client.form("/sign-in", "tenant=yunfan&account=wu&password=Wrong-2026".to_owned());
    for (name, value) in [("x-forwarded-for", "6.6.6.6"), ("x-request-id", "forged"), ("user-agent", "a\tb\"}{")] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    client.send(request).await;
    let row = &app.rows("SELECT address, request, detail FROM audit_events ORDER BY number DESC", []).await[0];
    let line: Vec<String> = (0..3).map(|column| row.try_get_by_index(column).unwrap()).collect();
    assert!(line[0].starts_with("10."), "{line:?}");
    assert!(!line.iter().any(|text| text.contains("6.6.6.6") || text.contains("forged")), "{line:?}");
}
