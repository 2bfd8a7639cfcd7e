//! The boxes of an answer of several parts: one for each, with a label of its own. Shared by the kinds that have parts.

use std::sync::Arc;

use form::{Answer, Compound};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;

/// One of the boxes.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// The name of the part in the answer.
    pub(super) name: &'static str,
    /// What people read above it.
    pub(super) label: &'static str,
    /// The style sheets' words for the box.
    pub(super) style: &'static str,
    /// The keypad that a phone shows.
    pub(super) keypad: &'static str,
}

/// How a box tells what was typed, and takes what is typed.
#[derive(Clone)]
pub(super) struct Wire {
    pub(super) typed: Arc<dyn Fn() -> String + Send + Sync>,
    pub(super) typing: Arc<dyn Fn(String) + Send + Sync>,
}

/// A box with its label, for anything that is typed.
pub(super) fn labelled_box(question: &Question, id: String, part: &Part, wire: Wire) -> AnyView {
    let Wire { typed, typing } = wire;
    view! {
        <div class="part">
            <label class="part-name" for=id.clone()>{part.label}</label>
            <input
                class=part.style
                id=id
                type="text"
                inputmode=part.keypad
                autocomplete="off"
                aria-invalid=shell::invalid(question)
                readonly=question.locked()
                prop:value=move || typed()
                on:input=move |event| typing(event_target_value(&event))
            />
        </div>
    }
    .into_any()
}

/// A box for a part of the answer, or of one of its entries.
pub(super) fn part_box(question: &Question, entry: Option<&str>, part: &Part) -> AnyView {
    labelled_box(
        question,
        part_id(question, entry, part.name),
        part,
        wire(question, entry, part.name),
    )
}

/// Boxes for parts of the answer itself, side by side or, in a `stack`, one below the other.
pub(super) fn part_boxes(question: &Question, style: &'static str, parts: &[Part]) -> AnyView {
    let boxes = parts.iter().map(|part| part_box(question, None, part));
    view! { <div class=style>{boxes.collect_view()}</div> }.into_any()
}

/// The id of the box for a part.
pub(super) fn part_id(question: &Question, entry: Option<&str>, name: &str) -> String {
    match entry {
        Some(entry) => question.part(&format!("{entry}-{name}")),
        None => question.part(name),
    }
}

/// Reads and writes a part of the answer, or of one of its entries.
pub(super) fn wire(question: &Question, entry: Option<&str>, name: &str) -> Wire {
    let (view, entry) = (question.view, entry.map(str::to_owned));
    let name = name.to_owned();
    let (own, own_name) = (entry.clone(), name.clone());
    let typed = move || {
        view.with(|view| match &view.answer {
            Some(Answer::Compound(parts)) => parts.typed(own.as_deref(), &own_name).to_owned(),
            _ => String::new(),
        })
    };
    let question = question.clone();
    let typing = move |text| write(&question, |parts| parts.set(entry.as_deref(), &name, text));
    Wire {
        typed: Arc::new(typed),
        typing: Arc::new(typing),
    }
}

/// The parts of the answer as it stands.
pub(super) fn compound(question: &Question) -> Compound {
    match question.answered() {
        Some(Answer::Compound(parts)) => parts,
        _ => Compound::default(),
    }
}

/// Answers with the parts as they stand, changed.
pub(super) fn write(question: &Question, change: impl FnOnce(&mut Compound)) {
    let mut parts = compound(question);
    change(&mut parts);
    question.answer(Some(Answer::Compound(parts)));
}
