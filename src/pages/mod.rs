//! The pages: one file each, named after what a person does there.
//!
//! A page is markup over signals. What it tells is worked out in `telling`, which knows neither; what a person fills
//! in is in `widgets`. Start reading at `paths.rs` for where the pages are, then at `tasks.rs` and `section.rs`.

pub mod attention;
mod changed;
mod check;
mod decision;
mod error_summary;
mod head;
mod known;
mod lists;
pub mod my_work;
mod news;
pub mod not_found;
mod open;
mod paths;
mod read;
mod record_list;
pub mod records;
mod review;
mod section;
mod sections;
mod sent;
pub mod sign_in;
pub mod sign_off;
pub mod start;
mod summary;
mod tasks;
pub(crate) mod telling;

pub use attention::Attention;
pub use my_work::MyWork;
pub use not_found::NotFound;
pub use records::{Check, Read, Review, Section, Sent, Tasks};
pub use sign_in::SignIn;
pub use sign_off::SignOff;
pub use start::Start;
