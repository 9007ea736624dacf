//! A file of a lead's history on its way to its reader: to be kept, never to be shown by the browser as a page of ours.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use partner_center::{
    attachments::{self, Download},
    error::{Error, Result},
    ids::{AttachmentId, LeadId},
};

use crate::{download, form, visit::Visit};

/// What a file may do if a browser opens it after all: nothing.
const POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                      object-src 'none'; sandbox";

/// Answers with the file.
pub async fn attachment(
    State(options): State<LeptosOptions>,
    Path(params): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match begin(parts.extensions.get::<Visit>(), &params).await {
        Ok(download) => file(download),
        Err(error) => form::failed(options, parts, error).await,
    }
}

async fn begin(visit: Option<&Visit>, params: &HashMap<String, String>) -> Result<Download> {
    let ctx = visit.ok_or(Error::Internal)?.ctx()?;
    ctx.require(partner_center::access::Action::ViewLeads).await?;
    let lead: LeadId = form::id_of(params)?;
    let file: AttachmentId = params.get("file").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)?;
    attachments::download(&ctx, lead, file).await
}

fn file(kept: Download) -> Response {
    let kind = kept.file.kind.media_type();
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, kept.file.bytes.to_string()),
        (header::CONTENT_DISPOSITION, download::disposition(&kept.file.name)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (HeaderName::from_static("x-download-options"), "noopen".to_owned()),
    ];
    let parts = futures::stream::unfold(Some(kept), |kept| async {
        let mut kept = kept?;
        match kept.part().await {
            Ok(part) => Some((Ok(Bytes::from(part?)), Some(kept))),
            // The transfer breaks off, which the browser tells; a short file would look whole.
            Err(_) => Some((Err(std::io::Error::other("a part could not be read")), None)),
        }
    });
    (headers, download::body(parts)).into_response()
}
