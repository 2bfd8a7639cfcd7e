//! The table of routes, and the only way to add to it. A route is added with its [`Access`] or not at all, and the
//! table can be walked, so that a test holds every route to what it says.

use std::sync::Arc;

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodFilter, on};

use crate::access::{Access, guard};
use crate::app::App;

/// What is done at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Read.
    Get,
    /// Add or ask for something.
    Post,
    /// Put something where it belongs.
    Put,
    /// End something.
    Delete,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// What is done.
    pub verb: Verb,
    /// Where, as a pattern.
    pub path: &'static str,
    /// By whom.
    pub access: Access,
}

/// The routes so far.
pub(crate) struct Routes {
    app: Arc<App>,
    router: Router<Arc<App>>,
    table: Vec<Route>,
}

impl Verb {
    /// The method (RFC 9110, section 9.3).
    pub fn method(self) -> Method {
        match self {
            Self::Get => Method::GET,
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Delete => Method::DELETE,
        }
    }

    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Put => MethodFilter::PUT,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

impl Routes {
    /// No routes.
    pub(crate) fn new(app: &Arc<App>) -> Self {
        Self {
            app: Arc::clone(app),
            router: Router::new(),
            table: Vec::new(),
        }
    }

    /// Adds a route, guarded.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where routes are added, each with its guard"
    )]
    pub(crate) fn add<H, T>(mut self, verb: Verb, path: &'static str, access: Access, handler: H) -> Self
    where
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        let guarded = from_fn_with_state((Arc::clone(&self.app), access), guard);
        let route = on(verb.filter(), handler).route_layer(guarded);
        self.router = self.router.route(path, route);
        self.table.push(Route { verb, path, access });
        self
    }

    /// The table, and the router that does what it says.
    pub(crate) fn finish(self) -> (Vec<Route>, Router<Arc<App>>) {
        (self.table, self.router)
    }
}
