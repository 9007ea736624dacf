//! Uploading a file: a form with a file in it, spooled to a temporary file without a name and then sealed.

use std::io::{Seek, SeekFrom, Write};

use axum::{
    body::Body,
    extract::{FromRequest, Multipart, State},
    http::{Request, StatusCode},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use partner_center::{
    access::Action,
    error::{Code, Error, Problem, Result},
    imports::{self, LARGEST_FILE},
};

use crate::{
    fault,
    form::{self, Saved},
    paths,
    visit::Visit,
};

/// A refused upload on its way back to its page.
#[derive(Clone)]
pub struct Refused(pub Error);

/// The handler of the upload form.
pub async fn upload(State(options): State<LeptosOptions>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    match take_in(&visit, Request::from_parts(parts.clone(), body)).await {
        Ok(saved) => form::redirect(saved, &visit),
        Err(Error::Repeated(location)) => form::redirect(Saved::at(location), &visit),
        Err(error @ (Error::Invalid(_) | Error::TooMany { .. } | Error::Busy)) => {
            form::render(options, parts, move || {
                fault::answer_with(&error);
                provide_context(Refused(error.clone()));
            })
            .await
        }
        Err(error) => form::failed(options, parts, error).await,
    }
}

async fn take_in(visit: &Visit, request: Request<Body>) -> Result<Saved> {
    let ctx = visit.ctx()?;
    ctx.require(Action::ImportLeads).await?;
    let mut fields = Multipart::from_request(request, &()).await.map_err(|_| Error::Malformed)?;
    let mut token = None;
    while let Some(mut field) = fields.next_field().await.map_err(|_| Error::Malformed)? {
        match field.name() {
            Some("once") => {
                let text = field.text().await.map_err(|_| Error::Malformed)?;
                token = form::token_of(&text)?;
            }
            Some("file") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let mut spool = tempfile::tempfile().map_err(|_| Error::Internal)?;
                let mut bytes = 0;
                while let Some(chunk) = field.chunk().await.map_err(|_| Problem::alone("file", Code::TooLarge))? {
                    bytes += chunk.len() as u64;
                    if bytes > LARGEST_FILE {
                        return Err(Problem::alone("file", Code::TooLarge));
                    }
                    spool.write_all(&chunk).map_err(|_| Error::Internal)?;
                }
                if bytes == 0 {
                    return Err(Problem::alone("file", Code::Required));
                }
                spool.seek(SeekFrom::Start(0)).map_err(|_| Error::Internal)?;
                let id = imports::upload(&ctx, &name, spool, token).await?;
                return Ok(Saved::telling(paths::import(id), "import-uploaded"));
            }
            _ => return Err(Error::Malformed),
        }
    }
    Err(Problem::alone("file", Code::Required))
}
