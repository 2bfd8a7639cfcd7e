//! `signature`: a name and a role to type, and a button that signs with them at that moment.

use std::sync::Arc;

use form::{Answer, kinds};
use leptos::prelude::*;

use super::focus::focus;
use super::paper::Question;
use super::parts::{Part, Wire, compound, labelled_box, part_id, wire, write};
use super::shell;
use crate::pages::telling::day;

const PARTS: [Part; 2] = [
    Part {
        name: "name",
        label: "Full name",
        style: "input",
        keypad: "text",
    },
    Part {
        name: "role",
        label: "Role, such as mother or social worker",
        style: "input",
        keypad: "text",
    },
];

/// A name, a role, and a button to sign with.
pub(super) fn widget(question: &Question, _: &kinds::Signature) -> AnyView {
    let view = question.view;
    let boxes = PARTS.iter().map(|part| {
        let Wire { typed, .. } = wire(question, None, part.name);
        let own = question.clone();
        let name = part.name;
        let typing = move |text| {
            write(&own, |parts| {
                parts.set(None, name, text);
                // Nobody has signed with what is typed now.
                parts.set(None, "at", String::new());
            });
        };
        let wire = Wire {
            typed,
            typing: Arc::new(typing),
        };
        labelled_box(question, part_id(question, None, part.name), part, wire)
    });
    let signed_at = move || {
        view.with(|view| match &view.answer {
            Some(Answer::Compound(parts)) => parts.named.get("at").parse::<feel::DateTime>().ok(),
            _ => None,
        })
    };
    let own = question.clone();
    let sign = move |_| {
        own.judge();
        let parts = compound(&own);
        if let Some(missing) = PARTS.iter().find(|part| parts.named.get(part.name).is_empty()) {
            return focus(&part_id(&own, None, missing.name));
        }
        let now = own.paper.cabinet.desk().now().in_london();
        write(&own, |parts| parts.set(None, "at", now.to_string()));
        focus(&own.part("signed"));
    };
    let signed = move || {
        signed_at().map(|at| {
            format!(
                "Signed {}, {:02}:{:02}",
                day::in_full(at.date()),
                at.time().hour(),
                at.time().minute()
            )
        })
    };
    let controls = view! {
        <div class="parts stack">{boxes.collect_view()}</div>
        <p class="signed" role="status" tabindex="-1" id=question.part("signed")>{signed}</p>
        <p class="field-do" hidden=move || signed_at().is_some() || view.with(|view| view.read_only)>
            <button class="button quiet" type="button" on:click=sign>"Sign"</button>
        </p>
    };
    shell::grouped(question, controls.into_any())
}
