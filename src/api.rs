//! Talking to the server: one function for each path of `wire`, and what can go wrong.
//!
//! A request that is not answered within `PATIENCE_MS` is given up. Nothing here tries again: who asked decides.

use std::rc::Rc;

use form::kinds::Attachment;
use form::{Form, FormHash, Hash};
use gloo_net::http::{Request, RequestBuilder, Response};
use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use record::{RecordId, Seq};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::AbortController;
use wire::{
    Demonstration, Events, Families, Files, Forms, Me, PostCommands, Posted, Problem, SignIn, SignOffList,
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

/// Which files of a record have arrived.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn files(record: RecordId) -> Result<Files, Trouble> {
    get(&paths::files(record)).await
}

/// A file of a record. Whether it is the right one is for whoever asked to see.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn file(record: RecordId, hash: Hash) -> Result<Vec<u8>, Trouble> {
    let request = Request::get(&paths::file(record, hash));
    let (_patience, request) = patient(request, patience_for(Attachment::MAX_BYTES));
    let request = request.build().map_err(|_| Trouble::Unreachable)?;
    let response = request.send().await.map_err(|_| Trouble::Unreachable)?;
    if response.status() == 200 && response.headers().get("content-disposition").is_some() {
        return response.binary().await.map_err(|_| Trouble::Unreachable);
    }
    let (status, kind) = (response.status(), content_type(&response));
    let text = response.text().await.map_err(|_| Trouble::Unreachable)?;
    Err(understand(status, &kind, text)
        .err()
        .unwrap_or(Trouble::Unreadable))
}

/// Gives a record a file.
///
/// # Errors
/// [`Trouble`].
pub(crate) async fn put_file(
    record: RecordId,
    hash: Hash,
    media_type: &str,
    bytes: &[u8],
) -> Result<(), Trouble> {
    let request = Request::put(&paths::file(record, hash)).header("content-type", media_type);
    let (_patience, request) = patient(request, patience_for(bytes.len() as u64));
    let request = request.body(Uint8Array::from(bytes));
    let response = request.map_err(|_| Trouble::Unreachable)?.send().await;
    receive(response.map_err(|_| Trouble::Unreachable)?)
        .await
        .map(drop)
}

/// How long a file of so many bytes may take, in milliseconds: as long as a connection of 80 kbit/s needs, which is a
/// poor one, and then as long as any other answer.
fn patience_for(bytes: u64) -> u32 {
    PATIENCE_MS.saturating_add(u32::try_from(bytes / 10).unwrap_or(u32::MAX))
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
    let (_patience, request) = patient(request, PATIENCE_MS);
    let request = request.header("accept", "application/json");
    let request = match body {
        Some(body) => request.header("content-type", "application/json").body(body),
        None => request.build(),
    };
    let response = request.map_err(|_| Trouble::Unreachable)?.send().await;
    receive(response.map_err(|_| Trouble::Unreachable)?).await
}

/// A request that is given up after so many milliseconds, unless what comes with it is dropped before: when the whole
/// answer is there.
fn patient(request: RequestBuilder, millis: u32) -> (Option<Timeout>, RequestBuilder) {
    let abort = AbortController::new().ok().map(Rc::new);
    let signal = abort.as_ref().map(|abort| abort.signal());
    let patience = abort.map(|abort| Timeout::new(millis, move || abort.abort()));
    (patience, request.abort_signal(signal.as_ref()))
}

/// The text of an answer.
async fn receive(response: Response) -> Result<String, Trouble> {
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
