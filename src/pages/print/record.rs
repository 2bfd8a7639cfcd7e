//! A record on paper: all that was answered in it, each child's own words apart, who wrote it, how far it has come, and
//! what exactly was signed.

use engine::Session;
use leptos::prelude::*;
use record::State;

use super::{on_each_sheet, print_button};
use crate::pages::head::{back, head};
use crate::pages::open::Book;
use crate::pages::paths;
use crate::pages::read::{acknowledged, as_it_stands, signatures};
use crate::pages::set_aside::set_aside;
use crate::pages::summary::{self, fact};
use crate::pages::telling::answers::{self, Part};
use crate::pages::telling::{age, day, names, status};

/// A record as it stands at this moment.
pub(crate) fn record(book: Book) -> AnyView {
    book.filling.with_state(|state| page(book, state))
}

fn page(book: Book, state: &State) -> AnyView {
    let session = as_it_stands(book, state);
    let parts = answers::parts(&session);
    let body = parts.iter().map(part).collect_view();
    let unsigned = status::unsigned(state.status());
    let name = match book.happened() {
        Some(on) => format!("{}, {}", book.title(), day::in_full(on)),
        None => book.title(),
    };
    let foot = match unsigned {
        Some((title, _)) => format!("{title}. {name}"),
        None => name.clone(),
    };
    let unsigned = unsigned.map(|(title, words)| {
        view! {
            <div class="paper-draft">
                <p class="paper-draft-title">{title}</p>
                <p>{words}</p>
            </div>
        }
    });
    let who = names::children(state.subjects());
    on_each_sheet(&format!("{foot}. {who}"));
    view! {
        <main class="page wide flow paper" id="main" tabindex="-1">
            {back(paths::read(book.record), "The record")}
            <p class="actions screen-only">{print_button("Print this record")}</p>
            {head(None, name, view! { <p class="lede">{who}</p> })}
            {unsigned}
            {facts(book, state, &session)}
            {body}
            {state.last_round().map(|round| acknowledged(&session, round))}
            {set_aside(book, state)}
            {state.last_round().map(|round| signatures(state, round))}
        </main>
    }
    .into_any()
}

/// Whom the record is about, who wrote it, when, and in which version of which form.
fn facts(book: Book, state: &State, session: &Session) -> AnyView {
    let on = session.env().today;
    let children = state.subjects().iter().map(|child| {
        let born = age::birth(child).map(|born| format!(". {born}"));
        let age = day::capital(&age::age(child, on));
        view! { <p>{child.full_name()}", "{age.to_lowercase()}{born}</p> }
    });
    let authors: Vec<String> = state
        .authors()
        .iter()
        .map(|author| author.name.to_string())
        .collect();
    let sent = state
        .last_round()
        .filter(|_| !state.status().takes_edits())
        .map(|round| {
            let revision = round.revision();
            fact(
                "Sent",
                format!(
                    "By {}, {}, as revision {}",
                    revision.by.name,
                    day::moment_in_full(revision.at),
                    revision.number
                ),
            )
        });
    let form = session.form();
    let pack = form
        .pack(state.rule_pack())
        .map(|pack| format!(", under {}", pack.title));
    view! {
        <dl class="summary paper-facts">
            {fact("About", children.collect_view())}
            {fact("Written by", names::list(&authors))}
            {fact("Begun", day::moment_in_full(state.created_at()))}
            {sent}
            {fact("Form", format!("{}, version {}{}", form.title, form.version, pack.unwrap_or_default()))}
            {fact("Record", view! { <span class="signature-hash">{book.record.to_string()}</span> })}
            {fact("Printed", format!("By {}, {}", book.cabinet.desk().actor().name, day::moment_in_full(book.now())))}
        </dl>
    }
    .into_any()
}

/// A part with what was answered in it, and last what was not.
fn part(part: &Part) -> AnyView {
    let (entries, blank) = answers::answered_only(&part.entries);
    let blank = (!blank.is_empty()).then(|| {
        view! { <p class="paper-hint paper-blank">{format!("Not answered: {}", blank.join("; "))}</p> }
    });
    let answered = Part {
        entries,
        ..part.clone()
    };
    summary::part_with(
        &answered,
        &summary::Beside::default(),
        blank.map(IntoAny::into_any),
    )
}
