//! The forms that can be filled in, and every form there ever was.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use form::FormHash;
use wire::{Forms, ProblemCode};

use crate::app::App;
use crate::body::Place;
use crate::failure::Failure;

/// A form never changes under its hash (RFC 8246). It is kept by the person's own browser alone.
const FOR_EVER: &str = "private, max-age=31536000, immutable";

pub(super) async fn list(State(app): State<Arc<App>>) -> Json<Forms> {
    let forms = app.catalogue.clone();
    Json(Forms { forms })
}

pub(super) async fn one(
    State(app): State<Arc<App>>,
    Place(hash): Place<FormHash>,
) -> Result<Response, Failure> {
    let bytes = app.store.form(hash).await?;
    let bytes = bytes.ok_or_else(|| Failure::of(ProblemCode::NotFound))?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, FOR_EVER),
    ];
    Ok((headers, bytes).into_response())
}
