//! `time`: a time of day in one box, and what was understood of it beside it.

use form::{Kind, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{characters, typed, typing};

/// A box for a time of day.
pub(super) fn widget(question: &Question, kind: &kinds::Time) -> AnyView {
    let (view, kind, form) = (
        question.view,
        Kind::Time(kind.clone()),
        question.paper.form.clone(),
    );
    let understood = move || {
        view.with(|view| {
            let told = kind.tell(view.answer.as_ref()?, &form.lists);
            (told != characters(view.answer.as_ref()).trim()).then_some(told)
        })
    };
    let control = view! {
        <div class="time">
            <input
                class="input"
                id=question.id.to_string()
                type="text"
                autocomplete="off"
                aria-describedby=shell::described_by(question, &["understood"])
                aria-invalid=shell::invalid(question)
                readonly=question.read_only()
                prop:value=typed(question)
                on:input=typing(question)
            />
            <span class="readback" id=question.part("understood")>{understood}</span>
        </div>
    };
    shell::labelled(question, control.into_any())
}
