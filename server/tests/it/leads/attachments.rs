//! Files that hang on a follow-up: which are taken, how they lie, and who gets them back.

use partner_center::attachments::{MOST_BYTES_OF_LEAD, MOST_BYTES_OF_TENANT};
use uuid::Uuid;

use crate::{
    browser_side::headers,
    support::{Answer, App, Client, Lead, only_audit, tags},
};

const PDF: &[u8] = b"%PDF-1.7 the very bytes of a quotation";
const FOLLOW: [(&str, &str); 3] = [("way", "visit"), ("outcome", "unreached"), ("content", "已发报价")];

async fn follow(client: &Client, lead: &Lead, files: &[(&str, &[u8])]) -> Answer {
    let files: Vec<(&str, &str, &[u8])> = files.iter().map(|(name, bytes)| ("files", *name, *bytes)).collect();
    client.send(client.multipart(&lead.step("follow"), &FOLLOW, &files)).await
}

/// The addresses of the files on a lead's page.
async fn linked(client: &Client, lead: &Lead) -> Vec<String> {
    let page = client.get(&lead.page()).await.text();
    let links = tags(&page, "a").into_iter().filter_map(|link| link.into_iter().find(|(name, _)| name == "href"));
    links.map(|(_, href)| href).filter(|href| href.contains("/attachments/")).collect()
}

#[tokio::test]
async fn files_hang_on_their_follow_up_and_come_back_as_they_were() {
    let app = App::new().await;
    for (who, tenant, account) in [("yunfan/wu", "yunfan", "wu"), ("xinghe/ma", "xinghe", "ma")] {
        let client = app.sign_in(who).await;
        let lead = app.a_lead(tenant, "following", Some(account)).await;
        let table = "公司,金额\r\n云帆,1\r\n".repeat(120_000);
        let answer = follow(&client, &lead, &[("报价单 v2.pdf", PDF), ("明细.csv", table.as_bytes())]).await;
        assert_eq!((answer.status, answer.location()), (303, &*lead.page()));
        let page = client.get(&lead.page()).await;
        assert!(page.says("报价单 v2.pdf") && page.says("明细.csv") && page.says("2.9 MB"), "{}", page.text());
        let links = linked(&client, &lead).await;
        let before = app.audited("attachment_downloaded").await;
        let file = client.get(&links[0]).await;
        assert_eq!((file.status, &file.body[..]), (200, PDF));
        headers::assert_strict(&file, "an attachment");
        assert_eq!(file.header("content-type"), "application/pdf");
        assert!(file.header("content-disposition").starts_with("attachment; "));
        assert!(file.header("content-disposition").ends_with("filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20v2.pdf"));
        assert!(file.header("content-security-policy").ends_with("sandbox"));
        assert_eq!(client.get(&links[1]).await.body, table.as_bytes());
        assert_eq!(app.audited("attachment_downloaded").await, before + 2);
        let audit = app.sign_in(&format!("{tenant}/admin")).await.get("/audit?event=attachment_downloaded").await;
        assert!(audit.says(&lead.display()) && !audit.says("报价单"));
    }
    for row in app.rows("SELECT sealed FROM attachment_parts", []).await {
        let sealed: Vec<u8> = row.try_get_by_index(0).unwrap();
        assert!(!sealed.windows(9).any(|bytes| bytes == b"quotation" || bytes == "云帆,".as_bytes()));
    }
}

#[tokio::test]
async fn only_who_sees_the_lead_gets_its_files() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    follow(&wu, &lead, &[("a.pdf", PDF)]).await;
    let link = linked(&wu, &lead).await.remove(0);
    for (who, status) in [
        ("yunfan/admin", 200),
        ("yunfan/lin", 200),
        ("yunfan/chen", 404),
        ("yunfan/qian", 403),
        ("qingshan/admin", 404),
        ("xinghe/ma", 404),
        ("haitang/admin", 403),
    ] {
        let before = app.audited("attachment_downloaded").await;
        let answer = app.sign_in(who).await.get(&link).await;
        assert_eq!(answer.status, status, "{who}");
        assert_eq!(app.audited("attachment_downloaded").await - before, i64::from(status == 200), "{who}");
        assert!(status == 200 || !answer.says("quotation"));
    }
    assert!(app.anonymous().get(&link).await.location().starts_with("/sign-in"));
    // A file belongs to its lead: by another lead's address it is not there.
    let chen = app.sign_in("yunfan/chen").await;
    let own = app.a_lead("yunfan", "following", Some("chen")).await;
    let file = link.rsplit('/').next().unwrap();
    assert_eq!(chen.get(&format!("{}/attachments/{file}", own.page())).await.status, 404);
    assert_eq!(chen.get(&format!("{}/attachments/no-id", own.page())).await.status, 404);
    // With the lead go its files.
    assert_eq!(wu.post(&lead.step("return"), &[("content", "不在我的区域")]).await.status, 303);
    assert_eq!(wu.get(&link).await.status, 404);
}

#[tokio::test]
async fn what_is_not_taken_is_told_beside_its_field_and_changes_nothing() {
    let app = App::new().await;
    app.tally().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "dispatched", Some("wu")).await;
    let large = [PDF, &vec![b'x'; 10 * 1024 * 1024]].concat();
    let six = [("1.pdf", PDF); 6];
    for (files, reason) in [
        (&[("setup.pdf", &b"MZ\x90\0\x03\0"[..])][..], "不支持的文件类型"),
        (&[("page.txt", b"<html><script>alert(1)</script>")], "不支持的文件类型"),
        (&[("logo.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>")], "不支持的文件类型"),
        (&[("empty.txt", b"")], "不支持的文件类型"),
        (&[("good.pdf", PDF), ("run.txt", b"#!/bin/sh")], "不支持的文件类型"),
        (&[("large.pdf", &large)], "文件太大"),
        (&six, "文件太多"),
    ] {
        let before = app.writes().await;
        let answer = follow(&wu, &lead, files).await;
        assert_eq!(answer.status, 422, "{reason}");
        assert!(answer.says("id=\"files-error\"") && answer.says(reason), "{}", answer.text());
        assert!(answer.says("已发报价"), "what was typed is kept");
        assert_eq!(app.writes_since(&before).await, only_audit(0));
    }
    // What else is wrong is told as ever, whatever files came along.
    let answer = wu.send(wu.multipart(&lead.step("follow"), &FOLLOW[..2], &[("files", "a.pdf", PDF)])).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("id=\"content-error\""));
    for (field, status) in [("photo", 400), ("files", 303)] {
        let answer = wu.send(wu.multipart(&lead.step("follow"), &FOLLOW, &[(field, "a.pdf", PDF)])).await;
        assert_eq!(answer.status, status, "{field}");
    }
}

#[tokio::test]
async fn names_and_the_number_of_fields_count_against_what_a_form_may_be() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let before = app.number("SELECT COUNT(*) FROM attachments", []).await;
    let long = "n".repeat(300 * 1024);
    let long_field: Vec<(&str, &str)> = FOLLOW.into_iter().chain([(&*long, "")]).collect();
    let many_fields: Vec<(&str, &str)> = FOLLOW.into_iter().chain([("", ""); 1_000]).collect();
    let nothing_chosen = vec![("files", "", &b""[..]); 1_000];
    for (fields, files) in [
        (&long_field[..], &[][..]),
        (&many_fields, &[]),
        (&FOLLOW, &[("files", &*long, PDF)]),
        (&FOLLOW, &nothing_chosen),
    ] {
        let answer = wu.send(wu.multipart(&lead.step("follow"), fields, files)).await;
        assert_eq!(answer.status, 413, "{} fields, {} files", fields.len(), files.len());
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM attachments", []).await, before);
}

#[tokio::test]
async fn whoever_may_not_follow_up_is_refused_before_its_files_are_read() {
    let app = App::new().await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let before = app.number("SELECT COUNT(*) FROM attachments", []).await;
    for (who, status) in [("yunfan/lin", 403), ("yunfan/qian", 403), ("yunfan/chen", 404), ("qingshan/he", 404)] {
        assert_eq!(follow(&app.sign_in(who).await, &lead, &[("a.pdf", PDF)]).await.status, status, "{who}");
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM attachments", []).await, before);
}

#[tokio::test]
async fn a_form_that_comes_twice_keeps_its_files_once() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let once = Uuid::new_v4().to_string();
    let fields: Vec<(&str, &str)> = FOLLOW.into_iter().chain([("once", &*once)]).collect();
    let before = app.number("SELECT COUNT(*) FROM attachments", []).await;
    for _ in 0..2 {
        let answer = wu.send(wu.multipart(&lead.step("follow"), &fields, &[("files", "a.pdf", PDF)])).await;
        assert_eq!((answer.status, answer.location()), (303, &*lead.page()));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM attachments", []).await, before + 1);
}

#[tokio::test]
async fn the_files_of_a_lead_and_of_a_tenant_have_so_much_room() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let (lead, other) =
        (app.a_lead("yunfan", "following", Some("wu")).await, app.a_lead("yunfan", "dispatched", Some("wu")).await);
    assert_eq!(follow(&wu, &lead, &[("a.pdf", PDF)]).await.status, 303);
    let id: Uuid = linked(&wu, &lead).await[0].rsplit('/').next().unwrap().parse().unwrap();
    let grow = async |bytes: u64| {
        let bytes = bytes as i64;
        assert_eq!(app.change("UPDATE attachments SET bytes = ? WHERE id = ?", [bytes.into(), id.into()]).await, 1);
    };
    let before = app.number("SELECT COUNT(*) FROM attachments", []).await;
    grow(MOST_BYTES_OF_LEAD).await;
    let full = follow(&wu, &lead, &[("b.pdf", PDF)]).await;
    assert!(full.status == 422 && full.says("id=\"files-error\"") && full.says("200 MB"), "{}", full.text());
    grow(MOST_BYTES_OF_TENANT).await;
    let full = follow(&wu, &other, &[("b.pdf", PDF)]).await;
    assert!(full.status == 422 && full.says("20 GB"), "{}", full.text());
    assert_eq!(app.number("SELECT COUNT(*) FROM attachments", []).await, before);
    // Without files there is nothing that needs room, and others have their own.
    assert_eq!(follow(&wu, &lead, &[]).await.status, 303);
    let (ma, far) = (app.sign_in("xinghe/ma").await, app.a_lead("xinghe", "following", Some("ma")).await);
    assert_eq!(follow(&ma, &far, &[("b.pdf", PDF)]).await.status, 303);
}

#[tokio::test]
async fn a_name_cannot_do_anything() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let names = ["../../etc/passwd", "<svg onload=alert(1)>.pdf", "\u{202e}fdp.exe", "x.html"];
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, PDF)).collect();
    assert_eq!(follow(&wu, &lead, &files).await.status, 303);
    let page = wu.get(&lead.page()).await;
    assert!(!page.says("<svg onload") && !page.says("\u{202e}") && !page.says("etc/passwd"));
    // The newest follow-up stands first, whatever hangs on older ones.
    for link in linked(&wu, &lead).await.into_iter().take(names.len()) {
        let name = wu.get(&link).await.header("content-disposition").to_owned();
        assert!(name.ends_with(".pdf") && !name.contains(['<', '/', '\\']), "{name}");
    }
}
