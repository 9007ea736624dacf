//! A list is declared: its conditions, its columns, and where its rows come from. Address, search form, heads, cells, pager
//! and the words of an empty page follow. It knows no capability.

mod address;
mod column;
mod search;
mod shown;

use partner_center::{ctx::Ctx, error::Result, page::Page};
use serde::{Serialize, de::DeserializeOwned};

pub use address::Asked;
pub use column::Column;
pub use search::Condition;
pub use shown::load;

use crate::{text::Locale, visit::Visit};

/// What narrows a list, as texts: one struct is the address, the search form and the export's question.
pub trait Conditions: Clone + Default + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<C: Clone + Default + Serialize + DeserializeOwned + Send + Sync + 'static> Conditions for C {}

/// A list.
pub trait Listing: 'static {
    /// Where the list is.
    const PATH: &'static str;
    type Conditions: Conditions;
    /// A row as its reader may see it.
    type Row: 'static;

    /// What the table is called where it is not seen.
    fn caption(locale: Locale) -> &'static str;

    /// The columns, in their order.
    fn columns(locale: Locale) -> Vec<Column<Self::Row>>;

    /// The fields of the search form.
    fn search(visit: &Visit) -> impl Future<Output = Result<Vec<Condition>>> + Send;

    /// Title and text where nothing is found.
    fn nothing_found(locale: Locale) -> (&'static str, &'static str);

    /// One page of what is asked.
    fn find(ctx: &Ctx, asked: &Asked<Self::Conditions>) -> impl Future<Output = Result<Page<Self::Row>>> + Send;
}
