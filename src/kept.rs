//! The truth about somebody's work: whether it is kept, and whether the server has it.

use std::iter::Sum;

use feel::{Date, Value};
use form::{Kind, Table, kinds};
use record::Timestamp;

use crate::keep::NotKept;
use crate::link::Link;

/// How much the server does not have yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// What was written or decided.
    pub changes: usize,
    /// Files that were added.
    pub files: usize,
}

impl Load {
    /// Is there anything at all?
    pub fn is_some(self) -> bool {
        self.total() > 0
    }

    /// Changes and files together.
    pub fn total(self) -> usize {
        self.changes + self.files
    }

    /// "1 change", "2 changes and 1 file".
    pub fn words(self) -> String {
        let counted = |count: usize, one: &str| match count {
            1 => format!("1 {one}"),
            many => format!("{many} {one}s"),
        };
        let (changes, files) = (counted(self.changes, "change"), counted(self.files, "file"));
        match (self.changes, self.files) {
            (_, 0) => changes,
            (0, _) => files,
            _ => format!("{changes} and {files}"),
        }
    }

    /// [`Load::words`] with the verb: "1 file is", "2 changes and 1 file are".
    pub fn words_are(self) -> String {
        let verb = if self.total() == 1 { "is" } else { "are" };
        format!("{} {verb}", self.words())
    }
}

impl Sum for Load {
    fn sum<I: Iterator<Item = Self>>(loads: I) -> Self {
        loads.fold(Self::default(), |all, load| Self {
            changes: all.changes + load.changes,
            files: all.files + load.files,
        })
    }
}

/// Where the work on a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It has not been counted yet.
    Uncounted,
    /// The server has all of it.
    Sent {
        /// When it last took something in; none if nothing has been written here.
        at: Option<Timestamp>,
    },
    /// It is being written to this device, and that is taking longer than it should.
    Keeping,
    /// All of it is on this device, and what is new will be sent in a moment.
    Here {
        /// When it was last written to this device.
        at: Timestamp,
    },
    /// All of it is on this device, and what is new is on its way.
    Sending {
        /// How much.
        load: Load,
    },
    /// All of it is on this device; some of it cannot be sent at present.
    Waiting {
        /// How much waits.
        load: Load,
        /// What they wait for.
        why: Link,
    },
    /// The server refused some of it, which is kept on this device for a person to look at.
    NeedsAttention {
        /// How many changes were refused.
        changes: usize,
    },
    /// Some of it is neither on this device nor with the server, but only on the page.
    NotKept {
        /// Why.
        why: NotKept,
    },
}

/// What the truth follows from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    /// What the server does not have yet.
    pub(crate) unsent: Load,
    /// Of that, how many items are ready to be sent.
    pub(crate) ready: usize,
    /// Changes that it refused.
    pub(crate) refused: usize,
    /// Is anything of the record not written to this device yet?
    pub(crate) behind: bool,
    /// Why the last such write failed, if it did.
    pub(crate) trouble: Option<NotKept>,
    /// When the last such write succeeded.
    pub(crate) written_at: Timestamp,
    /// When the server last took something in.
    pub(crate) sent_at: Option<Timestamp>,
    /// How things stand with the server.
    pub(crate) link: Link,
}

impl Kept {
    /// The truth, from the facts.
    pub(crate) fn of(facts: Facts) -> Self {
        let Facts {
            unsent,
            ready,
            refused,
            ..
        } = facts;
        match (facts.trouble, facts.link) {
            (Some(why), _) if facts.behind && unsent.total() + refused > 0 => Self::NotKept { why },
            _ if unsent.is_some() && facts.behind => Self::Keeping,
            _ if refused > 0 => Self::NeedsAttention { changes: refused },
            _ if !unsent.is_some() => Self::Sent { at: facts.sent_at },
            (_, Link::Up) if ready > 0 => Self::Sending { load: unsent },
            (_, Link::Up) => Self::Here { at: facts.written_at },
            (_, why) => Self::Waiting { load: unsent, why },
        }
    }

    /// Is it something that a person should hear of at once?
    pub fn is_worrying(self) -> bool {
        matches!(
            self,
            Self::Waiting { .. } | Self::NeedsAttention { .. } | Self::NotKept { .. }
        )
    }

    /// The truth as a sentence, told today.
    pub fn sentence(self, today: Date) -> String {
        match self {
            Self::Uncounted => "Looking for what is kept on this device…".to_owned(),
            Self::Sent { at: None } => "Everything is sent".to_owned(),
            Self::Sent { at: Some(at) } => format!("Everything is sent. Last change {}", moment(at, today)),
            Self::Keeping => "Being kept on this device…".to_owned(),
            Self::Here { at } => format!("Kept on this device, {}", moment(at, today)),
            Self::Sending { load } => {
                let they_are = if load.total() == 1 { "It is" } else { "They are" };
                format!("Sending {}. {they_are} kept on this device", load.words())
            }
            Self::Waiting { load, why } => {
                let it = if load.total() == 1 { "It" } else { "They" };
                let then = match why {
                    Link::SignedOut => format!("{it} will be sent when you have signed in again"),
                    Link::Busy => {
                        format!("The server cannot take work at present. {it} will be sent when it can")
                    }
                    Link::Down | Link::Up => format!("{it} will be sent when you are back online"),
                };
                format!("{} kept on this device. {then}", load.words_are())
            }
            Self::NeedsAttention { changes: 1 } => {
                "1 change needs your attention. Nothing is lost".to_owned()
            }
            Self::NeedsAttention { changes } => {
                format!("{changes} changes need your attention. Nothing is lost")
            }
            Self::NotKept { why } => format!("Not kept on this device. {why}"),
        }
    }
}

/// The time of day in England and Wales, such as 14:02; of another day, the day.
fn moment(at: Timestamp, today: Date) -> String {
    let local = at.in_london();
    let (day, time) = (local.date(), local.time());
    if day == today {
        format!("{:02}:{:02}", time.hour(), time.minute())
    } else {
        // The kind of field knows how days are written, so that there is one way of writing them.
        let day = Kind::Date(kinds::Date::default()).tell_value(&Value::Date(day), &Table::default());
        format!("on {day}")
    }
}

#[cfg(test)]
mod tests;
