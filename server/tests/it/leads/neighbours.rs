//! The way from one lead of a list to the next: the list's own order and scope, and no way around the limits of a search.

use crate::support::{Answer, App, Client, encoded, linked, tags};

/// The addresses of the leads on a page of the list, as its links have them.
fn opened(list: &Answer) -> Vec<String> {
    let links = tags(&list.text(), "a").into_iter().filter_map(|link| {
        let value = |name: &str| link.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone());
        value("href").filter(|href| value("data-key").as_deref() == Some("open") && href.starts_with("/leads/"))
    });
    let mut all: Vec<String> = links.collect();
    all.dedup();
    all
}

fn path(address: &str) -> &str {
    address.split('?').next().unwrap()
}

/// Where one comes by following a relation, from page to page.
async fn walk(client: &Client, from: &str, rel: &str, steps: usize) -> Vec<String> {
    let mut walked = vec![path(from).to_owned()];
    let mut next = Some(from.to_owned());
    while let Some(address) = next.filter(|_| walked.len() < steps) {
        let page = client.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        next = linked(&page.text(), rel);
        walked.extend(next.as_deref().map(|next| path(next).to_owned()));
    }
    walked
}

#[tokio::test]
async fn one_walks_the_list_in_its_order_and_back() {
    let app = App::new().await;
    let (wu, admin) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/admin").await);
    for (client, list) in [
        (&wu, "/leads?state=following&size=10"),
        (&wu, "/leads?sort=followed&dir=asc&size=10"),
        (&admin, "/leads?sort=dispatched&size=10"),
        (&admin, "/lead-dispatch?size=10"),
        (&admin, "/leads?company=%E7%A7%91%E6%8A%80&size=10"),
        (&wu, "/leads?due=overdue&size=10"),
    ] {
        let first = client.get(list).await;
        let second = client.get(&linked(&first.text(), "next").unwrap()).await;
        let (first, second) = (opened(&first), opened(&second));
        let expected: Vec<&str> = first.iter().chain(&second).map(|href| path(href)).collect();
        assert_eq!(expected.len(), 20, "{list}");
        assert_eq!(walk(client, &first[0], "next", 20).await, expected, "{list}");
        let back: Vec<&str> = expected.into_iter().rev().collect();
        assert_eq!(walk(client, &second[9], "prev", 20).await, back, "{list}");
        assert_eq!(linked(&client.get(&first[0]).await.text(), "prev"), None, "{list}: before the first is nothing");
    }
}

#[tokio::test]
async fn the_page_leads_back_to_the_page_of_the_list_that_one_came_from() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let list = "/leads?state=following&sort=followed&size=10&page=2";
    let lead = opened(&wu.get(list).await).remove(3);
    let page = wu.get(&lead).await.text().replace("&amp;", "&");
    assert!(page.contains(&format!("href=\"{list}\"")), "{page}");
    assert!(page.contains("data-key=\"back\""));
    assert!(!wu.get(path(&lead)).await.says("data-key=\"back\""), "without a list there is none to go back to");
}

#[tokio::test]
async fn a_lead_that_has_moved_on_keeps_its_place_and_its_list() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    for list in ["/leads?state=dispatched", "/leads?sort=followed&dir=asc"] {
        let lead = opened(&wu.get(list).await).remove(2);
        let before = wu.get(&lead).await.text();
        let (previous, next) = (linked(&before, "prev").unwrap(), linked(&before, "next").unwrap());
        let step = lead.replacen('?', "/follow?", 1);
        let fields = [("way", "phone"), ("outcome", "unreached"), ("content", "未接通")];
        let refused = wu.post(&step, &fields[..2]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().replace("&amp;", "&").contains(&step), "a refused form keeps its list");
        let answer = wu.post(&step, &fields).await;
        assert_eq!((answer.status, answer.location()), (303, &*lead), "{list}");
        let after = wu.get(&lead).await.text();
        assert_eq!(linked(&after, "prev"), Some(previous), "{list}");
        assert_eq!(linked(&after, "next"), Some(next), "{list}");
    }
    let lead = opened(&wu.get("/leads?state=following&page=2").await).remove(0);
    let returned = wu.post(&lead.replacen('?', "/return?", 1), &[("content", "不在我的区域")]).await;
    assert_eq!(returned.location(), "/leads?state=following&page=2");
}

#[tokio::test]
async fn nobody_is_led_to_what_it_does_not_see() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let own = app.lead_ids("yunfan", Some("wu")).await;
    let mut lead = opened(&wu.get("/leads").await).remove(0);
    for _ in 0..30 {
        let id = path(&lead).rsplit('/').next().unwrap().to_owned();
        assert!(own.contains(&id), "{lead}");
        lead = linked(&wu.get(&lead).await.text(), "next").unwrap();
    }
    // The list of those who dispatch is not wu's: the lead is shown, the list is not.
    let id = own.iter().next().unwrap();
    let page = wu.get(&format!("/leads/{id}?{}", encoded(&[("in", "/lead-dispatch")]))).await;
    assert_eq!(page.status, 200);
    assert!(!page.says("data-key=\"back\""));
    let foreign = app.lead_ids("qingshan", None).await.into_iter().next().unwrap();
    assert_eq!(wu.get(&format!("/leads/{foreign}?{}", encoded(&[("in", "/leads")]))).await.status, 404);
}

#[tokio::test]
async fn a_list_that_is_none_of_ours_makes_no_sense() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    for (list, at) in [
        ("//evil.example/leads", ""),
        ("https://evil.example", ""),
        ("/audit", ""),
        ("/leads?sort=phone", ""),
        ("/leads?company=%E4%BA%91", ""),
        ("/leads", "x"),
    ] {
        let address = format!("{}?{}", lead.page(), encoded(&[("in", list), ("at", at)]));
        assert_eq!(wu.get(&address).await.status, 400, "{address}");
        let step = address.replacen('?', "/follow?", 1);
        let fields = [("way", "phone"), ("outcome", "developed"), ("content", "x")];
        if !list.contains("%E4") {
            assert_eq!(wu.post(&step, &fields).await.status, 400, "{step}");
        }
    }
    assert_eq!(app.lead(&lead.id).await.state, "following");
}

#[tokio::test]
async fn a_place_in_a_list_is_no_way_around_the_limits_of_a_search() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let probe = |text: &str| {
        let list = format!("/leads?{}", encoded(&[("company", text)]));
        format!("{}?{}", lead.page(), encoded(&[("in", &list)]))
    };
    for number in 0..30 {
        assert_eq!(admin.get(&probe(&format!("n{number:02}"))).await.status, 200);
    }
    assert_eq!(app.audited("leads_searched").await, 30);
    let refused = admin.get(&probe("科技")).await;
    assert_eq!(refused.status, 200, "the lead itself is shown");
    assert!(linked(&refused.text(), "next").is_none() && linked(&refused.text(), "prev").is_none());
    assert_eq!(app.audited("leads_searched").await, 30);
    app.clock.advance(61);
    assert!(linked(&admin.get(&probe("科技")).await.text(), "next").is_some());
    assert_eq!(app.audited("leads_searched").await, 31);
}
