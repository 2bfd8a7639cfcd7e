//! `phone`: a telephone number in one box.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};

/// A box for a telephone number.
pub(super) fn widget(question: &Question, _: &kinds::Phone) -> AnyView {
    let number = Line {
        style: "input w20",
        keypad: "tel",
        spelled: false,
    };
    shell::labelled(question, line(question, number, &[]))
}
