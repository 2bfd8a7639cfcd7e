//! `tags`: words of one's own, each with a way to take it back, and a box to add another.

use form::{Answer, kinds};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::focus::focus;
use super::paper::Question;
use super::shell;

/// The tags there are, those that are suggested, and a box for another.
pub(super) fn widget(question: &Question, kind: &kinds::Tags) -> AnyView {
    let view = question.view;
    let chosen = Memo::new(move |_| view.with(|view| tags(view.answer.as_ref()).to_vec()));
    let read_only = question.read_only();
    let box_id = question.part("new");
    let typed = RwSignal::new(String::new());
    let add = {
        let question = question.clone();
        move || {
            let words = typed.try_update(std::mem::take).unwrap_or_default();
            words.split(',').for_each(|word| put(&question, word));
        }
    };
    let keys = {
        let add = add.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | ",") {
                event.prevent_default();
                add();
            }
        }
    };
    let press = {
        let (add, box_id) = (add.clone(), box_id.clone());
        move |_| {
            add();
            focus(&box_id);
        }
    };
    let each = {
        let question = question.clone();
        move |tag: String| one(&question, tag)
    };
    let suggested = kind
        .suggested
        .iter()
        .map(|word| suggestion(question, word, chosen));
    let is_any = !kind.suggested.is_empty();
    let suggested = is_any.then(|| {
        view! {
            <div class="chips" role="group" aria-label="Suggested tags" hidden=read_only>{suggested.collect_view()}</div>
        }
    });
    let controls = view! {
        <ul class="chips" role="list" hidden=move || chosen.with(Vec::is_empty)>
            <For each=move || chosen.get() key=String::clone children=each/>
        </ul>
        <div class="tags-new" hidden=read_only>
            <label class="part-name" for=box_id.clone()>"Add a tag"</label>
            <input
                class="input w20"
                id=box_id
                type="text"
                autocomplete="off"
                autocapitalize="off"
                aria-invalid=shell::invalid(question)
                prop:value=move || typed.get()
                on:input=move |event| typed.set(event_target_value(&event))
                on:keydown=keys
                on:blur=move |_| add()
            />
            <button class="button quiet" type="button" on:click=press>"Add"</button>
        </div>
        {suggested}
    };
    shell::grouped(question, controls.into_any())
}

fn one(question: &Question, tag: String) -> AnyView {
    let read_only = question.read_only();
    let own = question.clone();
    let removed = tag.clone();
    let remove = move |_| {
        let mut tags = tags(own.answered().as_ref()).to_vec();
        tags.retain(|tag| *tag != removed);
        own.answer(Some(Answer::Codes(tags)));
        focus(&own.part("new"));
    };
    view! {
        <li class="chip">
            {tag.clone()}
            <button class="chip-remove" type="button" hidden=read_only on:click=remove>
                <span aria-hidden="true">"×"</span><span class="unseen">{format!("Remove {tag}")}</span>
            </button>
        </li>
    }
    .into_any()
}

/// A word that others use, until it is among the tags.
fn suggestion(question: &Question, word: &str, chosen: Memo<Vec<String>>) -> AnyView {
    let (own, word) = (question.clone(), word.to_owned());
    let is_there = {
        let word = word.to_lowercase();
        move || chosen.with(|tags| tags.iter().any(|tag| tag.to_lowercase() == word))
    };
    let label = word.clone();
    let press = move |_| {
        put(&own, &word);
        focus(&own.part("new"));
    };
    view! {
        <button class="chip offered" type="button" hidden=is_there on:click=press>
            <span class="unseen">"Add "</span>{label}
        </button>
    }
    .into_any()
}

/// Adds a tag, unless it is blank or there already.
fn put(question: &Question, tag: &str) {
    let (tag, mut tags) = (tag.trim().to_owned(), tags(question.answered().as_ref()).to_vec());
    if !tag.is_empty()
        && !tags
            .iter()
            .any(|other| other.to_lowercase() == tag.to_lowercase())
    {
        tags.push(tag);
        question.answer(Some(Answer::Codes(tags)));
    }
}

fn tags(answer: Option<&Answer>) -> &[String] {
    match answer {
        Some(Answer::Codes(tags)) => tags,
        _ => &[],
    }
}
