//! Saved views: kept for their member alone, sealed, and shown where a list asks for nothing.

use crate::support::{Answer, App, Client, encoded, inside, linked};

async fn save(client: &Client, name: &str, query: &str, default: &str) -> Answer {
    let fields = [("act", "save"), ("name", name), ("query", query), ("default", default)];
    client.post("/views/leads", &fields).await
}

async fn act(client: &Client, act: &str, id: &str, name: &str) -> Answer {
    client.post("/views/leads", &[("act", act), ("id", id), ("name", name)]).await
}

/// The id of the member's view of this name.
async fn id_of(app: &App, name: &str) -> String {
    let rows = app.rows("SELECT id FROM views WHERE name = ?", [name.into()]).await;
    rows[0].try_get_by_index::<uuid::Uuid>(0).unwrap().to_string()
}

/// How many views wu keeps.
async fn kept(app: &App, more: &str) -> i64 {
    let sql = "SELECT COUNT(*) FROM views WHERE member_id = ?";
    app.number(&format!("{sql} {more}"), [app.member("yunfan/wu").await.into()]).await
}

/// The link to a view above the list, up to its end.
fn link(answer: &Answer, name: &str) -> Option<String> {
    let bar = inside(&answer.text(), "ul", "views__list").into_iter().next()?;
    let link = bar.split("<a ").skip(1).find(|link| link.contains(&format!("{name}</bdi>")))?;
    Some(link.split("</a>").next()?.to_owned())
}

#[tokio::test]
async fn a_view_is_saved_opened_renamed_and_deleted() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let before = app.audited("view_saved").await;
    let saved = save(&wu, "跟进中 最近", "page=3&sort=followed&state=following", "").await;
    assert_eq!((saved.status, saved.location()), (303, "/leads?state=following&sort=followed"));
    let list = wu.get(saved.location()).await;
    let marked = link(&list, "跟进中 最近").unwrap();
    assert!(marked.contains("href=\"/leads?state=following&sort=followed\""), "{marked}");
    assert!(marked.contains("aria-current=\"true\""), "{marked}");
    assert!(list.says("视图已保存"));
    let elsewhere = wu.get("/leads?state=invalid").await;
    assert!(!link(&elsewhere, "跟进中 最近").unwrap().contains("aria-current"));

    let id = id_of(&app, "跟进中 最近").await;
    assert_eq!(act(&wu, "rename", &id, "在跟").await.status, 303);
    let list = wu.get("/leads").await;
    assert!(link(&list, "在跟").is_some() && link(&list, "跟进中 最近").is_none());
    assert_eq!(act(&wu, "delete", &id, "").await.status, 303);
    assert!(link(&wu.get("/leads").await, "在跟").is_none());
    assert_eq!(act(&wu, "delete", &id, "").await.status, 404);
    assert_eq!((app.audited("view_saved").await - before, app.audited("view_deleted").await), (2, 1));
}

#[tokio::test]
async fn a_name_counts_once_and_what_was_typed_is_kept() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    assert_eq!(save(&wu, "在跟", "state=following", "").await.status, 303);
    for (name, reason) in [("在跟", "已有同名的视图"), ("", "请填写此项"), (&*"长".repeat(33), "太长")]
    {
        let refused = save(&wu, name, "state=invalid", "yes").await;
        assert_eq!(refused.status, 422, "{name}");
        assert!(refused.says(reason) && refused.says(&format!("value=\"{name}\"")), "{}", refused.text());
        assert!(refused.says("name=\"query\" value=\"state=invalid\""));
    }
    assert_eq!(save(&wu, "另一", "state=invalid", "").await.status, 303);
    let renamed = act(&wu, "rename", &id_of(&app, "另一").await, "在跟").await;
    assert_eq!(renamed.status, 422);
    assert!(renamed.says("已有同名的视图"));
    // Another member, and another list, have names of their own.
    assert_eq!(save(&app.sign_in("yunfan/chen").await, "在跟", "state=following", "").await.status, 303);
    let lin = app.sign_in("yunfan/lin").await;
    for list in ["leads", "lead-dispatch"] {
        let fields = [("act", "save"), ("name", "在跟"), ("query", "source=own")];
        assert_eq!(lin.post(&format!("/views/{list}"), &fields).await.status, 303, "{list}");
    }
}

#[tokio::test]
async fn a_list_keeps_twenty_views_whoever_is_faster() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let there = wu.at(&app.second_server().await);
    for number in 0..18 {
        assert_eq!(save(&wu, &format!("视图{number}"), "state=following", "").await.status, 303);
    }
    let (a, b, c, d) = tokio::join!(
        save(&wu, "甲", "state=invalid", ""),
        save(&there, "乙", "state=invalid", ""),
        save(&wu, "丙", "state=invalid", ""),
        save(&there, "丁", "state=invalid", ""),
    );
    let mut statuses = [a.status, b.status, c.status, d.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 303, 409, 409]);
    assert_eq!(kept(&app, "").await, 20);
}

#[tokio::test]
async fn the_default_is_shown_where_nothing_is_asked_and_everything_is_one_click_away() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let (all, following) = (wu.get("/leads").await.listed(), wu.get("/leads?state=following").await.listed());
    assert_ne!(all, following);
    save(&wu, "在跟", "state=following", "yes").await;
    assert_eq!(wu.get("/leads").await.listed(), following);
    assert!(link(&wu.get("/leads").await, "在跟").unwrap().contains("aria-current=\"true\""));
    assert_eq!(wu.get("/leads?view=all").await.listed(), all);
    assert_eq!(wu.get("/leads?state=all").await.listed(), all);
    // Paging and opening a lead stay in what one looks at.
    let second = wu.get(&linked(&wu.get("/leads?view=all").await.text(), "next").unwrap()).await;
    assert_eq!(wu.get(&linked(&second.text(), "prev").unwrap()).await.listed(), all);
    let lead = inside(&second.text(), "td", "table__actions")[0].split("href=\"").last().unwrap().to_owned();
    let lead = wu.get(lead.split('"').next().unwrap()).await.text().replace("&amp;", "&");
    assert!(lead.contains("href=\"/leads?page=2&view=all\""), "{lead}");
    // There is one default; a new one takes its place.
    save(&wu, "无效", "state=invalid", "yes").await;
    assert_eq!(kept(&app, "AND is_default").await, 1);
    assert_eq!(wu.get("/leads").await.listed(), wu.get("/leads?state=invalid").await.listed());
    assert_eq!(act(&wu, "default", &id_of(&app, "在跟").await, "").await.status, 303);
    assert_eq!(wu.get("/leads").await.listed(), following);
    assert_eq!(act(&wu, "plain", &id_of(&app, "在跟").await, "").await.status, 303);
    assert_eq!(wu.get("/leads").await.listed(), all);
    // Nobody else is shown it.
    assert_eq!(app.sign_in("yunfan/lin").await.get("/leads").await.listed().len(), 20);
}

#[tokio::test]
async fn a_view_is_nobody_elses() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    save(&wu, "在跟", "state=following", "").await;
    let id = id_of(&app, "在跟").await;
    for who in ["yunfan/admin", "yunfan/chen", "qingshan/admin"] {
        let other = app.sign_in(who).await;
        assert!(link(&other.get("/leads").await, "在跟").is_none() && !other.get("/views/leads").await.says("在跟"));
        for step in ["rename", "default", "plain", "delete"] {
            assert_eq!(act(&other, step, &id, "我的").await.status, 404, "{who} {step}");
        }
    }
    let qian = app.sign_in("yunfan/qian").await;
    assert_eq!(act(&qian, "delete", &id, "").await.status, 403);
    assert_eq!(wu.get("/views/lead-dispatch").await.status, 403);
    assert_eq!(wu.get("/views/customers").await.status, 404);
    assert!(link(&wu.get("/leads").await, "在跟").is_some());
}

#[tokio::test]
async fn a_name_that_was_searched_lies_sealed() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let company = encoded(&[("company", "云杉测试")]);
    let saved = save(&admin, "重点客户", &company, "").await;
    assert_eq!(saved.location(), format!("/leads?{company}"));
    let rows = app.rows("SELECT query_sealed FROM views WHERE name = ?", ["重点客户".into()]).await;
    let sealed: Vec<u8> = rows[0].try_get_by_index(0).unwrap();
    let text = String::from_utf8_lossy(&sealed).into_owned();
    assert!(!text.contains("company") && !text.contains("%E4") && !text.contains("云杉"), "{text}");
    let trail = app.rows("SELECT detail FROM audit_events WHERE code = 'view_saved' ORDER BY number DESC", []).await;
    let detail: String = trail[0].try_get_by_index(0).unwrap();
    assert!(!detail.contains("云杉") && !detail.contains("%E4") && !detail.contains("重点"), "{detail}");
    // Opening it is searching, and is recorded as that.
    let before = app.audited("leads_searched").await;
    assert_eq!(admin.get(saved.location()).await.status, 200);
    assert_eq!(app.audited("leads_searched").await, before + 1);
}

#[tokio::test]
async fn a_form_that_comes_twice_saves_once() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let once = uuid::Uuid::new_v4().to_string();
    let fields = [("once", &*once), ("act", "save"), ("name", "在跟"), ("query", "state=following")];
    for _ in 0..2 {
        assert_eq!(wu.post("/views/leads", &fields).await.status, 303);
    }
    assert_eq!(kept(&app, "").await, 1);
}

#[tokio::test]
async fn a_question_that_no_list_asks_is_not_kept() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    for query in ["state=asleep", "sort=phone", "size=7", "company=a&company=b"] {
        assert_eq!(save(&wu, "坏", query, "").await.status, 400, "{query}");
    }
    assert_eq!(save(&wu, "长", &format!("campaign={}", "a".repeat(3_000)), "").await.status, 422);
    assert_eq!(act(&wu, "burn", "", "").await.status, 400);
    assert_eq!(kept(&app, "").await, 0);
}
