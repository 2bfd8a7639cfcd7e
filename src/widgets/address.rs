//! `address`: an address, line by line, as on an envelope.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::parts::{Part, part_boxes};
use super::shell;

const fn words(name: &'static str, label: &'static str, style: &'static str) -> Part {
    Part {
        name,
        label,
        style,
        keypad: "text",
    }
}

const LINES: [Part; 5] = [
    words("line_1", "Address line 1", "input"),
    words("line_2", "Address line 2 (optional)", "input"),
    words("town", "Town or city", "input w20"),
    words("county", "County (optional)", "input w20"),
    words("postcode", "Postcode", "input w10 upper"),
];

/// A box for each line of an address.
pub(super) fn widget(question: &Question, _: &kinds::Address) -> AnyView {
    shell::grouped(question, part_boxes(question, "parts stack", &LINES))
}
