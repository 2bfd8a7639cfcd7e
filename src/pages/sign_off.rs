//! The records that wait for one's decision, the most urgent first.

use leptos::prelude::*;
use wire::{SignOffItem, SignOffList};

use super::head::head;
use super::lists::{as_seen, heading_day};
use super::news;
use super::record_list::{list, to_decide};
use crate::cabinet::use_cabinet;
use crate::unsent::undecided;

/// The records that wait for one's decision.
#[component]
pub fn SignOff() -> impl IntoView {
    let cabinet = use_cabinet();
    let desk = cabinet.desk();
    let today = desk.now().day_in_london();
    let (seen, unsent) = (cabinet.sign_off(), desk.unsent_records());
    let lede = move || {
        seen.with(|seen| {
            seen.list
                .as_ref()
                .map(|(list, _)| view! { <p class="lede">{count(&undecided(list, &unsent.read()))}</p> })
        })
    };
    let records = move |found: &SignOffList| {
        let undecided = undecided(found, &unsent.read());
        let (barred, own): (Vec<&SignOffItem>, Vec<&SignOffItem>) =
            undecided.into_iter().partition(|item| item.barred.is_some());
        let rows = |items: Vec<&SignOffItem>| {
            items
                .into_iter()
                .map(|item| to_decide(item, today))
                .collect::<Vec<_>>()
        };
        (
            list("own", "For you to decide", rows(own)),
            list("others", "For somebody else to decide", rows(barred)),
        )
            .into_any()
    };
    view! {
        <main class="page wide flow" id="main" tabindex="-1">
            {news::told()}
            {head(Some(heading_day(today).into_any()), "Waiting for your sign-off".to_owned(), lede)}
            {as_seen(seen, records)}
        </main>
    }
}

fn count(items: &[&SignOffItem]) -> String {
    let own = items.iter().filter(|item| item.barred.is_none());
    let late = own
        .clone()
        .filter(|item| item.left.is_some_and(record::Left::is_over))
        .count();
    let records = match own.count() {
        0 => return "Nothing is waiting for you.".to_owned(),
        1 => "1 record.".to_owned(),
        many => format!("{many} records, the most urgent first."),
    };
    match late {
        0 => records,
        1 => format!("{records} One is over its time."),
        many => format!("{records} {many} are over their time."),
    }
}
