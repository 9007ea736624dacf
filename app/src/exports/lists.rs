//! The lists that can be exported, in the words of whoever asked.

use partner_center::{
    ctx::Ctx,
    error::Result,
    exports::{List, Lists, Question},
};
use uuid::Uuid;

use super::face;
use crate::leads::LeadFile;

/// Every list, each answering for itself.
pub struct OurLists;

impl Lists for OurLists {
    fn headings(&self, question: &Question) -> Result<Vec<String>> {
        match question.list {
            List::Leads => face::headings::<LeadFile>(question),
        }
    }

    async fn ids(&self, ctx: &Ctx, question: &Question, most: u64) -> Result<Vec<Uuid>> {
        match question.list {
            List::Leads => face::ids::<LeadFile>(ctx, question, most).await,
        }
    }

    async fn cells(&self, ctx: &Ctx, question: &Question, ids: &[Uuid]) -> Result<Vec<Vec<String>>> {
        match question.list {
            List::Leads => face::cells::<LeadFile>(ctx, question, ids).await,
        }
    }
}
