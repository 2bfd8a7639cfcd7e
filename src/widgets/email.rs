//! `email`: an email address in one box.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};

/// A box for an email address.
pub(super) fn widget(question: &Question, _: &kinds::Email) -> AnyView {
    let address = Line {
        style: "input",
        keypad: "email",
        spelled: false,
    };
    shell::labelled(question, line(question, address, &[]))
}
