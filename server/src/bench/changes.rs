//! Changes by many at once: clients of two servers change things in twenty tenants, and then in one. What tenants share
//! makes them wait for each other, and shows in how much faster the twenty are.

use std::time::{Duration, Instant};

use partner_center::{
    access::{Role, TenantKind},
    contact::{CompanyName, PersonName, Phone},
    ctx::{Ctx, Origin, Store},
    error::Result,
    ids::TenantId,
    leads::{self, NewLead, Source},
    messages,
    moment::Moment,
    people::{
        Site,
        admin::{self, NewMember, NewTenant},
        member_ctx,
    },
    vault::Vault,
};
use tokio::task::JoinSet;

use super::{BenchOptions, Line, lists::failed};
use crate::{clock::Clock, commands::Failure, database};

const TENANTS: usize = 20;
const CLIENTS: usize = 64;
/// How long each load lasts.
const DURATION: Duration = Duration::from_secs(8);

/// How many changes a second there are over twenty tenants, and how that compares with one.
pub async fn measure(options: &BenchOptions) -> std::result::Result<Vec<Line>, Failure> {
    let mut servers = Vec::new();
    for _ in 0..2 {
        servers.push(Store::new(database::open(&options.database_url).await?, Vault::demo().into()));
    }
    let mut tenants = Vec::new();
    for _ in 0..TENANTS {
        tenants.push(tenant(&servers[0]).await.map_err(failed)?);
    }
    // The first load warms up.
    load(&servers, &tenants).await?;
    let many = load(&servers, &tenants).await?;
    let one = load(&servers, &tenants[..1]).await?;
    let measured = format!("{many:.0}/s, {:.1} × those of one tenant ({one:.0}/s)", many / one);
    Ok(vec![Line::new("changes, 64 clients of two servers, twenty tenants", measured, "", None)])
}

async fn tenant(store: &Store) -> Result<TenantId> {
    let name = format!("bench-{}", uuid::Uuid::new_v4().simple());
    let kind = TenantKind::SolutionProvider;
    let new = NewTenant { title: name.clone(), name, kind, parent: None, marketing_plan_2: false };
    admin::create_tenant(store, new, Moment::now()).await
}

/// Another member of the tenant, whose quotas nobody has touched.
async fn member(store: &Store, tenant: TenantId) -> Result<Ctx> {
    let new = NewMember {
        account: format!("bench-{}", uuid::Uuid::new_v4().simple()),
        name: "Bench".to_owned(),
        phone: None,
        email: None,
        password_hash: String::new(),
        must_change_password: false,
        telesales: false,
        supervisor: None,
        site: Site::China,
        roles: vec![Role::Admin],
    };
    let id = admin::plant_member(store, tenant, new, Moment::now()).await?;
    member_ctx(store, id, Origin::default(), Clock::default().now()).await
}

async fn load(servers: &[Store], tenants: &[TenantId]) -> std::result::Result<f64, Failure> {
    let mut clients = Vec::new();
    for client in 0..CLIENTS {
        let (server, tenant) = (&servers[client % servers.len()], tenants[client % tenants.len()]);
        clients.push(member(server, tenant).await.map_err(failed)?);
    }
    let (mut tasks, began) = (JoinSet::new(), Instant::now());
    for (client, ctx) in clients.into_iter().enumerate() {
        tasks.spawn(async move {
            let mut changes = 0_u64;
            while began.elapsed() < DURATION {
                if changes.is_multiple_of(2) {
                    leads::create(&ctx, &lead(client, changes), None).await?;
                } else {
                    messages::mark_all_read(&ctx, None, ctx.now()).await?;
                }
                changes += 1;
            }
            Result::Ok(changes)
        });
    }
    let mut changes = 0;
    while let Some(done) = tasks.join_next().await {
        changes += done?.map_err(failed)?;
    }
    Ok(changes as f64 / began.elapsed().as_secs_f64())
}

fn lead(client: usize, nth: u64) -> NewLead {
    let unique = uuid::Uuid::new_v4().simple().to_string();
    let phone = format!("138{client:02}{:06}", nth % 1_000_000);
    NewLead {
        company: CompanyName::parse(&format!("Bench {unique}")).expect("letters and digits are a name"),
        contact: PersonName::parse("李小明").expect("three characters are a name"),
        phone: Phone::parse(&phone).ok(),
        email: None,
        title: None,
        industry: None,
        region: None,
        campaign: None,
        source: Source::Own,
        need: None,
        products: Vec::new(),
        follower: None,
    }
}
