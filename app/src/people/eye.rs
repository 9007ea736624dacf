//! The eye of members without JavaScript. Whose values it opens is decided by the page that shows them.

use partner_center::{
    access::Action,
    error::{Error, Result},
    people::Field,
};

use crate::{
    form::{PageForm, Params, Saved},
    visit::Visit,
};

/// Which column, open or closed, and where one came from.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MemberEye {
    field: String,
    open: String,
    back: String,
}

impl PageForm for MemberEye {
    const HAS_PAGE: bool = false;

    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let field: Field = self.field.parse().map_err(|_| Error::Malformed)?;
        visit.ctx()?.require(Action::KeepOwnAccount).await?;
        visit.set_open(field, &self.back, !self.open.is_empty()).await?;
        Ok(Saved::at(self.back.as_str()))
    }
}
