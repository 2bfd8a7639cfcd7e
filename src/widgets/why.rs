//! Why a question is asked or must be answered, and how a value was worked out, for whoever wants to know.
//!
//! It is worked out when somebody opens it, and kept true while it is open.

use engine::At;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDetailsElement;

use super::focus_place;
use super::paper::Paper;
use crate::pages::paths;
use crate::pages::telling::outline;
use crate::pages::telling::why::{Fact, Why, why};

/// What a person can ask of a place; nothing of one that no rule of the form decides on.
pub(super) fn about(paper: &Paper, at: At) -> Option<AnyView> {
    let moves = paper.moves(at);
    let title = if moves.shown {
        "Why am I being asked this?"
    } else if moves.required {
        "Must I answer this?"
    } else if moves.read_only {
        return Some(fixed(paper, at));
    } else {
        return None;
    };
    Some(asked(paper, at, title))
}

/// Why a question cannot be answered otherwise, for as long as it cannot.
fn fixed(paper: &Paper, at: At) -> AnyView {
    let view = paper.filling.view(at);
    let is_open = move || view.with(|view| !view.read_only);
    view! { <div hidden=is_open>{asked(paper, at, "Why can I not change this?")}</div> }.into_any()
}

/// What a person can ask of several questions together.
pub(super) fn about_group(paper: &Paper, at: At) -> AnyView {
    if paper.moves(at).shown {
        asked(paper, at, "Why am I being asked about this?")
    } else {
        ().into_any()
    }
}

/// How a value was worked out.
pub(super) fn worked_out(paper: &Paper, at: At) -> AnyView {
    asked(paper, at, "How was this worked out?")
}

fn asked(paper: &Paper, at: At, title: &'static str) -> AnyView {
    let open = RwSignal::new(false);
    let toggle = move |event: leptos::ev::Event| {
        let details = event
            .current_target()
            .and_then(|of| of.dyn_into::<HtmlDetailsElement>().ok());
        open.set(details.is_some_and(|details| details.open()));
    };
    let own = paper.clone();
    let said = move || open.get().then(|| said(&own, at));
    view! {
        <details class="why screen-only" on:toggle=toggle>
            <summary class="why-ask">{title}</summary>
            {said}
        </details>
    }
    .into_any()
}

fn said(paper: &Paper, at: At) -> AnyView {
    let whys = paper.filling.ask_session(|session| why(session, at));
    if whys.is_empty() {
        let field = paper.form.field(at.node);
        let nothing = if field.is_none_or(|field| field.kind.answered()) {
            "Everybody is asked this."
        } else {
            "It depends on no answer."
        };
        return view! { <p class="why-said">{nothing}</p> }.into_any();
    }
    let whys = whys.into_iter().map(|Why { words, facts }| {
        let facts = facts
            .into_iter()
            .map(|fact| view! { <li>{told(paper, at, fact)}</li> });
        view! { <p>{words}</p><ul class="why-facts">{facts.collect_view()}</ul> }
    });
    view! { <div class="why-said">{whys.collect_view()}</div> }.into_any()
}

fn told(paper: &Paper, asked: At, fact: Fact) -> AnyView {
    let Fact { what, how, question } = fact;
    let what = match question {
        Some((at, address)) => {
            let keys = paper.filling.with_session(|session| {
                Some((outline::key_of(session, asked)?, outline::key_of(session, at)?))
            });
            match keys {
                Some((here, there)) if here != there => {
                    let to = paths::place(paper.filling.record(), &there, &address);
                    view! { <a href=to>{what}</a> }.into_any()
                }
                _ => {
                    let place = address.to_string();
                    let go = move |event: leptos::ev::MouseEvent| {
                        event.prevent_default();
                        focus_place(&place);
                    };
                    view! { <a href=format!("#{address}") on:click=go>{what}</a> }.into_any()
                }
            }
        }
        None => what.into_any(),
    };
    view! { {what} ": " <strong>{how}</strong> }.into_any()
}
