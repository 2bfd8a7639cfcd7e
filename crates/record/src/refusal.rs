//! Why a command is not carried out: a stable code for programs, and a sentence for people.

use form::Address;
use serde::{Deserialize, Serialize};

use crate::fold::Partial;
use crate::unwritable::Unwritable;

/// Why a command is not carried out. Nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// No role of the person allows it.
    #[error("Your role does not allow this")]
    NotAllowed,
    /// The record belongs to another team.
    #[error("This record belongs to another team")]
    OtherTeam,
    /// The record waits for sign-off.
    #[error("This record is waiting for sign-off. It can be changed again if it is returned")]
    Waiting,
    /// The record is signed, or complete without sign-off.
    #[error("This record is complete. Nothing in it can be changed")]
    Complete,
    /// The record was set aside.
    #[error("This record was set aside as made in error. Nothing in it can be changed")]
    Voided,
    /// A decision on a record that does not wait for one.
    #[error("This record is not waiting for sign-off")]
    NotWaiting,
    /// A reply on a record that was not returned.
    #[error("This record has not been returned")]
    NotReturned,
    /// The form has no such question, repeat or section.
    #[error("This form has no such question")]
    NoSuchPlace(Address),
    /// The row is not there, or no longer.
    #[error("The row that this was written in has been removed")]
    NoSuchRow(Address),
    /// It is not answered by a person.
    #[error("This is not a question that can be answered")]
    NotAQuestion(Address),
    /// It is not a repeat to which rows can be added.
    #[error("Rows cannot be added or removed here")]
    NotARepeat(Address),
    /// A row of this key is there already.
    #[error("This row has been added already")]
    RowExists(Address),
    /// No more rows fit.
    #[error("No more rows can be added here")]
    TooManyRows(Address),
    /// Somebody wrote in the row, and whoever removes it had not seen that.
    #[error("Somebody else has written in this row. Read it before you remove it")]
    RowNotSeen(Address),
    /// The form has no such warning there.
    #[error("There is no such warning here")]
    NoSuchWarning(Address),
    /// A text that must say something is blank.
    #[error("{0}")]
    Blank(Needed),
    /// A return without a coded reason.
    #[error("Choose at least one reason for returning this record")]
    NoReason,
    /// Two comments of one return have the same id, or a comment has the id of an earlier one.
    #[error("This comment has been made already")]
    CommentExists,
    /// No such comment was made when the record was last returned.
    #[error("There is no such comment on this record")]
    NoSuchComment,
    /// The draft is not what the person who sends it saw.
    #[error("This record has changed since you checked it. Read what has changed, then send it")]
    DraftChanged,
    /// The decision is about another revision than the one that waits.
    #[error("This record has changed since you read it. Read it again, then decide")]
    RevisionChanged,
    /// Not everything is answered, right, acknowledged and decided.
    #[error("This record cannot be sent yet. Put right what is listed")]
    NotReady(Vec<Fault>),
    /// Something must be right before the record is approved.
    #[error("This record cannot be approved as it is. Return it to have what is listed put right")]
    NotApprovable(Vec<Fault>),
    /// A file that the record names has not arrived.
    #[error("A file of this record has not arrived yet. It is sent by the device on which it was added")]
    FilesMissing(Vec<Fault>),
    /// The decider wrote in the record.
    #[error("You wrote in this record, so somebody else must decide on it")]
    OwnWork,
    /// The decider signed an earlier stage.
    #[error("You decided on an earlier stage of this record, so somebody else must decide on this one")]
    DecidedBefore,
    /// The stage is another role's.
    #[error("This stage is decided by another role")]
    OtherRole,
    /// The record is about no child, about too many or about one twice.
    #[error("Choose the children that this record is about")]
    WrongChildren,
    /// An id was used for something else before.
    #[error("This was sent before as something else")]
    IdTaken,
    /// The form is not the one the record is filled in with.
    #[error("This record is filled in with another version of the form")]
    OtherForm,
    /// The form to move to is not known.
    #[error("There is no such form")]
    NoSuchForm,
    /// The form to move to is no later version of the one the record is filled in with.
    #[error("A record moves only to a later version of its form")]
    NotLater,
    /// Somebody who has not written in the record would move it.
    #[error("Only somebody who has written in this record can move it to another version of its form")]
    NotAnAuthor,
    /// Something happened since the person saw what would become of the record.
    #[error("This record has changed since you saw what would change. Look at it again, then move it")]
    ChangedSince,
    /// It was written in an earlier version of the form, at a place that the later one does not have.
    #[error("This record has moved to a newer version of its form, which does not ask this any more")]
    NoLongerAsked(Address),
    /// It cannot be written down. Never happens.
    #[error(transparent)]
    Unwritable(#[from] Unwritable),
}

/// A text that may not be blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Needed {
    /// Why a warning is let stand, or a record set aside.
    #[error("Write the reason")]
    Reason,
    /// A manager's note, where the coded reason does not say enough.
    #[error("Write a note that says what the other reason is")]
    Note,
    /// The oversight that goes with an approval.
    #[error("Write your oversight: why this, and what happens next")]
    Oversight,
    /// A comment or the reply to one.
    #[error("Write the comment")]
    Comment,
}

/// One thing that stands in the way of sending or approving a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where.
    pub address: Address,
    /// What kind of thing.
    pub why: Why,
    /// What to do about it; starts with a verb where the form's designer wrote it so.
    pub message: String,
}

/// What kind of thing stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Missing, unreadable, or a check that must hold does not.
    Wrong,
    /// A warning that nobody has let stand.
    Warning,
    /// Two people's answers stand against each other.
    Conflict,
}

impl Refusal {
    /// The code by which programs know it. Never changed.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAllowed => "not-allowed",
            Self::OtherTeam => "other-team",
            Self::Waiting => "waiting",
            Self::Complete => "complete",
            Self::Voided => "voided",
            Self::NotWaiting => "not-waiting",
            Self::NotReturned => "not-returned",
            Self::NoSuchPlace(_) => "no-such-place",
            Self::NoSuchRow(_) => "no-such-row",
            Self::NotAQuestion(_) => "not-a-question",
            Self::NotARepeat(_) => "not-a-repeat",
            Self::RowExists(_) => "row-exists",
            Self::TooManyRows(_) => "too-many-rows",
            Self::RowNotSeen(_) => "row-not-seen",
            Self::NoSuchWarning(_) => "no-such-warning",
            Self::Blank(_) => "blank",
            Self::NoReason => "no-reason",
            Self::CommentExists => "comment-exists",
            Self::NoSuchComment => "no-such-comment",
            Self::DraftChanged => "draft-changed",
            Self::RevisionChanged => "revision-changed",
            Self::NotReady(_) => "not-ready",
            Self::NotApprovable(_) => "not-approvable",
            Self::FilesMissing(_) => "files-missing",
            Self::OwnWork => "own-work",
            Self::DecidedBefore => "decided-before",
            Self::OtherRole => "other-role",
            Self::WrongChildren => "wrong-children",
            Self::IdTaken => "id-taken",
            Self::OtherForm => "other-form",
            Self::NoSuchForm => "no-such-form",
            Self::NotLater => "not-later",
            Self::NotAnAuthor => "not-an-author",
            Self::ChangedSince => "changed-since",
            Self::NoLongerAsked(_) => "no-longer-asked",
            Self::Unwritable(_) => "unwritable",
        }
    }

    /// The faults that are to be put right, if it is about any.
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::NotReady(faults) | Self::NotApprovable(faults) | Self::FilesMissing(faults) => faults,
            _ => &[],
        }
    }

    /// The place it is about, if it is about one.
    pub fn address(&self) -> Option<&Address> {
        match self {
            Self::NoSuchPlace(address)
            | Self::NoSuchRow(address)
            | Self::NotAQuestion(address)
            | Self::NotARepeat(address)
            | Self::RowExists(address)
            | Self::TooManyRows(address)
            | Self::RowNotSeen(address)
            | Self::NoSuchWarning(address)
            | Self::NoLongerAsked(address) => Some(address),
            _ => None,
        }
    }
}

impl From<Partial> for Refusal {
    fn from(partial: Partial) -> Self {
        match partial {
            Partial::Author => Self::OwnWork,
            Partial::SignedBefore => Self::DecidedBefore,
        }
    }
}
