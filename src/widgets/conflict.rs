//! Two people's answers to one question, neither of whom had seen the other's: both are shown, and a person chooses.

use leptos::prelude::*;
use record::Rival;

use super::focus::focus_place;
use super::paper::Question;
use super::told::told;
use crate::pages::telling::answers::Told;
use crate::pages::telling::day;

/// The answers that stand against each other at a question, each with a button that keeps it.
pub(super) fn at(question: &Question) -> AnyView {
    let question = question.clone();
    let versions = move || {
        question.view.with(|view| {
            let marks = view.marks.as_ref()?;
            let versions = marks.stands.iter().chain(&marks.rivals).enumerate();
            let versions = versions.map(|(index, found)| version(&question, index, found));
            Some(versions.collect_view())
        })
    };
    view! {
        <div class="notice look">
            <p class="field-warn">"Two answers were written here. Read both, then choose which one stands"</p>
            <p>"Nothing is lost: the record keeps the other in its history. You can also write a new answer below."</p>
            <div class="versions">{versions}</div>
        </div>
    }
    .into_any()
}

fn version(question: &Question, index: usize, found: &Rival) -> AnyView {
    let Rival { answer, given } = found.clone();
    let heading = question.part(&format!("version-{index}"));
    let filling = question.paper.filling;
    let (shown, today) = filling.with_session(|session| {
        let field = session.form().field(question.at.node);
        let shown = field.map_or(Told::Nothing, |field| {
            Told::of(session, &field.kind, answer.as_ref())
        });
        (shown, session.env().today)
    });
    let (whose, keep) = if given.by.id == question.paper.cabinet.desk().me().actor.id {
        ("Yours".to_owned(), "Keep yours".to_owned())
    } else {
        (
            format!("{}’s", given.by.name),
            format!("Keep {}’s", given.by.name),
        )
    };
    let written = format!("Written {}", day::near_moment(given.noted_at, today));
    let question = question.clone();
    let choose = move |_| {
        let address = filling.with_session(|session| session.address(question.at));
        if let Some(address) = address {
            // A refusal leaves both answers as they are, on the page and in the record.
            drop(filling.decide_between(address, answer.clone()));
        }
        focus_place(&question.id);
    };
    view! {
        <section class="version" aria-labelledby=heading>
            <p id=heading.clone()><strong>{whose}</strong></p>
            <p class="version-who">{written}</p>
            <div class="version-text">{told(&shown)}</div>
            <p class="version-do"><button class="button quiet" type="button" on:click=choose>{keep}</button></p>
        </section>
    }
    .into_any()
}
