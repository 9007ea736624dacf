//! 导出人员: what the file says of each member.

use leptos::prelude::*;
use partner_center::{
    ctx::Ctx,
    error::Result,
    exports::List,
    ids::MemberId,
    moment::Moment,
    people::{self, MemberRow},
};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{query::MemberQuery, text, words::words};
use crate::{
    exports::{Face, FileColumn, export_page},
    paths,
    text::{Locale, Zone, date_time_in, words as shell_words},
};

/// A column of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Column {
    Account,
    Name,
    Phone,
    Email,
    Roles,
    Supervisor,
    State,
    SignedInAt,
    CreatedAt,
}

impl FileColumn<MemberRow> for Column {
    fn word(self, locale: Locale) -> &'static str {
        let t = words(locale);
        match self {
            Column::Account => t.account,
            Column::Name => t.name,
            Column::Phone => t.phone,
            Column::Email => t.email,
            Column::Roles => t.roles,
            Column::Supervisor => t.supervisor,
            Column::State => t.state,
            Column::SignedInAt => t.signed_in_at,
            Column::CreatedAt => t.created_at,
        }
    }

    fn is_instant(self) -> bool {
        matches!(self, Column::SignedInAt | Column::CreatedAt)
    }

    fn text(self, (locale, zone): (Locale, Zone), member: &MemberRow) -> String {
        let moment = |moment: Moment| if moment.happened() { date_time_in(zone, moment) } else { String::new() };
        match self {
            Column::Account => member.account.clone(),
            Column::Name => member.name.clone(),
            Column::Phone => member.phone.text().to_owned(),
            Column::Email => member.email.text().to_owned(),
            Column::Roles => text::held(locale, &member.roles),
            Column::Supervisor => {
                if member.standing.is_unassigned() {
                    words(locale).to_reassign.to_owned()
                } else {
                    member.supervisor.as_ref().map(|(_, name)| name.clone()).unwrap_or_default()
                }
            }
            Column::State => text::standing(locale, &member.standing).1.to_owned(),
            Column::SignedInAt => moment(member.signed_in_at),
            Column::CreatedAt => moment(member.created_at),
        }
    }
}

/// The list of members, as an export knows it.
#[derive(Clone, Copy, Default)]
pub struct MemberFile;

impl Face for MemberFile {
    const LIST: List = List::Members;
    const PATH: &'static str = paths::MEMBERS;
    const EXPORT: &'static str = paths::MEMBER_EXPORT;
    type Query = MemberQuery;
    type Row = MemberRow;
    type Column = Column;

    fn crumbs(locale: Locale) -> Vec<(&'static str, Option<String>)> {
        vec![(shell_words(locale).organisation, None), (words(locale).title, Some(paths::MEMBERS.to_owned()))]
    }

    async fn count(ctx: &Ctx, query: &MemberQuery) -> Result<u64> {
        people::exportable(ctx, &query.ask(Vec::new())?.filter).await
    }

    async fn columns(_: &Ctx) -> Result<Vec<Column>> {
        Ok(Column::iter().collect())
    }

    async fn ids(ctx: &Ctx, query: &MemberQuery, most: u64) -> Result<Vec<Uuid>> {
        let ids = people::ids_in_order(ctx, &query.ask(Vec::new())?.filter, most).await?;
        Ok(ids.into_iter().map(|id| id.0).collect())
    }

    async fn rows(ctx: &Ctx, ids: &[Uuid]) -> Result<Vec<MemberRow>> {
        let ids: Vec<MemberId> = ids.iter().copied().map(MemberId).collect();
        people::exported(ctx, &ids).await
    }
}

/// The page of the dialog.
#[component]
pub fn ExportMembersPage() -> impl IntoView {
    export_page::<MemberFile>()
}
