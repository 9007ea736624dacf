//! One page of what is visible: counted to the window, and fetched with one row more, which tells whether there are others.

use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::Visible;
use crate::{
    error::{Error, Result},
    page::{Cursor, Page, Slice, Start, Total, WINDOW},
};

impl<E: EntityTrait> Visible<'_, E>
where
    E::Model: Send + Sync,
{
    /// The page of rows whose own number says their order, the newest first. Behind the window it goes on by that number.
    pub(crate) async fn newest_first(
        self,
        column: E::Column,
        slice: Slice,
        number: impl Fn(&E::Model) -> i64,
    ) -> Result<Page<E::Model>> {
        let total = self.total().await?;
        let rows = self.limit(slice.size + 1);
        let rows = match slice.start {
            Start::Number(page) => rows.order_by_desc(column).offset((page - 1) * slice.size),
            Start::After(cursor) => rows.filter(column.lt(cursor.number)).order_by_desc(column),
            Start::Before(cursor) => rows.filter(column.gt(cursor.number)).order_by_asc(column),
        };
        Ok(Page::of(rows.all().await?, total, slice, |row| Cursor { key: 0, number: number(row) }))
    }

    /// The page of rows in this order, where there are never more than pages have numbers.
    ///
    /// # Errors
    /// `Malformed` for a page that has no number.
    pub(crate) async fn numbered(self, slice: Slice, in_order: impl FnOnce(Self) -> Self) -> Result<Page<E::Model>> {
        let Start::Number(number) = slice.start else { return Err(Error::Malformed) };
        let total = self.total().await?;
        let rows = in_order(self).offset((number - 1) * slice.size).limit(slice.size + 1).all().await?;
        // Nobody goes on from a row here, so it need not tell its place.
        let page = Page::of(rows, total, slice, |_| Cursor { key: 0, number: 0 });
        let after = page.after.filter(|_| number < total.numbered_pages(slice.size));
        Ok(Page { after, ..page })
    }

    /// How many rows there are, counted no further than the window.
    async fn total(&self) -> Result<Total> {
        Ok(Total::of(self.clone().count_to(WINDOW + 1).await?))
    }
}
