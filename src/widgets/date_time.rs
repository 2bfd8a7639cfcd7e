//! `date_time`: a day in three boxes, a time in a fourth, and what was understood of them below.

use form::{Kind, kinds};
use leptos::prelude::*;

use super::date::DAY;
use super::paper::Question;
use super::parts::{Part, part_boxes};
use super::shell;
use super::understood::understood;

const TIME: Part = Part {
    name: "time",
    label: "Time",
    style: "input w10",
    keypad: "text",
};

/// Four boxes for a moment.
pub(super) fn widget(question: &Question, kind: &kinds::DateTime) -> AnyView {
    let [day, month, year] = DAY;
    let controls = view! {
        {part_boxes(question, "parts", &[day, month, year, TIME])}
        {understood(question, Kind::DateTime(kind.clone()))}
    };
    shell::grouped(question, controls.into_any())
}
