//! One's own records: what has come back first, then what is being written, what waits and what is signed.

use leptos::prelude::*;
use record::{Permission, Status};
use wire::{WorkItem, WorkList};

use super::head::head;
use super::lists::{as_seen, heading_day};
use super::paths;
use super::record_list::{list, own};
use crate::account::use_door;
use crate::desk::use_desk;

/// What a person should know of a browser that has made no promise to keep what is kept in it.
const MAY_CLEAR: &str = "This browser may clear what it keeps when the device runs out of room. Wait for “Everything is \
    sent” before you leave this device for long.";

/// One's own records.
#[component]
pub fn MyWork() -> impl IntoView {
    let desk = use_desk();
    let today = desk.now().day_in_london();
    let seen = desk.work();
    let persisted = use_door().persisted();
    let start = desk.actor().may(Permission::StartRecords).then(|| {
        view! { <p><a class="button add" href=paths::START>"Start a record"</a></p> }
    });
    let records = move |found: &WorkList| {
        let rows = |belongs: fn(Status) -> bool| -> Vec<AnyView> {
            let items = found.items.iter().filter(|item| belongs(item.status));
            items.map(|item: &WorkItem| own(item, 0, today)).collect()
        };
        let lists = (
            list(
                "back",
                "Come back to you",
                rows(|status| matches!(status, Status::Returned { .. })),
            ),
            list(
                "drafts",
                "Being written",
                rows(|status| matches!(status, Status::Draft)),
            ),
            list(
                "waiting",
                "Waiting for sign-off",
                rows(|status| matches!(status, Status::Waiting { .. })),
            ),
            list("complete", "Signed and complete", rows(Status::is_final)),
        );
        let none = found.items.is_empty().then(|| {
            view! { <p class="lede">"Nothing is being written, and nothing has come back to you."</p> }
        });
        (none, lists).into_any()
    };
    view! {
        <main class="page wide flow" id="main" tabindex="-1">
            {head(Some(heading_day(today).into_any()), "My work".to_owned(), ())}
            {start}
            {as_seen(seen, records)}
            {move || (persisted.get() == Some(false)).then(|| view! { <p class="soft">{MAY_CLEAR}</p> })}
        </main>
    }
}
