//! Talking to the server: one function for each path of `wire`, and what can go wrong.
//!
//! A request that is not answered within `PATIENCE_MS` is given up. Nothing here tries again: who asked decides.

use std::rc::Rc;

use form::{Form, FormHash};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use record::{RecordId, Seq};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortController;
use wire::{
    Demonstration, Events, Families, Forms, Me, PostCommands, Posted, Problem, SignIn, SignOffList,
    StartRecord, WorkList, paths,
};

use crate::keep::entries::{read_text, write_text};

/// How long an answer may take, in milliseconds: longer than a slow phone needs, shorter than a person waits.
const PATIENCE_MS: u32 = 30_000;

/// Why there is no answer, or not the one asked for.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Trouble {
    /// No answer came: no signal, no server, or it took too long.
    #[error("There is no connection to Firsthand at present")]
    Unreachable,
    /// Something answered that is not Firsthand, such as a hotel's sign-in page or a proxy.
    #[error("Something else than Firsthand answered. Check the network that this device is on")]
    Unreadable,
    /// Nobody is signed in, or the name or password is wrong.
    #[error("{}", sentence(.0))]
    SignedOut(Box<Problem>),
    /// Firsthand says what is wrong.
    #[error("{}", sentence(.0))]
    Problem(Box<Problem>),
}

impl Trouble {
    /// Might the same request succeed later, without anything being changed in it?
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable | Self::Unreadable => true,
            Self::SignedOut(_) => false,
            Self::Problem(problem) => matches!(problem.status, 408 | 425 | 429 | 500..),
        }
    }
}

fn sentence(problem: &Problem) -> &str {
    problem.detail.as_deref().unwrap_or(&problem.title)
}

/// Signs in.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn sign_in(request: &SignIn) -> Result<Me, Trouble> {
    post(paths::SESSION, request).await
}

/// Who is signed in; none if nobody is.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn me() -> Result<Option<Me>, Trouble> {
    get(paths::SESSION).await
}

/// Signs out.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn sign_out() -> Result<(), Trouble> {
    answer(Request::delete(paths::SESSION), None).await.map(drop)
}

/// The people of the demonstration, if the server runs one.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn demonstration() -> Result<Demonstration, Trouble> {
    get(paths::DEMONSTRATION).await
}

/// The forms that a record can be started with.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn forms() -> Result<Forms, Trouble> {
    get(paths::FORMS).await
}

/// A form, as its canonical bytes, which are checked against the hash.
///
/// # Errors
/// [`Trouble`]; [`Trouble::Unreadable`] if it is another form or none.
pub(crate) async fn form(hash: FormHash) -> Result<(Form, String), Trouble> {
    let text = answer(Request::get(&paths::form(hash)), None).await?;
    let form = Form::from_json(text.as_bytes()).map_err(|_| Trouble::Unreadable)?;
    if form.hash() == hash {
        Ok((form, text))
    } else {
        Err(Trouble::Unreadable)
    }
}

/// The families that a record can be about.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn families() -> Result<Families, Trouble> {
    get(paths::FAMILIES).await
}

/// One's own records.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn work() -> Result<WorkList, Trouble> {
    get(paths::WORK).await
}

/// The records that wait for one's decision.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn sign_off() -> Result<SignOffList, Trouble> {
    get(paths::SIGN_OFF).await
}

/// What has happened to a record after a place in it. Perhaps not all of it.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn events(record: RecordId, after: Seq) -> Result<Events, Trouble> {
    get(&paths::events(record, after)).await
}

/// Starts a record.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn start(request: &StartRecord) -> Result<Posted, Trouble> {
    post(paths::RECORDS, request).await
}

/// Asks for things to be done to a record.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn command(record: RecordId, request: &PostCommands) -> Result<Posted, Trouble> {
    post(&paths::commands(record), request).await
}

async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Trouble> {
    read(&answer(Request::get(path), None).await?)
}

async fn post<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Trouble> {
    read(&answer(Request::post(path), Some(write_text(body))).await?)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, Trouble> {
    read_text(text).ok_or(Trouble::Unreadable)
}

/// Sends a request and gives back the text of its answer.
async fn answer(request: RequestBuilder, body: Option<String>) -> Result<String, Trouble> {
    let abort = AbortController::new().ok().map(Rc::new);
    let signal = abort.as_ref().map(|abort| abort.signal());
    // Dropped, and so stopped, when the whole answer is there.
    let _patience = abort.map(|abort| Timeout::new(PATIENCE_MS, move || abort.abort()));
    let request = request
        .abort_signal(signal.as_ref())
        .header("accept", "application/json");
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Trouble::Unreachable)?.send().await;
    let response = response.map_err(|_| Trouble::Unreachable)?;
    let (status, kind) = (response.status(), content_type(&response));
    let text = response.text().await.map_err(|_| Trouble::Unreachable)?;
    understand(status, &kind, text)
}

fn content_type(response: &Response) -> String {
    response.headers().get("content-type").unwrap_or_default()
}

/// What an answer says, by its status, its type and its text.
fn understand(status: u16, kind: &str, text: String) -> Result<String, Trouble> {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    // The names of media types are of either case (RFC 9110, section 8.3.1).
    let is = |wanted: &str| kind.eq_ignore_ascii_case(wanted);
    if (200..300).contains(&status) {
        return if status == 204 || is("application/json") {
            Ok(text)
        } else {
            Err(Trouble::Unreadable)
        };
    }
    if !is("application/problem+json") {
        // A gateway in front of Firsthand says so when Firsthand is away.
        return Err(if status >= 500 {
            Trouble::Unreachable
        } else {
            Trouble::Unreadable
        });
    }
    let problem: Box<Problem> = read(&text)?;
    Err(match status {
        401 => Trouble::SignedOut(problem),
        _ => Trouble::Problem(problem),
    })
}

#[cfg(test)]
mod tests;
