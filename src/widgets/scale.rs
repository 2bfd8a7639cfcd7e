//! `scale`: numbers side by side, with what the ends mean.

use form::{Answer, kinds};
use leptos::prelude::*;

use super::options::clear;
use super::paper::Question;
use super::shell;
use super::text::characters;

/// A number for each step, of which one may be chosen.
pub(super) fn widget(question: &Question, kind: &kinds::Scale) -> AnyView {
    let steps = (kind.min..=kind.max).map(|number| {
        let end = match number {
            _ if number == kind.min => kind.low.is_some().then(|| question.part("low")),
            _ if number == kind.max => kind.high.is_some().then(|| question.part("high")),
            _ => None,
        };
        step(question, number, end)
    });
    let end = |name, number: u32, meaning: &Option<String>| {
        let meaning = meaning.clone()?;
        Some(view! { <p id=question.part(name)>{format!("{number}: {meaning}")}</p> })
    };
    let controls = view! {
        <div class="scale">{steps.collect_view()}</div>
        <div class="scale-ends">{end("low", kind.min, &kind.low)}{end("high", kind.max, &kind.high)}</div>
        {clear(question)}
    };
    shell::grouped(question, controls.into_any())
}

fn step(question: &Question, number: u32, described_by: Option<String>) -> AnyView {
    let (view, id) = (question.view, question.part(&number.to_string()));
    let told = number.to_string();
    let own = question.clone();
    let is_chosen = {
        let told = told.clone();
        move || view.with(|view| characters(view.answer.as_ref()).trim() == told)
    };
    let choose = {
        let told = told.clone();
        move |_| {
            own.answer(Some(Answer::Text(told.clone())));
            own.judge();
        }
    };
    view! {
        <div class="scale-step">
            <input
                class="scale-input"
                type="radio"
                name=question.id.to_string()
                id=id.clone()
                aria-describedby=described_by
                disabled=question.locked()
                prop:checked=is_chosen
                on:change=choose
            />
            <label class="scale-number" for=id>{told}</label>
        </div>
    }
    .into_any()
}
