//! What was set aside when a record went on in a later version of its form: answers that the version has no question
//! for. They are in the record for good, so whoever reads the record reads them too.

use leptos::prelude::*;
use record::{Move, State};

use super::open::Book;
use super::paths;
use super::summary::fact;
use super::telling::day;
use super::telling::moving::{self, NoPlace};
use crate::widgets::told;

/// All that was set aside; nothing if nothing ever was.
pub(crate) fn set_aside(book: Book, state: &State) -> AnyView {
    let moves = state.moves().iter().filter_map(|earlier| {
        let left = left_by(book, state, earlier);
        (!left.is_empty()).then(|| {
            let when = day::moment(earlier.at, book.today());
            let what = format!(
                "From version {}, set aside when {} moved the record to version {}, {when}",
                earlier.from.version, earlier.by.name, earlier.moved.form.version
            );
            view! {
                <p class="soft">{what}</p>
                {without_place(&left)}
            }
        })
    });
    let moves: Vec<_> = moves.collect();
    if moves.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card flow" aria-labelledby="set-aside">
            <div class="card-head"><h2 id="set-aside">"Set aside when the form changed"</h2></div>
            <p>"These answers belong to an earlier version of the form. They stay in this record, and are not part of what is sent for sign-off."</p>
            {moves}
        </section>
    }
    .into_any()
}

/// A line that leads whoever writes in a record to what was set aside.
pub(crate) fn link(book: Book) -> AnyView {
    let count = Memo::new(move |_| {
        book.filling.with_state(|state| {
            let left = state
                .moves()
                .iter()
                .map(|earlier| left_by(book, state, earlier).len());
            left.sum::<usize>()
        })
    });
    let line = move || {
        let count = count.get();
        (count > 0).then(|| {
            let words = format!(
                "Read the {} set aside when the form changed",
                moving::answers(count)
            );
            view! { <p><a href=paths::version(book.record)>{words}</a></p> }
        })
    };
    line.into_any()
}

/// Answers that have no place, each with the reason.
pub(crate) fn without_place(left: &[NoPlace]) -> AnyView {
    let rows = left.iter().map(|left| {
        let answers = left.told.iter().map(told).collect_view();
        fact(
            left.question.clone(),
            (answers, view! { <p class="soft small">{left.why}</p> }),
        )
    });
    view! { <dl class="summary">{rows.collect_view()}</dl> }.into_any()
}

fn left_by(book: Book, state: &State, earlier: &Move) -> Vec<NoPlace> {
    // A record opens only with every form that it was ever filled in with at hand.
    let form = book.cabinet.drawers().form_at_hand(earlier.from.hash);
    form.map(|form| moving::left_behind(&form, state, &earlier.moved.left, book.now()))
        .unwrap_or_default()
}
