//! No personal value of the seed is anywhere but where it was revealed: not in an answer, a header, a log line, a metric,
//! a file of the site, or the database as it lies on the disk.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::PathBuf,
    sync::{Arc, Mutex, OnceLock},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use metrics_exporter_prometheus::PrometheusBuilder;

use crate::{
    imports::support::{HEADINGS, taken, work},
    leads::eye::{reachable, reveal, values},
    support::{Answer, App, CAST, Client, encoded, is_postgres},
};

/// Values to look for: every spelling of each, found by its first three bytes.
pub struct Needles {
    by_start: HashMap<[u8; 3], Vec<(Vec<u8>, String)>>,
    is_start: Vec<bool>,
}

impl Needles {
    pub fn of(values: &[String], spellings: fn(&str) -> Vec<Vec<u8>>) -> Needles {
        let mut needles = Needles { by_start: HashMap::new(), is_start: vec![false; 1 << 24] };
        for value in values {
            for spelling in spellings(value) {
                let start = [spelling[0], spelling[1], spelling[2]];
                needles.is_start[place(start)] = true;
                needles.by_start.entry(start).or_default().push((spelling, value.clone()));
            }
        }
        needles
    }

    /// The first value that stands in these bytes, in any spelling.
    pub fn in_bytes(&self, bytes: &[u8]) -> Option<&str> {
        for at in 0..bytes.len().saturating_sub(2) {
            let start = [bytes[at], bytes[at + 1], bytes[at + 2]];
            if self.is_start[place(start)] {
                let found = self.by_start[&start].iter().find(|(needle, _)| bytes[at..].starts_with(needle));
                if let Some((_, value)) = found {
                    return Some(value);
                }
            }
        }
        None
    }
}

/// Whether the text has at least so many of a phone number's last digits, standing on their own as behind a mask. Within an
/// id, which is hexadecimal, they may stand by chance, and eight of them do not.
pub fn tells_last_digits(number: &str, fewest: usize, text: &str) -> bool {
    let of_id = |before: Option<u8>, after: Option<u8>| {
        let is_hex = |around: Option<u8>| around.is_some_and(|byte| byte.is_ascii_hexdigit());
        is_hex(before) || is_hex(after) || (before, after) == (Some(b'-'), Some(b'-'))
    };
    let stands_alone = |digits: &str| {
        text.match_indices(digits).any(|(at, _)| {
            let around = |at: Option<usize>| at.and_then(|at| text.as_bytes().get(at)).copied();
            !of_id(around(at.checked_sub(1)), around(Some(at + digits.len())))
        })
    };
    let last = |digits: usize| &number[number.len() - digits..];
    text.contains(last(8)) || (fewest..8).any(|digits| stands_alone(last(digits)))
}

#[test]
fn the_last_digits_are_told_from_those_of_an_id() {
    let tells = |fewest, text| tells_last_digits("13955557777", fewest, text);
    assert!(tells(6, "tel 139****557777.") && tells(6, "557777") && tells(6, "x13955557777"));
    for told in ["139****7777<", "尾号57777", "7777", "139-7777 ", "?phone=7777&", "/7777/"] {
        assert!(tells(4, told), "{told}");
    }
    assert!(!tells(6, "01a21c2f-3a30-7094-bd1e-f7557777193") && !tells(6, "5577"));
    assert!(!tells(4, "01a21c2f-7777-7094-bd1e-f75577777193") && !tells(4, "bd1e-f75571937777 ") && !tells(4, "777"));
}

fn place([a, b, c]: [u8; 3]) -> usize {
    usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c)
}

pub fn spellings(value: &str) -> Vec<Vec<u8>> {
    let bare: String = value.chars().filter(|c| *c != '-').collect();
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut all = vec![value.to_owned(), value.chars().rev().collect(), hex(value), hex(value).to_uppercase()];
    if value.contains('@') {
        all.extend(["%40", "&#64;", "&#x40;", "\\u0040", " at ", "＠"].map(|at| value.replace('@', at)));
        all.push(value.to_uppercase());
    } else {
        all.push(bare.clone());
        all.push(format!("{} {} {}", &bare[..3], &bare[3..7], &bare[7..]));
        all.push(format!("{}-{}-{}", &bare[..3], &bare[3..7], &bare[7..]));
        all.push(value.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect());
        all.push(bare.chars().rev().collect());
        all.push(hex(&bare));
    }
    // Whatever stands before it, base64 shows the middle of the value in one of three ways.
    for text in [value, &bare] {
        for before in 0..3 {
            let shifted = STANDARD.encode([&vec![b' '; before], text.as_bytes()].concat());
            let (from, to) = (if before == 0 { 0 } else { 4 }, shifted.len() - 4);
            all.push(shifted[from..to].to_owned());
        }
    }
    all.into_iter().map(String::into_bytes).collect()
}

/// How a name may be written.
fn name_spellings(name: &str) -> Vec<Vec<u8>> {
    let escaped: String = name.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let entities: String = name.chars().map(|letter| format!("&#{};", u32::from(letter))).collect();
    let percent: String = name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let all = [name.to_owned(), name.chars().rev().collect(), escaped, entities, percent.to_lowercase(), percent];
    all.into_iter().map(String::into_bytes).collect()
}

/// Two hundred phone numbers and e-mail addresses of the newest leads, read on another copy of the demo.
async fn clear_values() -> Vec<String> {
    let copy = App::new().await;
    copy.change("UPDATE tenants SET marketing_plan_2 = ?", [false.into()]).await;
    let mut all = Vec::new();
    for (tenant, leads) in [("yunfan", 50), ("qingshan", 25), ("xinghe", 25)] {
        let admin = copy.sign_in(&format!("{tenant}/admin")).await;
        let reachable = reachable(&copy, tenant).await;
        for field in ["phone", "email"] {
            all.extend(values(&reveal(&admin, field, &reachable[..leads]).await).into_iter().map(|(_, value)| value));
        }
    }
    assert_eq!(all.len(), 200);
    all
}

/// What the process writes into its log while this test runs.
#[derive(Clone, Default)]
pub struct Log(pub Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Everything that is logged from here on, by the other tests too: none of it may hold a value. All tests listen
    /// together, since a span ends with whoever has heard it begin.
    pub fn listen() -> Log {
        static LOG: OnceLock<Log> = OnceLock::new();
        let listening = || {
            let log = Log::default();
            let writer = log.clone();
            let subscriber = tracing_subscriber::fmt()
                .with_env_filter("debug,sqlx=info,sea_orm=info,html5ever=off")
                .with_writer(move || writer.clone())
                .finish();
            tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
            log
        };
        LOG.get_or_init(listening).clone()
    }

    /// How much has been heard so far.
    pub fn heard(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Companies and contacts of the same leads. They lie plain in the database, since they are searched, and nowhere else.
async fn names(app: &App) -> Vec<String> {
    let sql = "SELECT company, contact FROM leads WHERE contact NOT IN (SELECT name FROM members) ORDER BY number DESC LIMIT 200";
    let rows = app.rows(sql, []).await;
    let column = |at: usize| rows.iter().map(move |row| row.try_get_by_index::<String>(at).unwrap());
    // A short name is part of a longer word here and there.
    let mut names: Vec<String> = column(0).chain(column(1)).filter(|name| name.chars().count() > 2).collect();
    names.sort();
    names.dedup();
    names
}

fn look(needles: &Needles, answer: &Answer, who: &str, address: &str) {
    assert_eq!(needles.in_bytes(&answer.body), None, "{who} reads a value at {address}");
    for value in answer.headers.values() {
        assert_eq!(needles.in_bytes(value.as_bytes()), None, "{who} gets a value in a header of {address}");
    }
}

async fn crawl(app: &App, needles: &[&Needles], who: &str, client: &Client) {
    let everywhere = [
        "/",
        "/messages",
        "/exports",
        "/jobs",
        "/leads/export",
        "/change-password",
        "/leads/new",
        "/leads/import",
        "/lead-dispatch?state=all&size=100",
        "/no-such-page",
    ];
    let mut addresses = everywhere.map(str::to_owned).to_vec();
    for import in app.rows("SELECT id FROM imports", []).await {
        let import = format!("/leads/import/{}", import.try_get_by_index::<uuid::Uuid>(0).unwrap());
        addresses.extend([format!("{import}/failures"), import]);
    }
    addresses.extend((1..=5).map(|page| format!("/leads?page={page}")));
    addresses.extend((1..=3).map(|page| format!("/audit?page={page}&size=100")));
    let tenant = who.split('/').next().unwrap();
    let leads = app.leads(crate::support::Wanted { tenant, ..Default::default() }).await;
    addresses.extend(leads.iter().take(30).map(|lead| lead.page()));
    addresses.extend(
        leads.iter().take(3).flat_map(|lead| ["follow", "dispatch", "return", "reopen"].map(|step| lead.step(step))),
    );
    let ids: Vec<String> = leads.iter().take(5).map(|lead| format!("id={}", lead.id)).collect();
    addresses.push(format!("/lead-dispatch/chosen?{}", ids.join("&")));
    for address in addresses {
        let answer = client.get(&address).await;
        for needles in needles {
            look(needles, &answer, who, &address);
        }
    }
}

#[tokio::test]
async fn no_value_is_anywhere_unless_it_is_revealed() {
    let values = clear_values().await;
    let needles = Needles::of(&values, spellings);
    let log = Log::listen();
    let metrics = PrometheusBuilder::new().install_recorder().expect("nobody else counts");
    let app = App::new().await;
    let names = Needles::of(&names(&app).await, name_spellings);
    import_of(&app, &values[..20]).await;
    for who in CAST {
        let client = app.sign_in(who).await;
        crawl(&app, &[&needles, &names], who, &client).await;
    }
    crawl(&app, &[&needles, &names], "nobody", &app.anonymous()).await;
    assert_eq!(app.audited("lead_value_revealed").await, 0);

    // What is entered is nowhere either: refused because of a twin, or stored.
    let admin = app.sign_in("yunfan/admin").await;
    for value in &values[..3] {
        let fields =
            [("company", "新公司有限公司"), ("contact", "李小明"), ("phone", value.as_str()), ("source", "own")];
        admin.fill("/leads/new", &fields).await;
    }
    look(&needles, &admin.get("/leads").await, "yunfan/admin", "/leads");

    look_at_files(&needles);
    let metrics = metrics.render();
    assert!(metrics.contains("http_requests_total"), "requests were counted");
    for needles in [&needles, &names] {
        assert_eq!(needles.in_bytes(metrics.as_bytes()), None, "a value is in the metrics");
    }

    let log = log.0.lock().unwrap().clone();
    assert!(log.len() > 10_000, "the log was listened to");
    assert_eq!(needles.in_bytes(&log), None, "a value is in the log");
    assert_eq!(names.in_bytes(&log), None, "a name is in the log");
    for bytes in database(&app).await {
        assert_eq!(needles.in_bytes(&bytes), None, "a value lies in the database");
    }
}

/// A file with these values, half of its rows bad, checked and waiting for a decision.
async fn import_of(app: &App, values: &[String]) {
    let admin = app.sign_in("yunfan/admin").await;
    let rows = values.iter().enumerate().map(|(row, value)| {
        let contact = if row % 2 == 0 { "王小明" } else { "" };
        let (phone, email) = if value.contains('@') { ("", value.as_str()) } else { (value.as_str(), "") };
        format!("上海导入{row}有限公司,{contact},{phone},{email}\r\n")
    });
    taken(&admin, format!("{HEADINGS}{}", rows.collect::<String>()).as_bytes()).await;
    work(app).await;
    assert_eq!(app.number("SELECT COUNT(*) FROM import_problems", []).await, 10);
}

/// The files that anybody may fetch: script, WebAssembly, styles, and what lies beside them.
fn look_at_files(needles: &Needles) {
    let Ok(site) = std::env::var("PARTNER_CENTER_SITE") else { return };
    let mut folders = vec![PathBuf::from(site)];
    let mut kinds = HashSet::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let found = needles.in_bytes(&fs::read(&path).unwrap()).map(str::to_owned);
            assert_eq!(found, None, "a value is in {}", path.display());
            kinds.extend(path.extension().map(|kind| kind.to_string_lossy().into_owned()));
        }
    }
    assert!(["wasm", "js", "css"].iter().all(|kind| kinds.contains(*kind)), "the site was built");
}

/// The database as whoever steals it sees it.
pub async fn database(app: &App) -> Vec<Vec<u8>> {
    if !is_postgres() {
        return app.copy.files();
    }
    let mut tables = Vec::new();
    for table in app.tables().await.into_iter().chain(["lead_search".to_owned()]) {
        let rows = app.rows(&format!("SELECT CAST(t AS TEXT) FROM {table} t"), []).await;
        tables.extend(rows.iter().map(|row| row.try_get_by_index::<String>(0).unwrap().into_bytes()));
    }
    tables
}

#[tokio::test]
async fn searching_for_a_hidden_number_tells_nothing() {
    let values = clear_values().await;
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for value in values.iter().take(100).step_by(20) {
        let other = values.iter().rev().find(|other| other.len() == value.len() && *other != value);
        let other = other.cloned().unwrap_or_else(|| value.chars().rev().collect());
        for field in ["company", "contact", "campaign", "follower"] {
            for length in [2, 4, 7, value.len()] {
                let mut answers = Vec::new();
                for text in [value, &other] {
                    app.clock.advance(5);
                    let text: String = text.chars().take(length).collect();
                    let answer = admin.get(&format!("/leads?{}", encoded(&[(field, &text)]))).await;
                    answers.push((answer.status, answer.listed()));
                }
                assert!(
                    answers.iter().all(|(_, listed)| listed.is_empty()) || length <= 4,
                    "{field} finds a hidden value"
                );
            }
        }
    }
    for query in ["sort=phone", "sort=email", "sort=company", "sort=contact"] {
        assert_eq!(admin.get(&format!("/leads?{query}")).await.status, 400, "{query}");
    }
    assert_eq!(
        admin.get(&format!("/leads?{}", encoded(&[("phone", &values[0])]))).await.listed(),
        admin.get("/leads").await.listed()
    );
}

#[tokio::test]
async fn as_many_lines_are_in_the_trail_as_values_were_shown() {
    let app = App::new().await;
    let mut shown = 0;
    for (tenant, who) in [("yunfan", "admin"), ("yunfan", "lin"), ("qingshan", "admin")] {
        let client = app.sign_in(&format!("{tenant}/{who}")).await;
        let leads = reachable(&app, tenant).await;
        for (field, count) in [("phone", 40), ("email", 40), ("company", 40)] {
            shown += values(&reveal(&client, field, &leads[..count]).await).len() as i64;
        }
        reveal(&client, "phone", &leads[..100]).await;
    }
    assert_eq!(shown, 360);
    assert_eq!(app.audited("lead_value_revealed").await, shown);
}
