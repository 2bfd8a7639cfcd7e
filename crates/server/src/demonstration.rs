//! A demonstration: made-up people and families, for anyone to try. Their names are plainly nobody's, their password is
//! no secret, and a store in which real people have accounts is never made into one.

use engine::Subject;
use form::{FormHash, RowKey};
use record::{PersonId, Role, TeamId, Timestamp};
use store::{Account, BadLogin, Error, Family, FamilyId, Login, Store, Team};
use uuid::Uuid;
use wire::{Demonstration, DemonstrationPerson};

use crate::sign_in::{PasswordFault, Passwords};

/// The password of everyone in the demonstration.
const PASSWORD: &str = "demonstration only";

/// Where the demonstration's form lies among the front end's files: a page with every kind of question.
pub(crate) const FORMS: &str = "demonstration";

const TEAM: (Uuid, &str) = (id(1), "North team (demonstration)");

/// One of the demonstration's people.
struct Player {
    id: Uuid,
    login: &'static str,
    name: &'static str,
    roles: &'static [Role],
}

/// Two who write, one who signs off, and one who does both and so meets the rule that nobody signs off their own work.
const PLAYERS: [Player; 4] = [
    Player {
        id: id(11),
        login: "alex",
        name: "Alex Example",
        roles: &[Role::Practitioner],
    },
    Player {
        id: id(12),
        login: "sam",
        name: "Sam Sample",
        roles: &[Role::Practitioner],
    },
    Player {
        id: id(13),
        login: "morgan",
        name: "Morgan Model",
        roles: &[Role::TeamManager],
    },
    Player {
        id: id(14),
        login: "robin",
        name: "Robin Rehearsal",
        roles: &[Role::Practitioner, Role::TeamManager],
    },
];

/// A family, and its children with their age in days when the demonstration begins.
type Household = (Uuid, &'static str, &'static [(Uuid, &'static str, i64)]);

const YEAR: i64 = 365;
const HOUSEHOLDS: [Household; 2] = [
    (
        id(21),
        "Testerton",
        &[
            (id(31), "Jordan", 15 * YEAR + 100),
            (id(32), "Casey", 5 * YEAR + 150),
            (id(33), "Remi", 120),
        ],
    ),
    (
        id(22),
        "Trialby",
        &[
            (id(34), "Frankie", 9 * YEAR + 30),
            (id(35), "Ash", 7 * YEAR + 200),
        ],
    ),
];

/// The same ids in every demonstration: version 8 (RFC 9562), which nothing else here makes.
const fn id(number: u128) -> Uuid {
    Uuid::from_u128(0xf157_4a4d_0000_8000_8000_0000_0000_0000 | number)
}

/// Why the demonstration cannot be put into a store.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// Real people have accounts there. Beside them, a password that everyone knows would open their records.
    #[error("people have accounts of their own here; give the demonstration a folder to itself")]
    NotEmpty,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
    /// A password could not be hashed.
    #[error(transparent)]
    Password(#[from] PasswordFault),
    /// A made-up name is not one. Never in practice: a test reads them all.
    #[error(transparent)]
    Login(#[from] BadLogin),
}

/// Puts the demonstration into a store, as far as it is not there already.
pub(crate) async fn seed(store: &dyn Store, passwords: &Passwords, now: Timestamp) -> Result<(), SeedError> {
    if store
        .accounts()
        .await?
        .iter()
        .any(|account| !account.demonstration)
    {
        return Err(SeedError::NotEmpty);
    }
    let team = Team {
        id: TeamId(TEAM.0),
        name: TEAM.1.to_owned(),
    };
    unless_there(store.add_team(&team).await)?;
    for player in PLAYERS {
        let id = PersonId(player.id);
        if store.account(id).await?.is_some() {
            continue;
        }
        let account = Account {
            id,
            login: Login::new(player.login)?,
            name: player.name.to_owned(),
            roles: player.roles.iter().copied().collect(),
            team: team.id,
            password: passwords.hash(PASSWORD.to_owned()).await?,
            demonstration: true,
        };
        unless_there(store.add_account(&account).await)?;
    }
    for (id, name, children) in HOUSEHOLDS {
        let today = now.day_in_london();
        let child = |&(id, first_name, age): &(Uuid, &str, i64)| {
            Some(Subject {
                id: RowKey::new(&id.to_string()).ok()?,
                first_name: first_name.to_owned(),
                family_name: name.to_owned(),
                born: today.add_days(-age),
                expected: None,
            })
        };
        let family = Family {
            id: FamilyId(id),
            name: format!("{name} family (demonstration)"),
            children: children.iter().filter_map(child).collect(),
        };
        unless_there(store.add_family(&family).await)?;
    }
    Ok(())
}

/// The demonstration, as the sign-in page lists its people, with its form.
pub(crate) fn described(kinds: Option<FormHash>) -> Demonstration {
    let person = |player: Player| DemonstrationPerson {
        login: player.login.to_owned(),
        password: PASSWORD.to_owned(),
        name: player.name.to_owned(),
        roles: player.roles.to_vec(),
        team_name: TEAM.1.to_owned(),
    };
    Demonstration {
        people: PLAYERS.map(person).into(),
        kinds,
    }
}

/// What a start before this one put there is as good as what this one would.
fn unless_there(added: Result<(), Error>) -> Result<(), Error> {
    match added {
        Err(Error::Taken(_)) => Ok(()),
        other => other,
    }
}
