//! What waits for the server, and how it gets there.
//!
//! An item leaves only on the server's receipt. Nothing else takes it away: no refusal (it moves to what needs
//! attention, with the reason), no sign-out, no other person's sign-in, no upgrade. One bad item blocks no other.
//!
//! [`Queue`] decides what is sent when and what an answer means; it knows no network. `cabinet/courier.rs` carries.

pub(crate) mod queue;
mod verdict;

pub(crate) use queue::{Batch, Cargo, Queue, Settled};
pub(crate) use verdict::Verdict;
