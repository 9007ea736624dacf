//! Who asks: everything that a request needs to know of the member behind it, read by one statement. A change and a reveal
//! read it anew inside their transaction, so that what somebody may do is what it may do at that moment.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ConnectionTrait, DatabaseBackend, QueryResult, Statement};
use uuid::Uuid;

use crate::{
    access::{Action, PartnerState, Role, Site, StandIn, TenantKind, Viewer},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
    preferences::Preference,
};

/// A member who asks for something, as it stands now: what the rules need, and what its pages show.
#[derive(Clone, Debug)]
pub struct Asker {
    pub viewer: Viewer,
    pub account: String,
    pub name: String,
    pub tenant_title: String,
    /// Why the vendor restricts or freezes the tenant, where it does.
    pub state_reason: String,
    pub site: Site,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// The names of the custom roles it holds.
    pub custom_roles: Vec<String>,
    /// The tag of the language it has chosen to keep; empty, if it has chosen none.
    pub language: String,
    /// The name of the time zone it has chosen; empty, if it has chosen none.
    pub zone: String,
    /// What it has chosen for itself, by the code of the choice.
    pub preferences: HashMap<String, String>,
    /// How many messages it has not read, counted no further than [`UNREAD_COUNTED`].
    pub unread: u64,
}

impl Asker {
    /// What it has chosen, if it has chosen at all.
    pub fn preference(&self, preference: Preference) -> Option<&str> {
        self.preferences.get(&preference.to_string()).map(String::as_str)
    }
}

/// The bell counts no further.
pub const UNREAD_COUNTED: u64 = 100;

/// Between the entries of a list in one column, and between the parts of an entry: no name and no choice contains them.
const ENTRY: char = '\u{1e}';
const PART: char = '\u{1f}';

/// The member as it stands now, with what its pages show; nobody, if it is disabled or does not exist.
pub(crate) async fn asker(db: &impl ConnectionTrait, member: MemberId, now: Moment) -> Result<Option<Asker>> {
    read_from(db, For::Page, member, now).await
}

/// The member as it stands now, with what decides alone.
pub(super) async fn viewer_now(db: &impl ConnectionTrait, member: MemberId, now: Moment) -> Result<Option<Viewer>> {
    Ok(read_from(db, For::Decision, member, now).await?.map(|asker| asker.viewer))
}

/// What somebody is looked up for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Page,
    Decision,
}

async fn read_from(db: &impl ConnectionTrait, wanted: For, member: MemberId, now: Moment) -> Result<Option<Asker>> {
    let backend = db.get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql(backend, wanted), [member.0.into(), now.0.into()]);
    db.query_one_raw(statement).await?.map(|row| read(&row, now)).transpose()
}

/// One row of everything; what there may be several of comes as one text.
fn sql(backend: DatabaseBackend, wanted: For) -> String {
    let of_sqlite = backend == DatabaseBackend::Sqlite;
    let (entry, part) = (u32::from(ENTRY), u32::from(PART));
    let char = |code: u32| if of_sqlite { format!("char({code})") } else { format!("chr({code})") };
    let list = |what: &str| {
        let all = if of_sqlite { "GROUP_CONCAT" } else { "STRING_AGG" };
        format!("{all}({what}, {})", char(entry))
    };
    let pair = |one: &str, other: &str| list(&format!("{one} || {} || {other}", char(part)));
    // A role is held under its id's text; SQLite keeps ids as bytes.
    let text = |id: &str| if of_sqlite { format!("LOWER(HEX({id}))") } else { format!("CAST({id} AS TEXT)") };
    let held = |id: &str| {
        let role = if of_sqlite { "REPLACE(h.role, '-', '')" } else { "h.role" };
        format!("EXISTS (SELECT 1 FROM member_roles h WHERE h.member_id = m.id AND {role} = {})", text(id))
    };
    let (member, now) = if of_sqlite { ("?1", "?2") } else { ("$1", "$2") };
    let shown = match wanted {
        For::Page => format!(
            "(SELECT {choices} FROM preferences f WHERE f.member_id = m.id) AS preferences, \
             (SELECT COUNT(*) FROM (SELECT 1 AS one FROM inbox n WHERE n.member_id = m.id AND n.read_at = 0 \
              LIMIT {UNREAD_COUNTED}) AS counted) AS unread",
            choices = pair("f.name", "f.value")
        ),
        For::Decision => "NULL AS preferences, CAST(0 AS BIGINT) AS unread".to_owned(),
    };
    format!(
        "SELECT m.id, m.tenant_id, m.account, m.name, m.telesales, m.site, m.version, m.must_change_password, \
         m.language, m.zone, t.number AS tenant_number, t.kind AS tenant_kind, t.title AS tenant_title, \
         t.marketing_plan_2, t.parent_id, t.state AS own_state, \
         t.state_reason AS own_reason, p.state AS state_above, p.state_reason AS reason_above, \
         (SELECT {roles} FROM member_roles r WHERE r.member_id = m.id) AS roles, \
         (SELECT {items} FROM role_items i WHERE i.tenant_id = m.tenant_id AND {item_held}) AS items, \
         (SELECT {names} FROM roles c WHERE c.tenant_id = m.tenant_id AND {role_held}) AS custom_roles, \
         (SELECT {team} FROM members s WHERE s.supervisor_id = m.id AND s.tenant_id = m.tenant_id) AS team, \
         (SELECT {stands_in} FROM delegations d \
          WHERE d.to_id = m.id AND d.begins_at <= {now} AND d.ends_at > {now}) AS stands_in, \
         {shown} \
         FROM members m JOIN tenants t ON t.id = m.tenant_id LEFT JOIN tenants p ON p.id = t.parent_id WHERE m.id = {member} AND m.disabled_at = 0",
        roles = list("r.role"),
        items = list("i.item"),
        item_held = held("i.role_id"),
        names = list("c.name"),
        role_held = held("c.id"),
        team = list(&text("s.id")),
        stands_in = pair(&text("d.from_id"), "d.ends_at"),
    )
}

fn read(row: &QueryResult, now: Moment) -> Result<Asker> {
    let text = |name: &str| row.try_get::<String>("", name);
    let entries = |name: &str| -> Result<Vec<String>> {
        let all = row.try_get::<Option<String>>("", name)?.unwrap_or_default();
        Ok(all.split(ENTRY).filter(|entry| !entry.is_empty()).map(str::to_owned).collect())
    };
    let pairs = |name: &str| -> Result<Vec<(String, String)>> {
        let pair = |entry: String| entry.split_once(PART).map(|(one, other)| (one.to_owned(), other.to_owned()));
        Ok(entries(name)?.into_iter().filter_map(pair).collect())
    };
    let member_id = |text: &str| Uuid::parse_str(text).map(MemberId).map_err(|_| Error::Internal);
    let kind: TenantKind = row.try_get("", "tenant_kind")?;
    let own: PartnerState = row.try_get("", "own_state")?;
    // A reseller can do no more than its distributor.
    let above = row.try_get::<Option<PartnerState>>("", "state_above")?.filter(|_| kind == TenantKind::Reseller);
    let above = above.unwrap_or_default();
    let reason =
        if above > own { row.try_get::<Option<String>>("", "reason_above")? } else { Some(text("own_reason")?) };
    let roles = entries("roles")?;
    let stand_in = |(from, until): (String, String)| {
        let until = until.parse().map(Moment).map_err(|_| Error::Internal)?;
        Ok(StandIn { member: member_id(&from)?, until })
    };
    let mut custom_roles = entries("custom_roles")?;
    custom_roles.sort();
    let viewer = Viewer {
        tenant: row.try_get("", "tenant_id")?,
        tenant_number: row.try_get("", "tenant_number")?,
        tenant_kind: kind,
        marketing_plan_2: row.try_get("", "marketing_plan_2")?,
        state: own.max(above),
        above: row.try_get::<Option<TenantId>>("", "parent_id")?,
        member: row.try_get("", "id")?,
        version: row.try_get("", "version")?,
        roles: roles.iter().filter_map(|role| role.parse::<Role>().ok()).collect::<BTreeSet<_>>(),
        extra: entries("items")?.iter().filter_map(|item| item.parse::<Action>().ok()).collect(),
        telesales: row.try_get("", "telesales")?,
        team: entries("team")?.iter().map(|id| member_id(id)).collect::<Result<_>>()?,
        stands_in: pairs("stands_in")?.into_iter().map(stand_in).collect::<Result<_>>()?,
        now,
    };
    Ok(Asker {
        viewer,
        account: text("account")?,
        name: text("name")?,
        tenant_title: text("tenant_title")?,
        state_reason: reason.unwrap_or_default(),
        site: row.try_get("", "site")?,
        must_change_password: row.try_get("", "must_change_password")?,
        custom_roles,
        language: text("language")?,
        zone: text("zone")?,
        preferences: pairs("preferences")?.into_iter().collect(),
        unread: row.try_get::<i64>("", "unread")?.unsigned_abs(),
    })
}
