//! Asking for codes and reading them where they arrive.

use crate::{
    messages::support::{Recording, deliver, quiet},
    support::{Answer, App, Client},
};

/// A tenant that asks for codes, and its administrator.
pub async fn switched_on() -> (App, Recording, Client) {
    let (app, post) = quiet().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(admin.post("/verification", &[("wanted", "on")]).await.status, 303);
    deliver(&app, &post).await;
    post.forget();
    (app, post, admin)
}

/// Asks for a code to turn the switch off.
pub async fn ask(client: &Client) -> Answer {
    client.post("/verification", &[("wanted", "off"), ("code_by", "sms")]).await
}

/// Types a code to turn the switch off.
pub async fn answer(client: &Client, code: &str) -> Answer {
    client.post("/verification", &[("wanted", "off"), ("code", code)]).await
}

/// The code in the newest letter.
pub async fn arrived(app: &App, post: &Recording) -> String {
    deliver(app, post).await;
    let letters = post.letters.lock().unwrap();
    code_in(&letters.last().unwrap().body)
}

fn code_in(body: &str) -> String {
    body.split(|one: char| !one.is_ascii_digit()).find(|part| part.len() == 6).unwrap().to_owned()
}

/// Another code than this one.
pub fn other_than(code: &str) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + 1) % 1_000_000)
}

/// Whether the tenant asks for codes.
pub async fn is_on(app: &App) -> bool {
    let sql = "SELECT COUNT(*) FROM verification_switches v JOIN tenants t ON t.id = v.tenant_id \
               WHERE t.name = 'yunfan' AND v.is_on";
    app.number(sql, []).await == 1
}
