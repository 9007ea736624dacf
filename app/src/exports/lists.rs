//! The lists that can be exported, in the words of whoever asked.

use partner_center::{
    ctx::Ctx,
    error::Result,
    exports::{List, Lists, Question},
};
use uuid::Uuid;

use super::face;
use crate::{audit::AuditFile, leads::LeadFile, people::MemberFile};

/// Every list, each answering for itself.
pub struct OurLists;

impl Lists for OurLists {
    fn headings(&self, question: &Question) -> Result<Vec<String>> {
        match question.list {
            List::Leads => face::headings::<LeadFile>(question),
            List::Members => face::headings::<MemberFile>(question),
            List::Audit => face::headings::<AuditFile>(question),
        }
    }

    async fn ids(&self, ctx: &Ctx, question: &Question, most: u64) -> Result<Vec<Uuid>> {
        match question.list {
            List::Leads => face::ids::<LeadFile>(ctx, question, most).await,
            List::Members => face::ids::<MemberFile>(ctx, question, most).await,
            List::Audit => face::ids::<AuditFile>(ctx, question, most).await,
        }
    }

    async fn cells(&self, ctx: &Ctx, question: &Question, ids: &[Uuid]) -> Result<Vec<Vec<String>>> {
        match question.list {
            List::Leads => face::cells::<LeadFile>(ctx, question, ids).await,
            List::Members => face::cells::<MemberFile>(ctx, question, ids).await,
            List::Audit => face::cells::<AuditFile>(ctx, question, ids).await,
        }
    }
}
