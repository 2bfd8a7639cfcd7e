//! `note`: a text for the practitioner among the questions.

use form::kinds;
use leptos::prelude::*;

use super::paper::Question;

/// A text, with what its hint and its help add. Nothing of it is folded away: it is there to be read.
pub(super) fn widget(question: &Question, _: &kinds::Note) -> AnyView {
    let (view, moves) = (question.view, question.moves());
    let label = if moves.label {
        (move || view.with(|view| view.label.clone())).into_any()
    } else {
        view.with_untracked(|view| view.label.clone()).into_any()
    };
    let hint = if moves.hint {
        (move || {
            view.with(|view| view.hint.clone())
                .map(|hint| view! { <p>{hint}</p> })
        })
        .into_any()
    } else {
        view.with_untracked(|view| view.hint.clone())
            .map(|hint| view! { <p>{hint}</p> })
            .into_any()
    };
    let node = question.paper.form.nodes.at(question.at.node);
    let help = node
        .help
        .iter()
        .flat_map(|help| help.split("\n\n"))
        .map(|text| view! { <p>{text.to_owned()}</p> });
    view! { <div class="note"><p class="note-title">{label}</p>{hint}{help.collect_view()}</div> }.into_any()
}
