//! `time`: a time of day in one box, and what was understood of it beside it.

use form::{Kind, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};
use super::understood::understood;

/// A box for a time of day.
pub(super) fn widget(question: &Question, kind: &kinds::Time) -> AnyView {
    let time = Line {
        style: "input",
        keypad: "text",
        spelled: false,
    };
    let control = view! {
        <div class="time">
            {line(question, time, &["understood"])}
            {understood(question, Kind::Time(kind.clone()))}
        </div>
    };
    shell::labelled(question, control.into_any())
}
