//! `text`: one line. Also the line of every other kind that is typed in one.

use form::{Answer, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;

/// What sets one line apart from another: the style of the box, the keypad that a phone shows, and whether a browser
/// looks at the spelling.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) style: &'static str,
    pub(super) keypad: &'static str,
    pub(super) spelled: bool,
}

/// A line to write in.
pub(super) fn widget(question: &Question, _: &kinds::Text) -> AnyView {
    let words = Line {
        style: "input",
        keypad: "text",
        spelled: true,
    };
    shell::labelled(question, line(question, words, &[]))
}

/// The box of one line, described by the `more` that its widget adds. It says only what sets it apart: the rest it has
/// from the form that it stands in.
pub(super) fn line(question: &Question, line: Line, more: &[&str]) -> AnyView {
    view! {
        <input
            class=line.style
            id=question.id.to_string()
            inputmode=(line.keypad != "text").then_some(line.keypad)
            spellcheck=(!line.spelled).then_some("false")
            autocapitalize=(!line.spelled).then_some("off")
            aria-describedby=shell::described_by(question, more)
            aria-invalid=shell::invalid(question)
            readonly=question.locked()
            prop:value=typed(question)
            on:input=typing(question)
        />
    }
    .into_any()
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
