//! What the islands of members ask the server.

use leptos::prelude::*;
use partner_center::{ids::MemberId, people::Field};

use crate::api::ApiError;

/// The clear values of one column for these members; each is one line in the audit trail.
#[server(prefix = "/api", endpoint = "members/reveal")]
pub async fn reveal_member_column(field: Field, ids: Vec<MemberId>) -> Result<Vec<(MemberId, String)>, ApiError> {
    let shown = partner_center::people::reveal(&crate::api::ctx()?, field, &ids).await?;
    Ok(shown.into_iter().map(|(id, shown)| (id, shown.text().to_owned())).collect())
}
