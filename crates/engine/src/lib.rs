//! The engine: one filling-in of a form.
//!
//! A [`Session`] holds the answers given so far and everything that follows from them: what is shown, what is
//! required, what is worked out, what is wrong. [`Session::apply`] takes one edit and recomputes only what
//! depends on it; the [`Changes`] it gives back name exactly the places whose [`View`] changed.
//!
//! The same crate runs in the browser, and in the command line, which runs the cases of a form. It is
//! synchronous and deterministic, and it knows no clock, no network, no storage and no floating point: whatever
//! of the world a form may ask for comes in through [`Env`].
//!
//! Start reading at `session.rs`; `propagate.rs` is the heart.

mod edit;
mod env;
mod explain;
mod frame;
mod open;
mod plan;
mod propagate;
mod reads;
mod session;
mod tally;
mod view;

pub use edit::{Changes, Edit, Refused};
pub use env::{Env, Subject};
pub use explain::{Ground, Reason};
pub use frame::{At, FrameId};
pub use session::Session;
pub use tally::Tally;
pub use view::{Problem, Trouble, View};
