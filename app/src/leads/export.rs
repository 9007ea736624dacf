//! 导出线索: what the file says of each lead.

use leptos::prelude::*;
use partner_center::{
    ctx::Ctx,
    error::Result,
    exports::List,
    ids::LeadId,
    leads::{self, LeadRow, Query, State},
    preferences::{self, Preference},
};
use uuid::Uuid;

use super::{
    columns::{self, Column},
    query::ListQuery,
    text,
};
use crate::{
    exports::{Face, FileColumn, export_page},
    paths, query,
    text::{Locale, Zone, words},
};

/// Where the rows of a list are exported. `otherwise` is the state that the list shows when its address names none.
pub fn address(list: &ListQuery, otherwise: Option<State>) -> String {
    let mut asked = ListQuery { size: String::new(), ..list.at(Default::default()) };
    if let (true, Some(state)) = (asked.state.is_empty(), otherwise) {
        asked.state = state.to_string();
    }
    query::address(paths::LEAD_EXPORT, &asked)
}

impl FileColumn<LeadRow> for Column {
    fn word(self, locale: Locale) -> &'static str {
        Column::word(self, locale)
    }

    fn is_instant(self) -> bool {
        Column::is_instant(self)
    }

    fn text(self, (locale, zone): (Locale, Zone), lead: &LeadRow) -> String {
        Column::text(self, locale, zone, lead).unwrap_or_default()
    }
}

/// The list of leads, as an export knows it.
#[derive(Clone, Copy, Default)]
pub struct LeadFile;

impl Face for LeadFile {
    const LIST: List = List::Leads;
    const PATH: &'static str = paths::LEADS;
    const EXPORT: &'static str = paths::LEAD_EXPORT;
    type Query = ListQuery;
    type Row = LeadRow;
    type Column = Column;

    fn crumbs(locale: Locale) -> Vec<(&'static str, Option<String>)> {
        let shell = words(locale);
        vec![(shell.sales, None), (shell.develop, None), (text::words(locale).title, Some(paths::LEADS.to_owned()))]
    }

    async fn count(ctx: &Ctx, query: &ListQuery) -> Result<u64> {
        leads::exportable(ctx, &ask(query)?.filter).await
    }

    async fn columns(ctx: &Ctx) -> Result<Vec<Column>> {
        Ok(columns::shown(preferences::get(ctx, Preference::LeadColumns).await?.as_deref()))
    }

    async fn ids(ctx: &Ctx, query: &ListQuery, most: u64) -> Result<Vec<Uuid>> {
        let Query { filter, sort, ascending, .. } = ask(query)?;
        let ids = leads::ids_in_order(ctx, &filter, sort, ascending, most).await?;
        Ok(ids.into_iter().map(|id| id.0).collect())
    }

    async fn rows(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<LeadRow>> {
        let ids: Vec<LeadId> = ids.iter().copied().map(LeadId).collect();
        leads::exported(ctx, &ids).await
    }
}

fn ask(query: &ListQuery) -> Result<Query> {
    query.ask(None, Vec::new())
}

/// The page of the dialog.
#[component]
pub fn ExportLeadsPage() -> impl IntoView {
    export_page::<LeadFile>()
}
