//! `computed`: a value that is worked out, never typed.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;
use super::why;

/// A value, and what it was worked out from.
pub(super) fn widget(question: &Question, _: &kinds::Computed) -> AnyView {
    let why = why::worked_out(&question.paper, question.at);
    shown(question, "Not known yet", why)
}

/// A value that is only shown, or what to say while there is none, and why it is as it is. Shared with `echo`.
pub(super) fn shown(question: &Question, none: &'static str, why: AnyView) -> AnyView {
    let (view, moves) = (question.view, question.moves());
    let label_id = question.part("label");
    let value = move || {
        let value = view.with(|view| view.value.clone());
        value
            .filter(|value| !value.is_empty())
            .unwrap_or_else(|| none.to_owned())
    };
    let label = if moves.label {
        (move || view.with(|view| view.label.clone())).into_any()
    } else {
        view.with_untracked(|view| view.label.clone()).into_any()
    };
    let from = view.with_untracked(|view| view.hint.is_some()) || moves.hint;
    let from =
        from.then(|| view! { <p class="computed-from">{move || view.with(|view| view.hint.clone())}</p> });
    view! {
        <div class="field">
            <p class="field-label" id=label_id.clone()>{label}</p>
            <div class="computed">
                <output class="computed-value" id=question.id.to_string() aria-labelledby=label_id>{value}</output>
                {from}
            </div>
            {why}
        </div>
    }
    .into_any()
}
