//! What the app and the server say to each other: paths, requests, responses and problems.
//!
//! Every request is checked with [`validator::Validate`] before anything looks at it: how long, how many, how large.
//! What it means is for `record` to decide. The crate opens no connection and knows neither a server nor a browser.
//!
//! Names and shapes stay: an app of an older release may be open in a car without a signal when the server is
//! upgraded. Fields are added with a default, and what a reader does not know it leaves alone.
//!
//! Start reading at [`paths`].

mod account;
mod catalogue;
mod limits;
mod lists;
mod media;
pub mod paths;
mod problem;
mod records;

pub use account::{Demonstration, DemonstrationPerson, Me, SignIn};
pub use catalogue::{Families, Family, FamilyId, FormEntry, Forms};
pub use limits::{MAX_ANSWER_BYTES, MAX_BODY_BYTES, MAX_COMMANDS, MAX_FILE_BYTES, MAX_TEXT_CHARS};
pub use lists::{ChildName, SignOffItem, SignOffList, WorkItem, WorkList};
pub use media::MediaType;
pub use problem::{FieldError, Problem, ProblemCode, status_of};
pub use records::{Events, Files, Outcome, PostCommands, Posted, Refused, StartRecord};
