//! The shell of every question: its words, its hint, what a manager said, what is wrong with the answer, and its help.
//!
//! They stand in the order in which a screen reader says them: label, hint, comments, errors, warnings, control. What
//! describes the control is tied to it from the start; a part that is not there yet describes it with nothing.

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use super::conflict;
use super::paper::Question;
use super::press;
use super::thread;
use super::why;

/// A question with one control, which has the question's id.
pub(super) fn labelled(question: &Question, control: AnyView) -> AnyView {
    let id = question.id.to_string();
    view! {
        <div class=style(question) on:focusout=leaving(question)>
            <label class="field-label" for=id>{words(question)}</label>
            {around(question, control)}
        </div>
    }
    .into_any()
}

/// A question with several controls, in a group that has the question's id.
pub(super) fn grouped(question: &Question, controls: AnyView) -> AnyView {
    view! {
        <fieldset
            class=style(question)
            id=question.id.to_string()
            aria-describedby=described_by(question, &[])
            on:focusout=leaving(question)
        >
            <legend class="field-label">{words(question)}</legend>
            {around(question, controls)}
        </fieldset>
    }
    .into_any()
}

/// The ids of what describes a control, and of the `more` that its widget adds.
pub(super) fn described_by(question: &Question, more: &[&str]) -> String {
    let has_hint = question.moves().hint || question.view.with_untracked(|view| view.hint.is_some());
    let parts = has_hint.then_some("hint").into_iter();
    let parts = parts.chain(["said"]).chain(more.iter().copied());
    parts
        .map(|part| question.part(part))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Whether a control holds what must be put right, for its attribute.
pub(super) fn invalid(
    question: &Question,
) -> impl Fn() -> Option<&'static str> + Send + Sync + Clone + 'static {
    let said = question.said;
    move || said.with(|said| said.is_wrong().then_some("true"))
}

fn style(question: &Question) -> impl Fn() -> String + Send + Sync + 'static {
    let said = question.said;
    let base = if question.moves().shown {
        "field follows"
    } else {
        "field"
    };
    move || said.with(|said| format!("{base}{}", said.style()))
}

/// The question has been left when the focus goes anywhere outside it.
fn leaving(question: &Question) -> impl Fn(FocusEvent) + 'static {
    press::listen();
    let question = question.clone();
    move |event| {
        let shell = event
            .current_target()
            .and_then(|shell| shell.dyn_into::<Element>().ok());
        let next = event
            .related_target()
            .and_then(|next| next.dyn_into::<Node>().ok());
        if !shell.is_some_and(|shell| shell.contains(next.as_ref())) {
            let question = question.clone();
            press::after(move || question.leave());
        }
    }
}

/// The label, and "required" in words.
fn words(question: &Question) -> AnyView {
    let (view, moves) = (question.view, question.moves());
    let need = || view! { " " <span class="field-need">"required"</span> };
    let label = if moves.label {
        (move || view.with(|view| view.label.clone())).into_any()
    } else {
        view.with_untracked(|view| view.label.clone()).into_any()
    };
    if moves.required {
        (label, move || view.with(|view| view.required).then(need)).into_any()
    } else if view.with_untracked(|view| view.required) {
        (label, need()).into_any()
    } else {
        label
    }
}

/// What stands before and after a control, and the control. What is not there takes no place in the document either: a
/// page has hundreds of questions, and most have neither a hint nor a comment nor a help.
fn around(question: &Question, control: AnyView) -> Vec<AnyView> {
    let parts = [
        hint(question),
        thread::about(&question.paper, question.at),
        Some(said(question)),
        Some(control),
        filled_in(question),
        nudges(question),
        help(question),
        why::about(&question.paper, question.at),
    ];
    parts.into_iter().flatten().collect()
}

fn hint(question: &Question) -> Option<AnyView> {
    let view = question.view;
    let hint = if question.moves().hint {
        (move || view.with(|view| view.hint.clone())).into_any()
    } else {
        view.with_untracked(|view| view.hint.clone())?.into_any()
    };
    Some(view! { <p class="field-hint" id=question.part("hint")>{hint}</p> }.into_any())
}

fn said(question: &Question) -> AnyView {
    let said = question.said;
    let own = question.clone();
    let said = move || {
        said.with(|said| {
            let errors = said.errors.iter().map(|message| error(message));
            let warnings = said.warnings.iter().map(|message| warning(message));
            let disputed = said.disputed.then(|| conflict::at(&own));
            let said: Vec<_> = errors.chain(warnings).chain(disputed).collect();
            // Where nothing is said there is no place for it either: most questions never have any.
            (!said.is_empty()).then(|| view! { <div class="field-said" id=own.part("said")>{said}</div> })
        })
    };
    said.into_any()
}

/// What must be put right before the record is sent.
pub(crate) fn error(message: &str) -> AnyView {
    let message = message.to_owned();
    view! { <p class="field-error"><span class="unseen">"Error: "</span>{message}</p> }.into_any()
}

/// What needs a reason.
pub(super) fn warning(message: &str) -> AnyView {
    let message = message.to_owned();
    view! { <p class="field-warn"><span class="unseen">"Check this: "</span>{message}</p> }.into_any()
}

/// That nobody has given the answer yet.
fn filled_in(question: &Question) -> Option<AnyView> {
    let view = question.view;
    let filled_in = move || {
        let is_default = view.with(|view| view.is_default);
        is_default.then(|| view! { <p class="nudge">"Filled in for you. Check that it is right"</p> })
    };
    question.moves().default.then(|| filled_in.into_any())
}

/// What the form's own checks, which alone do so, give to think about.
fn nudges(question: &Question) -> Option<AnyView> {
    let said = question.said;
    let nudges = move || {
        said.with(|said| {
            let nudges = said.nudges.iter();
            nudges
                .map(|nudge| view! { <p class="nudge">{nudge.clone()}</p> })
                .collect_view()
        })
    };
    question.moves().checked.then(|| nudges.into_any())
}

fn help(question: &Question) -> Option<AnyView> {
    let node = question.paper.form.nodes.at(question.at.node);
    let paragraphs: Vec<String> = node.help.as_ref()?.split("\n\n").map(str::to_owned).collect();
    let help = view! {
        <details class="why">
            <summary class="why-ask">"Help with this question"</summary>
            <div class="why-said">{paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}</div>
        </details>
    };
    Some(help.into_any())
}
