//! `date`: a day in three boxes, and what was understood of them below.

use std::sync::Arc;

use form::{Answer, DateParts, Kind, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::parts::{Part, Wire, labelled_box};
use super::shell;
use super::understood::understood;
use crate::pages::telling::day;

/// The boxes of a day. A month may be given by name, so its box asks for no keypad. Shared with `date_time`.
pub(super) const DAY: [Part; 3] = [
    Part {
        name: "day",
        label: "Day",
        style: "input w2",
        keypad: "numeric",
    },
    Part {
        name: "month",
        label: "Month",
        style: "input w10",
        keypad: "text",
    },
    Part {
        name: "year",
        label: "Year",
        style: "input w4",
        keypad: "numeric",
    },
];

/// Where a date keeps what is typed in each box.
const PLACES: [fn(&mut DateParts) -> &mut String; 3] = [
    |parts| &mut parts.day,
    |parts| &mut parts.month,
    |parts| &mut parts.year,
];

/// Three boxes for a day.
pub(super) fn widget(question: &Question, kind: &kinds::Date) -> AnyView {
    let boxes = DAY.iter().zip(PLACES).map(|(part, place)| {
        let view = question.view;
        let own = question.clone();
        let wire = Wire {
            typed: Arc::new(move || view.with(|view| place(&mut parts(view.answer.as_ref())).clone())),
            typing: Arc::new(move |text| change(&own, |parts| *place(parts) = text)),
        };
        labelled_box(question, question.part(part.name), part, wire)
    });
    let controls = view! {
        <div class="parts">{boxes.collect_view()}{question.moves().has_come.then(|| today(question))}</div>
        {kind.estimated.then(|| estimated(question))}
        {understood(question, Kind::Date(kind.clone()))}
    };
    shell::grouped(question, controls.into_any())
}

/// A button that enters today's day. Only where the form asks for a day that has come: what is written up is mostly
/// written up on the day, while a birthday or a next visit never is today's by rule.
fn today(question: &Question) -> AnyView {
    let own = question.clone();
    let now = move || own.paper.cabinet.desk().now().day_in_london();
    let said = format!(", {}", day::plain(now()));
    let own = question.clone();
    let enter = move |_| {
        let today = now();
        change(&own, |parts| {
            parts.day = today.day().to_string();
            parts.month = today.month().to_string();
            parts.year = today.year().to_string();
        });
        own.judge();
    };
    view! {
        <button class="button quiet" type="button" hidden=question.read_only() on:click=enter>
            "Today"<span class="unseen">{said}</span>
        </button>
    }
    .into_any()
}

/// A box to say that the date is estimated.
fn estimated(question: &Question) -> AnyView {
    let (view, id) = (question.view, question.part("estimated"));
    let own = question.clone();
    let toggle = move |event| {
        let on = event_target_checked(&event);
        change(&own, |parts| parts.estimated = on);
    };
    // Before there is a date, there is nothing to be estimated.
    let is_closed = move || view.with(|view| view.read_only || view.answer.is_none());
    view! {
        <div class="choices">
            <div class="choice">
                <input
                    class="choice-input"
                    type="checkbox"
                    id=id.clone()
                    disabled=is_closed
                    prop:checked=move || view.with(|view| parts(view.answer.as_ref()).estimated)
                    on:change=toggle
                />
                <label class="choice-label" for=id>"This date is estimated"</label>
            </div>
        </div>
    }
    .into_any()
}

fn change(question: &Question, change: impl FnOnce(&mut DateParts)) {
    let mut parts = parts(question.answered().as_ref());
    change(&mut parts);
    question.answer(Some(Answer::Date(parts)));
}

fn parts(answer: Option<&Answer>) -> DateParts {
    match answer {
        Some(Answer::Date(parts)) => parts.clone(),
        _ => DateParts::default(),
    }
}
