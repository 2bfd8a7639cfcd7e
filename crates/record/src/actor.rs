//! Who does something, and what they may do.
//!
//! Default deny: a role has the permissions its line of the table names, and no other.

use form::Name;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::ids::{PersonId, TeamId};

/// A person who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub id: PersonId,
    /// Their name, as colleagues read it.
    pub name: SmolStr,
    /// What they are in the department.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: TeamId,
}

/// A person as an event names them: readable for decades, whatever becomes of their account.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ActorRef {
    /// The person.
    pub id: PersonId,
    /// Their name at the time.
    pub name: SmolStr,
}

impl From<&Actor> for ActorRef {
    fn from(actor: &Actor) -> Self {
        Self {
            id: actor.id,
            name: actor.name.clone(),
        }
    }
}

/// What a person is in the department.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees children and writes records.
    Practitioner,
    /// Signs off the records of a team, and answers for it.
    TeamManager,
    /// Signs off where a form asks for a second stage, in any team.
    ServiceManager,
    /// Writes form definitions; sees no record.
    FormDesigner,
}

/// What a role may be allowed to do. Every route of the server names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See which forms there are, and read them.
    SeeForms,
    /// See the families and children that a record may be about.
    SeeFamilies,
    /// Start a record.
    StartRecords,
    /// See records of one's own team, and those one has written in.
    SeeRecords,
    /// See the records of every team.
    SeeEveryTeam,
    /// Write in records that one may see, which makes one their co-author.
    WriteRecords,
    /// Set a record aside as made in error.
    VoidRecords,
    /// Approve or return a record, at the stage of one's role.
    DecideSignOff,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 4] = [
        Self::Practitioner,
        Self::TeamManager,
        Self::ServiceManager,
        Self::FormDesigner,
    ];

    /// The name a form's sign-off stage calls the role by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Practitioner => "practitioner",
            Self::TeamManager => "team_manager",
            Self::ServiceManager => "service_manager",
            Self::FormDesigner => "form_designer",
        }
    }

    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Practitioner => "Practitioner",
            Self::TeamManager => "Team manager",
            Self::ServiceManager => "Service manager",
            Self::FormDesigner => "Form designer",
        }
    }

    /// The table: what each role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::*;
        match self {
            Self::Practitioner => &[
                SeeForms,
                SeeFamilies,
                StartRecords,
                SeeRecords,
                WriteRecords,
                VoidRecords,
            ],
            Self::TeamManager => &[
                SeeForms,
                SeeFamilies,
                StartRecords,
                SeeRecords,
                WriteRecords,
                VoidRecords,
                DecideSignOff,
            ],
            Self::ServiceManager => &[
                SeeForms,
                SeeFamilies,
                SeeRecords,
                SeeEveryTeam,
                VoidRecords,
                DecideSignOff,
            ],
            Self::FormDesigner => &[SeeForms],
        }
    }
}

impl Actor {
    /// Does one of the person's roles allow this?
    pub fn may(&self, permission: Permission) -> bool {
        self.roles
            .iter()
            .any(|role| role.permissions().contains(&permission))
    }

    /// Does the person have the role that a form calls by this name?
    pub fn holds(&self, role: &Name) -> bool {
        self.roles.iter().any(|own| own.name() == role.as_str())
    }

    /// May the person see a record of this team that these people wrote?
    pub fn may_see(&self, team: TeamId, authors: &[ActorRef]) -> bool {
        self.may(Permission::SeeRecords) && self.reaches(team, authors)
    }

    /// May the person write in a record of this team that these people wrote? Whether the record takes changes at
    /// present is another question.
    pub fn may_write(&self, team: TeamId, authors: &[ActorRef]) -> bool {
        self.may(Permission::WriteRecords) && self.may_see(team, authors)
    }

    fn reaches(&self, team: TeamId, authors: &[ActorRef]) -> bool {
        self.team == team
            || self.may(Permission::SeeEveryTeam)
            || authors.iter().any(|author| author.id == self.id)
    }
}
