//! `timetable`: the days of a week by parts of the day.

use form::kinds;
use leptos::prelude::*;

use super::grid::grid;
use super::paper::Question;
use super::shell;

/// A box for each part of each day.
pub(super) fn widget(question: &Question, kind: &kinds::Timetable) -> AnyView {
    shell::grouped(question, grid(question, &kind.days(), &kind.parts, "text"))
}
