//! The server: Firsthand's API, its front end's files, and who may have what of either.
//!
//! A [`Server`] is put together from a [`Config`] and answers requests until it is told to stop. Every route is added
//! through `routes.rs`, with who may use it, or not at all; `api.rs` is the table. What may happen to a record is
//! `record`'s to say, what things look like on the wire is `wire`'s, and keeping them is `store`'s: this crate asks
//! each of them in turn, and holds nothing of its own that another server beside it would miss.

mod access;
mod api;
mod app;
mod body;
mod clock;
mod demonstration;
mod failure;
mod files;
mod front;
mod headers;
mod log;
mod open_records;
mod origin;
mod publish;
mod records;
mod routes;
mod server;
mod sign_in;

pub use access::Access;
pub use clock::Clock;
pub use demonstration::SeedError;
pub use front::{Embedded, Files};
pub use origin::{BadOrigin, Origin};
pub use publish::PublishError;
pub use routes::{Route, Verb};
pub use server::{Config, Server, StartError};
pub use sign_in::{LONGEST, PasswordFault, Passwords, SHORTEST};
