//! What comes along with every form: a token by which it counts once, and a mark of what its sender saw.

#[cfg(feature = "ssr")]
use crate::{
    ctx::Ctx,
    error::{Error, Refusal, Result},
};

/// What comes along with every form about a thing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent<'f> {
    /// Counts the form once, however often it is sent.
    pub token: Option<uuid::Uuid>,
    /// The mark of what the sender saw.
    pub seen: &'f str,
}

/// The mark of what a decision rests on: nobody can tell it from the mark, and nobody else can make one.
#[cfg(feature = "ssr")]
pub(crate) fn mark(ctx: &Ctx, text: &str) -> String {
    let print = ctx.vault().fingerprint("seen", text);
    print.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Refuses to go on with what is not as it was seen. A client that shows nothing sends no mark.
#[cfg(feature = "ssr")]
pub(crate) fn still(ctx: &Ctx, text: &str, seen: &str) -> Result<()> {
    if seen.is_empty() || seen == mark(ctx, text) { Ok(()) } else { Err(Error::Conflict(Refusal::ChangedMeanwhile)) }
}
