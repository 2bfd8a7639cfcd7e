//! `upn`: a pupil's number in one box.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};

/// A box for a unique pupil number.
pub(super) fn widget(question: &Question, _: &kinds::Upn) -> AnyView {
    let number = Line {
        style: "input w20 upper",
        keypad: "text",
        spelled: false,
    };
    shell::labelled(question, line(question, number, &[]))
}
