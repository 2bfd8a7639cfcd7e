//! `money`: an amount behind the sign for pounds, and what was understood of it.

use form::{Kind, kinds};
use leptos::prelude::*;

use super::number::keypad;
use super::paper::Question;
use super::shell;
use super::text::{Line, line};
use super::understood::understood;

/// A box for an amount.
pub(super) fn widget(question: &Question, kind: &kinds::Money) -> AnyView {
    let amount = Line {
        style: "input",
        keypad: keypad(kind.min.as_ref(), 2),
        spelled: false,
    };
    let control = view! {
        <div class="number">
            <span class="number-unit" aria-hidden="true">"£"</span>
            {line(question, amount, &["understood"])}
            {understood(question, Kind::Money(kind.clone()))}
        </div>
    };
    shell::labelled(question, control.into_any())
}
