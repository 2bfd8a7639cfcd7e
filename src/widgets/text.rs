//! `text`: one line.

use form::{Answer, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;

/// A line to write in.
pub(super) fn widget(question: &Question, _: &kinds::Text) -> AnyView {
    let control = view! {
        <input
            class="input"
            id=question.id.to_string()
            type="text"
            autocomplete="off"
            aria-describedby=shell::described_by(question, &[])
            aria-invalid=shell::invalid(question)
            readonly=question.read_only()
            prop:value=typed(question)
            on:input=typing(question)
        />
    };
    shell::labelled(question, control.into_any())
}

/// The characters of the answer. Shared with the other kinds that are typed.
pub(super) fn typed(question: &Question) -> impl Fn() -> String + Send + Sync + 'static {
    let view = question.view;
    move || view.with(|view| characters(view.answer.as_ref()).to_owned())
}

/// Answers with what is typed, at every keystroke. Shared with the other kinds that are typed.
pub(super) fn typing(question: &Question) -> impl Fn(leptos::ev::Event) + 'static {
    let question = question.clone();
    move |event| question.answer(Some(Answer::Text(event_target_value(&event))))
}

/// The characters of an answer; none if it is of another shape.
pub(super) fn characters(answer: Option<&Answer>) -> &str {
    match answer {
        Some(Answer::Text(text)) => text,
        _ => "",
    }
}
