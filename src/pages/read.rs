//! A record to be read: while it waits for sign-off, and for ever once it is signed.

use engine::Session;
use leptos::prelude::*;
use record::{Approved, Refusal, Role, Round, State, Status};

use super::head::{back, head};
use super::known::{children, known, tag, trail};
use super::open::Book;
use super::paths;
use super::set_aside::set_aside;
use super::summary::{self, Beside, fact};
use super::telling::answers::{self, Part};
use super::telling::{day, names, status};
use crate::filling::Access;

/// A record that cannot be written in here.
pub(crate) fn read(book: Book, barred: Option<Refusal>) -> AnyView {
    book.filling.with_state(|state| page(book, state, barred))
}

pub(crate) fn page(book: Book, state: &State, barred: Option<Refusal>) -> AnyView {
    let session = as_it_stands(book, state);
    let parts = answers::parts(&session);
    let author = state
        .authors()
        .first()
        .map(|author| format!("By {}", author.name));
    let subjects = state.subjects().to_vec();
    let tags = view! {
        <p class="lede">{names::children(&subjects)}</p>
        <p class="tags">{tag(status::style(state.status()), status::words(state.status()))}</p>
    };
    let body = parts
        .iter()
        .map(|part| summary::part(part, &Beside::default()))
        .collect_view();
    view! {
        <div class="work">
            {jump(None, &parts, None)}
            <main class="main flow" id="main" tabindex="-1">
                {back(paths::WORK.to_owned(), "My work")}
                {head(author.map(IntoAny::into_any), book.name(), tags)}
                {why_closed(book, state, barred)}
                <p class="actions"><a class="button quiet" href=paths::print(book.record)>"Print this record"</a></p>
                {body}
                {state.last_round().map(|round| acknowledged(&session, round))}
                {set_aside(book, state)}
                {state.last_round().map(|round| signatures(state, round))}
            </main>
            {known(vec![
                ("What happened", trail(state, book.today())),
                ("Who it is about", children(&subjects, session.env().today)),
            ])}
        </div>
    }
    .into_any()
}

/// The record as it was last sent; as it is being written, if it never was.
pub(crate) fn as_it_stands(book: Book, state: &State) -> Session {
    let sent = state.last_round().filter(|_| !state.status().takes_edits());
    match sent.map(Round::revision) {
        Some(sent) => Session::new(book.filling.form(), sent.env.clone(), &sent.answers),
        None => book.filling.with_session(Session::clone),
    }
}

/// Something on a page besides the parts of the record: its id, and what it is called.
type Spot = (&'static str, &'static str);

/// The parts of a record on one page, with what stands before and after them, to go to each.
pub(crate) fn jump(before: Option<Spot>, parts: &[Part], after: Option<Spot>) -> AnyView {
    let open = RwSignal::new(false);
    let own = parts
        .iter()
        .map(|part| (summary::heading_id(part), part.title.clone()));
    let spot = |(id, title): Spot| (id.to_owned(), title.to_owned());
    let before = before.into_iter().map(spot);
    let after = after.into_iter().map(spot);
    let places: Vec<(String, String)> = before.chain(own).chain(after).collect();
    let count = places.len();
    let links = places.into_iter().map(|(id, title)| {
        let target = id.clone();
        let go = move |event: leptos::ev::MouseEvent| {
            event.prevent_default();
            crate::widgets::focus_place(&target);
        };
        view! { <li><a class="sections-link" href=format!("#{id}") on:click=go><span>{title}</span></a></li> }
    });
    view! {
        <nav class="sections" aria-label="Parts of this record">
            <button
                class="sections-toggle"
                type="button"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls="sections"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <span>"Parts of this record"</span> " " <span>{count}</span>
            </button>
            <ol class="sections-list" role="list" id="sections">{links.collect_view()}</ol>
        </nav>
    }
    .into_any()
}

/// The warnings that were let stand, with the reasons.
pub(crate) fn acknowledged(session: &Session, round: &Round) -> AnyView {
    let list = &round.revision().acknowledgements;
    if list.is_empty() {
        return ().into_any();
    }
    let rows = list.iter().map(|acknowledged| {
        let at = session.find(&acknowledged.what.address);
        let name =
            at.and_then(|at| super::telling::needed::unsaid_name(session, at, &acknowledged.what.message));
        let warning = match name {
            Some(name) => format!("{name}: {}", acknowledged.what.message),
            None => acknowledged.what.message.clone(),
        };
        let reason = format!("“{}” {}", acknowledged.what.reason.trim(), acknowledged.by.name);
        fact(warning, view! { <span class="as-typed">{reason}</span> })
    });
    view! {
        <section class="card flow" aria-labelledby="acknowledged">
            <div class="card-head"><h2 id="acknowledged" tabindex="-1">"Warnings the worker looked at"</h2></div>
            <dl class="summary">{rows.collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn why_closed(book: Book, state: &State, barred: Option<Refusal>) -> AnyView {
    // Somebody who came to decide on a record that has been decided on sees how.
    if let Some(why) = barred.filter(|why| *why != Refusal::NotWaiting) {
        return view! {
            <section class="notice" aria-labelledby="why-not">
                <h2 class="notice-title" id="why-not">"You cannot sign this record"</h2>
                <p>{why.to_string()}"."</p>
            </section>
        }
        .into_any();
    }
    let words = match (book.filling.access().get_untracked(), state.status()) {
        (_, Status::Waiting { .. }) => {
            "It has been sent for sign-off. It can be changed again if it is returned."
        }
        (_, Status::Voided { .. }) => {
            "It was set aside as made in error. It is kept, and nobody can change it."
        }
        (_, Status::Approved { .. } | Status::Filed { .. }) => return ().into_any(),
        (Access::ReadOnly, _) => "It is being written by others. You can read it.",
        _ => return ().into_any(),
    };
    view! { <p class="note">{words}</p> }.into_any()
}

/// The signatures under a revision, with what exactly was signed.
pub(crate) fn signatures(state: &State, round: &Round) -> AnyView {
    let is_complete = matches!(state.status(), Status::Approved { .. });
    let signatures = round.approvals().iter().enumerate();
    let signatures = signatures.map(|(index, approved)| signature(round, approved, index, is_complete));
    signatures.collect_view().into_any()
}

fn signature(round: &Round, approved: &Approved, index: usize, is_complete: bool) -> AnyView {
    let id = format!("signed-{index}");
    let title = if is_complete {
        "Signed. Nobody can change this record"
    } else {
        "Signed at this stage"
    };
    let signed = &approved.signature;
    let role = Role::ALL
        .into_iter()
        .find(|role| role.name() == signed.role.as_str())
        .map(Role::label);
    let role = role.map_or_else(|| signed.role.to_string(), str::to_owned);
    let when = day::moment_in_full(signed.at);
    view! {
        <section class="signature" aria-labelledby=id>
            <h2 class="signature-title" id=id.clone() tabindex="-1">{title}</h2>
            <div>
                <p class="signature-name">{signed.by.name.to_string()}</p>
                <p>{format!("{role}, {when}")}</p>
            </div>
            <dl class="summary">
                {fact("Oversight", view! { <p class="as-typed">{approved.oversight.clone()}</p> })}
                {fact(
                    "What was signed",
                    view! {
                        <p>{format!("Revision {}", round.revision().number)}</p>
                        <p class="signature-hash">{signed.revision.to_string()}</p>
                    },
                )}
            </dl>
        </section>
    }
    .into_any()
}
