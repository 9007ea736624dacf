//! The command line.

use app::text::{self, Locale};
use clap::{Parser, Subcommand, ValueEnum};
use partner_center::{
    access::{PartnerState, Role, TenantKind},
    audit::{self, Anchor, Verdict},
    ctx::Store,
    error::{Error, Problem},
    jobs::run_now,
    moment::Moment,
    people::{
        Held, NewPerson, PersonFields,
        admin::{self, NewTenant},
        hashing::{Cost, Hasher},
    },
};

use crate::{
    bench::{self, BenchOptions},
    clock::Clock,
    config::{DataOptions, ServeOptions},
    database,
    jobs::{self, Background},
    router, seed, serve,
    session::Sessions,
};

/// Why a command failed, as text for its operator.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure(error.to_string())
    }
}

/// 伙伴中心: the web application in which a cloud vendor's partners run their business.
#[derive(Parser)]
#[command(name = "partner-center", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the product.
    Serve(ServeOptions),
    /// Bring the tables up to date.
    Migrate(DataOptions),
    /// Fill an empty database with the demo.
    Seed {
        #[command(flatten)]
        data: DataOptions,
        /// Multiplies the volume, for measurements.
        #[arg(long, default_value_t = 1)]
        scale: u64,
    },
    /// Tenants.
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Members.
    #[command(subcommand)]
    Member(MemberCommand),
    /// The audit trail.
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Do a scheduled job now, whatever its schedule says.
    RunJob {
        #[command(flatten)]
        data: DataOptions,
        /// The job's name; a name that there is not is answered with all that there are.
        name: String,
        /// Do it as if it were this time in UTC+8, e.g. 2026-11-26T02:00. Without it, now.
        #[arg(long)]
        at: Option<String>,
    },
    /// Measure the product beside a bare handler and a template page, and print the ratios.
    Bench(BenchOptions),
    /// List every page, form and server function.
    Routes {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum TenantCommand {
    /// Set up a tenant.
    Create {
        #[command(flatten)]
        data: DataOptions,
        /// The name one signs in with.
        #[arg(long)]
        name: String,
        /// The company's name.
        #[arg(long)]
        title: String,
        /// solution_provider, distributor, reseller, merchant, customer or platform.
        #[arg(long)]
        kind: TenantKind,
        /// The distributor of a reseller.
        #[arg(long)]
        parent: Option<String>,
        /// The tenant has joined marketing plan 2.0.
        #[arg(long)]
        marketing_plan_2: bool,
    },
    /// Say how the vendor stands to a partner: normal, restricted or frozen. Its members and those of its resellers see it,
    /// with the reason, on every page.
    State {
        #[command(flatten)]
        data: DataOptions,
        #[arg(long)]
        tenant: String,
        #[arg(long)]
        #[arg(value_parser = |text: &str| text.parse::<PartnerState>())]
        state: PartnerState,
        /// Why, as the partner is told.
        #[arg(long, default_value = "")]
        reason: String,
    },
}

#[derive(Subcommand)]
enum MemberCommand {
    /// Set up a member; its password must be changed at the first sign-in.
    Create {
        #[command(flatten)]
        data: DataOptions,
        #[arg(long)]
        tenant: String,
        #[arg(long)]
        account: String,
        #[arg(long)]
        name: String,
        /// One or more roles, e.g. admin.
        #[arg(long, required = true)]
        role: Vec<String>,
        /// The account of the supervisor, whom an account manager needs.
        #[arg(long)]
        supervisor: Option<String>,
        /// The initial password.
        #[arg(long, env = "PARTNER_CENTER_INITIAL_PASSWORD", hide_env_values = true)]
        password: String,
    },
    /// Say where the review of the qualification behind a member's role is; while it lasts, the role cannot be taken away.
    Qualification {
        #[command(flatten)]
        data: DataOptions,
        #[arg(long)]
        tenant: String,
        #[arg(long)]
        account: String,
        /// manager or architect.
        #[arg(long)]
        role: Role,
        #[arg(long)]
        state: ReviewState,
    },
}

/// Where the review of a qualification is.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReviewState {
    UnderReview,
    Done,
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Walk every chain and name the first row that is not as it was written. Prints where each chain ends, an anchor a line:
    /// kept elsewhere and given the next time, they show whether a chain was cut or is gone.
    Verify {
        #[command(flatten)]
        data: DataOptions,
        /// The end of a chain as an earlier verification or the server's log has printed it; may be repeated.
        #[arg(long)]
        anchor: Vec<Anchor>,
        /// A file with what an earlier verification has printed; may be repeated.
        #[arg(long)]
        anchors: Vec<std::path::PathBuf>,
    },
}

impl Cli {
    /// Runs the command.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Serve(options) => serve::serve(options).await,
            Command::Migrate(data) => open(&data).await.map(drop),
            Command::Seed { data, scale } => {
                if !data.demo {
                    return Err(Failure("seed needs --demo: its data and keys are for demonstration".to_owned()));
                }
                let store = open(&data).await?;
                seed::demo(&store, &Hasher::new(Cost::Full), scale, Clock::default().now()).await?;
                Ok(())
            }
            Command::Tenant(command) => create_tenant(command).await,
            Command::Member(command) => member(command).await,
            Command::Audit(AuditCommand::Verify { data, anchor, anchors }) => verify(&data, anchor, &anchors).await,
            Command::RunJob { data, name, at } => run_job(&data, &name, at.as_deref()).await,
            Command::Bench(options) => bench::run(options).await,
            Command::Routes { json } => list_routes(json),
        }
    }
}

async fn open(data: &DataOptions) -> Result<Store, Failure> {
    let db = database::open(&data.database_url).await?;
    database::migrate(&db).await?;
    Ok(Store::new(db, data.vault()?))
}

async fn run_job(data: &DataOptions, name: &str, at: Option<&str>) -> Result<(), Failure> {
    // What cannot be done is refused before the database is touched.
    let job = jobs::named(name)?;
    let clock = Clock::default();
    let at = at.map_or(Ok(clock.now()), time)?;
    let db = database::open(&data.database_url).await?;
    database::migrate(&db).await?;
    let (store, sessions) = (Store::new(db.clone(), data.vault()?), Sessions::new(db, clock.clone()));
    let background = Background { store, sessions, clock: clock.clone() };
    let done = run_now(&background.store, job, &background, at, || clock.now()).await.map_err(unknown("job"))?;
    println!("{name}: {done}");
    Ok(())
}

/// A time of the trade's zone as an operator types it.
fn time(text: &str) -> Result<Moment, Failure> {
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    let read = formats.iter().find_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok());
    let read = read.ok_or_else(|| Failure(format!("{text} is no time like 2026-11-26T02:00")))?;
    let midnight = Moment::start_of(read.date());
    Ok(midnight.plus_seconds(i64::from(chrono::Timelike::num_seconds_from_midnight(&read))))
}

async fn create_tenant(command: TenantCommand) -> Result<(), Failure> {
    let (data, name, title, kind, parent, marketing_plan_2) = match command {
        TenantCommand::Create { data, name, title, kind, parent, marketing_plan_2 } => {
            (data, name, title, kind, parent, marketing_plan_2)
        }
        TenantCommand::State { data, tenant, state, reason } => {
            return set_state(&data, &tenant, state, &reason).await;
        }
    };
    let store = open(&data).await?;
    let parent = match parent {
        Some(parent) => Some(admin::tenant_named(&store, &parent).await.map_err(unknown("tenant"))?.0),
        None => None,
    };
    let new = NewTenant { name, title, kind, parent, marketing_plan_2 };
    let id = admin::create_tenant(&store, new, Clock::default().now()).await.map_err(unknown("new tenant"))?;
    println!("{id}");
    Ok(())
}

async fn set_state(data: &DataOptions, tenant: &str, state: PartnerState, reason: &str) -> Result<(), Failure> {
    let store = open(data).await?;
    let (id, _) = admin::tenant_named(&store, tenant).await.map_err(unknown("tenant"))?;
    if state != PartnerState::Normal && reason.trim().is_empty() {
        return Err(Failure("--reason is missing: the partner is told why".to_owned()));
    }
    let set = admin::set_partner_state(&store, id, state, reason.trim(), Clock::default().now()).await;
    let is_news = set.map_err(unknown("partner"))?;
    println!("{}", if is_news { state.to_string() } else { format!("{state}, as before") });
    Ok(())
}

async fn member(command: MemberCommand) -> Result<(), Failure> {
    match command {
        MemberCommand::Create { data, tenant, account, name, role, supervisor, password } => {
            let store = open(&data).await?;
            let supervisor = supervisor.as_deref();
            create_member(
                &store,
                &tenant,
                PersonFields { account, name, ..Default::default() },
                &role,
                supervisor,
                password,
            )
            .await
        }
        MemberCommand::Qualification { data, tenant, account, role, state } => {
            let store = open(&data).await?;
            let (tenant, _) = admin::tenant_named(&store, &tenant).await.map_err(unknown("tenant"))?;
            let id = admin::member_named(&store, tenant, &account).await.map_err(unknown("member"))?;
            let under_review = state == ReviewState::UnderReview;
            let now = Clock::default().now();
            let is_news = admin::set_review(&store, tenant, id, role, under_review, now).await.map_err(refused)?;
            println!("{}", if is_news { "noted" } else { "nothing new" });
            Ok(())
        }
    }
}

async fn create_member(
    store: &Store,
    tenant: &str,
    fields: PersonFields,
    role: &[String],
    supervisor: Option<&str>,
    password: String,
) -> Result<(), Failure> {
    let (tenant, kind) = admin::tenant_named(store, tenant).await.map_err(unknown("tenant"))?;
    let roles: Result<Vec<Role>, Failure> = role
        .iter()
        .map(|role| role.parse().ok().filter(|role| kind.roles().contains(role)))
        .map(|role| role.ok_or_else(|| Failure(format!("roles of a {kind} are: {}", codes(kind.roles())))))
        .collect();
    let held = roles?.into_iter().map(Held::Default).collect();
    let (account, person) = fields.check_unreached().map_err(|problems| refused(Error::Invalid(problems)))?;
    let supervisor = match supervisor {
        Some(account) => Some(admin::member_named(store, tenant, account).await.map_err(unknown("supervisor"))?),
        None => None,
    };
    let member = NewPerson { account, person, telesales: false, password, held, supervisor };
    let now = Clock::default().now();
    let id = admin::create_member(store, &Hasher::new(Cost::Full), tenant, &member, now).await.map_err(refused)?;
    println!("{id}");
    Ok(())
}

/// What is wrong with a member, a line a field.
fn refused(error: Error) -> Failure {
    let Error::Invalid(problems) = error else { return unknown("member")(error) };
    let line = |problem: &Problem| format!("{}: {}", problem.field, text::problem(Locale::English, problem.code));
    Failure(problems.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn unknown(what: &'static str) -> impl Fn(Error) -> Failure {
    move |error| Failure(format!("{what}: {error:?}"))
}

async fn verify(data: &DataOptions, mut kept: Vec<Anchor>, files: &[std::path::PathBuf]) -> Result<(), Failure> {
    for file in files {
        let read = |why: String| Failure(format!("{}: {why}", file.display()));
        let text = std::fs::read_to_string(file).map_err(|error| read(error.to_string()))?;
        kept.extend(Anchor::listed(&text).map_err(read)?);
    }
    match audit::verify(&open(data).await?, &kept).await.map_err(unknown("audit"))? {
        Verdict::Whole(ends) => {
            // The anchors alone go where a file is made of them.
            let rows: i64 = ends.iter().map(|end| end.place).sum();
            eprintln!("whole: {rows} rows in {} chains", ends.len());
            ends.iter().for_each(|end| println!("{end}"));
            Ok(())
        }
        Verdict::BrokenAt { chain, place } => {
            Err(Failure(format!("broken: row {place} of the chain {chain} is not as it was written")))
        }
        Verdict::Missing { chain } => Err(Failure(format!("broken: the chain {chain} is gone"))),
    }
}

fn list_routes(json: bool) -> Result<(), Failure> {
    let pages = router::pages().into_iter().map(|page| ("GET", page.path().to_owned()));
    let forms = router::forms().into_iter().map(|(path, _)| ("POST", path.to_owned()));
    let downloads = router::downloads().into_iter().map(|(path, _)| ("GET", path.to_owned()));
    let functions = leptos::server_fn::axum::server_fn_paths();
    let functions: Vec<(String, String)> =
        functions.map(|(path, method)| (method.to_string(), path.to_owned())).collect();
    let all = pages.chain(forms).chain(downloads).map(|(method, path)| (method.to_owned(), path)).chain(functions);
    let mut all: Vec<(String, String)> = all.collect();
    all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
    if json {
        let all: Vec<_> =
            all.iter().map(|(method, path)| serde_json::json!({ "method": method, "path": path })).collect();
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        for (method, path) in all {
            println!("{method:<5} {path}");
        }
    }
    Ok(())
}
