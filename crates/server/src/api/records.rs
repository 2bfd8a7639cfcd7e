//! Starting records, doing things to them, and learning what happened.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use record::{RecordId, Seq};
use serde::Deserialize;
use wire::{Events, PostCommands, Posted, StartRecord};

use crate::access::Person;
use crate::app::App;
use crate::body::{Asked, Place, Valid};
use crate::failure::Failure;
use crate::records;

/// Which events are known already: [`wire::paths::AFTER`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    #[serde(default)]
    after: Seq,
}

pub(super) async fn start(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Valid(request): Valid<StartRecord>,
) -> Result<Json<Posted>, Failure> {
    records::start(&app, &actor, &request).await.map(Json)
}

pub(super) async fn post(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Place(record): Place<RecordId>,
    Valid(request): Valid<PostCommands>,
) -> Result<Json<Posted>, Failure> {
    records::post(&app, &actor, record, &request).await.map(Json)
}

pub(super) async fn events(
    State(app): State<Arc<App>>,
    Person(actor): Person,
    Place(record): Place<RecordId>,
    Asked(known): Asked<Known>,
) -> Result<Json<Events>, Failure> {
    records::events(&app, &actor, record, known.after).await.map(Json)
}
