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
pub mod kinds;
mod known;
pub(crate) mod later;
mod lists;
pub mod my_work;
mod news;
mod not_found;
mod open;
pub(crate) mod paths;
mod print;
mod read;
mod record_list;
mod records;
mod review;
mod section;
mod sections;
mod sent;
mod set_aside;
pub mod sign_in;
pub mod sign_off;
pub mod start;
mod summary;
mod tasks;
pub(crate) mod telling;
mod version;

pub use section::questions;
pub use sign_in::SignIn;

use leptos::prelude::*;

use my_work::MyWork;
use paths::Page;

/// The page at a path.
pub(crate) fn at(path: &str) -> AnyView {
    match Page::at(path) {
        None => not_found::not_found(),
        Some(Page::Work) => view! { <MyWork/> }.into_any(),
        Some(page) => later::show(page),
    }
}
