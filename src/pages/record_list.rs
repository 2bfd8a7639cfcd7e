//! Records in lists: one's own and those that wait for one's decision, each with how it stands and when what is due.

use feel::Date;
use leptos::prelude::*;
use record::Status;
use wire::{SignOffItem, WorkItem};

use super::known::tag;
use super::paths;
use super::telling::{day, due, names, status};
use crate::kept::Load;

/// What a record is called in a list: "Home visit, Thursday 12 November".
pub(crate) fn name(title: &str, happened: Option<Date>, today: Date) -> String {
    match happened {
        Some(on) => format!("{title}, {}", day::near(on, today)),
        None => title.to_owned(),
    }
}

/// One of one's own records. `unsent` is how much of it is on this device alone.
pub(crate) fn own(item: &WorkItem, unsent: Load, today: Date) -> AnyView {
    let mut about = names::children(&item.children);
    if unsent.is_some() {
        about = format!("{about}. {} on this device and not sent yet", unsent.words_are());
    }
    row(
        paths::record(item.record),
        name(&item.title, item.happened, today),
        about,
        standing(item, today),
    )
}

/// How one of one's own records stands.
fn standing(item: &WorkItem, today: Date) -> AnyView {
    let soft = |words: String| view! { " " <span class="soft">{words}</span> };
    let left = item.left.map(|left| tag(due::style(left), left.to_string()));
    let by = item.due.map(|due| soft(due::by(due, today)));
    let conflicts = match item.conflicts {
        0 => None,
        1 => Some(tag("look", "1 question with two answers")),
        many => Some(tag("look", format!("{many} questions with two answers"))),
    };
    match item.status {
        Status::Draft => view! { {conflicts} {left} {by} }.into_any(),
        Status::Returned { .. } => {
            let comments = match item.unanswered {
                0 => None,
                1 => Some(soft("1 comment to answer".to_owned())),
                many => Some(soft(format!("{many} comments to answer"))),
            };
            view! { {tag("late", "Returned to you")} {conflicts} {left} {comments} }.into_any()
        }
        Status::Waiting { .. } => {
            let words = item
                .left
                .map(|left| soft(format!("For signing: {}", left.to_string().to_lowercase())));
            view! { {tag("", "Waiting for sign-off")} {words} }.into_any()
        }
        Status::Approved { at, .. } | Status::Filed { at, .. } | Status::Voided { at } => {
            let when = soft(day::near(at.day_in_london(), today));
            view! { {tag(status::style(item.status), status::words(item.status))} {when} }.into_any()
        }
    }
}

/// A record that waits for one's decision.
pub(crate) fn to_decide(item: &SignOffItem, today: Date) -> AnyView {
    let author = item
        .author
        .as_ref()
        .map(|author| format!(". By {}", author.name))
        .unwrap_or_default();
    let sent = item.sent.as_ref().map(|sent| {
        let again = if sent.number > 1 { "sent again" } else { "sent" };
        format!(", {again} {}", day::near(sent.at.day_in_london(), today))
    });
    let about = format!(
        "{}{author}{}",
        names::children(&item.children),
        sent.unwrap_or_default()
    );
    let state = match &item.barred {
        Some(barred) => {
            view! { {tag("", "Somebody else signs")} " " <span class="soft">{barred.message.clone()}</span> }
                .into_any()
        }
        None => {
            let left = item.left.map(|left| tag(due::style(left), left.to_string()));
            let returned = match item.returns {
                0 => String::new(),
                1 => ", returned once".to_owned(),
                many => format!(", returned {many} times"),
            };
            let waited = match item.waited {
                0 => "Came today".to_owned(),
                days => format!("Waiting {}", due::working_days(days)),
            };
            view! { {left} " " <span class="soft">{format!("{waited}{returned}")}</span> }.into_any()
        }
    };
    row(
        paths::review(item.record),
        name(&item.title, item.happened, today),
        about,
        state,
    )
}

fn row(to: String, title: String, about: String, state: AnyView) -> AnyView {
    view! {
        <li class="record">
            <div>
                <h3 class="record-title"><a class="record-link" href=to>{title}</a></h3>
                <p class="record-about">{about}</p>
            </div>
            <div class="record-state">{state}</div>
        </li>
    }
    .into_any()
}

/// A list of records under a heading; nothing if there are none.
pub(crate) fn list(id: &'static str, title: &'static str, rows: Vec<AnyView>) -> AnyView {
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="flow tight" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="records" role="list">{rows}</ul>
        </section>
    }
    .into_any()
}
