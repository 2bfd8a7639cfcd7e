//! The version of its form that a record is filled in with: whether there is a newer one, what would become of the
//! record in it, and what earlier moves set aside. Nothing happens to a record here but what its writer agrees to.

use std::sync::Arc;

use form::Form;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;
use record::{Moved, State};
use wire::FormEntry;

use super::head::{back, head};
use super::news::{self, News};
use super::open::Book;
use super::paths;
use super::set_aside::{set_aside, without_place};
use super::summary::fact;
use super::telling::moving::{self, Otherwise, Preview};
use crate::widgets::told;

/// The newest version of the record's form, if that is later than the one it is filled in with. Tracks.
pub(crate) fn newer(book: Book) -> Signal<Option<FormEntry>> {
    let forms = book.cabinet.forms();
    Signal::derive(move || {
        let seen = forms.get();
        let (list, _) = seen.list.as_ref()?;
        book.filling.with_state(|state| {
            let form = state.form();
            let is_later = |entry: &&FormEntry| entry.name == form.name && entry.version > form.version;
            let me = book.cabinet.desk().actor().id;
            let later = list
                .forms
                .iter()
                .filter(is_later)
                .max_by_key(|entry| entry.version);
            later.filter(|_| state.is_author(me)).cloned()
        })
    })
}

/// A line on a record's list of parts, where there is a newer version of its form.
pub(crate) fn offer(book: Book) -> AnyView {
    let newer = newer(book);
    let notice = move || {
        newer.get().map(|entry| {
            view! {
                <section class="notice look" aria-labelledby="newer-version">
                    <h2 class="notice-title" id="newer-version">"There is a newer version of this form"</h2>
                    <p>{format!(
                        "This record stays in version {} unless you move it to version {}.",
                        book.filling.form().version,
                        entry.version,
                    )}</p>
                    <p class="actions">
                        <a class="button quiet" href=paths::version(book.record)>"See what would change"</a>
                    </p>
                </section>
            }
        })
    };
    notice.into_any()
}

/// The page.
pub(crate) fn version(book: Book) -> AnyView {
    let newer = newer(book);
    let to = Memo::new(move |_| newer.get().map(|entry| (entry.hash, entry.version)));
    let head_of = Memo::new(move |_| book.filling.with_state(State::head));
    let form = RwSignal::new_local(None::<Arc<Form>>);
    Effect::new(move |_| {
        let to = to.get();
        form.set(None);
        if let Some((hash, _)) = to {
            let drawers = book.cabinet.drawers();
            spawn_local(async move {
                if let Ok(found) = drawers.form(hash).await {
                    form.set(Some(found));
                }
            });
        }
    });
    let heading = Signal::derive(move || match to.get() {
        Some((_, version)) => format!("Move this record to version {version} of its form?"),
        None => "The version of this form".to_owned(),
    });
    let inner = move || {
        // What is shown is what is agreed to, so it is made again when anything happens to the record.
        head_of.get();
        match (to.get(), form.get()) {
            (Some(_), Some(form)) => untrack(|| choice(book, &form)),
            (Some(_), None) => {
                view! { <p class="lede">"The newer version is being fetched. You need a connection for this."</p> }
                    .into_any()
            }
            (None, _) => {
                let version = book.filling.form().version;
                view! { <p class="lede">{format!("This record is filled in with version {version}.")}</p> }.into_any()
            }
        }
    };
    view! {
        <main class="page flow" id="main" tabindex="-1">
            {back(paths::record(book.record), "The record")}
            {head(Some(book.name().into_any()), heading, ())}
            {inner}
            {book.filling.with_state(|state| set_aside(book, state))}
        </main>
    }
    .into_any()
}

/// What would become of the record, and the choice.
fn choice(book: Book, to: &Arc<Form>) -> AnyView {
    let (old, now) = (book.filling.form(), book.now());
    let found = book.filling.with_state(|state| {
        let moved = Moved::of(state, &old, to)?;
        Ok((moving::preview(state, &old, to, &moved, now), state.head().hash))
    });
    let (preview, seen) = match found {
        Ok((Some(preview), seen)) => (preview, seen),
        Ok((None, _)) => return refused(&record::Refusal::NotLater),
        Err(refusal) => return refused(&refusal),
    };
    let (version, hash) = (to.version, to.hash());
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let unsent = book.cabinet.desk().unsent();
    let bars = move || {
        // Counted again whenever anything is sent.
        unsent.track();
        book.cabinet.drawers().bars_move(book.filling.unsent())
    };
    let navigate = use_navigate();
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        let navigate = navigate.clone();
        let (drawers, name) = (book.cabinet.drawers(), book.name());
        spawn_local(async move {
            match drawers.move_to(book.record, hash, seen).await {
                Ok(()) => {
                    news::tell(News {
                        what: "Moved to the newer version of its form",
                        record: name,
                    });
                    navigate(&paths::record(book.record), Default::default());
                }
                Err(why) => {
                    let _ = failed.try_set(Some(why.to_string()));
                    let _ = busy.try_set(false);
                }
            }
        });
    };
    let barred =
        move || bars().map(|why| view! { <div class="notice look"><p>{why.to_string()}"."</p></div> });
    let failure = move || {
        failed
            .get()
            .map(|why| view! { <div class="notice look" role="alert"><p>{why}"."</p></div> })
    };
    view! {
        <p class="lede">{format!(
            "You can go on in version {version}, or finish the record in version {}. Nothing changes until you choose.",
            old.version,
        )}</p>
        {told_of(&preview)}
        <p>{format!("Once the record has moved, it cannot go back to version {}.", old.version)}</p>
        {barred}
        {failure}
        <p class="actions">
            <button
                class="button"
                type="button"
                on:click=go
                disabled=move || bars().is_some() || busy.get()
            >{format!("Move to version {version}")}</button>
            " "
            <a class="button quiet" href=paths::record(book.record)>
                {format!("Stay in version {}", old.version)}
            </a>
        </p>
    }
    .into_any()
}

fn refused(refusal: &record::Refusal) -> AnyView {
    view! { <div class="notice look"><p>{refusal.to_string()}"."</p></div> }.into_any()
}

fn told_of(preview: &Preview) -> AnyView {
    let is_all = preview.changed.is_empty() && preview.left.is_empty();
    let kept = match (preview.kept, is_all) {
        (0, true) => "Nothing is answered yet.".to_owned(),
        (0, false) => "There are no other answers.".to_owned(),
        (_, true) => "Every answer stays as it is.".to_owned(),
        (1, false) => "1 other answer stays as it is.".to_owned(),
        (kept, false) => format!("{kept} other answers stay as they are."),
    };
    let changed = (!preview.changed.is_empty()).then(|| {
        let rows = preview.changed.iter().map(otherwise).collect_view();
        part(
            "version-changed",
            "What changes",
            view! { <dl class="summary">{rows}</dl> }.into_any(),
        )
    });
    let left = (!preview.left.is_empty()).then(|| {
        let inner = view! {
            <p>"The new version has no question for these answers. They stay in the record, where everyone who reads it can read them, and are not part of what is sent for sign-off."</p>
            {without_place(&preview.left)}
        };
        part("version-left", "What is set aside", inner.into_any())
    });
    let new = (!preview.new.is_empty()).then(|| {
        let questions = preview
            .new
            .iter()
            .map(|question| view! { <li>{question.clone()}</li> });
        part(
            "version-new",
            "What is newly asked",
            view! { <ul>{questions.collect_view()}</ul> }.into_any(),
        )
    });
    let reasons = (!preview.reasons.is_empty()).then(|| {
        let reasons = preview
            .reasons
            .iter()
            .map(|reason| view! { <li class="as-typed">{reason.clone()}</li> });
        let inner = view! {
            <p>"You let a warning stand that the new version words otherwise. If it still stands, give your reason again."</p>
            <ul>{reasons.collect_view()}</ul>
        };
        part("version-reasons", "Reasons to give again", inner.into_any())
    });
    let kept = part("version-kept", "What stays", view! { <p>{kept}</p> }.into_any());
    (changed, left, new, reasons, kept).into_any()
}

fn part(id: &'static str, title: &'static str, inner: AnyView) -> AnyView {
    view! {
        <section class="card flow" aria-labelledby=id>
            <div class="card-head"><h2 id=id>{title}</h2></div>
            {inner}
        </section>
    }
    .into_any()
}

fn otherwise(change: &Otherwise) -> AnyView {
    let asked = change.asked.as_ref();
    let asked = asked.map(|asked| view! { <p class="soft small">{format!("It was asked as “{asked}”")}</p> });
    let wrong = change.wrong.as_ref();
    let wrong = wrong.map(|wrong| view! { <p>{format!("You will have to answer it again: {wrong}")}</p> });
    fact(change.question.clone(), (told(&change.told), asked, wrong))
}
