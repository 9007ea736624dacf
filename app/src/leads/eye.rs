//! The eye of leads without JavaScript: a form that opens or closes a column of a page for the next minute; and the dialog
//! that asks for a code before many rows are opened, which the island comes to as well.

use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Error, Result},
    leads::{self, BULK_ROWS, Field},
};

use super::text;
use crate::{
    codes::CodeDialog,
    form::{self, PageForm, Params, Posted, Saved},
    paths,
    ui::{Hydration, PageHead, page},
    visit::Visit,
};

/// Which column, open or closed, how many rows of it, and where one came from.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Eye {
    once: String,
    field: String,
    open: String,
    back: String,
    rows: String,
    code: String,
    code_by: String,
}

impl PageForm for Eye {
    async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
        let field: Field = self.field.parse().map_err(|_| Error::Malformed)?;
        let open = !self.open.is_empty();
        let ctx = visit.ctx()?;
        ctx.require(Action::RevealLead).await?;
        if open && !leads::has_eye(ctx.viewer(), field) {
            // Refused, and recorded as refused, where all eyes are.
            leads::reveal(&ctx, field, &[]).await?;
        }
        // A page that says fewer rows than it has stays masked.
        if open && self.rows.parse::<usize>().is_ok_and(|rows| rows > BULK_ROWS) {
            let typed = form::typed(&self.once, &self.code, &self.code_by)?;
            leads::confirm_bulk(&ctx, field, &self.back, typed).await?;
        }
        visit.set_open(field, &self.back, open).await?;
        Ok(Saved::at(self.back.as_str()))
    }

    fn carried(&self) -> Vec<(&'static str, String)> {
        let form = self.clone();
        vec![("field", form.field), ("open", form.open), ("back", form.back), ("rows", form.rows)]
    }
}

/// The page of the form when it was refused; it has no other.
#[component]
pub fn EyePage() -> impl IntoView {
    let (visit, posted) = (Visit::current(), use_context::<Posted<Eye>>());
    page(async move {
        let visit = visit.ok_or(Error::Internal)?;
        visit.ctx()?.require(Action::RevealLead).await?;
        let Posted { form, error } = posted.ok_or(Error::NotFound)?;
        let error = error.ok_or(Error::Internal)?;
        let Some(needed) = form::code_needed(Some(&error)) else { return Err(error) };
        let (locale, t) = (visit.locale, text::words(visit.locale));
        let kept = form.carried();
        let back = if paths::is_local(&form.back) { form.back } else { paths::LEADS.to_owned() };
        Ok(view! {
            <PageHead locale title=t.title crumbs=Vec::new() />
            <CodeDialog visit needed action=paths::LEAD_EYE.to_owned() kept back />
            <Hydration />
        })
    })
}
