//! What a request brings: its body and the parts of its address, checked before any handler sees them.
//!
//! It knows no request in particular. What is refused here has changed nothing.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::http::request::Parts;
use http_body_util::LengthLimitError;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use validator::Validate;
use wire::{FieldError, MAX_FILE_BYTES, MediaType, Problem, ProblemCode};

use crate::failure::Failure;
use crate::files::too_large;

/// How many faults of one request are told.
const MOST_FAULTS: usize = 20;

/// A body in JSON that was read whole, of which nothing was left unread, and that is as it should be.
///
/// What a reader does not know is refused rather than left out: it was sent by a newer app, and dropping a part of
/// what a practitioner wrote without a word is the one thing that must not happen.
pub(crate) struct Valid<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Validate> FromRequest<S> for Valid<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            let wrong = Failure::of(ProblemCode::WrongType);
            return Err(wrong.saying("The request must be of the type application/json."));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(unreceived)?;
        let value: T = read(&bytes)?;
        value.validate().map_err(|invalid| Problem::from(&invalid))?;
        Ok(Self(value))
    }
}

/// A file that is sent, and the type that it is said to be of: one that may be attached.
///
/// # Errors
/// A [`Failure`] if the type is none of those, or there are more bytes than a file may have.
pub(crate) async fn file_of(request: Request) -> Result<(MediaType, Bytes), Failure> {
    let media = content_type(request.headers()).and_then(MediaType::named);
    let media = media.ok_or_else(|| {
        let kept = MediaType::IN_WORDS;
        Failure::of(ProblemCode::WrongType).saying(format!("Firsthand keeps {kept}, and no other files."))
    })?;
    let announced = request.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|bytes: u64| bytes > MAX_FILE_BYTES as u64) {
        return Err(too_large());
    }
    let bytes = axum::body::to_bytes(request.into_body(), MAX_FILE_BYTES).await;
    bytes.map(|bytes| (media, bytes)).map_err(|error| {
        let cause = std::error::Error::source(&error);
        if cause.is_some_and(|cause| cause.is::<LengthLimitError>()) {
            too_large()
        } else {
            not_whole()
        }
    })
}

/// Part of an address. What cannot be one names nothing, so there is nothing there.
pub(crate) struct Place<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Place<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(place)) => Ok(Self(place)),
            Err(_) => Err(Failure::of(ProblemCode::NotFound)),
        }
    }
}

/// What stands after the question mark.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        match Query::try_from_uri(&parts.uri) {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(_) => Err(Failure::of(ProblemCode::Malformed)
                .saying("What stands after the question mark of the address cannot be read.")),
        }
    }
}

/// Whether the body says that it is JSON (RFC 8259). A form on another site cannot say so.
fn is_json(headers: &HeaderMap) -> bool {
    let essence = content_type(headers).and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// The type that the body is said to be of, if one is named and no other.
fn content_type(headers: &HeaderMap) -> Option<&str> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    match (types.next(), types.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

fn unreceived(rejection: BytesRejection) -> Failure {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Failure::of(ProblemCode::TooLarge)
    } else {
        not_whole()
    }
}

fn not_whole() -> Failure {
    Failure::of(ProblemCode::Malformed).saying("The request did not arrive whole.")
}

/// Reads the whole of the bytes, or says where they are not as they should be. What was sent is not repeated.
fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut unread = Vec::new();
    let mut track = serde_path_to_error::Track::new();
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let tracked = serde_path_to_error::Deserializer::new(&mut json, &mut track);
    let value = serde_ignored::deserialize(tracked, |path| unread.push(pointer_of(&path)));
    let value = match value {
        Ok(value) => value,
        Err(error) if error.classify() == Category::Data && is_whole(bytes) => {
            let pointer = pointer_to(&track.path());
            return Err(faults([(pointer, "This is missing, or not as it should be.")]));
        }
        Err(_) => return Err(unreadable()),
    };
    json.end().map_err(|_| unreadable())?;
    if unread.is_empty() {
        Ok(value)
    } else {
        let told = unread.into_iter().take(MOST_FAULTS);
        Err(faults(told.map(|pointer| {
            (pointer, "This server does not know what this is.")
        })))
    }
}

/// Whether the bytes are JSON to their end, whatever they mean.
fn is_whole(bytes: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(bytes).is_ok()
}

fn unreadable() -> Failure {
    Failure::of(ProblemCode::Malformed).saying("The request is not JSON.")
}

fn faults<'a>(faults: impl IntoIterator<Item = (String, &'a str)>) -> Failure {
    let errors = faults.into_iter().map(|(pointer, detail)| FieldError {
        pointer,
        detail: detail.to_owned(),
    });
    Failure::from(Problem {
        errors: errors.collect(),
        ..Problem::new(ProblemCode::Invalid)
    })
}

/// The JSON Pointer (RFC 6901) to where reading stopped.
fn pointer_to(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => escaped(key),
            Segment::Enum { variant } => escaped(variant),
            Segment::Unknown => String::new(),
        })
        .collect()
}

/// The JSON Pointer to what nobody reads.
fn pointer_of(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    match path {
        Path::Root => String::new(),
        Path::Seq { parent, index } => format!("{}/{index}", pointer_of(parent)),
        Path::Map { parent, key } => pointer_of(parent) + &escaped(key),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            pointer_of(parent)
        }
    }
}

/// A step of a pointer. A key may be of any length, and is only shown as far as it helps.
fn escaped(key: &str) -> String {
    let shown: String = key.chars().take(60).collect();
    format!("/{}", shown.replace('~', "~0").replace('/', "~1"))
}
