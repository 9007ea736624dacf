//! The gate: how somebody whom nobody knows yet becomes a member with a ticket. The one place that reads members
//! without a viewer, and it answers unknown names, disabled members and wrong passwords alike.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseBackend, DatabaseTransaction, QueryFilter, Statement,
    entity::prelude::*, sea_query::Expr,
};

use super::{
    Ticket,
    entity::{member, tenant},
    hashing::{Hasher, LONGEST},
    throttle::{Count, Counter},
};
use crate::{
    access::Action,
    audit::{self, Event, Outcome, SignInRefusal},
    ctx::{Ctx, Origin, Store, everyones},
    error::{Code, Error, Problem, Result},
    moment::Moment,
    password,
};

/// What somebody typed to sign in.
#[derive(Clone, Copy)]
pub struct Credentials<'t> {
    pub tenant: &'t str,
    pub account: &'t str,
    pub password: &'t str,
}

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct Admission {
    pub ticket: Ticket,
    /// What the browser shows the next time, to be known.
    pub browser: String,
}

/// Signs a member in.
///
/// # Errors
/// `Invalid` on the password field for anything that does not fit, `TooMany` while one has to wait.
pub async fn sign_in(
    store: &Store,
    hasher: &Hasher,
    typed: Credentials<'_>,
    browser: Option<&str>,
    origin: &Origin,
    now: Moment,
) -> Result<Admission> {
    let refused = || Problem::alone("password", Code::WrongPassword);
    if typed.password.len() > LONGEST || typed.tenant.len() > LONGEST || typed.account.len() > LONGEST {
        return Err(refused());
    }
    let found = find(store, typed).await?;
    let known = browser.filter(|shown| found.as_ref().is_some_and(|(_, member)| is_known(store, shown, member)));
    let account = format!("{}\0{}", typed.tenant.trim().to_lowercase(), typed.account.trim().to_lowercase());
    // A browser that is known answers for itself alone: neither who guesses the account nor who guesses from the same
    // office can make it wait.
    let counters = match known {
        Some(shown) => vec![(Counter::KnownBrowser, store.vault.fingerprint("known browser", shown))],
        None => vec![
            (Counter::Account, store.vault.fingerprint("sign-in account", &account)),
            (Counter::Source, store.vault.fingerprint("sign-in source", &origin.address)),
        ],
    };

    let who = found.as_ref().map(|(tenant, member)| (tenant.id, member.id));
    if let Some(Wait { seconds, is_news }) = charge(store, &counters, now).await? {
        if is_news {
            record(store, origin, who, now, SignInRefusal::Throttled).await?;
        }
        return Err(Error::TooMany { retry_after: seconds });
    }
    let usable = found.as_ref().filter(|(_, member)| !member.disabled_at.happened());
    if !hasher.verify(typed.password, usable.map(|(_, member)| member.password_hash.as_str())).await? {
        record(store, origin, who, now, SignInRefusal::Credentials).await?;
        return Err(refused());
    }
    let Some((tenant, member)) = usable else { return Err(refused()) };

    let tx = store.begin().await?;
    forget(&tx, &counters).await?;
    let entry =
        audit::Entry { tenant: Some(tenant.id), actor: Some(member.id), at: now, origin, outcome: Outcome::Done };
    audit::append(&tx, &store.vault, entry, &[Event::SignedIn]).await?;
    tx.commit().await?;
    let ticket = Ticket { member: member.id, version: member.version };
    let browser = known.map_or_else(|| new_browser(store, member), str::to_owned);
    Ok(Admission { ticket, browser })
}

async fn find(store: &Store, typed: Credentials<'_>) -> Result<Option<(tenant::Model, member::Model)>> {
    let tenant = everyones::<tenant::Entity>()
        .filter(tenant::Column::Name.eq(typed.tenant.trim()))
        .one(&store.db)
        .await
        .or_else(nul)?;
    let Some(tenant) = tenant else { return Ok(None) };
    let member = everyones::<member::Entity>()
        .filter(member::Column::TenantId.eq(tenant.id))
        .filter(member::Column::Account.eq(typed.account.trim()))
        .one(&store.db)
        .await
        .or_else(nul)?;
    Ok(member.map(|member| (tenant, member)))
}

/// PostgreSQL refuses text with NUL, which no name contains: that is "not found".
fn nul<T>(error: DbErr) -> Result<Option<T>, DbErr> {
    if error.to_string().contains("0x00") { Ok(None) } else { Err(error) }
}

fn new_browser(store: &Store, member: &member::Model) -> String {
    let nonce = Uuid::new_v4().simple().to_string();
    format!("{nonce}{}", mark(store, &nonce, member))
}

fn is_known(store: &Store, shown: &str, member: &member::Model) -> bool {
    shown.is_ascii() && shown.len() == 96 && shown[32..] == mark(store, &shown[..32], member)
}

fn mark(store: &Store, nonce: &str, member: &member::Model) -> String {
    let mark = store.vault.fingerprint("browser", &format!("{nonce}{}", member.id));
    mark.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why a try is not even looked at.
struct Wait {
    seconds: i64,
    /// Whether the trail does not know of this wait yet: whoever goes on trying does not fill it.
    is_news: bool,
}

/// Counts the try before the password is looked at, so that parallel tries cannot slip past the limit together.
async fn charge(store: &Store, counters: &[(Counter, Vec<u8>)], now: Moment) -> Result<Option<Wait>> {
    let tx = store.begin().await?;
    let mut counts = Vec::with_capacity(counters.len());
    let mut wait = Wait { seconds: 0, is_news: false };
    for (counter, key) in counters {
        let (count, told) = read(&tx, key).await?;
        let seconds = counter.wait(count, now);
        if seconds > 0 && told != count.last {
            wait.is_news = true;
            mark_told(&tx, key).await?;
        }
        wait.seconds = wait.seconds.max(seconds);
        counts.push(count);
    }
    if wait.seconds == 0 {
        for ((counter, key), count) in counters.iter().zip(counts) {
            write(&tx, key, counter.charged(count, now)).await?;
        }
    }
    if wait.seconds == 0 || wait.is_news {
        tx.commit().await?;
    }
    Ok((wait.seconds > 0).then_some(wait))
}

/// What has been counted, and the last failure at which the trail was told of the wait.
async fn read(tx: &DatabaseTransaction, key: &[u8]) -> Result<(Count, Moment)> {
    let backend = tx.get_database_backend();
    // A row to lock exists before it is read: two first tries must not both find none.
    let (seed, select) = match backend {
        DatabaseBackend::Postgres => (
            "INSERT INTO sign_in_attempts (key, failures, since, last) VALUES ($1, 0, 0, 0) ON CONFLICT (key) DO NOTHING",
            "SELECT failures, since, last, told FROM sign_in_attempts WHERE key = $1 FOR UPDATE",
        ),
        _ => (
            "INSERT INTO sign_in_attempts (key, failures, since, last) VALUES (?, 0, 0, 0) ON CONFLICT (key) DO NOTHING",
            "SELECT failures, since, last, told FROM sign_in_attempts WHERE key = ?",
        ),
    };
    tx.execute_raw(Statement::from_sql_and_values(backend, seed, [key.to_vec().into()])).await?;
    let row = tx.query_one_raw(Statement::from_sql_and_values(backend, select, [key.to_vec().into()])).await?;
    let row = row.ok_or(Error::Internal)?;
    let count = Count {
        failures: row.try_get("", "failures")?,
        since: Moment(row.try_get("", "since")?),
        last: Moment(row.try_get("", "last")?),
    };
    Ok((count, Moment(row.try_get("", "told")?)))
}

async fn mark_told(tx: &DatabaseTransaction, key: &[u8]) -> Result<()> {
    let backend = tx.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => "UPDATE sign_in_attempts SET told = last WHERE key = $1",
        _ => "UPDATE sign_in_attempts SET told = last WHERE key = ?",
    };
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, [key.to_vec().into()])).await?;
    Ok(())
}

async fn write(tx: &DatabaseTransaction, key: &[u8], count: Count) -> Result<()> {
    let backend = tx.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => "UPDATE sign_in_attempts SET failures = $1, since = $2, last = $3 WHERE key = $4",
        _ => "UPDATE sign_in_attempts SET failures = ?, since = ?, last = ? WHERE key = ?",
    };
    let values = [count.failures.into(), count.since.0.into(), count.last.0.into(), key.to_vec().into()];
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    Ok(())
}

/// A success clears the account's failures and takes its own try back from the source's.
async fn forget(tx: &DatabaseTransaction, counters: &[(Counter, Vec<u8>)]) -> Result<()> {
    let backend = tx.get_database_backend();
    for (counter, key) in counters {
        let sql = match (counter, backend) {
            (Counter::Source, DatabaseBackend::Postgres) => {
                "UPDATE sign_in_attempts SET failures = failures - 1 WHERE key = $1 AND failures > 0"
            }
            (Counter::Source, _) => {
                "UPDATE sign_in_attempts SET failures = failures - 1 WHERE key = ? AND failures > 0"
            }
            (_, DatabaseBackend::Postgres) => "DELETE FROM sign_in_attempts WHERE key = $1",
            _ => "DELETE FROM sign_in_attempts WHERE key = ?",
        };
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, [key.clone().into()])).await?;
    }
    Ok(())
}

type Who = Option<(crate::ids::TenantId, crate::ids::MemberId)>;

async fn record(store: &Store, origin: &Origin, who: Who, now: Moment, why: SignInRefusal) -> Result<()> {
    let tx = store.begin().await?;
    let entry = audit::Entry {
        tenant: who.map(|(tenant, _)| tenant),
        actor: who.map(|(_, member)| member),
        at: now,
        origin,
        outcome: Outcome::Refused,
    };
    audit::append(&tx, &store.vault, entry, &[Event::SignInRefused { why }]).await?;
    Ok(tx.commit().await?)
}

/// Changes the viewer's own password. All its sessions end; the ticket for the one that goes on is returned.
pub async fn change_password(ctx: &Ctx, hasher: &Hasher, old: &str, new: &str) -> Result<Ticket> {
    let member = prove(ctx, hasher, "old", old).await?;
    if old == new {
        return Err(Problem::alone("new", Code::SamePassword));
    }
    password::check(new, &member.account).map_err(|_| Problem::alone("new", Code::WeakPassword))?;
    let hash = hasher.hash(new).await?;

    let change = ctx.change(Action::KeepOwnAccount).await?;
    let update = change
        .update::<member::Entity>()
        .set(member::ActiveModel {
            password_hash: Set(hash),
            must_change_password: Set(false),
            version: Set(member.version + 1),
            ..Default::default()
        })
        .filter(member::Column::Id.eq(member.id))
        .filter(member::Column::Version.eq(member.version));
    change.exactly_one(update).await?;
    change.commit(Event::PasswordChanged).await?;
    Ok(Ticket { member: member.id, version: member.version + 1 })
}

/// Has the viewer prove by its password that it is the one who signed in; only so many guesses are taken.
///
/// # Errors
/// `Invalid` with this field where the password is another one.
pub(super) async fn prove(ctx: &Ctx, hasher: &Hasher, field: &'static str, password: &str) -> Result<member::Model> {
    let member = ctx.find::<member::Entity>().filter(member::Column::Id.eq(ctx.viewer().member)).one().await?;
    // Whoever finds a browser signed in does not get to guess the password there.
    let counters = [(Counter::KnownBrowser, ctx.vault().fingerprint("password change", &member.id.to_string()))];
    if let Some(Wait { seconds, is_news }) = charge(ctx.store(), &counters, ctx.now()).await? {
        if is_news {
            ctx.record_refusal(Event::PasswordRefused).await?;
        }
        return Err(Error::TooMany { retry_after: seconds });
    }
    if !hasher.verify(password, Some(&member.password_hash)).await? {
        ctx.record_refusal(Event::PasswordRefused).await?;
        return Err(Problem::alone(field, Code::WrongPassword));
    }
    // Whatever else is wrong, this was no guess.
    let tx = ctx.store().begin().await?;
    forget(&tx, &counters).await?;
    tx.commit().await?;
    Ok(member)
}

/// Records that the viewer signs out and ends every ticket of this session's member if asked to.
pub async fn sign_out(ctx: &Ctx, everywhere: bool) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    if everywhere {
        let update = change
            .update::<member::Entity>()
            .col_expr(member::Column::Version, Expr::cust("version + 1"))
            .filter(member::Column::Id.eq(ctx.viewer().member));
        change.exactly_one(update).await?;
    }
    change.commit(if everywhere { Event::SignedOutEverywhere } else { Event::SignedOut }).await
}
