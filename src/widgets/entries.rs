//! The entries of an answer that has several, one box below the other, with ways to add and to remove one. Shared by the
//! kinds that have entries which people add.

use std::sync::Arc;

use form::{Answer, Entry};
use leptos::prelude::*;

use super::focus::{focus, focus_first};
use super::paper::Question;
use super::parts::{compound, write};

/// Makes what stands in an entry, by its id.
pub(super) type Inside = dyn Fn(&Question, &str) -> AnyView + Send + Sync;

/// What entries are called, and what stands in each.
#[derive(Clone)]
pub(super) struct Entries {
    /// One of them: "Person".
    pub(super) one: &'static str,
    /// What adds the first, and another: "Add a person", "Add another person".
    pub(super) add: [&'static str; 2],
    /// What stands in an entry.
    pub(super) inside: Arc<Inside>,
}

/// The entries, and a button that adds one. There is always one to write in.
pub(super) fn entries(question: &Question, entries: Entries) -> AnyView {
    let (view, read_only) = (question.view, question.read_only());
    let first = RwSignal::new(question.paper.new_id());
    // An answer that says nothing is none, so the box in which its last word was deleted is kept here.
    let ids = Memo::new(move |_| {
        let ids: Vec<String> = view.with(|view| match &view.answer {
            Some(Answer::Compound(parts)) => parts.entries.iter().map(|entry| entry.id.clone()).collect(),
            _ => Vec::new(),
        });
        match ids.first() {
            Some(id) => {
                let id = id.clone();
                first.update_untracked(|first| *first = id);
                ids
            }
            None => vec![first.get_untracked()],
        }
    });
    let add = {
        let question = question.clone();
        move |_| {
            let id = question.paper.new_id();
            write(&question, |parts| parts.entries.push(Entry::new(&id, [])));
            let is_there = compound(&question).entry(&id).is_some();
            // Beside a box in which nothing stands yet another is of no use.
            let at = if is_there { id } else { first.get_untracked() };
            focus_first(&entry_id(&question, &at));
        }
    };
    let [first_label, more_label] = entries.add;
    let is_blank = move || view.with(|view| view.answer.is_none());
    let add_label = move || if is_blank() { first_label } else { more_label };
    let each = {
        let question = question.clone();
        move |id: String| one(&question, &entries, id, ids)
    };
    view! {
        <ol class="entries" role="list">
            <For each=move || ids.get() key=String::clone children=each/>
        </ol>
        <p class="entries-add" hidden=read_only>
            <button class="button quiet add" type="button" id=question.part("add") on:click=add>{add_label}</button>
        </p>
    }
    .into_any()
}

fn one(question: &Question, entries: &Entries, id: String, ids: Memo<Vec<String>>) -> AnyView {
    let heading = format!("{}-heading", entry_id(question, &id));
    let number = {
        let id = id.clone();
        move || ids.with(|ids| ids.iter().position(|own| *own == id).map_or(1, |at| at + 1))
    };
    let remove = {
        let (question, id) = (question.clone(), id.clone());
        move |_| {
            write(&question, |parts| parts.entries.retain(|entry| entry.id != id));
            focus(&question.part("add"));
        }
    };
    let read_only = question.read_only();
    let is_only = move || read_only.get() || ids.with(|ids| ids.len() < 2);
    let title = {
        let (number, name) = (number.clone(), entries.one);
        move || format!("{name} {}", number())
    };
    let removed = title.clone();
    view! {
        <li class="entry" id=entry_id(question, &id)>
            <div class="flow tight" role="group" aria-labelledby=heading.clone()>
                <p class="entry-title" id=heading.clone()>{title}</p>
                {(entries.inside)(question, &id)}
                <p class="entry-do" hidden=is_only>
                    <button class="button plain grave" type="button" on:click=remove>
                        "Remove"<span class="unseen">{move || format!(" {}", removed().to_lowercase())}</span>
                    </button>
                </p>
            </div>
        </li>
    }
    .into_any()
}

fn entry_id(question: &Question, id: &str) -> String {
    question.part(id)
}
