//! Signing in and out, who is signed in, and the people of a demonstration.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Response};
use record::Actor;
use wire::{Demonstration, Me, ProblemCode, SignIn};

use crate::app::App;
use crate::body::Valid;
use crate::demonstration;
use crate::failure::Failure;
use crate::sign_in;

pub(super) async fn begin(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    Valid(request): Valid<SignIn>,
) -> Result<Response, Failure> {
    let (actor, cookie) = sign_in::sign_in(&app, request, &headers).await?;
    let me = described(&app, actor).await?;
    Ok(([(header::SET_COOKIE, cookie)], Json(me)).into_response())
}

pub(super) async fn end(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Response, Failure> {
    let cookie = sign_in::sign_out(&app, &headers).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]).into_response())
}

/// Who is asking. That it is nobody is an answer too: the app asks this of everyone before it shows them anything.
pub(super) async fn me(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Option<Me>>, Failure> {
    match sign_in::who(&app, &headers).await? {
        Some(actor) => Ok(Json(Some(described(&app, actor).await?))),
        None => Ok(Json(None)),
    }
}

pub(super) async fn demonstration(State(app): State<Arc<App>>) -> Result<Json<Demonstration>, Failure> {
    if app.demonstration {
        Ok(Json(demonstration::described(app.kinds)))
    } else {
        Err(Failure::of(ProblemCode::NotFound))
    }
}

async fn described(app: &App, actor: Actor) -> Result<Me, Failure> {
    let teams = app.store.teams().await?;
    let team = teams.into_iter().find(|team| team.id == actor.team);
    let team_name = team.map(|team| team.name).unwrap_or_default();
    Ok(Me { actor, team_name })
}
