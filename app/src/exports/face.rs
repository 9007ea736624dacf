//! What a list tells of itself to be exported. The question, the dialog, the form and the file are the same for all.

use std::str::FromStr;

use partner_center::{
    ctx::Ctx,
    error::{Error, Result},
    exports::{Format, List, NewExport, Question},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    query,
    text::{Locale, Zone},
};

/// A column of a file of such rows, known by its code.
pub trait FileColumn<Row>: Copy + Into<&'static str> + FromStr + Send + Sync {
    /// The column's heading.
    fn word(self, locale: Locale) -> &'static str;

    /// Whether instants stand in the column, so that one must know whose clock they are by.
    fn is_instant(self) -> bool;

    /// What stands in the column for a row; nothing, where the row has no such value.
    fn text(self, speech: (Locale, Zone), row: &Row) -> String;
}

/// A list that can be exported.
pub trait Face: Clone + Default + Send + Sync + 'static {
    const LIST: List;
    /// Where the list is.
    const PATH: &'static str;
    /// Where its export is asked for, under the same question.
    const EXPORT: &'static str;
    /// The question of the list's address.
    type Query: Clone + Default + Serialize + DeserializeOwned + Send + Sync + 'static;
    /// A row as its reader may see it, every hidden value masked.
    type Row: Send + Sync;
    type Column: FileColumn<Self::Row>;

    /// Where one is on the way to the dialog.
    fn crumbs(locale: Locale) -> Vec<(&'static str, Option<String>)>;

    /// How many rows the question finds, counted to one more than an export takes.
    fn count(ctx: &Ctx, query: &Self::Query) -> impl Future<Output = Result<u64>> + Send;

    /// The columns of the viewer's file, in their order.
    fn columns(ctx: &Ctx) -> impl Future<Output = Result<Vec<Self::Column>>> + Send;

    /// The rows that the question finds, in the order of the list, so many at most.
    fn ids(ctx: &Ctx, query: &Self::Query, most: u64) -> impl Future<Output = Result<Vec<Uuid>>> + Send;

    /// These rows, in this order; those that the viewer sees no longer are left out.
    fn rows(ctx: &Ctx, ids: &[Uuid]) -> impl Future<Output = Result<Vec<Self::Row>>> + Send;
}

/// What is asked of a list: its address, and the columns in their order.
#[derive(Serialize, Deserialize)]
struct Asked<Q> {
    query: Q,
    columns: Vec<String>,
    /// The zone of whoever asked; that of the trade, where an older version has not said it.
    #[serde(default)]
    zone: String,
}

impl<Q: DeserializeOwned> Asked<Q> {
    fn read(question: &Question) -> Result<Asked<Q>> {
        serde_json::from_str(&question.text).map_err(|_| Error::Internal)
    }

    fn zone(&self) -> Zone {
        Zone::of_name(&self.zone).unwrap_or_default()
    }

    fn columns<C: FromStr>(&self) -> Result<Vec<C>> {
        self.columns.iter().map(|code| code.parse().map_err(|_| Error::Internal)).collect()
    }
}

/// The export of what an address of the list shows, with the member's own columns, in this language and zone.
pub async fn wanted<F: Face>(
    ctx: &Ctx,
    address: &str,
    (locale, zone): (Locale, Zone),
    format: Format,
) -> Result<NewExport> {
    ctx.require(F::LIST.action()).await?;
    let query: F::Query = query::of(address)?;
    let rows = F::count(ctx, &query).await?;
    let columns = F::columns(ctx).await?.into_iter().map(|column| Into::<&str>::into(column).to_owned()).collect();
    let asked = Asked { query, columns, zone: zone.name().to_owned() };
    let text = serde_json::to_string(&asked).map_err(|_| Error::Internal)?;
    let question = Question { list: F::LIST, text, language: locale.tag().to_owned() };
    Ok(NewExport { question, format, rows })
}

/// The headings of the file.
pub(super) fn headings<F: Face>(question: &Question) -> Result<Vec<String>> {
    let locale = language(question);
    let asked = Asked::<F::Query>::read(question)?;
    let zone = asked.zone().label(locale);
    let heading = |column: F::Column| match column.is_instant() {
        true => format!("{} ({zone})", column.word(locale)),
        false => column.word(locale).to_owned(),
    };
    Ok(asked.columns()?.into_iter().map(heading).collect())
}

/// The rows of the file.
pub(super) async fn ids<F: Face>(ctx: &Ctx, question: &Question, most: u64) -> Result<Vec<Uuid>> {
    F::ids(ctx, &Asked::<F::Query>::read(question)?.query, most).await
}

/// Rows as lines of the file.
pub(super) async fn cells<F: Face>(ctx: &Ctx, question: &Question, ids: &[Uuid]) -> Result<Vec<Vec<String>>> {
    let asked = Asked::<F::Query>::read(question)?;
    let (columns, speech): (Vec<F::Column>, _) = (asked.columns()?, (language(question), asked.zone()));
    let line = |row: &F::Row| columns.iter().map(|column| column.text(speech, row)).collect();
    Ok(F::rows(ctx, ids).await?.iter().map(line).collect())
}

fn language(question: &Question) -> Locale {
    Locale::of_tag(&question.language).unwrap_or_default()
}
