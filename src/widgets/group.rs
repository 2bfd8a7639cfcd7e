//! The groups of a section: each a card of its own on the page, and what holds for a whole group said at its head.

use engine::At;
use form::{Body, Severity};
use leptos::prelude::*;

use super::paper::Paper;
use super::shell;
use super::thread;
use super::why;
use super::{place, when_shown};

/// Everything inside a section, a child's block or a row, in cards.
pub(super) fn page(paper: &Paper, at: At) -> AnyView {
    let inside = paper.filling.with_session(|session| session.inside(at));
    let is_card = |at: &At| matches!(paper.form.nodes.at(at.node).body, Body::Group);
    // Questions that stand in no group of their own share a card with their neighbours.
    let runs = inside.chunk_by(|one, other| !is_card(one) && !is_card(other));
    let cards = runs.map(|run| match run {
        [group] if is_card(group) => when_shown(paper, *group, card),
        questions => {
            let empty = is_empty(paper, questions);
            let questions = questions.iter().map(|&at| place(paper, at)).collect_view();
            view! { <div class="card flow" hidden=empty>{questions}</div> }.into_any()
        }
    });
    (at_head(paper, at), thread::about(paper, at), cards.collect_view()).into_any()
}

/// Is nothing of this shown at present? Told once where that cannot change.
fn is_empty(paper: &Paper, places: &[At]) -> Signal<bool> {
    if places.iter().any(|&at| !paper.moves(at).shown) {
        return Signal::stored(false);
    }
    let views: Vec<_> = places.iter().map(|&at| paper.filling.view(at)).collect();
    Memo::new(move |_| views.iter().all(|view| view.with(|view| !view.shown))).into()
}

/// A group on its own card.
fn card(paper: &Paper, at: At) -> AnyView {
    let empty = is_empty(paper, &paper.filling.with_session(|session| session.inside(at)));
    let id = paper.id(at).to_string();
    let heading = format!("{id}-heading");
    let (label, hint) = texts(paper, at);
    view! {
        <section class="card flow" id=id hidden=empty aria-labelledby=heading>
            <div class="card-head">
                <h2 id=heading.clone()>{label}</h2>
                {hint.map(|hint| view! { <p class="card-note">{hint}</p> })}
                {why::about_group(paper, at)}
            </div>
            {at_head(paper, at)}
            {thread::about(paper, at)}
            {contents(paper, at)}
        </section>
    }
    .into_any()
}

/// A group within a group or a row: a heading of a lower rank, and no card of its own.
pub(super) fn inner(paper: &Paper, at: At) -> AnyView {
    let id = paper.id(at).to_string();
    let heading = format!("{id}-heading");
    let (label, hint) = texts(paper, at);
    view! {
        <div class="group flow" role="group" id=id aria-labelledby=heading>
            <div class="card-head">
                <h3 id=heading.clone()>{label}</h3>
                {hint.map(|hint| view! { <p class="card-note">{hint}</p> })}
                {why::about_group(paper, at)}
            </div>
            {at_head(paper, at)}
            {thread::about(paper, at)}
            {contents(paper, at)}
        </div>
    }
    .into_any()
}

/// What stands inside a group or a row.
pub(super) fn contents(paper: &Paper, at: At) -> AnyView {
    let inside = paper.filling.with_session(|session| session.inside(at));
    inside
        .into_iter()
        .map(|at| place(paper, at))
        .collect_view()
        .into_any()
}

/// What holds for a whole group, row or repeat: its checks, and rows that are missing.
///
/// A check that does not hold is said at once, because the answers it compares are given elsewhere; what is missing
/// is said once the page has been checked.
pub(super) fn at_head(paper: &Paper, at: At) -> AnyView {
    if !paper.moves(at).checked {
        return ().into_any();
    }
    let (view, checked) = (paper.filling.view(at), paper.checked);
    let said = move || {
        let all = checked.get();
        view.with(|view| {
            let problems = view.problems.iter();
            let problems =
                problems.filter(|problem| all || matches!(problem.trouble, engine::Trouble::Check(_)));
            let said = problems.map(|problem| match problem.severity {
                Severity::Submit => shell::error(&problem.message),
                Severity::Approve | Severity::Warn => shell::warning(&problem.message),
                Severity::Nudge => view! { <p class="nudge">{problem.message.clone()}</p> }.into_any(),
            });
            said.collect_view()
        })
    };
    view! { <div class="field-said">{said}</div> }.into_any()
}

/// The label and the hint of a place, which change where a rule says so.
pub(super) fn texts(paper: &Paper, at: At) -> (AnyView, Option<AnyView>) {
    let (view, moves) = (paper.filling.view(at), paper.moves(at));
    let label = if moves.label {
        (move || view.with(|view| view.label.clone())).into_any()
    } else {
        view.with_untracked(|view| view.label.clone()).into_any()
    };
    let hint = if moves.hint {
        Some((move || view.with(|view| view.hint.clone())).into_any())
    } else {
        view.with_untracked(|view| view.hint.clone())
            .map(IntoAny::into_any)
    };
    (label, hint)
}
