//! A record that waits for a decision: what changed, each child's words set apart, and comments where there is
//! something to say. Deciding itself is `decision.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use form::Address;
use leptos::prelude::*;
use record::{Calendar, Due, Left, Refusal, State, Status};

use super::decision::decision;
use super::head::{back, head};
use super::known::{Deadline, checks, children, deadlines, known, trail};
use super::open::Book;
use super::paths;
use super::read::{acknowledged, as_it_stands, jump};
use super::set_aside::set_aside;
use super::summary::{self, Beside};
use super::telling::answers::{self, Answered};
use super::telling::{checks, day, names};
use super::{changed, read};
use crate::widgets::focus;

/// The comments that are being written, by the place they are about.
pub(crate) type Comments = RwSignal<BTreeMap<Address, String>>;

/// A record for whoever decides on it; to be read only, with the reason, if that is somebody else.
pub(crate) fn review(book: Book) -> AnyView {
    book.filling.with_state(|state| match bars(book, state) {
        None => page(book, state),
        Some(why) => read::page(book, state, Some(why)),
    })
}

/// Why the person cannot decide on the record, if they cannot.
fn bars(book: Book, state: &State) -> Option<Refusal> {
    let actor = book.cabinet.desk().actor();
    let is_theirs = state.stage().is_some_and(|stage| actor.holds(&stage.role));
    let has_signed = state.last_round().is_some_and(|round| round.signed_by(actor.id));
    if !matches!(state.status(), Status::Waiting { .. }) {
        Some(Refusal::NotWaiting)
    } else if state.is_author(actor.id) {
        Some(Refusal::OwnWork)
    } else if has_signed {
        Some(Refusal::DecidedBefore)
    } else if !is_theirs {
        Some(Refusal::OtherRole)
    } else {
        None
    }
}

fn page(book: Book, state: &State) -> AnyView {
    let Some(round) = state.last_round() else {
        return ().into_any();
    };
    let session = as_it_stands(book, state);
    let parts = answers::parts(&session);
    let comments: Comments = RwSignal::new(BTreeMap::new());
    let sent = round.revision();
    let times = match sent.number {
        1 => "Sent".to_owned(),
        2 => "Sent for the second time".to_owned(),
        3 => "Sent for the third time".to_owned(),
        number => format!("Sent for the {number}th time"),
    };
    let crumb = format!(
        "By {}. {times} on {}",
        sent.by.name,
        day::moment(sent.at, book.today())
    );
    let lede = view! { <p class="lede">{names::children(state.subjects())}</p> };
    let beside = Beside {
        action: Some(Arc::new(move |answered: &Answered| {
            answered.asked.then(|| comment_button(comments, answered))
        })),
        below: Some(Arc::new(move |answered: &Answered| {
            Some(comment_box(comments, answered))
        })),
        gap: None,
    };
    let changed = changed::changed(book, state, &session);
    let what_changed = changed
        .is_some()
        .then_some(("changed", "Changed since it was returned"));
    view! {
        <div class="work">
            {jump(what_changed, &parts, Some(("decision", "Your decision")))}
            <main class="main flow" id="main" tabindex="-1">
                {back(paths::SIGN_OFF.to_owned(), "Sign-off")}
                {head(Some(crumb.into_any()), book.name(), lede)}
                {changed}
                {acknowledged(&session, round)}
                {parts.iter().map(|part| summary::part(part, &beside)).collect_view()}
                {set_aside(book, state)}
                {decision(book, round, comments)}
            </main>
            {known(vec![
                ("Due", due(book, state)),
                ("What the record shows", checks(&checks::checks(&session))),
                ("Who it is about", children(state.subjects(), session.env().today)),
                ("What happened", trail(state, book.today())),
            ])}
        </div>
    }
    .into_any()
}

/// When the decision is due, and whether the record was written up in time.
fn due(book: Book, state: &State) -> AnyView {
    let (calendar, now) = (Calendar::new(), book.now());
    let decide = match (state.status(), state.stage().and_then(|stage| stage.within)) {
        (Status::Waiting { since, .. }, Some(within)) => {
            let due = Due::of(&calendar, since, within);
            let left = Left::until(&calendar, due, now);
            vec![Deadline {
                what: "Sign-off".to_owned(),
                due,
                left,
            }]
        }
        _ => Vec::new(),
    };
    if decide.is_empty() {
        view! { <p class="soft">"This form sets no time for signing."</p> }.into_any()
    } else {
        deadlines(&decide, book.today())
    }
}

fn comment_button(comments: Comments, answered: &Answered) -> AnyView {
    let (address, question) = (answered.address.clone(), answered.question.clone());
    let box_id = comment_id(&address);
    let hidden = {
        let address = address.clone();
        move || comments.with(|comments| comments.contains_key(&address))
    };
    let open = move |_| {
        comments.update(|comments| {
            comments.entry(address.clone()).or_default();
        });
        focus(&box_id);
    };
    view! {
        <button class="button plain" type="button" id=button_id(&answered.address) hidden=hidden on:click=open>
            "Comment"<span class="unseen">" on: "{question}</span>
        </button>
    }
    .into_any()
}

fn comment_box(comments: Comments, answered: &Answered) -> AnyView {
    let (address, question) = (answered.address.clone(), answered.question.clone());
    let is_open = {
        let address = address.clone();
        Memo::new(move |_| comments.with(|comments| comments.contains_key(&address)))
    };
    let form = move || {
        let id = comment_id(&address);
        let hint_id = format!("{id}-hint");
        let (read, write, remove) = (address.clone(), address.clone(), address.clone());
        is_open.get().then(|| {
            view! {
                <div class="comment">
                    <div class="field">
                        <label class="field-label" for=id.clone()>{format!("Your comment on “{question}”")}</label>
                        <p class="field-hint" id=hint_id.clone()>"It goes to the worker if you return the record."</p>
                        <textarea
                            class="area"
                            id=id
                            rows="2"
                            aria-describedby=hint_id
                            prop:value=move || comments.with(|comments| comments.get(&read).cloned().unwrap_or_default())
                            on:input=move |event| {
                                let text = event_target_value(&event);
                                comments.update(|comments| drop(comments.insert(write.clone(), text)));
                            }
                        ></textarea>
                    </div>
                    <p class="actions comment-do">
                        <button
                            class="button plain grave"
                            type="button"
                            on:click=move |_| {
                                comments.update(|comments| drop(comments.remove(&remove)));
                                focus(&button_id(&remove));
                            }
                        >
                            "Remove"<span class="unseen">" your comment"</span>
                        </button>
                    </p>
                </div>
            }
        })
    };
    form.into_any()
}

fn comment_id(address: &Address) -> String {
    format!("comment-on-{address}")
}

fn button_id(address: &Address) -> String {
    format!("comment-button-{address}")
}
