//! Forms with files in them: the sibling of [`form::post`]. Files are spooled to disk without a name; the other fields are
//! read like those of any form. A form without files may come as any form does.

use std::{
    fs::File,
    io::{Seek, Write},
};

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Path, State, multipart},
    http::{Request, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::LeptosOptions;
use partner_center::{
    attachments::NewFile,
    error::{Code, Error, Problem, Result},
};
use serde::de::DeserializeOwned;

use crate::{
    form::{self, LARGEST, Params, Saved},
    visit::Visit,
};

/// The most fields that a form with files has, each file being one.
const MOST_FIELDS: usize = 200;

/// A form that takes files: its other fields as text, and what sending it does.
pub trait FileForm: DeserializeOwned + Clone + Default + Send + Sync + 'static {
    /// The field that holds the files. It should stand last, so that the others are known if a file is refused.
    const FIELD: &'static str;
    /// How many files there may be.
    const MOST: usize;
    /// How large each may be, in bytes.
    const LARGEST: u64;

    /// Refuses whoever may never send this form, before its files are read.
    fn admit(visit: &Visit) -> impl Future<Output = Result<()>> + Send;

    /// Does what the form asks for, or says what is wrong.
    fn save(&self, visit: &Visit, params: &Params, files: Vec<NewFile>) -> impl Future<Output = Result<Saved>> + Send;
}

/// The most that such a form has, files and the fields around them.
pub fn limit<F: FileForm>() -> DefaultBodyLimit {
    DefaultBodyLimit::max(F::MOST * F::LARGEST as usize + LARGEST)
}

/// The handler behind every form with files.
pub async fn post<F: FileForm>(State(options): State<LeptosOptions>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Path(params)) = Path::<Params>::from_request_parts(&mut parts, &options).await else {
        return form::failed(options, parts, Error::Malformed).await;
    };
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    if let Err(error) = F::admit(&visit).await {
        return form::failed(options, parts, error).await;
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let read = if kind.starts_with("multipart/form-data") {
        read::<F>(Request::from_parts(parts.clone(), body)).await
    } else {
        form::read(&parts, body).await.map(|form| (form, Ok(Vec::new())))
    };
    let (sent, files): (F, _) = match read {
        Ok(read) => read,
        Err(error) => return form::failed(options, parts, error).await,
    };
    let saved = match files {
        Ok(files) => sent.save(&visit, &params, files).await,
        Err(error) => Err(error),
    };
    form::answer(options, parts, &visit, saved, Some(sent)).await
}

/// The fields, and the files or what is wrong with them. Of a file that is refused the rest is read and dropped: a
/// browser that is cut off would tell its user of a broken connection instead of the reason.
async fn read<F: FileForm>(request: Request<Body>) -> Result<(F, Result<Vec<NewFile>>)> {
    let mut fields = Multipart::from_request(request, &()).await.map_err(|_| Error::Malformed)?;
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut files = Ok(Vec::new());
    let mut room = LARGEST;
    let mut places = MOST_FIELDS;
    while let Some(field) = fields.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        places = places.checked_sub(1).ok_or(Error::TooLarge)?;
        let named = name.len() + file_name.as_ref().map_or(0, String::len);
        room = room.checked_sub(named).ok_or(Error::TooLarge)?;
        let Some(file_name) = file_name else {
            pairs.push((name, text(field, &mut room).await?));
            continue;
        };
        if name != F::FIELD {
            return Err(Error::Malformed);
        }
        let file = spool::<F>(field, file_name).await?;
        // A field in which nothing was chosen comes as a file without a name.
        let Some(file) = file.transpose() else { continue };
        match (file, &mut files) {
            (Err(error), Ok(_)) => files = Err(error),
            (Ok(_), Ok(kept)) if kept.len() == F::MOST => files = Err(Problem::alone(F::FIELD, Code::TooManyFiles)),
            (Ok(file), Ok(kept)) => kept.push(file),
            (_, Err(_)) => {}
        }
    }
    let encoded = serde_html_form::to_string(&pairs).map_err(|_| Error::Malformed)?;
    Ok((serde_html_form::from_str(&encoded).map_err(|_| Error::Malformed)?, files))
}

fn broken(error: multipart::MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { Error::TooLarge } else { Error::Malformed }
}

/// A field that is no file, as long as all of them together, names included, are no longer than a form.
async fn text(mut field: multipart::Field<'_>, room: &mut usize) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        *room = room.checked_sub(chunk.len()).ok_or(Error::TooLarge)?;
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| Error::Malformed)
}

/// A file on disk; nothing where none was chosen; or what is wrong with it.
async fn spool<F: FileForm>(mut field: multipart::Field<'_>, name: String) -> Result<Result<Option<NewFile>>> {
    let mut spool: File = tempfile::tempfile().map_err(|_| Error::Internal)?;
    let mut bytes = 0;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        bytes += chunk.len() as u64;
        if bytes <= F::LARGEST {
            spool.write_all(&chunk).map_err(|_| Error::Internal)?;
        }
    }
    if bytes > F::LARGEST {
        return Ok(Err(Problem::alone(F::FIELD, Code::TooLarge)));
    }
    if bytes == 0 && name.is_empty() {
        return Ok(Ok(None));
    }
    spool.rewind().map_err(|_| Error::Internal)?;
    Ok(Ok(Some(NewFile { name, bytes, spool })))
}
