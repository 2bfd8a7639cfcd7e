//! `date`: a day in three boxes, and what was understood of them below.

use engine::View;
use form::{Answer, DateParts, Kind, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;

/// One of the three boxes.
#[derive(Clone, Copy)]
struct Part {
    name: &'static str,
    label: &'static str,
    width: &'static str,
    /// A month may be given by name, so its box asks for no keypad.
    keypad: &'static str,
    of: fn(&mut DateParts) -> &mut String,
}

const PARTS: [Part; 3] = [
    Part {
        name: "day",
        label: "Day",
        width: "input w2",
        keypad: "numeric",
        of: |parts| &mut parts.day,
    },
    Part {
        name: "month",
        label: "Month",
        width: "input w10",
        keypad: "text",
        of: |parts| &mut parts.month,
    },
    Part {
        name: "year",
        label: "Year",
        width: "input w4",
        keypad: "numeric",
        of: |parts| &mut parts.year,
    },
];

/// Three boxes for a day.
pub(super) fn widget(question: &Question, kind: &kinds::Date) -> AnyView {
    let (view, kind, form) = (
        question.view,
        Kind::Date(kind.clone()),
        question.paper.form.clone(),
    );
    let understood = move || {
        view.with(|view| {
            let answer = view.answer.as_ref()?;
            kind.read(answer, &form.lists)
                .ok()
                .map(|_| kind.tell(answer, &form.lists))
        })
    };
    let boxes = PARTS.map(|part| part_box(question, part)).collect_view();
    let controls = view! {
        <div class="date">{boxes}</div>
        <p class="readback" role="status">{understood}</p>
    };
    shell::grouped(question, controls.into_any())
}

fn part_box(question: &Question, part: Part) -> AnyView {
    let id = question.part(part.name);
    let view = question.view;
    let own = question.clone();
    let typed = move || view.with(|view| (part.of)(&mut parts(view)).clone());
    let typing = move |event| {
        let mut parts = own.view.with_untracked(|view| parts(view));
        *(part.of)(&mut parts) = event_target_value(&event);
        own.answer(Some(Answer::Date(parts)));
    };
    view! {
        <div class="date-part">
            <label class="date-name" for=id.clone()>{part.label}</label>
            <input
                class=part.width
                id=id
                type="text"
                inputmode=part.keypad
                autocomplete="off"
                aria-invalid=shell::invalid(question)
                readonly=question.read_only()
                prop:value=typed
                on:input=typing
            />
        </div>
    }
    .into_any()
}

fn parts(view: &View) -> DateParts {
    match &view.answer {
        Some(Answer::Date(parts)) => parts.clone(),
        _ => DateParts::default(),
    }
}
