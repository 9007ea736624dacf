//! Members to do something with.

use uuid::Uuid;

use crate::support::{Answer, App, Client};

/// The initial password that tests give.
pub const INITIAL: &str = "Initial-2026";

/// The fields of a new member of this account, all steps done.
pub fn new_member(account: &str, number: u32) -> Vec<(String, String)> {
    let fields = [
        ("step", "roles".to_owned()),
        ("account", account.to_owned()),
        ("name", "王小明".to_owned()),
        ("phone", format!("137{number:08}")),
        ("email", format!("{}@example.com", account.to_lowercase())),
        ("password", INITIAL.to_owned()),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Creates a member with these roles and whatever more is in the form.
pub async fn create(client: &Client, account: &str, number: u32, more: &[(&str, &str)]) -> Answer {
    let fields = new_member(account, number);
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.retain(|(name, _)| !more.iter().any(|(other, _)| other == name) || *name == "roles");
    all.extend(more);
    client.post("/members/new", &all).await
}

/// The address of a member's page, or of a step on it.
pub async fn page(app: &App, who: &str, step: &str) -> String {
    let id = app.member(who).await;
    if step.is_empty() { format!("/members/{id}") } else { format!("/members/{id}/{step}") }
}

/// The codes of a member's roles.
pub async fn roles(app: &App, id: Uuid) -> Vec<String> {
    let sql = "SELECT role FROM member_roles WHERE member_id = ? ORDER BY role";
    app.rows(sql, [id.into()]).await.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}

/// The account of a member's supervisor.
pub async fn supervisor(app: &App, who: &str) -> Option<String> {
    let sql = "SELECT s.account FROM members m LEFT JOIN members s ON s.id = m.supervisor_id WHERE m.id = ?";
    app.rows(sql, [app.member(who).await.into()]).await[0].try_get_by_index(0).unwrap()
}

/// Whether the browser is signed in.
pub async fn is_in(client: &Client) -> bool {
    client.get("/profile").await.status == 200
}
