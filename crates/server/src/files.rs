//! The files of records: taking one in, and giving it out so that no browser runs it.
//!
//! Whether a person may give a record a file is `record`'s to say; who may have one is whoever may see the record.

use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use form::Hash;
use form::kinds::size_in_words;
use record::{Actor, RecordId, may_give_file};
use store::{Attached, Content};
use wire::{Files, MAX_FILE_BYTES, MediaType, Problem, ProblemCode};

use crate::app::App;
use crate::failure::Failure;
use crate::records::{forms_of, seen};

/// A content never changes under its hash (RFC 8246). It is kept by the person's own browser alone, and there for as
/// long as nobody else signs in (RFC 9111, section 4.1).
const CACHING: [(HeaderName, &str); 2] = [
    (header::CACHE_CONTROL, "private, max-age=31536000, immutable"),
    (header::VARY, "cookie"),
];

/// Whatever a file is, opened by its address it loads nothing, runs nothing and is of no origin (Content Security
/// Policy Level 3, section 6.3.2).
const POLICY: HeaderValue = HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'");

/// Which files of a record have arrived.
pub(crate) async fn list(app: &App, actor: &Actor, record: RecordId) -> Result<Files, Failure> {
    seen(app, actor, record).await?;
    let files = app.store.files(record).await?;
    Ok(Files {
        files: files.iter().map(|file| file.hash).collect(),
    })
}

/// May this person give the record this file? Asked before its content is read.
pub(crate) async fn may_give(app: &App, actor: &Actor, record: RecordId, hash: Hash) -> Result<(), Failure> {
    let state = seen(app, actor, record).await?;
    let forms = forms_of(app, &state, &[]).await?;
    may_give_file(&state, &forms, actor, &hash).map_err(|refusal| Problem::from(&refusal).into())
}

/// Keeps a file of a record, if it is what it is said to be.
pub(crate) async fn keep(
    app: &App,
    actor: &Actor,
    record: RecordId,
    hash: Hash,
    media: MediaType,
    content: Content,
) -> Result<(), Failure> {
    if content.hash() != hash {
        return Err(Failure::of(ProblemCode::OtherContent).saying(
            "What arrived is not the file that was announced. It may have been changed on the way.",
        ));
    }
    if !media.fits(content.bytes()) {
        return Err(
            Failure::of(ProblemCode::WrongType).saying("This file is not of the type that it is said to be.")
        );
    }
    let file = Attached {
        record,
        hash,
        media_type: media.name.to_owned(),
        size: content.size(),
        by: actor.id,
        at: app.clock.now(),
    };
    Ok(app.store.keep_file(&file, &content).await?)
}

/// A file of a record, or that the person has it already.
pub(crate) async fn give(
    app: &App,
    actor: &Actor,
    record: RecordId,
    hash: Hash,
    asked: &HeaderMap,
) -> Result<Response, Failure> {
    seen(app, actor, record).await?;
    let not_here =
        || Failure::of(ProblemCode::NotFound).saying("This file has not arrived, or is not of this record.");
    let file = app.store.file(record, hash).await?.ok_or_else(not_here)?;
    let tag = format!("\"{hash}\"");
    let mut response = if has(asked, &tag) {
        axum::http::StatusCode::NOT_MODIFIED.into_response()
    } else {
        let content = app.store.content(record, hash).await?.ok_or_else(not_here)?;
        let headers = [
            (header::CONTENT_TYPE, file.media_type.clone()),
            (header::CONTENT_DISPOSITION, disposition(&file)),
        ];
        (headers, content.bytes().clone()).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.extend(CACHING.map(|(name, value)| (name, HeaderValue::from_static(value))));
    headers.extend(HeaderValue::try_from(tag).map(|tag| (header::ETAG, tag)));
    Ok(response)
}

/// Says what is too large, and how large it may be.
pub(crate) fn too_large() -> Failure {
    let most = size_in_words(MAX_FILE_BYTES as u64);
    Failure::of(ProblemCode::TooLarge).saying(format!("A file may have {most} at most."))
}

/// It is saved, never shown as a page, under a name that nobody has chosen.
fn disposition(file: &Attached) -> String {
    let ending = MediaType::named(&file.media_type).and_then(|media| media.endings.first().copied());
    let hash = file.hash.to_string();
    let name = hash.get(..12).unwrap_or_default();
    format!("attachment; filename=\"{name}.{}\"", ending.unwrap_or("bin"))
}

/// Does the person have it already (RFC 9110, section 13.1.2)?
fn has(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut known = known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','));
    known.any(|known| matches!(known.trim(), "*") || known.trim().trim_start_matches("W/") == tag)
}
