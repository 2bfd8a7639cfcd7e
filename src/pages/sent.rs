//! What is told once a record has been sent: that the server has it, or the truth that it does not have it yet.

use leptos::prelude::*;
use record::{Calendar, Due};

use super::head::head;
use super::open::Book;
use super::paths;
use super::telling::{day, due, names};
use crate::kept::Kept;

/// A record that has just been sent.
pub(crate) fn sent(book: Book) -> AnyView {
    let kept = book.filling.kept();
    let is_there = Memo::new(move |_| matches!(kept.get(), Kept::Sent { .. }));
    let needs_sign_off = !book.filling.form().stages.is_empty();
    let heading = Signal::derive(move || match (is_there.get(), needs_sign_off) {
        (true, true) => "Sent for sign-off".to_owned(),
        (true, false) => "This record is complete".to_owned(),
        (false, _) => "Ready to be sent, as soon as you are online".to_owned(),
    });
    let notice = move || {
        if is_there.get() {
            there(book)
        } else {
            waiting(book)
        }
    };
    view! { <main class="page flow" id="main" tabindex="-1">{head(None, heading, ())}{notice}</main> }
        .into_any()
}

fn about(book: Book) -> AnyView {
    let children = book
        .filling
        .with_session(|session| names::children(&session.env().subjects));
    view! { <p>{format!("{}, about {children}.", book.name())}</p> }.into_any()
}

fn there(book: Book) -> AnyView {
    let sent = book
        .filling
        .with_state(|state| state.last_round().map(|round| round.revision().at));
    let form = book.filling.form();
    // As the rule pack of the record has it, which the form does not know.
    let span = book
        .filling
        .with_state(|state| state.form().stages.first().and_then(|stage| stage.within));
    let by = sent
        .zip(span)
        .map(|(at, span)| due::by(Due::of(&Calendar::new(), at, span), book.today()));
    let when = sent.map(|at| view! { <p>{format!("It was sent on {}.", day::moment(at, book.today()))}</p> });
    let next = match (form.stages.is_empty(), by) {
        (true, _) => "It can be read, and nobody can change it any more.".to_owned(),
        (false, Some(by)) => format!(
            "{by} your manager signs it, or returns it to you with reasons. Either way it will stand in My work."
        ),
        (false, None) => {
            "Your manager signs it, or returns it to you with reasons. Either way it will stand in My work."
                .to_owned()
        }
    };
    let until = (!form.stages.is_empty())
        .then(|| view! { <p>"Until then you can read the record, but not change it."</p> });
    view! {
        <div class="notice done">{about(book)}{when}</div>
        <h2>"What happens next"</h2>
        <div class="prose"><p>{next}</p>{until}</div>
        <p class="actions">
            <a class="button" href=paths::WORK>"Back to my work"</a>
            " "
            <a class="button quiet" href=paths::record(book.record)>"Read what you sent"</a>
        </p>
    }
    .into_any()
}

fn waiting(book: Book) -> AnyView {
    view! {
        <div class="notice look">
            {about(book)}
            <p>"It is kept on this device. Your manager does not have it yet."</p>
        </div>
        <h2>"What happens next"</h2>
        <div class="prose">
            <p>"Open Firsthand again where there is a signal, and it goes by itself. You do not have to press anything."</p>
        </div>
        <p class="actions"><a class="button" href=paths::WORK>"Back to my work"</a></p>
    }
    .into_any()
}
