//! One's own records: what has come back first, then what is being written, what waits and what is signed.

use leptos::prelude::*;
use record::{Permission, Status};
use wire::WorkItem;

use super::head::head;
use super::lists::{freshness, heading_day};
use super::paths;
use super::record_list::{list, own};
use crate::account::use_door;
use crate::desk::use_desk;
use crate::kept::Load;
use crate::unsent::own_records;

/// What a person should know of a browser that has made no promise to keep what is kept in it.
const MAY_CLEAR: &str = "This browser may clear what it keeps when the device runs out of room. Wait for “Everything is \
    sent” before you leave this device for long.";

/// One's own records.
#[component]
pub fn MyWork() -> impl IntoView {
    let desk = use_desk();
    let today = desk.now().day_in_london();
    let (seen, unsent) = (desk.work(), desk.unsent_records());
    let persisted = use_door().persisted();
    let start = desk.actor().may(Permission::StartRecords).then(|| {
        view! { <p><a class="button add" href=paths::START>"Start a record"</a></p> }
    });
    let records = Memo::new(move |_| {
        let (seen, unsent) = (seen.read(), unsent.read());
        let listed = seen.list.as_ref().map(|(list, _)| &**list);
        (listed.is_some() || !unsent.is_empty()).then(|| own_records(listed, &unsent))
    });
    let lists = move |found: &[(WorkItem, Load)]| {
        let rows = |belongs: fn(Status) -> bool| -> Vec<AnyView> {
            let items = found.iter().filter(|(item, _)| belongs(item.status));
            items.map(|(item, unsent)| own(item, *unsent, today)).collect()
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
        let none = found.is_empty().then(|| {
            view! { <p class="lede">"Nothing is being written, and nothing has come back to you."</p> }
        });
        (none, lists).into_any()
    };
    view! {
        <main class="page wide flow" id="main" tabindex="-1">
            {head(Some(heading_day(today).into_any()), "My work".to_owned(), ())}
            {start}
            {move || seen.with(freshness)}
            {move || records.with(|records| records.as_deref().map(lists))}
            {move || (persisted.get() == Some(false)).then(|| view! { <p class="soft">{MAY_CLEAR}</p> })}
        </main>
    }
}
