//! What a person asks to be done to a record. [`crate::decide()`] says whether it is.

use form::{Address, Answer, FormHash, RowKey};
use serde::{Deserialize, Serialize};

use crate::draft::DraftHash;
use crate::event::{Comment, EventHash};
use crate::ids::{CommentId, EventId};
use crate::return_reason::ReturnReason;
use crate::revision::{Acknowledgement, RevisionHash};
use crate::state::State;
use crate::timestamp::Timestamp;
use crate::unwritable::Unwritable;

/// One thing a person asks for. At most one event comes of it, with the same id.
///
/// The serialised shape waits in the outboxes of devices, so it is kept: fields are added, never changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Command {
    /// Made once by the device and kept for every retry.
    pub id: EventId,
    /// When the person did it, by their device's clock. Kept for every retry.
    pub noted_at: Timestamp,
    /// The version of the record's form that they had before them; without one, the version that the record began
    /// with. What was written in an earlier version follows the record to where its places stand now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<FormHash>,
    /// What they ask for.
    pub action: Action,
}

/// What may be asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Answer a question, or clear its answer.
    Answer {
        /// The question.
        address: Address,
        /// As entered; none or a blank one clears it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answer: Option<Answer>,
        /// The edits standing at the question when the person saw it, their own unsent ones included:
        /// [`crate::State::standing`]. A device that drops an unsent edit for a later one puts here what the dropped
        /// one had.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<EventId>,
    },
    /// Add a row to a repeat.
    AddRow {
        /// The repeat.
        address: Address,
        /// The new row's key, made by the device.
        key: RowKey,
        /// The row to stand before; at the end if none, or if it is gone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        before: Option<RowKey>,
    },
    /// Take a row, with all that is in it, out of a repeat.
    RemoveRow {
        /// The repeat.
        address: Address,
        /// The row's key.
        key: RowKey,
        /// The edits standing in the row when the person saw it: [`crate::State::standing_in_row`].
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        over: Vec<EventId>,
    },
    /// Let a warning stand.
    Acknowledge(Acknowledgement),
    /// Send the record for sign-off.
    Submit {
        /// The draft as the person saw it: [`crate::State::draft_hash`].
        draft: DraftHash,
    },
    /// Send the record back to its authors.
    Return {
        /// What was read.
        revision: RevisionHash,
        /// At least one.
        reasons: Vec<ReturnReason>,
        /// What is asked for. Needed where the reason is "another".
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        /// Remarks on single places.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        comments: Vec<Comment>,
    },
    /// Reply to a comment on a returned record.
    Reply {
        /// The comment.
        comment: CommentId,
        /// The reply.
        text: String,
    },
    /// Go on in a later version of the form.
    Move {
        /// The version.
        form: FormHash,
        /// The last event of the record when the person saw what would become of it: [`crate::State::head`].
        seen: EventHash,
    },
    /// Approve the stage at hand and sign.
    Approve {
        /// What was read, and is signed.
        revision: RevisionHash,
        /// Why this decision, and what happens next.
        oversight: String,
    },
    /// Set the record aside as made in error.
    Void {
        /// Why.
        reason: String,
    },
}

impl Action {
    /// Answers a question of a record as it stands before the person.
    pub fn answer(state: &State, address: Address, answer: Option<Answer>) -> Self {
        let over = state.standing(&address);
        Self::Answer {
            address,
            answer,
            over,
        }
    }

    /// Takes out a row of a record as it stands before the person.
    pub fn remove_row(state: &State, address: Address, key: RowKey) -> Self {
        let over = state.standing_in_row(&address, &key);
        Self::RemoveRow { address, key, over }
    }

    /// Sends a record for sign-off as it stands before the person.
    ///
    /// # Errors
    /// [`Unwritable`], never in practice.
    pub fn submit(state: &State) -> Result<Self, Unwritable> {
        Ok(Self::Submit {
            draft: state.draft_hash()?,
        })
    }
}
