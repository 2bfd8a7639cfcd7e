//! Who is signed in. Kept in the store, so that any server can answer and signing out ends it everywhere.

use async_trait::async_trait;
use form::Hash;
use record::{PersonId, Timestamp};

use crate::Error;

/// One person signed in on one browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The hash of the secret that only the browser has, so that whoever reads the database cannot sign in with it.
    pub key: Hash,
    /// Who it is.
    pub person: PersonId,
    /// When they last did something.
    pub seen: Timestamp,
    /// When it ends, whatever they do.
    pub ends: Timestamp,
}

/// Where sessions are kept. They end by the clock of whoever asks, not by the database's.
#[async_trait]
pub trait Sessions {
    /// Begins a session.
    ///
    /// # Errors
    /// [`Error::Taken`] if another has its key, [`Error::Missing`] if there is no such person.
    async fn begin(&self, session: &Session) -> Result<(), Error>;

    /// The session with this key.
    async fn session(&self, key: &Hash) -> Result<Option<Session>, Error>;

    /// Notes when its person last did something. Nothing happens if it has ended.
    async fn touch(&self, key: &Hash, seen: Timestamp) -> Result<(), Error>;

    /// Ends a session. Nothing happens if it has ended.
    async fn end(&self, key: &Hash) -> Result<(), Error>;

    /// Ends every session whose time is up at `now`, or whose person did nothing since `idle`.
    async fn end_overdue(&self, now: Timestamp, idle: Timestamp) -> Result<(), Error>;
}
