//! Uploading, and letting the job work.

use axum::{
    body::Body,
    http::{Request, header},
};

use crate::support::{Answer, App, Client, HOST};

pub const HEADINGS: &str = "公司名称,客户名称,电话,邮箱\r\n";

/// Uploads a file as the page's form does.
pub async fn upload(client: &Client, name: &str, bytes: &[u8]) -> Answer {
    client.send(form(name, bytes)).await
}

/// The request of the page's form.
pub fn form(name: &str, bytes: &[u8]) -> Request<Body> {
    let mut body = Vec::new();
    body.extend_from_slice(b"--edge\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\n\r\n--edge\r\n");
    let part = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--edge--\r\n");
    Request::post("/leads/import")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
        .header(header::ORIGIN, format!("http://{HOST}"))
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap()
}

/// Uploads a file that is taken, and returns the address of its import.
pub async fn taken(client: &Client, bytes: &[u8]) -> String {
    let answer = upload(client, "leads.csv", bytes).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.location().to_owned()
}

/// Lets the job work until nothing waits.
pub async fn work(app: &App) {
    let vocabulary = app::imports::vocabulary();
    while partner_center::imports::work(&app.store, &vocabulary, || app.clock.now()).await.unwrap() {}
}

/// How many leads there are.
pub async fn leads(app: &App) -> i64 {
    app.number("SELECT COUNT(*) FROM leads", []).await
}

/// A file of so many rows that are all good.
pub fn good_rows(number: u32) -> String {
    good_rows_from(0, number)
}

/// The same, of rows that come after so many others.
pub fn good_rows_from(first: u32, number: u32) -> String {
    let rows = (first..first + number)
        .map(|row| format!("上海测试{row}科技有限公司,王小{row},{},\r\n", 13_900_000_000_u64 + u64::from(row)));
    format!("{HEADINGS}{}", rows.collect::<String>())
}
