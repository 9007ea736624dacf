//! What stands in a file: what the list shows, in its order, masked, and nothing that a spreadsheet would run.

use super::support::{ask, asked, column, csv_rows, exported, file, work, xlsx_rows};
use crate::{
    leads::eye::{reachable, reveal, values},
    support::{App, Wanted, encoded, tags},
};

#[tokio::test]
async fn a_file_has_the_lists_columns_and_every_lead_of_the_filter_in_its_order() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let rows = exported(&app, &admin, "?state=following").await;
    assert_eq!(
        rows[0],
        [
            "线索编号",
            "公司名称",
            "客户名称",
            "状态",
            "跟进人",
            "电话",
            "邮箱",
            "活动名称",
            "线索来源",
            "派发时间 (GMT+08:00)",
            "最近跟进时间 (GMT+08:00)"
        ]
    );
    let wanted = app.leads(Wanted { tenant: "yunfan", state: "following", ..Wanted::default() }).await;
    let numbers: Vec<String> = wanted.iter().map(|lead| lead.display()).collect();
    assert_eq!(column(&rows, "线索编号"), numbers);
    assert!(column(&rows, "状态").iter().all(|state| state == "跟进中"));

    let turned = exported(&app, &admin, "?state=following&sort=followed&dir=asc").await;
    let times = column(&turned, "最近跟进时间 (GMT+08:00)");
    assert!(times.is_sorted() && times.len() == numbers.len());
    let listed = admin.get("/leads?state=following&sort=followed&dir=asc&size=100").await.text();
    let shown: Vec<&str> = listed.match_indices(">XS").map(|(at, _)| &listed[at + 1..at + 11]).collect();
    assert_eq!(column(&turned, "线索编号")[..100], shown[..100], "the order is that of the page");
}

#[tokio::test]
async fn times_are_those_of_the_zone_of_whoever_asked_and_the_heading_says_which() {
    let app = App::new().await;
    // 2026-01-01 00:00 in the zone of the trade is 11:00 of the day before in New York.
    app.change("UPDATE leads SET followed_at = 1767196800000 WHERE followed_at > 0", []).await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await);
    let chosen = [("language", ""), ("zone", "America/New_York")];
    assert_eq!(admin.post("/profile/choices", &chosen).await.status, 303);
    for (client, heading, time) in [
        (&admin, "最近跟进时间 (纽约时间)", "2025-12-31 11:00:00"),
        (&lin, "最近跟进时间 (GMT+08:00)", "2026-01-01 00:00:00"),
    ] {
        let times = column(&exported(&app, client, "?state=following").await, heading);
        assert!(!times.is_empty() && times.iter().all(|cell| cell == time), "{times:?}");
    }
}

#[tokio::test]
async fn a_workbook_holds_what_the_csv_file_holds() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let (csv, xlsx) = (asked(&app, &admin, "", "csv").await, asked(&app, &admin, "", "xlsx").await);
    work(&app).await;
    let (csv, xlsx) = (file(&admin, csv).await, file(&admin, xlsx).await);
    let leads = app.leads(Wanted { tenant: "yunfan", ..Wanted::default() }).await.len();
    let rows = csv_rows(&csv);
    assert_eq!(rows.len(), leads + 1);
    assert_eq!(xlsx_rows(&xlsx), rows);
    assert!(!csv.text().replace("\r\n", "").contains(['\r', '\n']), "every line ends in CR LF");
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(xlsx.header("content-type"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    let disposition = xlsx.header("content-disposition");
    assert!(disposition.starts_with("attachment; filename=\"____-"), "{disposition}");
    assert!(disposition.contains("filename*=UTF-8''%E7%BA%BF%E7%B4%A2%E7%AE%A1%E7%90%86-"), "{disposition}");
    assert!(disposition.ends_with(".xlsx"), "{disposition}");
}

#[tokio::test]
async fn hidden_values_stay_hidden_whatever_eye_is_open() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    let mut clear = Vec::new();
    for field in ["phone", "email", "company", "contact"] {
        let answer = admin.post("/leads/eye", &[("field", field), ("open", "yes"), ("back", "/leads")]).await;
        assert_eq!(answer.status, 303);
        let revealed = values(&reveal(&admin, field, &leads[..40]).await);
        clear.extend(revealed.into_iter().map(|(_, value)| value).filter(|value| value.chars().count() > 2));
    }
    assert!(clear.len() > 150);
    let (csv, xlsx) = (asked(&app, &admin, "", "csv").await, asked(&app, &admin, "", "xlsx").await);
    work(&app).await;
    let text = file(&admin, csv).await.text();
    let cells: Vec<String> = xlsx_rows(&file(&admin, xlsx).await).into_iter().flatten().collect();
    let cells = cells.join("\n");
    for value in clear {
        assert!(!text.contains(&value) && !cells.contains(&value), "{value} is in the file");
    }
    let rows = csv_rows(&file(&admin, csv).await);
    for (heading, mask) in [("电话", "****"), ("邮箱", "*"), ("公司名称", "****"), ("客户名称", "*")] {
        let masked = column(&rows, heading).into_iter().filter(|cell| !cell.is_empty());
        assert!(masked.into_iter().all(|cell| cell.contains(mask)), "{heading}");
    }
}

#[tokio::test]
async fn in_marketing_plan_2_nothing_of_a_phone_or_an_email_is_in_the_file() {
    let app = App::new().await;
    let admin = app.sign_in("xinghe/admin").await;
    let rows = exported(&app, &admin, "").await;
    assert!(rows.len() > 200);
    for heading in ["电话", "邮箱"] {
        assert!(column(&rows, heading).iter().all(|cell| cell.is_empty() || cell == "****"), "{heading}");
    }
}

#[tokio::test]
async fn no_cell_is_a_formula() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let formulas =
        ["=HYPERLINK(\"http://evil.example\")", "+1+1", "-2", "@SUM(A1)", "\u{ff1d}1+1", "\u{ff20}x", "a\"b,c"];
    for (place, formula) in formulas.into_iter().enumerate() {
        admin.enter(&format!("上海公式{place}有限公司"), &format!("1390007000{place}"), &[("campaign", formula)]).await;
    }
    let (csv, xlsx) = (
        asked(&app, &admin, "?state=undispatched", "csv").await,
        asked(&app, &admin, "?state=undispatched", "xlsx").await,
    );
    work(&app).await;
    let (csv, xlsx) = (csv_rows(&file(&admin, csv).await), xlsx_rows(&file(&admin, xlsx).await));
    for rows in [&csv, &xlsx] {
        let campaigns = column(rows, "活动名称");
        for formula in formulas {
            let written = if formula.starts_with('a') { formula.to_owned() } else { format!("'{formula}") };
            assert!(campaigns.contains(&written), "{formula}");
        }
        let signs = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
        assert!(rows.iter().flatten().all(|cell| !cell.starts_with(signs)));
    }
}

#[tokio::test]
async fn a_file_speaks_the_language_and_has_the_columns_of_whoever_asked() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    lin.set_cookie("pc_locale", "en");
    let chosen = [("shown", "number"), ("shown", "phone"), ("shown", "created_at"), ("back", "/leads")];
    assert_eq!(lin.post("/leads/columns", &chosen).await.status, 303);
    let rows = exported(&app, &lin, "?state=converted").await;
    assert_eq!(rows[0], ["Lead no.", "State", "Phone", "Created (GMT+08:00)"]);
    assert!(column(&rows, "State").iter().all(|state| state == "Converted"));
    assert!(lin.get("/exports").await.says("Leads-2"), "the file's name too");
}

#[tokio::test]
async fn the_button_asks_for_what_the_list_shows() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let link = async |address: &str| {
        let links = tags(&admin.get(address).await.text(), "a");
        let hrefs = links.into_iter().flatten().filter(|(name, _)| name == "href").map(|(_, href)| href);
        hrefs.into_iter().find(|href| href.starts_with("/leads/export")).unwrap()
    };
    assert_eq!(
        link("/leads?page=2&size=50&source=event&sort=followed").await,
        "/leads/export?source=event&sort=followed"
    );
    assert_eq!(link("/lead-dispatch").await, "/leads/export?state=undispatched");
    let undispatched = app.leads(Wanted { tenant: "yunfan", state: "undispatched", ..Wanted::default() }).await.len();
    let dialog = admin.get("/leads/export?state=undispatched").await;
    assert!(dialog.says(&format!("{undispatched} 条线索")), "{}", dialog.text());
}

#[tokio::test]
async fn what_cannot_be_exported_says_why() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let none = format!("?{}", encoded(&[("campaign", "没有这样的活动")]));
    let dialog = admin.get(&format!("/leads/export{none}")).await;
    assert!(dialog.status == 200 && dialog.says("没有可导出的数据") && !dialog.says("name=\"format\""));
    assert_eq!(ask(&admin, &none, "csv").await.status, 409);
    assert_eq!(ask(&admin, "", "pdf").await.status, 422);
    assert_eq!(ask(&admin, "", "").await.status, 422);
    assert_eq!(ask(&admin, "?state=asleep", "csv").await.status, 400);
    assert_eq!(ask(&admin, "?company=x", "csv").await.status, 422);
}

#[tokio::test]
async fn a_search_by_name_is_counted_when_it_is_exported() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.audited("leads_searched").await;
    let query = format!("?{}", encoded(&[("company", "科技")]));
    let rows = exported(&app, &admin, &query).await;
    assert!(rows.len() > 2);
    assert_eq!(app.audited("leads_searched").await, before + 1);
    let sealed = app.rows("SELECT question FROM exports", []).await;
    for row in sealed {
        let bytes: Vec<u8> = row.try_get_by_index(0).unwrap();
        assert!(!String::from_utf8_lossy(&bytes).contains("科技"), "what was asked lies open");
    }
}
