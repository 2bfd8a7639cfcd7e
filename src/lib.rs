//! Firsthand's front end.
//!
//! What must never lose anything is below the pages, and knows none of them:
//!
//! - [`account`]: who is signed in on this device, and the way in and out;
//! - [`desk`]: what the first page sees of that person's work, and `seat`, what is behind it, one for each person who
//!   signs in;
//! - [`cabinet`]: their records, with what is behind them; [`filling`]: one of them, open on a page. Both come with the
//!   pages of records, after the first page: see `pages/later.rs`;
//! - `sheet` and `ledger`: a record as the engine and as the device hold it, in step, with no browser in them;
//! - `outbox`: what waits for the server; `keep`: what is kept on the device; [`api`]: the server's paths;
//! - `clock`, `device`, `tabs`: the browser, each behind a few functions.
//!
//! Pages and widgets are markup over signals. They hold no rules: `engine` and `record` do.

pub mod account;
pub mod api;
pub mod app;
mod bell;
pub mod cabinet;
pub mod clock;
pub mod desk;
mod device;
mod export;
mod files;
pub mod filling;
mod keep;
pub mod kept;
pub mod last_words;
#[cfg(test)]
mod laws;
mod ledger;
mod library;
pub mod link;
pub mod lists;
mod outbox;
pub mod pages;
mod seat;
mod sheet;
mod tabs;
#[cfg(test)]
mod testing;
pub mod unsent;
mod widgets;

pub use app::{App, Heading};
pub use cabinet::{Missing, NotMoved, Opened};
pub use keep::NotKept;
pub use keep::entries::{Errand, Item, Returned};
pub use sheet::{Marks, NotEdited};
