//! A file of a lead's history on its way to its reader: to be kept, never to be shown by the browser as a page of ours.

use std::collections::HashMap;

use axum::{
    body::{Body, Bytes},
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

use crate::{form, visit::Visit};

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

fn file(download: Download) -> Response {
    let kind = download.file.kind.media_type();
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_LENGTH, download.file.bytes.to_string()),
        (header::CONTENT_DISPOSITION, disposition(&download.file.name)),
        (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
        (HeaderName::from_static("x-download-options"), "noopen".to_owned()),
    ];
    let parts = futures::stream::unfold(Some(download), |download| async {
        let mut download = download?;
        match download.part().await {
            Ok(part) => Some((Ok(Bytes::from(part?)), Some(download))),
            // The transfer breaks off, which the browser tells; a short file would look whole.
            Err(_) => Some((Err(std::io::Error::other("a part could not be read")), None)),
        }
    });
    (headers, Body::from_stream(parts)).into_response()
}

/// The name under which the file is kept (RFC 6266): whole for every browser of today, in ASCII for the rest.
fn disposition(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let mut whole = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => whole.push(char::from(byte)),
            _ => whole.push_str(&format!("%{byte:02X}")),
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_in_ascii_and_whole() {
        assert_eq!(
            disposition("报价 v2.pdf"),
            "attachment; filename=\"__ v2.pdf\"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%20v2.pdf"
        );
        assert!(!disposition("a\"\r\nX: y.txt").contains(['\r', '\n']));
        assert_eq!(disposition("\"\\.txt").matches('"').count(), 2);
    }
}
