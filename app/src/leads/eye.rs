//! The eye of leads without JavaScript: a form that opens or closes a column of a page for the next minute.

use partner_center::{
    access::Action,
    error::{Error, Result},
    leads::{self, Field},
};

use crate::{
    form::{PageForm, Params, Saved},
    visit::Visit,
};

/// Which column, open or closed, and where one came from.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Eye {
    field: String,
    open: String,
    back: String,
}

impl PageForm for Eye {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let field: Field = self.field.parse().map_err(|_| Error::Malformed)?;
        let open = !self.open.is_empty();
        let ctx = visit.ctx()?;
        ctx.require(Action::RevealLead).await?;
        if open && !leads::has_eye(ctx.viewer(), field) {
            // Refused, and recorded as refused, where all eyes are.
            leads::reveal(&ctx, field, &[]).await?;
        }
        visit.set_open(field, &self.back, open).await?;
        Ok(Saved::at(self.back.as_str()))
    }
}
