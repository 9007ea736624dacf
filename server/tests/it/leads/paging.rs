//! Walking through a list: every row once, whatever the order, forwards and backwards.

use std::collections::HashSet;

use crate::support::{App, Client, linked};

async fn walk(client: &Client, from: String, rel: &str) -> Vec<String> {
    let (mut all, mut next) = (Vec::new(), Some(from));
    while let Some(address) = next {
        let answer = client.get(&address).await;
        assert_eq!(answer.status, 200, "{address}");
        let listed = answer.listed();
        all.extend(if rel == "prev" { listed.into_iter().rev().collect::<Vec<_>>() } else { listed });
        next = linked(&answer.text(), rel);
        assert!(all.len() < 10_000, "the walk does not end");
    }
    all
}

#[tokio::test]
async fn every_order_shows_every_row_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let all = app.lead_ids("yunfan", None).await;
    let (lowest, highest) = ("0-0", "9223372036854775807-9223372036854775807");
    for sort in ["created", "dispatched", "followed"] {
        for (dir, first, last) in [("", highest, lowest), ("asc", lowest, highest)] {
            let asked = format!("/leads?size=100&sort={sort}&dir={dir}");
            let numbered = walk(&admin, asked.clone(), "next").await;
            let forwards = walk(&admin, format!("{asked}&after={first}"), "next").await;
            let backwards = walk(&admin, format!("{asked}&before={last}"), "prev").await;
            for (how, walked) in [("numbered", &numbered), ("forwards", &forwards), ("backwards", &backwards)] {
                assert_eq!(walked.len(), all.len(), "{sort} {dir} {how}");
                assert_eq!(walked.iter().cloned().collect::<HashSet<_>>(), all, "{sort} {dir} {how}");
            }
            assert_eq!(numbered, forwards, "{sort} {dir}");
            assert!(backwards.iter().rev().eq(forwards.iter()), "{sort} {dir}: back is another way");
        }
    }
}

#[tokio::test]
async fn rows_that_come_in_between_move_nothing() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let first = admin.get("/leads?size=20&after=0-9223372036854775807").await;
    let next = linked(&first.text(), "next").unwrap();
    let expected = admin.get(&next).await.listed();
    for number in 0..5 {
        admin.enter(&format!("插队{number}有限公司"), &format!("1397777{number:04}"), &[]).await;
    }
    assert_eq!(admin.get(&next).await.listed(), expected);
}

#[tokio::test]
async fn a_cursor_shows_nothing_of_others() {
    let app = App::new().await;
    let he = app.sign_in("qingshan/he").await;
    let own = app.lead_ids("qingshan", Some("he")).await;
    for cursor in ["after=0-9223372036854775807", "before=0-0", "after=0-1000", "before=0-1000"] {
        let listed = he.get(&format!("/leads?size=100&{cursor}")).await.listed();
        assert!(listed.iter().all(|id| own.contains(id)), "{cursor}");
    }
}

#[tokio::test]
async fn what_no_pager_links_to_makes_no_sense() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for path in ["/leads", "/lead-dispatch", "/audit"] {
        for query in [
            "page=0",
            "page=-1",
            "page=501",
            "page=1e18",
            "page=1000000000000000000",
            "page=18446744073709551616",
            "page=two",
            "page=1.0",
            "page=%EF%BC%91",
            "size=7",
            "size=0",
            "size=-20",
            "size=1000000000",
            "size=100&page=101",
            "after=1",
            "after=a-b",
            "after=1-2-3",
            "before=--",
            "after=99999999999999999999-1",
            "after=1-1&before=1-1",
            "after=1-1&page=2",
            "page=1&page=2",
            "page=%00",
        ] {
            let answer = admin.get(&format!("{path}?{query}")).await;
            assert_eq!(answer.status, 400, "{path}?{query}");
            assert!(answer.listed().is_empty());
        }
        assert_eq!(admin.get(&format!("{path}?page=500")).await.status, 200);
        assert_eq!(admin.get(&format!("{path}?page=1&size=100")).await.status, 200);
    }
    for query in
        ["sort=phone", "sort=company", "dir=down", "state=won", "source=spam", "from=yesterday", "to=2026-13-01"]
    {
        assert_eq!(admin.get(&format!("/leads?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn a_page_behind_the_last_says_so() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let answer = admin.get("/leads?page=400").await;
    assert_eq!(answer.status, 200);
    assert!(answer.says("这一页没有内容") && answer.says("回到第一页"));
}
