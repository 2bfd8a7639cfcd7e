//! Moving the answers of a record from one version of its form to another: what a `migrate` clause says, and what
//! becomes of each answer.
//!
//! Nothing is thrown away in silence: every answer that was there is in the new set, or named in what changed.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::address::{Address, Step};
use crate::answer::Answer;
use crate::answers::Answers;
use crate::form::Form;
use crate::ids::NodeId;
use crate::moving::Moving;
use crate::name::Name;
use crate::node::Body;

/// What changed for answers after a version of a form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Migration {
    /// The version it begins at: it is about records made with this version, or with an older one.
    pub from: u32,
    /// What to do, one after the other.
    pub steps: Vec<Mapping>,
}

/// One thing to do with answers. Addresses name no rows: they are about all of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mapping {
    /// A question, or everything in a section, group or repeat, stands elsewhere.
    Rename {
        /// Where it was.
        old: Address,
        /// Where it is.
        new: Address,
    },
    /// An option of a question has another code.
    Recode {
        /// The question.
        at: Address,
        /// The code it had.
        old: SmolStr,
        /// The code it has.
        new: SmolStr,
    },
    /// The answers are not taken along.
    Drop {
        /// Where they were.
        at: Address,
    },
}

/// What becomes of the answers of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Migrated {
    /// The answers for the new version.
    pub answers: Answers,
    /// What is not as it was, for a person to look at before they agree; in the order of the old addresses.
    pub changes: Vec<AnswerChange>,
}

/// What becomes of one answer.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerChange {
    /// It stands elsewhere.
    Moved {
        /// Where it was.
        from: Address,
        /// Where it is.
        to: Address,
    },
    /// Its options have other codes, or it is one of several now.
    Recoded {
        /// Where it is.
        at: Address,
        /// As it was entered.
        old: Answer,
        /// As it is kept now.
        new: Answer,
    },
    /// It is kept, and the new version cannot read it: someone must answer again.
    Unreadable {
        /// Where it is.
        at: Address,
        /// What the page says of it.
        message: String,
    },
    /// It is not taken along.
    Lost {
        /// Where it was.
        at: Address,
        /// The answer.
        answer: Answer,
        /// Why.
        why: Loss,
    },
}

/// Why an answer is not taken along.
///
/// The serialised shape is kept with records: reasons are added, never renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// The new version says so.
    Dropped,
    /// The new version has no such question, or not in such rows.
    NoPlace,
    /// Another answer stands where it would go.
    Taken,
}

/// The new version is of another form, or older.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{old}` cannot become `{new}`: answers only move to a later version of the same form")]
pub struct NotLater {
    /// The form that the answers are of, with its version.
    pub old: String,
    /// The form that they were to move to.
    pub new: String,
}

/// Moves the answers of a record to a later version of its form.
///
/// # Errors
/// [`NotLater`] if that is another form, or an earlier version.
pub fn migrate(old: &Form, new: &Form, answers: &Answers) -> Result<Migrated, NotLater> {
    let moving = Moving::new(old, new)?;
    let mut migrated = Migrated::default();
    migrated.answers.rows = moving.rows(&answers.rows);
    // What stays where it is has its place before what comes from elsewhere.
    let (mut stay, mut go) = (Vec::new(), Vec::new());
    for (address, answer) in &answers.values {
        match moving.question(address, &migrated.answers.rows) {
            Ok(to) if to == *address => stay.push((address, to, answer)),
            Ok(to) => go.push((address, to, answer)),
            Err(why) => migrated.lose(address, answer, why),
        }
    }
    for (from, to, answer) in stay.into_iter().chain(go) {
        if migrated.answers.values.contains_key(&to) {
            migrated.lose(from, answer, Loss::Taken);
        } else {
            migrated.take(&moving, from, to, answer);
        }
    }
    migrated
        .changes
        .sort_by(|one, other| one.sorted_by().cmp(other.sorted_by()));
    Ok(migrated)
}

/// What is to be done for records of a version, in order.
pub fn steps_after(form: &Form, version: u32) -> impl Iterator<Item = &Mapping> {
    let migrations = form.migrations.iter();
    migrations
        .filter(move |migration| migration.from >= version)
        .flat_map(|migration| &migration.steps)
}

/// Where the place of these names stands after these steps; nothing if its answers are dropped.
pub fn follow<'s>(steps: impl IntoIterator<Item = &'s Mapping>, path: Vec<Name>) -> Option<Vec<Name>> {
    steps.into_iter().try_fold(path, |path, step| match step {
        Mapping::Rename { old, new } => Some(match path.strip_prefix(old.names().as_slice()) {
            Some(rest) => [new.names().as_slice(), rest].concat(),
            None => path,
        }),
        Mapping::Drop { at } if path.starts_with(&at.names()) => None,
        Mapping::Drop { .. } | Mapping::Recode { .. } => Some(path),
    })
}

/// What an option's code becomes, of the question that had these names at first.
pub fn recode<'s>(steps: impl IntoIterator<Item = &'s Mapping>, mut path: Vec<Name>, code: &str) -> SmolStr {
    let mut code = SmolStr::new(code);
    for step in steps {
        match step {
            Mapping::Recode { at, old, new } if at.names() == path && *old == code => code = new.clone(),
            _ => path = follow([step], path).unwrap_or_default(),
        }
    }
    code
}

impl Address {
    /// The names that lead to the place, without the rows on the way.
    pub fn names(&self) -> Vec<Name> {
        self.steps().into_iter().map(|step| step.name).collect()
    }

    /// The address of a place that is reached by these names, in no row.
    ///
    /// # Errors
    /// [`crate::BadAddress`] if there are no names, or too many.
    pub fn of_names(names: &[Name]) -> Result<Self, crate::BadAddress> {
        let steps = names.iter().map(|name| Step {
            name: name.clone(),
            row: None,
        });
        Self::from_steps(&steps.collect::<Vec<_>>())
    }
}

impl Form {
    /// The section, group, repeat or question that these names lead to, whatever rows it stands in.
    pub fn named(&self, names: &[Name]) -> Option<NodeId> {
        let mut level = self.sections();
        let mut found = None;
        for name in names {
            let is_it = |&&id: &&NodeId| {
                let node = self.nodes.at(id);
                node.name == *name && !matches!(node.body, Body::Row)
            };
            let node = *level.iter().find(is_it)?;
            level = self.inside(node);
            if let (Body::Rows(_), Some(&row)) = (&self.nodes.at(node).body, level.first()) {
                level = self.inside(row);
            }
            found = Some(node);
        }
        found
    }
}

impl AnswerChange {
    fn sorted_by(&self) -> &Address {
        match self {
            Self::Moved { from, .. } => from,
            Self::Recoded { at, .. } | Self::Unreadable { at, .. } | Self::Lost { at, .. } => at,
        }
    }
}

impl Migrated {
    fn lose(&mut self, at: &Address, answer: &Answer, why: Loss) {
        self.changes.push(AnswerChange::Lost {
            at: at.clone(),
            answer: answer.clone(),
            why,
        });
    }

    /// Puts an answer where it belongs now, and notes what is not as it was.
    fn take(&mut self, moving: &Moving<'_>, from: &Address, to: Address, answer: &Answer) {
        let new = moving.answer(from, answer);
        if to != *from {
            self.changes.push(AnswerChange::Moved {
                from: from.clone(),
                to: to.clone(),
            });
        }
        if new != *answer {
            self.changes.push(AnswerChange::Recoded {
                at: to.clone(),
                old: answer.clone(),
                new: new.clone(),
            });
        }
        if let Some(message) = moving.unreadable(from, answer) {
            self.changes.push(AnswerChange::Unreadable {
                at: to.clone(),
                message,
            });
        }
        self.answers.set(to, Some(new));
    }
}
