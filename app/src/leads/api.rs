//! What the islands of leads ask the server.

use leptos::prelude::*;
use partner_center::{ids::LeadId, leads::Field};

use crate::api::ApiError;

/// The clear values of one column for these leads; each is one line in the audit trail.
#[server(prefix = "/api", endpoint = "leads/reveal")]
pub async fn reveal_lead_column(field: Field, ids: Vec<LeadId>) -> Result<Vec<(LeadId, String)>, ApiError> {
    let shown = partner_center::leads::reveal(&crate::api::ctx()?, field, &ids).await?;
    Ok(shown.into_iter().map(|(id, shown)| (id, shown.text().to_owned())).collect())
}
