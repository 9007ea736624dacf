//! Who sees which leads.

use std::collections::HashSet;

use crate::support::{App, Client};

/// All leads that somebody's list shows, page by page.
async fn all_listed(client: &Client) -> HashSet<String> {
    let mut all = HashSet::new();
    for page in 1.. {
        let listed = client.get(&format!("/leads?size=100&page={page}")).await.listed();
        if listed.is_empty() {
            break;
        }
        all.extend(listed);
    }
    all
}

#[tokio::test]
async fn an_operator_sees_only_its_own_leads() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let own = app.lead_ids("yunfan", Some("wu")).await;
    assert!(own.len() > 100);
    assert_eq!(all_listed(&wu).await, own);

    let (mine, hers) =
        (app.a_lead("yunfan", "following", Some("wu")).await, app.a_lead("yunfan", "following", Some("chen")).await);
    assert_eq!(wu.get(&mine.page()).await.status, 200);
    // What the role never permits is refused before anything is said about the lead.
    for (address, status) in [
        (hers.page(), 404),
        (hers.step("follow"), 404),
        (hers.step("return"), 404),
        (hers.step("dispatch"), 403),
        (hers.step("reopen"), 403),
    ] {
        let answer = wu.get(&address).await;
        assert_eq!(answer.status, status, "{address}");
        assert!(!answer.says(&hers.display()) && !answer.says("陈志远"), "{address}");
    }
}

#[tokio::test]
async fn those_who_dispatch_see_all_leads_of_their_tenant_and_no_others() {
    let app = App::new().await;
    let own = app.lead_ids("qingshan", None).await;
    assert_eq!(all_listed(&app.sign_in("qingshan/admin").await).await, own);
    // The distributor above sees nothing of its reseller's leads.
    let lead = app.a_lead("qingshan", "following", Some("he")).await;
    assert_eq!(app.sign_in("yunfan/admin").await.get(&lead.page()).await.status, 404);
}

#[tokio::test]
async fn those_without_leads_see_none() {
    let app = App::new().await;
    for who in ["yunfan/qian", "zhiyun/admin", "platform/operator", "haitang/admin"] {
        let client = app.sign_in(who).await;
        let answer = client.get("/leads").await;
        assert_eq!(answer.status, 403, "{who}");
        assert!(answer.listed().is_empty());
        assert!(!client.get("/").await.says("/leads"), "{who} is offered leads");
    }
}

#[tokio::test]
async fn a_lead_that_goes_to_somebody_else_is_gone_from_everything_of_its_follower_at_once() {
    let app = App::new().await;
    let (admin, wu) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/wu").await);
    let id = admin
        .enter("转派测试有限公司", "13911110001", &[("follower", &app.member("yunfan/wu").await.to_string())])
        .await;
    let page = format!("/leads/{id}");
    let number = app.lead(&id).await.display();
    let total = |text: String| text.split("todo__count\">").nth(1).unwrap().split('<').next().unwrap().replace(',', "");
    let waiting: u64 = total(wu.get("/").await.text()).parse().unwrap();

    assert_eq!(wu.get(&page).await.status, 200);
    assert!(wu.get("/leads").await.listed().contains(&id));
    assert!(wu.get("/messages").await.says(&number));
    assert!(wu.get("/leads?company=zpcs").await.listed().contains(&id));

    let chen = app.member("yunfan/chen").await.to_string();
    assert_eq!(admin.fill(&format!("{page}/dispatch"), &[("follower", &chen)]).await.status, 303);

    assert_eq!(wu.get(&page).await.status, 404);
    assert!(!wu.get("/leads").await.listed().contains(&id));
    assert!(wu.get("/leads?company=zpcs").await.listed().is_empty());
    assert_eq!(total(wu.get("/").await.text()).parse(), Ok(waiting - 1));
    let messages = wu.get("/messages").await;
    assert!(!messages.says(&number) && !messages.says(&id), "the message still tells of it");
    assert!(messages.says("现已不在您名下"));
    assert_eq!(
        wu.post(&format!("{page}/follow"), &[("way", "phone"), ("outcome", "unreached"), ("content", "再试")])
            .await
            .status,
        404
    );
    let revealed = wu.call("/api/leads/reveal", &[("field", "phone"), ("ids[0]", &id)]).await;
    assert_eq!((revealed.status, revealed.text().as_str()), (200, "[]"));
    assert!(app.sign_in("yunfan/chen").await.get("/leads").await.listed().contains(&id));
}

#[tokio::test]
async fn every_row_lies_in_the_tenant_of_its_lead() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let wu = app.member("yunfan/wu").await.to_string();
    admin.enter("租户测试有限公司", "13911110002", &[("follower", &wu)]).await;
    for table in ["lead_entries", "messages"] {
        let astray =
            format!("SELECT COUNT(*) FROM {table} r JOIN leads l ON l.id = r.lead_id WHERE l.tenant_id <> r.tenant_id");
        assert_eq!(app.number(&astray, []).await, 0, "{table}");
    }
    for member in ["follower_id", "creator_id"] {
        let astray = format!(
            "SELECT COUNT(*) FROM leads l JOIN members m ON m.id = l.{member} WHERE l.tenant_id <> m.tenant_id"
        );
        assert_eq!(app.number(&astray, []).await, 0, "{member}");
    }
}
