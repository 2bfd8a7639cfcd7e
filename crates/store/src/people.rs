//! Who works here: accounts that may sign in, their teams, and wrong passwords counted by name.

use std::collections::BTreeSet;

use async_trait::async_trait;
use form::Hash;
use record::{Actor, PersonId, Role, TeamId, Timestamp};

use crate::Error;

/// A team of the council.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// What tells it from others.
    pub id: TeamId,
    /// What people call it.
    pub name: String,
}

/// Someone who may sign in with a password of their own.
#[derive(Clone, PartialEq, Eq)]
pub struct Account {
    /// The person.
    pub id: PersonId,
    /// What they sign in with.
    pub login: Login,
    /// Their name, as colleagues read it.
    pub name: String,
    /// What they are in the department.
    pub roles: BTreeSet<Role>,
    /// Their team.
    pub team: TeamId,
    /// The argon2id hash of their password, in the PHC string format. Never the password.
    pub password: String,
    /// Whether they are of a demonstration, whose password everyone knows.
    pub demonstration: bool,
}

/// What a person signs in with, such as an e-mail address: 1 to 200 of the letters A to Z, digits and `.-_+'@`. Case
/// does not matter, so it is kept in small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Login(String);

/// A text that no one can sign in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a user name is 1 to 200 of the letters A to Z, digits and the signs . - _ + ' @")]
pub struct BadLogin;

/// Wrong passwords for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// How many since the last right one.
    pub wrong: u32,
    /// When the last was made.
    pub last: Timestamp,
}

/// Where accounts and teams are kept.
#[async_trait]
pub trait People {
    /// Adds a team.
    ///
    /// # Errors
    /// [`Error::Taken`] if its id or name is another's.
    async fn add_team(&self, team: &Team) -> Result<(), Error>;

    /// Every team, by name.
    async fn teams(&self) -> Result<Vec<Team>, Error>;

    /// Adds an account.
    ///
    /// # Errors
    /// [`Error::Taken`] if its id or user name is another's, [`Error::Missing`] if there is no such team.
    async fn add_account(&self, account: &Account) -> Result<(), Error>;

    /// An account by the person's id.
    async fn account(&self, id: PersonId) -> Result<Option<Account>, Error>;

    /// An account by what one signs in with.
    async fn account_named(&self, name: &Login) -> Result<Option<Account>, Error>;

    /// Every account, by user name.
    async fn accounts(&self) -> Result<Vec<Account>, Error>;

    /// The wrong passwords counted for a name, of which only the hash is kept: people type a password where the name
    /// belongs.
    async fn attempts(&self, name: &Hash) -> Result<Option<Attempts>, Error>;

    /// Counts an attempt, unless another was counted since `seen` was read: then it counts nothing and gives `false`.
    async fn count_attempt(&self, name: &Hash, seen: Option<Attempts>, now: Attempts) -> Result<bool, Error>;

    /// Forgets the attempts counted for a name.
    async fn forget_attempts(&self, name: &Hash) -> Result<(), Error>;

    /// Forgets all attempts whose last was before this moment.
    async fn forget_attempts_before(&self, moment: Timestamp) -> Result<(), Error>;
}

impl Login {
    /// Reads a user name, in whatever case it is typed.
    ///
    /// # Errors
    /// [`BadLogin`] if no account can have it.
    pub fn new(text: &str) -> Result<Self, BadLogin> {
        let made_well = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b".-_+'@".contains(&b));
        if made_well && (1..=200).contains(&text.len()) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(BadLogin)
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Account {
    /// The person, as what they do is judged and recorded.
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.id,
            name: self.name.as_str().into(),
            roles: self.roles.iter().copied().collect(),
            team: self.team,
        }
    }
}

impl std::fmt::Debug for Account {
    /// Leaves out the password's hash and the person's name, so that neither reaches a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Account")
            .field("id", &self.id)
            .field("roles", &self.roles)
            .field("team", &self.team)
            .finish_non_exhaustive()
    }
}
