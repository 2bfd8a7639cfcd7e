//! What was understood of an answer, said below it: "Thursday 19 November 2026". Shared by the kinds that are read
//! otherwise than they are typed.

use form::{Answer, Kind};
use leptos::prelude::*;

use super::paper::Question;

/// A line that says what was understood, once anything was that was not typed just so.
pub(super) fn understood(question: &Question, kind: Kind) -> AnyView {
    let (view, form) = (question.view, question.paper.form.clone());
    let words = move || {
        view.with(|view| {
            let answer = view.answer.as_ref()?;
            kind.read(answer, &form.lists).ok()?;
            let told = kind.tell(answer, &form.lists);
            let same = matches!(answer, Answer::Text(typed) if typed.trim() == told);
            (!same).then_some(told)
        })
    };
    view! { <p class="readback" role="status" id=question.part("understood")>{words}</p> }.into_any()
}
