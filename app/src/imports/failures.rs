//! The file of failed rows: line, masked company, reasons. Written as it is read, so that its length does not matter.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use partner_center::{
    cells::line,
    ctx::Ctx,
    error::{Error, Result},
    ids::ImportId,
    imports,
};

use super::text;
use crate::{download, form, text::Locale, visit::Visit};

/// How many rows are read at a time.
const AT_A_TIME: u64 = 1_000;

/// Answers with the file.
pub async fn failures(
    State(options): State<LeptosOptions>,
    Path(params): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match begin(&parts.extensions.get::<Visit>().cloned(), &params).await {
        Ok((ctx, id, locale)) => file(ctx, id, locale),
        Err(error) => form::failed(options, parts, error).await,
    }
}

async fn begin(visit: &Option<Visit>, params: &HashMap<String, String>) -> Result<(Ctx, ImportId, Locale)> {
    let visit = visit.as_ref().ok_or(Error::Internal)?;
    let id: ImportId = form::id_of(params)?;
    let ctx = visit.ctx()?;
    imports::get(&ctx, id).await?;
    Ok((ctx, id, visit.locale))
}

fn file(ctx: Ctx, id: ImportId, locale: Locale) -> Response {
    let t = text::words(locale);
    let company = crate::leads::text::words(locale).company;
    // The mark at the beginning tells Excel that this is UTF-8.
    let heading = format!("\u{feff}{}", line(&[t.line, company, t.reason]));
    let rows = futures::stream::unfold(Some(0), move |after| {
        let ctx = ctx.clone();
        async move {
            let after = after?;
            match imports::problems(&ctx, id, after, AT_A_TIME).await {
                Ok(rows) => {
                    let last = rows.last()?.line;
                    let text: String = rows
                        .iter()
                        .map(|row| line(&[&row.line.to_string(), &row.company, &text::reasons(locale, &row.problems)]))
                        .collect();
                    Some((Ok(Bytes::from(text)), Some(last)))
                }
                // The transfer breaks off, which the browser tells; a short file would look whole.
                Err(_) => Some((Err(std::io::Error::other("the rows could not be read")), None)),
            }
        }
    });
    let heading = futures::stream::once(async move { Ok(Bytes::from(heading)) });
    let body = download::body(futures::StreamExt::chain(heading, rows));
    (download::headers("text/csv; charset=utf-8", "failed-rows.csv"), body).into_response()
}
