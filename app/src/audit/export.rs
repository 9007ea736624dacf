//! 导出审计记录: what the file says of each line of the trail.

use leptos::prelude::*;
use partner_center::{
    audit::{self, AuditRow},
    ctx::Ctx,
    error::Result,
    exports::List,
    leads,
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{AuditQuery, reads_several, text};
use crate::{
    exports::{Face, FileColumn, export_page},
    paths,
    text::{Locale, Zone, date_time_in, words},
};

/// A column of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    Number,
    At,
    /// For readers of several tenants' trails.
    Tenant,
    Account,
    Event,
    Outcome,
    Address,
    Request,
}

impl FileColumn<AuditRow> for Column {
    fn word(self, locale: Locale) -> &'static str {
        let t = text::words(locale);
        match self {
            Column::Number => t.number,
            Column::At => t.at,
            Column::Tenant => t.tenant,
            Column::Account => t.account,
            Column::Event => t.event,
            Column::Outcome => t.outcome,
            Column::Address => t.address,
            Column::Request => words(locale).request,
        }
    }

    fn is_instant(self) -> bool {
        self == Column::At
    }

    fn text(self, (locale, zone): (Locale, Zone), row: &AuditRow) -> String {
        match self {
            Column::Number => row.number.to_string(),
            Column::At => date_time_in(zone, row.at),
            Column::Tenant => row.tenant.clone().unwrap_or_default(),
            Column::Account => text::actor(locale, row).unwrap_or_default(),
            Column::Event => {
                let lead = row.lead_number.map(|number| format!(" {}", leads::display_number(number)));
                format!("{}{}", text::sentence(locale, row), lead.unwrap_or_default())
            }
            Column::Outcome => text::outcome(locale, row.outcome).to_owned(),
            Column::Address => row.address.clone(),
            Column::Request => row.request.clone(),
        }
    }
}

/// The trail, as an export knows it.
#[derive(Clone, Copy, Default)]
pub struct AuditFile;

impl Face for AuditFile {
    const LIST: List = List::Audit;
    const PATH: &'static str = paths::AUDIT;
    const EXPORT: &'static str = paths::AUDIT_EXPORT;
    type Query = AuditQuery;
    type Row = AuditRow;
    type Column = Column;

    fn crumbs(locale: Locale) -> Vec<(&'static str, Option<String>)> {
        vec![(words(locale).audit, Some(paths::AUDIT.to_owned()))]
    }

    async fn count(ctx: &Ctx, query: &AuditQuery) -> Result<u64> {
        audit::exportable(ctx, &query.filter()?).await
    }

    async fn columns(ctx: &Ctx) -> Result<Vec<Column>> {
        let several = reads_several(ctx.viewer());
        Ok(Column::iter().filter(|column| several || *column != Column::Tenant).collect())
    }

    async fn ids(ctx: &Ctx, query: &AuditQuery, most: u64) -> Result<Vec<Uuid>> {
        let numbers = audit::numbers(ctx, &query.filter()?, most).await?;
        Ok(numbers.into_iter().map(|number| Uuid::from_u128(u128::from(number.unsigned_abs()))).collect())
    }

    async fn rows(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<AuditRow>> {
        // A line is known by its number, which no line shares.
        let numbers: Vec<i64> = ids.iter().filter_map(|id| i64::try_from(id.as_u128()).ok()).collect();
        audit::exported(ctx, &numbers).await
    }
}

/// The page of the dialog.
#[component]
pub fn ExportAuditPage() -> impl IntoView {
    export_page::<AuditFile>()
}
