//! The file of an export, opened part by part as it is sent.

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, Request, State},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use partner_center::{
    error::{Error, Result},
    exports::{self, File, Format},
};

use super::text;
use crate::{download, form, visit::Visit};

/// Answers with the file.
pub async fn file(
    State(options): State<LeptosOptions>,
    Path(params): Path<HashMap<String, String>>,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    match opened(parts.extensions.get::<Visit>(), &params).await {
        Ok(file) => sent(file),
        Err(error) => form::failed(options, parts, error).await,
    }
}

async fn opened(visit: Option<&Visit>, params: &HashMap<String, String>) -> Result<File> {
    let visit = visit.ok_or(Error::Internal)?;
    exports::open(&visit.ctx()?, form::id_of(params)?).await
}

fn sent(file: File) -> Response {
    let kind = match file.export.format {
        Format::Csv => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let headers = download::headers(kind, &text::file_name(&file.export));
    let file = Arc::new(file);
    let parts = futures::stream::unfold(Some(0), move |number| {
        let file = file.clone();
        async move {
            let number = number?;
            match file.part(number).await {
                Ok(part) => Some((Ok(Bytes::from(part?)), Some(number + 1))),
                // The transfer breaks off, which the browser tells; a short file would look whole.
                Err(_) => Some((Err(std::io::Error::other("the file could not be read")), None)),
            }
        }
    });
    (headers, download::body(parts)).into_response()
}
