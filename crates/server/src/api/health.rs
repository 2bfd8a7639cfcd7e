//! Whether the server can do its work.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;
use crate::failure::Failure;

/// Where a balancer asks.
pub(super) const PATH: &str = "/api/health";

/// The server and its store answer.
#[derive(Serialize)]
pub(super) struct Healthy {
    status: &'static str,
}

pub(super) async fn ask(State(app): State<Arc<App>>) -> Result<Json<Healthy>, Failure> {
    app.store.epoch().await?;
    Ok(Json(Healthy { status: "ok" }))
}
