//! `person`: a box that finds the children on file and takes any other name, and one for who they are.

use std::sync::Arc;

use form::kinds;
use leptos::prelude::*;

use super::combobox::{Combobox, MOST, Match, combobox};
use super::paper::{Known, Question};
use super::parts::{Part, Wire, part_box, part_id, wire, write};
use super::search::Index;
use super::shell;

const ROLE: Part = Part {
    name: "role",
    label: "Who they are, such as mother, uncle or health visitor",
    style: "input",
    keypad: "text",
};

/// Boxes for one person.
pub(super) fn widget(question: &Question, kind: &kinds::Person) -> AnyView {
    shell::grouped(question, boxes(question, None, kind.name_only))
}

/// Boxes for one person, or for one of several. Shared with `people`.
pub(super) fn boxes(question: &Question, entry: Option<&str>, name_only: bool) -> AnyView {
    let id = part_id(question, entry, "name");
    let known: Arc<[Known]> = question.paper.on_file().into();
    let find = {
        let known = known.clone();
        move |typed: &str| {
            let index = Index::new(known.iter().map(|child| ("", child.name.as_str())));
            let found = index.find(typed, MOST).into_iter();
            let found = found.filter_map(|at| known.get(at)).map(|child| Match {
                key: child.id.clone(),
                label: child.name.clone(),
                note: Some(child.note.clone()),
            });
            found.collect()
        }
    };
    let own = entry.map(str::to_owned);
    let choose = {
        let (question, own) = (question.clone(), own.clone());
        move |chosen: Match| {
            write(&question, |parts| {
                parts.set(own.as_deref(), "name", chosen.label);
                parts.set(own.as_deref(), "child", chosen.key);
            });
        }
    };
    let Wire { typed, .. } = wire(question, entry, "name");
    let typing = {
        let (question, own) = (question.clone(), own.clone());
        move |text| {
            write(&question, |parts| {
                parts.set(own.as_deref(), "name", text);
                // Whoever goes by another name than the child that was chosen is not that child.
                parts.set(own.as_deref(), "child", String::new());
            });
        }
    };
    let name = combobox(
        question,
        Combobox {
            id: id.clone(),
            described_by: format!("{id}-count"),
            wire: Wire {
                typed,
                typing: Arc::new(typing),
            },
            find: Arc::new(find),
            choose: Arc::new(choose),
            leave: Arc::new(|| {}),
        },
    );
    view! {
        <div class="parts stack">
            <div class="part">
                <label class="part-name" for=id>"Name"</label>
                {name}
            </div>
            {(!name_only).then(|| part_box(question, entry, &ROLE))}
        </div>
    }
    .into_any()
}
