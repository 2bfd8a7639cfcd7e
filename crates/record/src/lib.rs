//! Records: what happened to them, how they stand, and who may do what next.
//!
//! A record is a list of [`Event`]s, each sealed to the one before ([`verify`]). [`State`] is their fold. A person
//! asks for something with a [`Command`]; [`decide()`] says what event comes of it, or why none does. The server and
//! the browser run the same code: the browser at once, for the person; the server for good.
//!
//! The crate is pure. It does no I/O, reads no clock, knows no storage and no network; the moment and the person are
//! parameters. It does not know how a form is written, and leaves to `engine` what follows from answers.
//!
//! Start reading at `decide.rs`.

mod actor;
mod chain;
mod clocks;
mod command;
mod decide;
mod difference;
mod draft;
mod due;
mod event;
mod files;
mod fold;
mod ids;
mod left;
mod moved;
mod places;
mod refusal;
mod return_reason;
mod revision;
mod round;
mod state;
mod status;
mod summary;
mod timestamp;
mod unwritable;

pub use actor::{Actor, ActorRef, Permission, Role};
pub use chain::{Broken, Fault as ChainFault, verify};
pub use clocks::{Running, clocks, happened};
pub use command::{Action, Command};
pub use decide::{Decided, Forms, MAX_CHILDREN, Start, decide, start};
pub use difference::{Change, Difference, differences};
pub use draft::{Draft, DraftHash, Given, Rival};
pub use due::Due;
pub use event::{
    Answered, Approved, Body, Comment, Created, Event, EventHash, FormRef, Head, Replied, Returned, RowAdded,
    RowRemoved, Submitted, Voided,
};
pub use feel::Calendar;
pub use files::{FilesAtHand, files_named, may_give_file};
pub use fold::Unfit;
pub use ids::{CommentId, EventId, PersonId, RecordId, Seq, TeamId};
pub use left::{Amount, Left};
pub use moved::{Carried, LeftBehind, Move, Moved, Remark, StillStands};
pub use refusal::{Fault, Needed, Refusal, Why};
pub use return_reason::ReturnReason;
pub use revision::{Acknowledged, Acknowledgement, Revision, RevisionHash, Signature};
pub use round::{Reply, Return, Round, Thread};
pub use state::{State, env};
pub use status::Status;
pub use summary::{Sent, Summary};
pub use timestamp::{BadTimestamp, Timestamp};
pub use unwritable::Unwritable;
