//! What is different between two versions of a form, and what that means for the records that are open.
//!
//! `questions` compares the places of a form, `logic` its conditions and checks.

mod logic;
mod questions;

use std::fmt;

use form::{About, Form, FormHash, Mapping, Name, NodeId, follow, steps_after};

/// What a change means for the answers in a record that moves to the new version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// No record can move: what was answered would mean something else, or could not be read.
    Breaking,
    /// Answers would be lost, and a `migrate` block does not say that they may be.
    NeedsMigration,
    /// A `migrate` block says what becomes of the answers.
    Migrated,
    /// Every answer stays what it is.
    Safe,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What it means for answers.
    pub class: Class,
    /// Which place of the form it is about, by the old names if it had some; the form itself if empty.
    pub at: String,
    /// What is different, in words.
    pub what: String,
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Breaking => "breaking",
            Self::NeedsMigration => "needs migration",
            Self::Migrated => "migrated",
            Self::Safe => "safe",
        })
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => f.write_str(&self.what),
            at => write!(f, "{at}: {}", self.what),
        }
    }
}

/// What is different in a new version of a form, the worst first.
pub fn differences(old: &Form, new: &Form) -> Vec<Change> {
    let mut found = Found {
        old,
        new,
        steps: steps_after(new, old.version).collect(),
        changes: Vec::new(),
    };
    found.heads();
    let pairs = questions::compare(&mut found);
    logic::compare(&mut found, &pairs);
    found.changes.sort();
    found.changes.dedup();
    found.changes
}

/// Differences as they are found.
struct Found<'f> {
    old: &'f Form,
    new: &'f Form,
    /// What becomes of answers to the old version.
    steps: Vec<&'f Mapping>,
    changes: Vec<Change>,
}

impl Found<'_> {
    fn push(&mut self, class: Class, at: &str, what: impl Into<String>) {
        self.changes.push(Change {
            class,
            at: at.to_owned(),
            what: what.into(),
        });
    }

    /// Compares what the forms say of themselves.
    fn heads(&mut self) {
        let (old, new) = (self.old, self.new);
        if old.name != new.name {
            let what = format!("`{}` is another form than `{}`", new.name, old.name);
            self.push(Class::Breaking, "", what);
            return;
        }
        if new.version < old.version {
            let what = format!("version {} is older than version {}", new.version, old.version);
            self.push(Class::Breaking, "", what);
        } else if new.version == old.version && bare_hash(new) != bare_hash(old) {
            let what = format!("it is changed, and still version {}; raise it", new.version);
            self.push(Class::Breaking, "", what);
        }
        if old.title != new.title || old.summary != new.summary {
            self.push(Class::Safe, "", format!("it is called “{}” now", new.title));
        }
        match (old.about, new.about) {
            (About::Children, About::Child) => {
                self.push(
                    Class::Breaking,
                    "",
                    "a record is about one child now, and may be about several",
                );
            }
            (About::Child, About::Children) => {
                self.push(Class::Safe, "", "a record can be about several children now")
            }
            _ => {}
        }
        if old.voice != new.voice {
            self.push(Class::Safe, "", "how fully it must hear each child is different");
        }
        let stages = |form: &Form| -> Vec<_> {
            let stages = form.stages.iter();
            stages.map(|stage| (stage.role.clone(), stage.within)).collect()
        };
        if stages(old) != stages(new) {
            self.push(Class::Safe, "", "who signs it off, or how soon, is different");
        }
        let clocks = |form: &Form| -> Vec<_> {
            let clocks = form.clocks.iter();
            clocks
                .map(|clock| {
                    let when = clock.when.as_ref();
                    let when = when.map(|when| form.source(when, &|node| path_of(form, node)));
                    (clock.name.clone(), clock.due, names_of(form, clock.starts), when)
                })
                .collect()
        };
        if clocks(old) != clocks(new) {
            self.push(Class::Safe, "", "its clocks are different");
        }
        if old.packs != new.packs {
            self.push(
                Class::Safe,
                "",
                "its rule packs are different; a record keeps to the one it began with",
            );
        }
    }

    /// What an old place is now, if it is still there.
    fn now(&self, node: NodeId) -> Now {
        match follow(self.steps.iter().copied(), names_of(self.old, node)) {
            None => Now::Dropped,
            Some(names) => self.new.named(&names).map_or(Now::Gone, Now::At),
        }
    }
}

/// What an old place is in the new version.
enum Now {
    At(NodeId),
    Gone,
    Dropped,
}

/// The hash of all but the version.
fn bare_hash(form: &Form) -> Option<FormHash> {
    let parts = form::Parts {
        version: 0,
        ..(**form).clone()
    };
    Form::from_parts(parts).ok().map(|form| form.hash())
}

/// The names that lead to a place, rows left out.
fn names_of(form: &Form, node: NodeId) -> Vec<Name> {
    let around = std::iter::successors(Some(node), |&id| form.nodes.at(id).parent);
    let named = around.filter(|&id| !matches!(form.nodes.at(id).body, form::Body::Row));
    let mut names: Vec<Name> = named.map(|id| form.nodes.at(id).name.clone()).collect();
    names.reverse();
    names
}

/// The names that lead to a place, as one writes them.
fn path_of(form: &Form, node: NodeId) -> String {
    let names = names_of(form, node);
    names.iter().map(Name::as_str).collect::<Vec<_>>().join(".")
}
