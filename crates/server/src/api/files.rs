//! The files of records, each at the hash of its content.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use form::Hash;
use record::RecordId;
use store::Content;
use wire::Files;

use crate::access::Person;
use crate::app::App;
use crate::body::{Place, file_of};
use crate::failure::Failure;
use crate::files;

pub(super) async fn list(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Place(record): Place<RecordId>,
) -> Result<Json<Files>, Failure> {
    files::list(&app, &actor, record).await.map(Json)
}

pub(super) async fn put(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Place((record, hash)): Place<(RecordId, Hash)>,
    request: Request,
) -> Result<StatusCode, Failure> {
    files::may_give(&app, &actor, record, hash).await?;
    let (media, bytes) = file_of(request).await?;
    files::keep(&app, &actor, record, hash, media, Content::of(bytes)).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn give(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Place((record, hash)): Place<(RecordId, Hash)>,
    asked: HeaderMap,
) -> Result<Response, Failure> {
    files::give(&app, &actor, record, hash, &asked).await
}
