//! The lists besides leads: members and the trail, as whoever reads them sees them.

use super::support::{column, exported_of};
use crate::support::App;

#[tokio::test]
async fn members_are_exported_with_what_is_hidden_hidden() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let rows = exported_of(&app, &admin, "/members", "").await;
    let members = app
        .number("SELECT COUNT(*) FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE t.name = 'yunfan'", [])
        .await;
    assert_eq!(rows.len() as i64 - 1, members, "those of the tenant and nobody else");
    assert!(column(&rows, "账号名").contains(&"wu".to_owned()));
    for phone in column(&rows, "手机号码") {
        assert!(phone.contains('*') || phone == "--", "{phone}");
    }
    for email in column(&rows, "邮箱") {
        assert!(email.contains('*') || email == "--", "{email}");
    }
    let found = exported_of(&app, &admin, "/members", "?account=wu").await;
    assert_eq!(column(&found, "姓名"), ["吴海波"]);
    assert!(admin.get("/exports").await.says("组织成员-"), "the list is named by the file");
}

#[tokio::test]
async fn the_trail_is_exported_as_its_reader_sees_it() {
    let app = App::new().await;
    app.sign_in("qingshan/he").await;
    app.sign_in("yunfan/wu").await;
    let admin = app.sign_in("yunfan/admin").await;
    let rows = exported_of(&app, &admin, "/audit", "?event=signed_in").await;
    let accounts = column(&rows, "操作账号");
    assert!(accounts.contains(&"wu".to_owned()) && !accounts.contains(&"he".to_owned()));
    assert!(!rows[0].contains(&"租户".to_owned()));
    assert!(column(&rows, "事件").iter().all(|event| event == "登录"));
    assert!(admin.get("/exports").await.says("云审计-"), "the list is named by the file");

    let operator = app.sign_in("platform/operator").await;
    let rows = exported_of(&app, &operator, "/audit", "?event=signed_in").await;
    assert!(column(&rows, "操作账号").contains(&"he".to_owned()));
    assert!(column(&rows, "租户").iter().any(|tenant| tenant.contains("云帆")));
}

#[tokio::test]
async fn who_may_not_read_a_list_exports_nothing_of_it() {
    let app = App::new().await;
    for (who, lists) in [
        ("yunfan/lin", vec!["/members", "/audit"]),
        ("yunfan/wu", vec!["/members", "/audit", "/leads"]),
        ("haitang/admin", vec!["/leads"]),
        ("platform/reviewer", vec!["/members", "/leads"]),
    ] {
        let client = app.sign_in(who).await;
        for list in lists {
            let address = format!("{list}/export");
            assert_eq!(client.get(&address).await.status, 403, "{who} {list}");
            assert_eq!(client.post(&address, &[("format", "csv")]).await.status, 403, "{who} {list}");
        }
    }
}
