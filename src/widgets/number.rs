//! `number`: a figure, and what is counted.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};

/// A box for a figure.
pub(super) fn widget(question: &Question, kind: &kinds::Number) -> AnyView {
    let unit = kind.unit.clone().map(|unit| {
        view! { <span class="number-unit" id=question.part("unit")>{unit}</span> }
    });
    let more: &[&str] = if unit.is_some() { &["unit"] } else { &[] };
    let figure = Line {
        style: "input",
        keypad: keypad(kind.min.as_ref(), kind.decimals),
        spelled: false,
    };
    let control = view! { <div class="number">{line(question, figure, more)}{unit}</div> };
    shell::labelled(question, control.into_any())
}

/// A phone's keypad for a figure: that for digits has no sign to say that something is below nothing. Shared with
/// `money`.
pub(super) fn keypad(min: Option<&feel::Number>, decimals: u32) -> &'static str {
    let below_nothing = min.is_none_or(|min| *min < 0.into());
    match (below_nothing, decimals) {
        (true, _) => "text",
        (false, 0) => "numeric",
        (false, _) => "decimal",
    }
}
