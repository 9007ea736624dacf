//! Searching by names that stay hidden.

use crate::support::{Answer, App, Client, encoded};

const COMPANY: &str = "上海云杉测试科技有限公司";

/// Searches, slowly enough for nobody to mind.
async fn search(app: &App, client: &Client, fields: &[(&str, &str)]) -> Answer {
    app.clock.advance(3);
    client.get(&format!("/leads?{}", encoded(fields))).await
}

async fn with_a_lead() -> (App, Client, String) {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let wu = app.member("yunfan/wu").await.to_string();
    let more = [("campaign", "春季 100% 上云_活动"), ("follower", wu.as_str())];
    let id = admin.enter(COMPANY, "13966660001", &more).await;
    (app, admin, id)
}

#[tokio::test]
async fn two_characters_or_their_initials_find_a_lead() {
    let (app, admin, id) = with_a_lead().await;
    for (field, text) in [
        ("company", "云杉"),
        ("company", "上海云杉"),
        ("company", "ys"),
        ("company", "YSCS"),
        ("company", "ｙｓｃｓ"),
        ("company", " 云 杉 测 试 "),
        ("company", "shyscskjyxgs"),
        ("company", COMPANY),
        ("contact", "小明"),
        ("contact", "lxm"),
        ("campaign", "上云_活动"),
        ("campaign", "100%"),
        ("campaign", "cj"),
        ("follower", "海波"),
        ("follower", "wu"),
        ("follower", "whb"),
    ] {
        let answer = search(&app, &admin, &[(field, text), ("size", "100"), ("sort", "dispatched")]).await;
        assert_eq!(answer.status, 200, "{field}={text}");
        assert!(answer.listed().contains(&id), "{field}={text} does not find it");
        assert!(!answer.says(COMPANY) || text == COMPANY, "{field}={text} shows the name");
    }
}

#[tokio::test]
async fn conditions_narrow_each_other() {
    let (app, admin, id) = with_a_lead().await;
    let all = [
        ("company", "云杉"),
        ("contact", "小明"),
        ("campaign", "春季"),
        ("follower", "wu"),
        ("state", "dispatched"),
        ("source", "own"),
    ];
    assert_eq!(search(&app, &admin, &all).await.listed(), [id]);
    for (field, other) in [
        ("company", "云松"),
        ("contact", "大明"),
        ("campaign", "秋季"),
        ("follower", "chen"),
        ("state", "following"),
        ("source", "vendor"),
    ] {
        let mut one_off = all;
        one_off.iter_mut().find(|(name, _)| *name == field).unwrap().1 = other;
        let answer = search(&app, &admin, &one_off).await;
        assert_eq!(answer.status, 200);
        assert!(answer.listed().is_empty(), "{field}={other} does not narrow");
        assert!(answer.says("没有符合条件的线索"));
    }
}

#[tokio::test]
async fn signs_of_databases_are_only_text() {
    let (app, admin, id) = with_a_lead().await;
    for text in [
        "\" OR 1=1 --",
        "' OR '1'='1",
        "云%",
        "云_杉",
        "%云杉%",
        "云\\杉",
        "云*",
        "云杉:*",
        "云杉 & !测试",
        "NEAR(云杉 测试)",
        "t1c云杉",
        "company: 云杉",
        "云杉');DROP TABLE leads;--",
        "&#20113;&#26441;",
        "ＮＯＴ 云杉",
        "𠮷野家",
        "云\u{200b}杉",
        "云\0杉",
    ] {
        for field in ["company", "contact", "campaign", "follower"] {
            let answer = search(&app, &admin, &[(field, text)]).await;
            assert!(matches!(answer.status, 200 | 422), "{field}={text:?}: {}", answer.status);
            let found = answer.listed();
            assert!(found.is_empty() || found == [id.clone()], "{field}={text:?} finds {} rows", found.len());
        }
    }
    assert_eq!(app.lead(&id).await.company, COMPANY);
}

#[tokio::test]
async fn what_is_not_two_characters_is_refused_beside_its_field() {
    let (app, admin, _) = with_a_lead().await;
    for field in ["company", "contact", "campaign", "follower"] {
        for text in ["云", "%", "_", "%_", "\\", "\"\"", "a", "--", "。。", "**********", "\u{200b}\u{200b}", "云%"]
        {
            let answer = search(&app, &admin, &[(field, text)]).await;
            assert_eq!(answer.status, 422, "{field}={text:?}");
            assert!(answer.says(&format!("id=\"{field}-error\"")) && answer.says("太短"), "{field}={text:?}");
            assert!(answer.listed().is_empty());
        }
        for blank in ["", "   ", "\u{3000}"] {
            let answer = search(&app, &admin, &[(field, blank)]).await;
            assert_eq!(answer.status, 200, "{field}={blank:?}");
            assert_eq!(answer.listed().len(), 20);
        }
    }
}

#[tokio::test]
async fn a_very_long_text_finds_nothing() {
    let (app, admin, _) = with_a_lead().await;
    for text in ["a".repeat(10_000), "云杉".repeat(1_500), "%".repeat(10_000)] {
        for field in ["company", "follower"] {
            let answer = search(&app, &admin, &[(field, &text)]).await;
            assert!(matches!(answer.status, 200 | 422), "{field}: {}", answer.status);
            assert!(answer.listed().is_empty());
        }
    }
}

#[tokio::test]
async fn nobody_finds_what_it_does_not_see() {
    let (app, _, id) = with_a_lead().await;
    for (who, finds) in [
        ("yunfan/lin", true),
        ("yunfan/wu", true),
        ("yunfan/chen", false),
        ("qingshan/admin", false),
        ("qingshan/he", false),
        ("xinghe/admin", false),
        ("xinghe/ma", false),
    ] {
        let client = app.sign_in(who).await;
        for query in [
            vec![("company", "云杉测试")],
            vec![("campaign", "上云_活动")],
            vec![("company", "yscs"), ("contact", "小明")],
        ] {
            let listed = search(&app, &client, &query).await.listed();
            assert_eq!(listed.contains(&id), finds, "{who} {query:?}");
        }
        if !who.starts_with("yunfan") {
            let follower = search(&app, &client, &[("follower", "吴海波")]).await;
            assert!(follower.listed().is_empty(), "{who} finds the leads of another tenant's member");
        }
    }
}

#[tokio::test]
async fn an_operators_search_stays_in_its_own_leads() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let own = app.lead_ids("yunfan", Some("wu")).await;
    for query in
        ["company=有限&size=100", "company=kj&size=100", "contact=wa&size=100", "company=科技&state=following&size=100"]
    {
        app.clock.advance(3);
        let query = query.replace("有限", "%E6%9C%89%E9%99%90").replace("科技", "%E7%A7%91%E6%8A%80");
        let listed = wu.get(&format!("/leads?{query}")).await.listed();
        assert!(!listed.is_empty(), "{query}");
        assert!(listed.iter().all(|id| own.contains(id)), "{query}");
    }
}

#[tokio::test]
async fn a_search_finds_the_same_by_the_index_and_by_looking() {
    let app = App::new().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    for text in ["科技", "kj", "上海", "xinxi", "网络", "fw"] {
        let fields = [("company", text), ("follower", "wu"), ("size", "100")];
        let (by_index, by_looking) =
            (search(&app, &admin, &fields).await.listed(), search(&app, &wu, &fields).await.listed());
        assert_eq!(by_index, by_looking, "{text}");
    }
}

#[tokio::test]
async fn so_many_searches_fit_into_a_minute_and_paging_is_none() {
    let (app, admin, _) = with_a_lead().await;
    let second = app.second_server().await;
    let there = admin.at(&second);
    for number in 0..30 {
        let client = if number % 2 == 0 { &admin } else { &there };
        let answer = client.get(&format!("/leads?company=n{number:02}")).await;
        assert_eq!(answer.status, 200, "search {number}");
    }
    assert_eq!(app.audited("leads_searched").await, 30);
    let refused = there.get("/leads?company=n30").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), "60");
    for again in ["/leads?company=n29", "/leads?company=n29&size=50", "/leads?campaign=n31", "/leads?follower=wu"] {
        assert_eq!(admin.get(again).await.status, 200, "{again} asks nothing new of the hidden names");
    }
    assert_eq!(app.sign_in("yunfan/lin").await.get("/leads?company=n30").await.status, 200);
    app.clock.advance(61);
    assert_eq!(admin.get("/leads?company=n30").await.status, 200);
}

#[tokio::test]
async fn the_trail_does_not_tell_what_was_searched() {
    let (app, admin, _) = with_a_lead().await;
    search(&app, &admin, &[("company", "云杉测试科技")]).await;
    let detail = "SELECT detail FROM audit_events WHERE code = 'leads_searched' ORDER BY number DESC";
    let detail: String = app.rows(detail, []).await[0].try_get_by_index(0).unwrap();
    assert!(!detail.contains('云') && !detail.contains("ys"), "{detail}");
    assert!(!admin.get("/audit").await.says("云杉测试"));
}

#[tokio::test]
async fn a_lead_is_found_by_the_number_that_is_read_out() {
    let app = App::new().await;
    let lead = app.a_lead("yunfan", "following", Some("chen")).await;
    let (admin, chen, wu) =
        (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/chen").await, app.sign_in("yunfan/wu").await);
    let digits = lead.display().trim_start_matches("XS0").trim_start_matches('0').to_owned();
    for text in [lead.display(), lead.display().to_lowercase(), digits] {
        for client in [&admin, &chen] {
            assert_eq!(client.get(&format!("/leads?number={text}")).await.listed(), [lead.id.as_str()], "{text}");
        }
        assert!(wu.get(&format!("/leads?number={text}")).await.listed().is_empty(), "{text} is not wu's");
    }
    for text in ["XS", "12a", "%E4%B8%80"] {
        let answer = admin.get(&format!("/leads?number={text}")).await;
        assert!(answer.status == 422 && answer.says("请填写线索编号"), "{text}");
        assert!(answer.listed().is_empty());
    }
}

#[tokio::test]
async fn days_that_end_before_they_begin_are_said_beside_the_field() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for list in ["/leads", "/lead-dispatch", "/audit"] {
        let answer = admin.get(&format!("{list}?from=2026-11-02&to=2026-11-01")).await;
        assert!(answer.status == 422 && answer.says("结束日期早于开始日期"), "{list}: {}", answer.status);
        assert_eq!(admin.get(&format!("{list}?from=2026-11-01&to=2026-11-01")).await.status, 200, "{list}");
    }
}
