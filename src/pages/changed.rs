//! What changed since a record was returned, with what was said about it: what a manager reads first when it is back.

use engine::Session;
use leptos::prelude::*;
use record::{Return, State, Thread};

use super::open::Book;
use super::telling::answers::Told;
use super::telling::changes::{self, Changed, How};
use super::telling::difference::Piece;
use crate::widgets::{Reading, comment, told};

/// What changed since the record was returned; nothing if it never was.
pub(crate) fn changed(book: Book, state: &State, after: &Session) -> Option<AnyView> {
    let form = book.filling.form();
    let drawers = book.cabinet.drawers();
    let library = drawers.library();
    let differences = state.changed_since_return(&**library)?;
    let (round, returned) = state.last_return()?;
    let before = round.revision();
    let answers = state.answers_of(before, &**library)?;
    let before = Session::new(form, before.env.clone(), &answers);
    let changes = changes::changes(&before, after, &differences);
    let reading = Reading {
        by: returned.by.clone(),
        at: returned.at,
        me: book.cabinet.desk().actor().id,
        today: book.today(),
    };
    let count = match changes.len() {
        0 => "No answer".to_owned(),
        1 => "1 answer".to_owned(),
        many => format!("{many} answers"),
    };
    let rows = changes.iter().map(|change| row(change, returned, &reading));
    let others = unchanged(after, &changes, returned);
    let others = others.iter().map(|(question, thread)| {
        view! {
            <div class="summary-row long">
                <dt class="summary-key">{question.clone()}</dt>
                <dd class="summary-answer"><p class="soft">"The answer is as it was."</p>{comment(thread, &reading)}</dd>
            </div>
        }
    });
    let view = view! {
        <section class="card flow" aria-labelledby="changed">
            <div class="card-head">
                <h2 id="changed" tabindex="-1">"Changed since it was returned"</h2>
                <p class="card-note">{count}</p>
            </div>
            <dl class="summary">{rows.collect_view()}{others.collect_view()}</dl>
        </section>
    };
    Some(view.into_any())
}

/// The comments on what was not changed, so that no reply is overlooked.
fn unchanged<'a>(session: &Session, changes: &[Changed], returned: &'a Return) -> Vec<(String, &'a Thread)> {
    let is_changed = |thread: &&Thread| {
        changes
            .iter()
            .any(|change| change.address == thread.comment.address)
    };
    let others = returned.threads.iter().filter(|thread| !is_changed(thread));
    others
        .map(|thread| {
            let at = session.find(&thread.comment.address);
            let question = at.and_then(|at| changes::question(session, at));
            (
                question.unwrap_or_else(|| "A part of the record".to_owned()),
                thread,
            )
        })
        .collect()
}

fn row(change: &Changed, returned: &Return, reading: &Reading) -> AnyView {
    let threads = returned
        .about(&change.address)
        .map(|thread| comment(thread, reading));
    view! {
        <div class="summary-row long">
            <dt class="summary-key">{change.question.clone()}</dt>
            <dd class="summary-answer">{how(&change.how)}{threads.collect_view()}</dd>
        </div>
    }
    .into_any()
}

fn how(how: &How) -> AnyView {
    match how {
        How::Words(pieces) => {
            let pieces = pieces.iter().map(|piece| match piece {
                Piece::Same(text) => text.clone().into_any(),
                Piece::Was(text) => {
                    let (space, words) = spaced(text);
                    view! { {space}<del class="was">{words}</del> }.into_any()
                }
                Piece::Now(text) => {
                    let (space, words) = spaced(text);
                    view! { {space}<ins class="now">{words}</ins> }.into_any()
                }
            });
            view! { <p class="as-typed">{pieces.collect_view()}</p> }.into_any()
        }
        How::Answer { before, after } => view! {
            <dl class="change">
                <dt class="change-when">"Before"</dt>
                <dd>{side(before, false)}</dd>
                <dt class="change-when">"Now"</dt>
                <dd>{side(after, true)}</dd>
            </dl>
        }
        .into_any(),
        How::Rows { added, removed } => {
            let added = (*added > 0).then(|| format!("{added} added"));
            let removed = (*removed > 0).then(|| format!("{removed} removed"));
            let words: Vec<String> = added.into_iter().chain(removed).collect();
            view! { <p>{words.join(", ")}</p> }.into_any()
        }
    }
}

/// The space before a piece, and the piece. Where a text begins with it there is none, and what went and what came
/// must still not run into each other.
fn spaced(text: &str) -> (String, String) {
    let words = text.trim_start();
    let space = text.strip_suffix(words).unwrap_or_default();
    let space = if space.is_empty() { " " } else { space };
    (space.to_owned(), words.to_owned())
}

/// One side of a change. A child's own words are not struck through: what they said, they said.
fn side(answer: &Told, is_now: bool) -> AnyView {
    match (answer, is_now) {
        (Told::Nothing | Told::Spoken(_), _) => told(answer),
        (_, true) => view! { <ins class="now">{told(answer)}</ins> }.into_any(),
        (_, false) => view! { <del class="was">{told(answer)}</del> }.into_any(),
    }
}
