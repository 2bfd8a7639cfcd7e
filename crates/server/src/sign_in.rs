//! Signing in and staying so: a password once, then a secret in a cookie whose hash the store knows.
//!
//! It does not know what people may do: that is `record`'s table of roles and `access.rs`.

mod cookie;
mod password;
mod patience;

use axum::http::HeaderMap;
use axum::http::header::HeaderValue;
use form::Hash;
use record::{Actor, Timestamp};
use store::{Account, Attempts, Login, Session};
use wire::{ProblemCode, SignIn};

use crate::app::App;
use crate::failure::Failure;

pub use password::{Failed as PasswordFault, LONGEST, Passwords, SHORTEST};

/// How long a session lasts, whatever its person does: a working day. NIST SP 800-63B-4, section 2.2.3 allows 24 hours.
const LONGEST_SESSION_HOURS: u32 = 12;
/// How long it lasts while its person does nothing: the hour that the same section allows.
const IDLE_HOURS: u32 = 1;
/// How exactly the store knows when a person last did something: a write for every request would be too many.
const SEEN_TO_THE: i64 = 60_000;

/// Signs a person in. Gives who it is, and the cookie to send.
///
/// # Errors
/// [`Failure`] if the name or the password is wrong, without saying which, or there were too many wrong ones.
pub(crate) async fn sign_in(
    app: &App,
    request: SignIn,
    headers: &HeaderMap,
) -> Result<(Actor, HeaderValue), Failure> {
    let name = name_hash(&request.login);
    count_attempt(app, &name).await?;
    let account = account(app, &request.login).await?;
    let hash = account.as_ref().map(|account| account.password.clone());
    let is_right = app.passwords.matches(request.password, hash).await?;
    let Some(account) = account.filter(|_| is_right) else {
        return Err(Failure::of(ProblemCode::WrongPassword).saying("Check your user name and password."));
    };
    app.store.forget_attempts(&name).await?;
    // A new secret each time: one that was planted in the browser before is worth nothing.
    end(app, headers).await?;
    let secret = cookie::Secret::random().map_err(|error| Failure::internal(&error))?;
    let now = app.clock.now();
    let session = Session {
        key: secret.key(),
        person: account.id,
        seen: now,
        ends: now.after_hours(LONGEST_SESSION_HOURS),
    };
    app.store.begin(&session).await?;
    let cookie = secret.cookie(app.is_tls(), LONGEST_SESSION_HOURS);
    Ok((
        account.actor(),
        cookie.map_err(|error| Failure::internal(&error))?,
    ))
}

/// Ends the session of a request, if it has one. Gives the cookie that takes the secret out of the browser.
pub(crate) async fn sign_out(app: &App, headers: &HeaderMap) -> Result<HeaderValue, Failure> {
    end(app, headers).await?;
    Ok(cookie::none(app.is_tls()))
}

/// The person behind a request, if they are signed in.
pub(crate) async fn who(app: &App, headers: &HeaderMap) -> Result<Option<Actor>, Failure> {
    let Some(key) = cookie::key(headers, app.is_tls()) else {
        return Ok(None);
    };
    let Some(session) = app.store.session(&key).await? else {
        return Ok(None);
    };
    let now = app.clock.now();
    if now >= session.ends || now >= session.seen.after_hours(IDLE_HOURS) {
        app.store.end(&key).await?;
        return Ok(None);
    }
    let account = app.store.account(session.person).await?;
    let Some(account) = account.filter(|account| may_sign_in(app, account)) else {
        return Ok(None);
    };
    if now.as_millis() - session.seen.as_millis() >= SEEN_TO_THE {
        app.store.touch(&key, now).await?;
    }
    Ok(Some(account.actor()))
}

/// Forgets the sessions and attempts that no longer matter.
pub(crate) async fn tidy(app: &App) -> Result<(), store::Error> {
    let now = app.clock.now();
    app.store.end_overdue(now, earlier(now, IDLE_HOURS)).await?;
    app.store
        .forget_attempts_before(earlier(now, patience::MEMORY_HOURS))
        .await
}

/// The account of a name, if it may be used. An account of a demonstration, whose password everyone knows, is nobody's
/// while there is no demonstration.
async fn account(app: &App, login: &str) -> Result<Option<Account>, Failure> {
    let Ok(login) = Login::new(login.trim()) else {
        return Ok(None);
    };
    let account = app.store.account_named(&login).await?;
    Ok(account.filter(|account| may_sign_in(app, account)))
}

fn may_sign_in(app: &App, account: &Account) -> bool {
    app.demonstration || !account.demonstration
}

/// Counts an attempt before its outcome is known, so that many at once are counted as many.
async fn count_attempt(app: &App, name: &Hash) -> Result<(), Failure> {
    // Each turn is lost only to an attempt that was counted, so more than a few mean that someone is guessing.
    for _ in 0..4 {
        let now = app.clock.now();
        let seen = app.store.attempts(name).await?;
        let wrong = patience::standing(seen, now).map_err(too_many)?;
        let counted = Attempts {
            wrong: wrong.saturating_add(1),
            last: now,
        };
        if app.store.count_attempt(name, seen, counted).await? {
            return Ok(());
        }
    }
    Err(too_many(patience::Wait { seconds: 1 }))
}

fn too_many(wait: patience::Wait) -> Failure {
    let minutes = wait.seconds.div_ceil(60);
    let time = if minutes == 1 {
        "a minute".to_owned()
    } else {
        format!("{minutes} minutes")
    };
    Failure::of(ProblemCode::TooMany)
        .saying(format!(
            "There were too many wrong passwords for this user name. Try again in {time}."
        ))
        .retry_after(wait.seconds)
}

async fn end(app: &App, headers: &HeaderMap) -> Result<(), Failure> {
    if let Some(key) = cookie::key(headers, app.is_tls()) {
        app.store.end(&key).await?;
    }
    Ok(())
}

/// What attempts are counted under: the name as no one can read it back.
fn name_hash(login: &str) -> Hash {
    Hash::of(login.trim().to_lowercase().as_bytes())
}

fn earlier(now: Timestamp, hours: u32) -> Timestamp {
    let millis = now.as_millis() - i64::from(hours) * 3_600_000;
    Timestamp::from_millis(millis).unwrap_or(now)
}
