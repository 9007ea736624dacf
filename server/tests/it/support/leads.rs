//! Leads to do something with.

use std::collections::HashSet;

use sea_orm::Value;
use uuid::Uuid;

use super::{App, Client};

/// A lead as it lies in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub id: String,
    pub number: i64,
    pub state: String,
    pub follower: Option<String>,
    pub company: String,
}

impl Lead {
    /// The name it goes by on pages.
    pub fn display(&self) -> String {
        format!("XS{:08}", self.number)
    }

    pub fn page(&self) -> String {
        format!("/leads/{}", self.id)
    }

    pub fn step(&self, step: &str) -> String {
        format!("/leads/{}/{step}", self.id)
    }
}

/// Which leads are wanted.
#[derive(Clone, Copy, Default)]
pub struct Wanted<'w> {
    pub tenant: &'w str,
    pub state: &'w str,
    pub follower: Option<&'w str>,
    pub not_of: &'w [&'w str],
}

const COLUMNS: &str = "SELECT l.id, l.number, l.state, m.account, l.company FROM leads l \
                       JOIN tenants t ON t.id = l.tenant_id LEFT JOIN members m ON m.id = l.follower_id";

impl App {
    /// The leads that fit, the newest first.
    pub async fn leads(&self, wanted: Wanted<'_>) -> Vec<Lead> {
        let mut sql = format!("{COLUMNS} WHERE t.name = ?");
        let mut values: Vec<Value> = vec![wanted.tenant.into()];
        for (condition, value) in
            [("l.state = ?", Some(wanted.state).filter(|state| !state.is_empty())), ("m.account = ?", wanted.follower)]
        {
            if let Some(value) = value {
                sql.push_str(&format!(" AND {condition}"));
                values.push(value.into());
            }
        }
        for account in wanted.not_of {
            sql.push_str(" AND (m.account IS NULL OR m.account <> ?)");
            values.push((*account).into());
        }
        sql.push_str(" ORDER BY l.number DESC");
        self.rows(&sql, values).await.iter().map(lead).collect()
    }

    /// One lead that fits.
    pub async fn a_lead(&self, tenant: &str, state: &str, follower: Option<&str>) -> Lead {
        let wanted = Wanted { tenant, state, follower, ..Wanted::default() };
        self.leads(wanted).await.into_iter().next().unwrap()
    }

    /// A lead as it is now.
    pub async fn lead(&self, id: &str) -> Lead {
        let id: Uuid = id.parse().unwrap();
        lead(&self.rows(&format!("{COLUMNS} WHERE l.id = ?"), [id.into()]).await[0])
    }

    /// The ids of all leads of a tenant, or of one follower.
    pub async fn lead_ids(&self, tenant: &str, follower: Option<&str>) -> HashSet<String> {
        let wanted = Wanted { tenant, follower, ..Wanted::default() };
        self.leads(wanted).await.into_iter().map(|lead| lead.id).collect()
    }
}

fn lead(row: &sea_orm::QueryResult) -> Lead {
    Lead {
        id: row.try_get_by_index::<Uuid>(0).unwrap().to_string(),
        number: row.try_get_by_index(1).unwrap(),
        state: row.try_get_by_index(2).unwrap(),
        follower: row.try_get_by_index(3).unwrap(),
        company: row.try_get_by_index(4).unwrap(),
    }
}

impl Client {
    /// Enters a lead and says its id.
    pub async fn enter(&self, company: &str, phone: &str, more: &[(&str, &str)]) -> String {
        let mut fields = vec![("company", company), ("contact", "李小明"), ("phone", phone), ("source", "own")];
        fields.extend(more);
        let answer = self.post("/leads/new", &fields).await;
        assert_eq!(answer.status, 303, "entering {company}: {}", answer.text());
        answer.location().strip_prefix("/leads/").unwrap().to_owned()
    }
}
