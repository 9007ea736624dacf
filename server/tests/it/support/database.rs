//! A database for each test: a copy of one that is migrated and filled once a run. Without `TEST_DATABASE_URL` it is an
//! SQLite file, else a database of that PostgreSQL server.

use std::{
    env, fs,
    future::Future,
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    thread,
};

use partner_center::{
    ctx::Store,
    moment::Moment,
    people::hashing::{Cost, Hasher},
    vault::Vault,
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database};
use tempfile::TempDir;

const TEMPLATE: &str = "partner_center_it";

/// Whether the tests run on PostgreSQL.
pub fn is_postgres() -> bool {
    maintenance().is_some()
}

fn maintenance() -> Option<String> {
    env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

/// A database with nothing in it.
pub async fn empty() -> Copy {
    match maintenance() {
        Some(server) => Copy::on(&server, None).await,
        None => Copy::in_a_folder(None),
    }
}

/// A database that goes away with its test.
pub struct Copy {
    pub url: String,
    folder: Option<TempDir>,
    name: Option<String>,
}

impl Copy {
    /// A copy of the filled template.
    pub async fn of_the_demo() -> Copy {
        static TEMPLATE_FILE: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = TEMPLATE_FILE.get_or_init(|| elsewhere(fill_template()));
        match maintenance() {
            Some(server) => Copy::on(&server, Some(TEMPLATE)).await,
            None => Copy::in_a_folder(Some(bytes)),
        }
    }

    fn in_a_folder(bytes: Option<&[u8]>) -> Copy {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("it.db");
        if let Some(bytes) = bytes {
            fs::write(&file, bytes).unwrap();
        }
        Copy { url: format!("sqlite://{}?mode=rwc", file.display()), folder: Some(folder), name: None }
    }

    async fn on(server: &str, template: Option<&str>) -> Copy {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("it_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let template = template.map_or_else(String::new, |template| format!(" TEMPLATE {template}"));
        on_server(server, &[format!("CREATE DATABASE {name}{template}")]).await;
        Copy { url: of_server(server, &name), folder: None, name: Some(name) }
    }

    /// The files of an SQLite database, as they lie on the disk.
    pub fn files(&self) -> Vec<Vec<u8>> {
        let folder = self.folder.as_ref().map(|folder| fs::read_dir(folder.path()).unwrap());
        folder.into_iter().flatten().map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let (Some(server), Some(name)) = (maintenance(), self.name.take()) {
            elsewhere(async move {
                on_server(&server, &[format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")]).await;
            });
        }
    }
}

fn of_server(server: &str, database: &str) -> String {
    let (start, _) = server.rsplit_once('/').unwrap();
    format!("{start}/{database}")
}

async fn on_server(server: &str, statements: &[String]) {
    let mut options = ConnectOptions::new(server);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    for statement in statements {
        db.execute_unprepared(statement).await.unwrap();
    }
    db.close().await.unwrap();
}

/// Runs on a thread and runtime of its own, so that nothing of it hangs on the runtime of one test.
fn elsewhere<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    thread::spawn(move || runtime().block_on(work)).join().unwrap()
}

/// Fills the template: on PostgreSQL a database to copy from, else the bytes of a file.
async fn fill_template() -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("template.db");
    let url = match maintenance() {
        Some(server) => {
            let anew =
                [format!("DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)"), format!("CREATE DATABASE {TEMPLATE}")];
            on_server(&server, &anew).await;
            of_server(&server, TEMPLATE)
        }
        None => format!("sqlite://{}?mode=rwc", file.display()),
    };
    let db = server::database::open(&url).await.unwrap();
    server::database::migrate(&db).await.unwrap();
    let store = Store::new(db.clone(), Vault::demo().into());
    server::seed::demo(&store, &Hasher::new(Cost::Trifling), 1, Moment::now()).await.unwrap();
    if is_postgres() {
        db.close().await.unwrap();
        return Vec::new();
    }
    db.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    db.close().await.unwrap();
    fs::read(file).unwrap()
}
