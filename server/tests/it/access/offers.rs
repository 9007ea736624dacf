//! What the frame and the home page offer: nothing that would be refused.

use std::collections::BTreeSet;

use crate::support::{App, CAST, Client, tags};

/// Where the links of the home page lead: menus, cards, quick links.
async fn offered(client: &Client) -> BTreeSet<String> {
    let links = tags(&client.get("/").await.text(), "a").into_iter().flatten();
    links.filter(|(name, href)| name == "href" && href.starts_with('/')).map(|(_, href)| href).collect()
}

#[tokio::test]
async fn nobody_is_offered_what_it_may_not_open() {
    let app = App::new().await;
    for who in CAST {
        let client = app.sign_in(who).await;
        let offered = offered(&client).await;
        assert!(offered.contains("/messages") && offered.contains("/profile"), "{who}: {offered:?}");
        for address in &offered {
            assert_eq!(client.get(address).await.status, 200, "{who} {address}");
        }
        for address in ["/leads", "/lead-dispatch", "/audit", "/members", "/roles", "/jobs", "/verification"] {
            let may = client.get(address).await.status == 200;
            assert_eq!(offered.contains(address), may, "{who} {address}");
        }
    }
}

#[tokio::test]
async fn receivers_of_messages_and_rules_of_calling_are_offered_to_whoever_sets_them() {
    let app = App::new().await;
    for (who, page, link, may) in [
        ("yunfan/admin", "/messages/settings", "/messages/receivers", true),
        ("yunfan/wu", "/messages/settings", "/messages/receivers", false),
        ("xinghe/admin", "/leads", "/calls/settings", true),
        ("xinghe/ma", "/leads", "/calls/settings", false),
    ] {
        let shown = app.sign_in(who).await.get(page).await;
        assert_eq!(shown.says(&format!("href=\"{link}\"")), may, "{who} {page}");
    }
}
