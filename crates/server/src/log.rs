//! What the server says of each request: which route, how it ended, how long it took. No names, no answers, no
//! addresses of people or records.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use uuid::Uuid;

/// Logs a request.
pub(crate) async fn each(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    // The pattern rather than the path: a path names a record.
    let route = route.map_or("(the front end)", MatchedPath::as_str).to_owned();
    let span = tracing::info_span!(
        "request",
        id = %Uuid::new_v4().simple(),
        method = %request.method(),
        route,
    );
    async move {
        let start = Instant::now();
        let response = next.run(request).await;
        let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = response.status().as_u16();
        if status >= 500 {
            tracing::warn!(status, millis, "answered");
        } else {
            tracing::debug!(status, millis, "answered");
        }
        response
    }
    .instrument(span)
    .await
}
