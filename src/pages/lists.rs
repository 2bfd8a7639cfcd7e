//! What the pages with lists share: a list as it was last seen, with the truth about how fresh it is.

use std::sync::Arc;

use feel::Date;
use leptos::prelude::*;

use super::telling::day;
use crate::api::Trouble;
use crate::desk::use_desk;
use crate::lists::{Freshness, Seen};

/// The day, above the heading of a list.
pub(crate) fn heading_day(today: Date) -> String {
    day::in_full(today)
}

/// A list as it was last seen, shown by `show`; or that it is being fetched, or cannot be.
pub(crate) fn as_seen<T: Send + Sync + 'static>(
    seen: ReadSignal<Seen<T>>,
    show: impl Fn(&T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let list = Memo::new_with_compare(
        move |_| seen.with(|seen| seen.list.as_ref().map(|(list, _)| Arc::clone(list))),
        |one: Option<&Option<Arc<T>>>, other| !same(one, other),
    );
    view! { {move || seen.with(freshness)} {move || list.with(|list| list.as_ref().map(|list| show(list)))} }
        .into_any()
}

fn same<T>(one: Option<&Option<Arc<T>>>, other: Option<&Option<Arc<T>>>) -> bool {
    match (one.and_then(Option::as_ref), other.and_then(Option::as_ref)) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// What is to be said of how fresh a list is; nothing if it is.
pub(crate) fn freshness<T>(seen: &Seen<T>) -> AnyView {
    let today = use_desk().now().day_in_london();
    match (&seen.freshness, &seen.list) {
        (Freshness::Fresh, _) | (Freshness::Asking, Some(_)) => ().into_any(),
        (Freshness::Asking, None) => view! { <p class="loading">"Fetching the list…"</p> }.into_any(),
        (Freshness::Unknown(why), Some((_, at))) => {
            let when = day::near_moment(*at, today);
            view! { <p class="note">{format!("{why}. This is the list as it was {when}.")}</p> }.into_any()
        }
        (Freshness::Unknown(Trouble::Unreachable), None) => {
            view! { <p class="note">"This list is not on this device yet, and there is no connection."</p> }
                .into_any()
        }
        (Freshness::Unknown(why), None) => view! { <p class="note">{why.to_string()}"."</p> }.into_any(),
    }
}
