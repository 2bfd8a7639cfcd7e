//! `duration`: how long, in a box for each unit.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::parts::{Part, part_boxes};
use super::shell;

/// A box for each unit.
pub(super) fn widget(question: &Question, kind: &kinds::Duration) -> AnyView {
    let boxes = kind.units.iter().map(|unit| Part {
        name: unit.name(),
        label: unit.label(),
        style: "input w4",
        keypad: "numeric",
    });
    let boxes: Vec<Part> = boxes.collect();
    shell::grouped(question, part_boxes(question, "parts", &boxes))
}
