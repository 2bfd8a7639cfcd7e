//! Why a store could not do what it was asked.

use std::error::Error as Cause;

use record::Head;

/// Why a store could not do what it was asked. Whatever the reason, it changed nothing.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Someone else's events came first: read them and decide again.
    #[error("the record has moved on")]
    Conflict {
        /// Where the record was thought to stand.
        expected: Option<Head>,
        /// Where it stands; nothing if there is no such record.
        found: Option<Head>,
    },
    /// What must be unlike all others is like one of them.
    #[error("another {0} is there already")]
    Taken(Thing),
    /// What was to be changed or referred to is not there.
    #[error("there is no such {0}")]
    Missing(Thing),
    /// What was to be kept contradicts itself, such as events that do not follow each other.
    #[error("{0}")]
    Refused(&'static str),
    /// The database cannot do it now. The same request may succeed later.
    #[error("the database is unavailable: {why}")]
    Unavailable {
        /// What a person must see to.
        why: Why,
        /// What the database said.
        source: Box<dyn Cause + Send + Sync>,
    },
    /// The database holds what cannot be read, or is not ours. A person must look at it.
    #[error("the database is damaged")]
    Damaged(#[source] Box<dyn Cause + Send + Sync>),
}

/// What an [`Error`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// An account, or its user name.
    Account,
    /// A child.
    Child,
    /// An event.
    Event,
    /// A family.
    Family,
    /// A record.
    Record,
    /// A published form, or a version of one.
    Form,
    /// A session.
    Session,
    /// A team.
    Team,
}

/// Why a database is unavailable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// There is no room left to write.
    Full,
    /// Another program has kept it locked for too long.
    Locked,
    /// It may only be read.
    ReadOnly,
    /// It cannot be opened or reached, or its disk fails.
    OutOfReach,
}

impl std::fmt::Display for Thing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Account => "account",
            Self::Child => "child",
            Self::Event => "event",
            Self::Family => "family",
            Self::Form => "form",
            Self::Record => "record",
            Self::Session => "session",
            Self::Team => "team",
        })
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Full => "there is no room left on its disk",
            Self::Locked => "another program keeps it locked",
            Self::ReadOnly => "it may only be read",
            Self::OutOfReach => "it cannot be reached",
        })
    }
}
