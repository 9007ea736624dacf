//! Asking for exports, letting the job work, and reading the files.

use std::io::Cursor;

use app::exports::OurLists;
use calamine::{Data, Reader, Xlsx};
use partner_center::exports;
use uuid::Uuid;

use crate::support::{Answer, App, Client};

/// A line of a file.
pub type Row = Vec<String>;

/// Asks for the leads of an address as the dialog does.
pub async fn ask(client: &Client, query: &str, format: &str) -> Answer {
    client.post(&format!("/leads/export{query}"), &[("format", format)]).await
}

/// Asks for an export that is taken, and says its id.
pub async fn asked(app: &App, client: &Client, query: &str, format: &str) -> Uuid {
    let answer = ask(client, query, format).await;
    assert_eq!((answer.status, answer.location()), (303, "/exports"), "{query}: {}", answer.text());
    app.rows("SELECT id FROM exports ORDER BY id DESC LIMIT 1", []).await[0].try_get_by_index(0).unwrap()
}

/// Lets the job work until nothing waits.
pub async fn work(app: &App) {
    while exports::work(&app.store, &OurLists, || app.clock.now()).await.unwrap() {}
}

pub fn step(id: Uuid, step: &str) -> String {
    format!("/exports/{id}/{step}")
}

pub async fn state(app: &App, id: Uuid) -> String {
    app.rows("SELECT state FROM exports WHERE id = ?", [id.into()]).await[0].try_get_by_index(0).unwrap()
}

pub async fn parts(app: &App, id: Uuid) -> i64 {
    app.number("SELECT COUNT(*) FROM export_parts WHERE export_id = ?", [id.into()]).await
}

/// The file of an export that is done.
pub async fn file(client: &Client, id: Uuid) -> Answer {
    let answer = client.get(&step(id, "file")).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// The lines of a CSV file, the headings first.
pub fn csv_rows(file: &Answer) -> Vec<Row> {
    let text = file.text();
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The lines of a workbook, the headings first.
pub fn xlsx_rows(file: &Answer) -> Vec<Row> {
    let mut book = Xlsx::new(Cursor::new(file.body.clone())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    };
    sheet.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// Asks for a CSV file of the list at this address, has it written, and reads it.
pub async fn exported_of(app: &App, client: &Client, list: &str, query: &str) -> Vec<Row> {
    let answer = client.post(&format!("{list}/export{query}"), &[("format", "csv")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/exports"), "{list}{query}: {}", answer.text());
    work(app).await;
    let id = app.rows("SELECT id FROM exports ORDER BY id DESC LIMIT 1", []).await[0].try_get_by_index(0).unwrap();
    csv_rows(&file(client, id).await)
}

/// Asks for a CSV file of leads, has it written, and reads it.
pub async fn exported(app: &App, client: &Client, query: &str) -> Vec<Row> {
    let id = asked(app, client, query, "csv").await;
    work(app).await;
    csv_rows(&file(client, id).await)
}

/// What stands under a heading.
pub fn column(rows: &[Row], heading: &str) -> Vec<String> {
    let place =
        rows[0].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("no {heading}: {:?}", rows[0]));
    rows[1..].iter().map(|row| row[place].clone()).collect()
}
