//! The front end's built files: found, negotiated and served. Start reading at [`serve`].
//!
//! It does not know what the files do, and nothing of records or people.

mod files;
mod media;

use axum::body::Body;
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};

pub use files::{Embedded, Files};

use files::{Coding, Found};

/// The page that every address of the app opens.
const PAGE: &str = "index.html";
/// Named by their content, so that a copy never goes stale (RFC 8246).
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Ask each time whether it changed: the page, the service worker and whatever else keeps its name.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers a `GET` that no route took: with the file of that name; with the page when a person navigates to one
/// of the app's own addresses; otherwise with nothing, so that a missing script is never answered by a page.
///
/// `None` when there is nothing: the caller knows how to say so.
pub(crate) async fn serve(files: &Files, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
    let path = uri.path().trim_start_matches('/');
    let codings = accepted(headers);
    let found = match path {
        "" => files.find(PAGE, codings).await?,
        _ => match files.find(path, codings).await {
            Some(found) => found,
            None if navigates(path, headers) => files.find(PAGE, codings).await?,
            None => return None,
        },
    };
    Some(answer(path, found, headers))
}

/// Whether someone goes to a page of the app, rather than a page of the app asking for a file.
fn navigates(path: &str, headers: &HeaderMap) -> bool {
    let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let wants_page = headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.contains("text/html"));
    wants_page && !is_file
}

/// The codings that the browser accepts, the smallest first (RFC 9110, section 12.5.3).
fn accepted(headers: &HeaderMap) -> &'static [Coding] {
    let accepts = |name: &str| {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|item| {
                let mut parts = item.split(';').map(str::trim);
                let named = parts
                    .next()
                    .is_some_and(|coding| coding.eq_ignore_ascii_case(name));
                let refused = parts
                    .filter_map(|part| part.strip_prefix("q="))
                    .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
                named && !refused
            })
    };
    match (accepts("br"), accepts("gzip")) {
        (true, true) => &[Coding::Brotli, Coding::Gzip],
        (true, false) => &[Coding::Brotli],
        (false, true) => &[Coding::Gzip],
        (false, false) => &[],
    }
}

fn answer(path: &str, found: Found, asked: &HeaderMap) -> Response {
    let cache = if path.starts_with("assets/") {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let mut headers = HeaderMap::from_iter([
        (header::CACHE_CONTROL, cache),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ]);
    if let Ok(tag) = HeaderValue::from_str(&found.tag) {
        headers.insert(header::ETAG, tag);
    }
    if is_known(&found.tag, asked) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(found.media_type));
    if let Some(coding) = found.coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
    }
    (headers, Body::from(found.bytes)).into_response()
}

/// Whether the browser holds this very file already (RFC 9110, section 13.1.2).
fn is_known(tag: &str, asked: &HeaderMap) -> bool {
    asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|held| held.trim().trim_start_matches("W/"))
        .any(|held| held == tag || held == "*")
}
