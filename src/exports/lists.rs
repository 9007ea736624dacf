//! What the job asks of the lists.

use uuid::Uuid;

use super::Question;
use crate::{ctx::Ctx, error::Result};

/// The lists as the job asks them: which rows, and what stands in them. It is answered where the words are.
///
/// Every answer is given for the viewer at that moment, with every hidden value masked.
pub trait Lists: Send + Sync {
    /// The headings of the file.
    fn headings(&self, question: &Question) -> Result<Vec<String>>;

    /// The rows that are asked for, in the order of the list, so many at most.
    fn ids(&self, ctx: &Ctx, question: &Question, most: u64) -> impl Future<Output = Result<Vec<Uuid>>> + Send;

    /// These rows as cells under the headings, in this order; those that the viewer sees no longer are left out.
    fn cells(
        &self,
        ctx: &Ctx,
        question: &Question,
        ids: &[Uuid],
    ) -> impl Future<Output = Result<Vec<Vec<String>>>> + Send;
}
