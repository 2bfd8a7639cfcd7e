//! `number`: a figure, and what is counted.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{typed, typing};

/// A box for a figure.
pub(super) fn widget(question: &Question, kind: &kinds::Number) -> AnyView {
    let unit = kind.unit.clone().map(|unit| {
        view! { <span class="number-unit" id=question.part("unit")>{unit}</span> }
    });
    let more: &[&str] = if unit.is_some() { &["unit"] } else { &[] };
    // A phone's keypad for digits has no sign to say that something is below nothing.
    let below_nothing = kind.min.as_ref().is_none_or(|min| *min < 0.into());
    let keypad = match (below_nothing, kind.decimals) {
        (true, _) => "text",
        (false, 0) => "numeric",
        (false, _) => "decimal",
    };
    let control = view! {
        <div class="number">
            <input
                class="input"
                id=question.id.to_string()
                type="text"
                inputmode=keypad
                autocomplete="off"
                aria-describedby=shell::described_by(question, more)
                aria-invalid=shell::invalid(question)
                readonly=question.read_only()
                prop:value=typed(question)
                on:input=typing(question)
            />
            {unit}
        </div>
    };
    shell::labelled(question, control.into_any())
}
