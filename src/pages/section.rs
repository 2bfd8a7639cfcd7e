//! One page of a record that is being written: where one is, what one writes, and what is already known.

use engine::At;
use leptos::prelude::*;

use super::error_summary::{Fault, Place, errors, lead_to_errors};
use super::head::{back, child_head, head, lead_to_place};
use super::known::{children, deadlines, known};
use super::open::Book;
use super::paths;
use super::sections::{Sections, nav};
use super::telling::age;
use super::telling::day;
use super::telling::needed;
use super::telling::outline::{self, Page, PageKey};
use crate::cabinet::Cabinet;
use crate::filling::Filling;
use crate::widgets::{self, Paper};

/// A page of a record, if the record has such a page.
pub(crate) fn section(book: Book, key: &PageKey) -> Option<AnyView> {
    let sections = Sections::new(book.filling);
    let page = sections.find(key)?.clone();
    let paper = Paper::new(book.cabinet, book.filling);
    let faults = Checked::new(&paper, key.clone());
    let questions = widgets::page(&paper, page.at);
    let view = view! {
        <div class="work">
            {nav(book.record, &sections, Some(key))}
            <main class="main flow" id="main" tabindex="-1">
                {back(paths::record(book.record), "All parts")}
                {errors("There is something to put right on this page", faults.list())}
                {heading(book, &page)}
                {form((questions, foot(book, sections, key, faults)))}
            </main>
            {beside(book, &page)}
        </div>
    };
    lead_to_place();
    Some(view.into_any())
}

/// What is asked in one part of a record, without what stands around it: to show a form on a page of another kind.
pub fn questions(cabinet: Cabinet, filling: Filling, part: At) -> AnyView {
    form(widgets::page(&Paper::new(cabinet, filling), part)).into_any()
}

/// A form of the page. What holds for nearly every box in it is said once, here: a browser asks the form for what a box
/// does not say of itself (HTML Living Standard, 4.10.18.7 and 6.8).
fn form(inner: impl IntoView) -> impl IntoView {
    view! {
        <form
            class="flow"
            novalidate
            autocomplete="off"
            spellcheck="true"
            autocapitalize="sentences"
            on:submit=|event| event.prevent_default()
        >
            {inner}
        </form>
    }
}

fn heading(book: Book, page: &Page) -> AnyView {
    let crumb = crumb(book);
    let view = book.filling.view(page.at);
    let hint = move || {
        view.with(|view| view.hint.clone())
            .map(|hint| view! { <p class="lede">{hint}</p> })
    };
    match &page.child {
        Some(child) => child_head(
            crumb,
            &child.first_name,
            page.heading.clone(),
            age::birth(child),
            hint,
        ),
        None => head(Some(crumb), page.heading.clone(), hint),
    }
}

/// What the page is a part of.
fn crumb(book: Book) -> AnyView {
    let returned = move || {
        book.filling.with_state(|state| match state.status() {
            record::Status::Returned { at, .. } => Some(format!(
                ". Returned on {}",
                day::day(at.day_in_london(), book.today())
            )),
            _ => None,
        })
    };
    view! { {move || book.name()} {returned} }.into_any()
}

/// The next step, in reach of a thumb.
fn foot(book: Book, sections: Sections, key: &PageKey, faults: Checked) -> AnyView {
    let key = key.clone();
    let steps = move || {
        let (before, after) = sections.beside(&key);
        let next = match after {
            Some(page) => (
                paths::page(book.record, &page.key),
                format!("Next: {}", page.short_title()),
            ),
            None => (paths::check(book.record), "Next: check and send".to_owned()),
        };
        let before = before.map(|page| {
            let words = format!("Back: {}", page.short_title());
            view! { <a class="button quiet step-back" href=paths::page(book.record, &page.key)>{words}</a> }
        });
        view! { <a class="button" href=next.0>{next.1}</a> {before} }
    };
    view! {
        <div class="foot">
            {steps}
            <button class="button quiet" type="button" on:click=move |_| faults.check()>"What is missing?"</button>
        </div>
        <p class="soft" role="status">{move || faults.words()}</p>
    }
    .into_any()
}

/// What was found when the person last had the page checked. What they have put right since is no longer in it.
#[derive(Clone, Copy)]
struct Checked {
    checked: RwSignal<bool>,
    found: RwSignal<Option<Vec<(At, Fault)>>>,
    filling: Filling,
    key: StoredValue<PageKey>,
}

impl Checked {
    fn new(paper: &Paper, key: PageKey) -> Self {
        Self {
            checked: paper.checked,
            found: RwSignal::new(None),
            filling: paper.filling,
            key: StoredValue::new(key),
        }
    }

    fn check(self) {
        let key = self.key.get_value();
        let found = self.filling.with_session(|session| {
            let problems = session.problems().into_iter();
            let wrong = problems.filter(|(_, problem)| problem.severity == form::Severity::Submit);
            let here = wrong.filter(|(at, _)| outline::key_of(session, *at).as_ref() == Some(&key));
            let faults = here.filter_map(|(at, problem)| {
                let words = needed::in_words(session, at, &problem);
                let place = Place::Here(session.address(at)?.to_string());
                Some((at, Fault { words, place }))
            });
            faults.collect::<Vec<_>>()
        });
        let is_any = !found.is_empty();
        self.checked.set(true);
        self.found.set(Some(found));
        if is_any {
            lead_to_errors();
        }
    }

    /// What is still to be put right.
    fn list(self) -> Signal<Vec<Fault>> {
        let is_wrong = move |at: At| {
            self.filling.view(at).with(|view| {
                view.problems
                    .iter()
                    .any(|problem| problem.severity == form::Severity::Submit)
            })
        };
        Signal::derive(move || {
            let found = self.found.get().unwrap_or_default().into_iter();
            found
                .filter(|(at, _)| is_wrong(*at))
                .map(|(_, fault)| fault)
                .collect()
        })
    }

    fn words(self) -> &'static str {
        match self.found.with(|found| found.as_ref().map(Vec::is_empty)) {
            Some(true) => "Nothing is missing on this page.",
            Some(false) | None => "",
        }
    }
}

/// What is already known, beside the page.
fn beside(book: Book, page: &Page) -> AnyView {
    let due = move || {
        let clocks = book.clocks();
        if clocks.is_empty() {
            view! { <p class="soft">"Nothing is due yet."</p> }.into_any()
        } else {
            deadlines(&clocks, book.today())
        }
    };
    let subjects = book
        .filling
        .with_session(|session| session.env().subjects.clone());
    let others: Vec<_> = subjects
        .into_iter()
        .filter(|child| page.child.as_ref() != Some(child))
        .collect();
    let title = if page.child.is_some() {
        "Brothers and sisters in this record"
    } else {
        "Who it is about"
    };
    let mut parts = vec![("Due", due.into_any())];
    if !others.is_empty() {
        parts.push((title, children(&others, book.today())));
    }
    known(parts)
}
