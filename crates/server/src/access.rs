//! Who may use a route. Every route has an [`Access`]; without one it cannot be added (see `routes.rs`).

use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use record::{Actor, Permission};
use wire::ProblemCode;

use crate::app::App;
use crate::failure::Failure;
use crate::sign_in;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anyone at all.
    Public {
        /// Why that does no harm.
        because: &'static str,
    },
    /// Whoever is signed in and has a role that allows this.
    Needs(Permission),
}

/// The person behind a request. Only to be had on a route that is not public.
#[derive(Clone, Debug)]
pub(crate) struct Person(pub(crate) Actor);

/// Lets a request through to its handler, or says why not.
pub(crate) async fn guard(
    State((app, access)): State<(Arc<App>, Access)>,
    mut request: Request,
    next: Next,
) -> Response {
    let permission = match access {
        Access::Public { .. } => return next.run(request).await,
        Access::Needs(permission) => permission,
    };
    match sign_in::who(&app, request.headers()).await {
        Ok(Some(actor)) if actor.may(permission) => {
            request.extensions_mut().insert(Person(actor));
            next.run(request).await
        }
        Ok(Some(_)) => Failure::of(ProblemCode::Forbidden)
            .saying("None of your roles allows this.")
            .into_response(),
        Ok(None) => Failure::of(ProblemCode::NotSignedIn).into_response(),
        Err(failure) => failure.into_response(),
    }
}

impl<S: Sync> FromRequestParts<S> for Person {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let person = parts.extensions.get::<Self>().cloned();
        // A public route whose handler wants a person: nobody is let in by that mistake.
        person.ok_or_else(|| Failure::of(ProblemCode::NotSignedIn))
    }
}
