//! Who is signed in, and how one signs in.

use std::fmt;

use form::FormHash;
use record::{Actor, Role};
use serde::{Deserialize, Serialize};
use validator::Validate;

/// Signing in with a local account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Validate)]
pub struct SignIn {
    /// What the account is called, such as an e-mail address.
    #[validate(length(min = 1, max = 200, message = "Enter your user name"))]
    pub login: String,
    /// The password. Long ones are welcome; endless ones are not hashed.
    #[validate(length(min = 1, max = 1000, message = "Enter your password"))]
    pub password: String,
}

// A password does not belong in a log, so it is not shown.
impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("login", &self.login)
            .finish_non_exhaustive()
    }
}

/// The person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person, with their roles, from which follows what they may do.
    pub actor: Actor,
    /// What their team is called.
    pub team_name: String,
}

/// What a demonstration consists of: its people, for the sign-in page to list, and its form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demonstration {
    /// In the order in which they are listed.
    pub people: Vec<DemonstrationPerson>,
    /// The form with every kind of question, if the front end was built with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kinds: Option<FormHash>,
}

/// A made-up person whose password is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemonstrationPerson {
    /// What the account is called.
    pub login: String,
    /// The password, for all to read.
    pub password: String,
    /// The person's name.
    pub name: String,
    /// What they are in the department.
    pub roles: Vec<Role>,
    /// What their team is called.
    pub team_name: String,
}
