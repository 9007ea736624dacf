//! How often a page asks the database: who asks, and what is on the page, each once.

use crate::support::App;

/// The session, who asks, and what the page is about.
const PLAIN_PAGE: u64 = 3;
/// Besides the session and who asks: the views that are kept of the list, its rows with their names, and their number.
const LIST: u64 = 5;

#[tokio::test]
async fn a_page_asks_nothing_twice() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let pages =
        [("/keyboard", PLAIN_PAGE), ("/members/new", PLAIN_PAGE + 1), ("/leads", LIST), ("/leads?size=50", LIST)];
    let mut too_many = Vec::new();
    for (page, most) in pages {
        let before = app.statements();
        let answer = admin.get(page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.text());
        let asked = app.statements() - before;
        if asked > most {
            too_many.push(format!("{page}: {asked} statements, at most {most}"));
        }
    }
    assert_eq!(too_many, Vec::<String>::new());
}
