//! What a letter says and where it goes, at the moment it is handed over. The words are the face's.

use chrono::NaiveDate;
use sea_orm::{QueryFilter, entity::prelude::*};

use super::{Address, Letter, Reason, entity, store::secret};
use crate::{
    codes::{self, Sensitive},
    contact::CompanyName,
    ctx::{Origin, Store, everyones},
    error::{Error, Result},
    ids::PreregistrationId,
    messages::{self, About, Language, Notice},
    moment::Moment,
    people, preregistrations,
};

/// What a letter says, before it is put into words.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A message, for the one it was written to, or for a receiver who is told whom it was written to.
    Message { about: About, reader: Option<String>, more: u64 },
    /// A code, what it is for, and how long it is good for.
    Code { code: String, operation: Sensitive, minutes: i64 },
    /// A partner's invitation of a prospect, by the name that it is pre-registered under.
    Invitation { partner: String, company: String, until: NaiveDate },
}

impl Content {
    /// The same for others than the receiver, who know a prospect by its mask.
    fn masked(self) -> Content {
        match self {
            Content::Invitation { partner, company, until } => {
                let company = CompanyName::parse(&company).map(|name| name.masked().text().to_owned());
                Content::Invitation { partner, company: company.unwrap_or_default(), until }
            }
            Content::Message { .. } | Content::Code { .. } => self,
        }
    }
}

/// A letter in words.
#[derive(Clone, PartialEq, Eq)]
pub struct Text {
    pub subject: String,
    pub body: String,
}

/// How a letter is put into words.
pub type Write = fn(Language, &Content) -> Text;

/// Writes a letter out; or says why it is not to be sent any more.
pub(super) async fn write(
    store: &Store,
    row: &entity::Model,
    words: Write,
    now: Moment,
) -> Result<Result<Letter, Reason>> {
    if let Some(id) = row.preregistration_id {
        return invitation(store, row, id, words, now).await;
    }
    let Some(content) = content(store, row, now).await? else { return Ok(Err(reason_of_nothing(row, now))) };
    let address = match row.receiver_id {
        Some(receiver) => messages::receiver_address(store, receiver, row.channel).await?,
        None => people::address(store, row.member_id, row.channel).await?,
    };
    let Some(to) = address else { return Ok(Err(Reason::NoAddress)) };
    Ok(Ok(put_into_words(row, to, content, words, now)))
}

async fn invitation(
    store: &Store,
    row: &entity::Model,
    id: PreregistrationId,
    words: Write,
    now: Moment,
) -> Result<Result<Letter, Reason>> {
    let Some(invited) = preregistrations::to_invite(store, id, now).await? else { return Ok(Err(Reason::Expired)) };
    let Some(email) = invited.email else { return Ok(Err(Reason::NoAddress)) };
    let company = invited.company.expose().to_owned();
    let content = Content::Invitation { partner: invited.partner, company, until: invited.until.trade_date() };
    Ok(Ok(put_into_words(row, Address::Email(email), content, words, now)))
}

fn put_into_words(row: &entity::Model, to: Address, content: Content, words: Write, now: Moment) -> Letter {
    let Text { subject, body } = words(row.language, &content);
    let shown = words(row.language, &content.masked()).body;
    Letter { id: row.id, tenant: row.tenant_id, at: now, to, subject, body, shown }
}

async fn content(store: &Store, row: &entity::Model, now: Moment) -> Result<Option<Content>> {
    if let Some(code) = row.code_id {
        if codes::is_over(row.created_at, now) {
            return Ok(None);
        }
        let Some(operation) = codes::operation_of(store, code).await? else { return Ok(None) };
        let minutes = codes::LIFE_SECONDS / 60;
        return Ok(secret(&store.vault, row).map(|code| Content::Code { code, operation, minutes }));
    }
    let Some(message) = row.message_id else { return Ok(None) };
    let message =
        everyones::<messages::entity::Entity>().filter(messages::entity::Column::Id.eq(message)).one(&store.db).await?;
    let Some(notice) = message.and_then(|message| serde_json::from_str::<Notice>(&message.detail).ok()) else {
        return Ok(None);
    };
    // What the member may not see any more is not in the letter either.
    let origin = Origin { address: "job".to_owned(), request: row.id.to_string() };
    let (ctx, reader) = match people::member_ctx(store, row.member_id, origin, now).await {
        Ok(ctx) => {
            let reader = people::names(&ctx, &[row.member_id]).await?.remove(&row.member_id);
            (ctx, reader)
        }
        Err(Error::SignedOut) => return Ok(None),
        Err(error) => return Err(error),
    };
    let Some(about) = messages::about(&ctx, vec![notice]).await?.pop() else { return Ok(None) };
    let reader = reader.filter(|_| row.receiver_id.is_some());
    Ok(Some(Content::Message { about, reader, more: row.more.unsigned_abs() }))
}

/// Why a row has nothing to say.
fn reason_of_nothing(row: &entity::Model, now: Moment) -> Reason {
    match row.code_id {
        Some(_) if codes::is_over(row.created_at, now) => Reason::Expired,
        Some(_) => Reason::Unreadable,
        None => Reason::Gone,
    }
}
