//! A whole server: put together, and run until it is told to stop.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use record::Calendar;
use store::{Again, Store};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{ConfigError, CsrfLayer};
use wire::{MAX_BODY_BYTES, ProblemCode};

use crate::app::App;
use crate::clock::Clock;
use crate::demonstration::{self, SeedError};
use crate::failure::Failure;
use crate::front::{self, Files};
use crate::origin::Origin;
use crate::publish::{self, PublishError, publish};
use crate::routes::{Route, Routes};
use crate::sign_in::{PasswordFault, Passwords};
use crate::{api, headers, log, sign_in};

/// How often what no longer matters is forgotten.
const TIDY_EVERY: Duration = Duration::from_secs(600);
/// How long requests under way may take to end when the server stops.
const GRACE: Duration = Duration::from_secs(10);

/// What a server is made of.
#[derive(Clone)]
pub struct Config {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Clock,
    /// The front end, and the forms it was built with.
    pub front: Files,
    /// Where people's browsers reach the server. Nothing: on this machine alone, and not over TLS.
    pub origin: Option<Origin>,
    /// Whether made-up people and families are put into the store, for anyone to try.
    pub demonstration: bool,
}

/// Why a server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A form cannot be published.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// The demonstration cannot be put into the store.
    #[error(transparent)]
    Seed(#[from] SeedError),
    /// The system gives no randomness.
    #[error(transparent)]
    Passwords(#[from] PasswordFault),
    /// The origin is none that a browser sends.
    #[error(transparent)]
    Origin(#[from] ConfigError),
}

/// A server that is ready to answer.
pub struct Server {
    app: Arc<App>,
    table: Vec<Route>,
    router: Router,
}

impl Server {
    /// Puts a server together: publishes the forms, and seeds the demonstration if there is one.
    ///
    /// # Errors
    /// [`StartError`] if anything that it needs is not as it should be.
    pub async fn start(config: Config) -> Result<Self, StartError> {
        let Config {
            store,
            clock,
            front,
            origin,
            demonstration,
        } = config;
        let passwords = Passwords::new()?;
        let again = if demonstration {
            demonstration::seed(&*store, &passwords, clock.now()).await?;
            Again::Replace
        } else {
            Again::Refuse
        };
        let catalogue = publish(&*store, &front, publish::FORMS, &clock, again).await?;
        if catalogue.is_empty() {
            tracing::warn!("the front end was built without forms, so nothing can be recorded");
        }
        let kinds = if demonstration {
            let shown = publish(&*store, &front, demonstration::FORMS, &clock, again).await?;
            shown.first().map(|form| form.hash)
        } else {
            None
        };
        let app = Arc::new(App {
            store,
            clock,
            calendar: Calendar::new(),
            passwords,
            front,
            catalogue,
            forms: Default::default(),
            records: Default::default(),
            kinds,
            demonstration,
            origin,
        });
        let (table, router) = api::add(Routes::new(&app)).finish();
        let router = finished(router, &app)?;
        Ok(Self { app, table, router })
    }

    /// Every route of the API, with who may use it.
    pub fn routes(&self) -> &[Route] {
        &self.table
    }

    /// What answers requests.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Answers requests until `stop` is done, then lets those under way end.
    ///
    /// # Errors
    /// When the listener fails.
    pub async fn serve(self, listener: TcpListener, stop: impl Future<Output = ()>) -> io::Result<()> {
        let tidying = tokio::spawn(tidy(Arc::clone(&self.app)));
        let stopping = Arc::new(Notify::new());
        let told = {
            let stopping = Arc::clone(&stopping);
            async move { stopping.notified().await }
        };
        let mut serving = pin!(
            axum::serve(listener, self.router)
                .with_graceful_shutdown(told)
                .into_future()
        );
        let served = tokio::select! {
            served = &mut serving => served,
            () = stop => {
                stopping.notify_one();
                tracing::info!("stopping");
                // A browser may keep a connection open for as long as it likes.
                tokio::time::timeout(GRACE, serving).await.unwrap_or(Ok(()))
            }
        };
        tidying.abort();
        served
    }
}

/// The routes with what goes around all of them. The last added is the outermost.
fn finished(router: Router<Arc<App>>, app: &Arc<App>) -> Result<Router, ConfigError> {
    let mut same_origin = CsrfLayer::new();
    if let Some(origin) = &app.origin {
        same_origin = same_origin.add_trusted_origin(origin.as_str())?;
    }
    let same_origin = same_origin.with_rejection_response(|_| {
        Failure::of(ProblemCode::Forbidden)
            .saying("This request came from another site.")
            .into_response()
    });
    let router = router
        .fallback(elsewhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(same_origin)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(headers::secure));
    let router = if app.is_tls() {
        router.layer(from_fn(headers::insist_on_tls))
    } else {
        router
    };
    Ok(router.layer(from_fn(log::each)).with_state(Arc::clone(app)))
}

/// What is at no route: a file of the front end, a page of the app, or nothing.
async fn elsewhere(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let is_api = uri.path() == "/api" || uri.path().starts_with("/api/");
    if is_api {
        return Failure::of(ProblemCode::NotFound).into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return wrong_method().await.into_response();
    }
    match front::serve(&app.front, &uri, &headers).await {
        Some(response) => response,
        None => Failure::of(ProblemCode::NotFound).into_response(),
    }
}

async fn wrong_method() -> Failure {
    Failure::of(ProblemCode::WrongMethod)
}

/// A fault in our code. Its message may quote what a person wrote, so it goes nowhere.
fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    Failure::internal(&Panicked).into_response()
}

#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked;

/// Forgets, time and again, what no longer matters.
async fn tidy(app: Arc<App>) {
    let mut times = tokio::time::interval(TIDY_EVERY);
    loop {
        times.tick().await;
        if let Err(error) = sign_in::tidy(&app).await {
            tracing::warn!(%error, "old sessions could not be forgotten");
        }
    }
}
