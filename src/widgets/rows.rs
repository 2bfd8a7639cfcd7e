//! A repeat: rows that a person adds and removes, or one for each child. Nested ones are the same again.

use std::rc::Rc;

use engine::{At, Edit, Session};
use form::{Address, Answer, Repeat, RowKey};
use leptos::prelude::*;

use super::focus::{focus, focus_first};
use super::group;
use super::paper::Paper;
use super::thread;
use crate::filling::{Place, Watched};
use crate::pages::telling::answers::row_name;

/// The rows of a repeat, with ways to add and remove them.
pub(super) fn rows(paper: &Paper, at: At, repeat: &Repeat) -> AnyView {
    let id = paper.id(at).to_string();
    let heading = format!("{id}-heading");
    let (label, hint) = group::texts(paper, at);
    let rows = paper.filling.rows(at);
    let list = List {
        paper: paper.clone(),
        at,
        rows,
        id: id.clone(),
        removed: RwSignal::new(None),
        by_hand: !repeat.for_each_child,
    };
    let row = {
        let list = list.clone();
        move |index, row: At| one(&list, index, row)
    };
    let add = list.by_hand.then(|| add(&list, usize::from(repeat.max)));
    view! {
        <div class="group flow" role="group" id=id aria-labelledby=heading>
            <div class="card-head">
                <h3 id=heading.clone()>{label}</h3>
                {hint.map(|hint| view! { <p class="card-note">{hint}</p> })}
            </div>
            {group::at_head(paper, at)}
            {thread::about(paper, at)}
            <ol class="rows" role="list">
                <ForEnumerate each=move || rows.with(|rows| rows.to_vec()) key=|row: &At| *row children=row/>
            </ol>
            {undo(&list)}
            {add}
        </div>
    }
    .into_any()
}

#[derive(Clone)]
struct List {
    paper: Paper,
    at: At,
    rows: Watched<Rc<[At]>>,
    id: String,
    removed: RwSignal<Option<Removed>>,
    by_hand: bool,
}

impl List {
    fn add(&self) {
        let Ok(key) = RowKey::new(&self.paper.new_id()) else {
            return;
        };
        self.paper.edit(Edit::AddRow {
            rows: self.at,
            key: key.clone(),
            before: None,
        });
        self.removed.set(None);
        focus_first(&self.row_id(&key));
    }

    fn remove(&self, row: At) {
        let removed = self
            .paper
            .filling
            .with_session(|session| Removed::of(session, self.at, row));
        let Some(removed) = removed else { return };
        self.paper.edit(Edit::RemoveRow {
            rows: self.at,
            key: removed.key.clone(),
        });
        let next = if removed.is_blank() { "add" } else { "undo" };
        self.removed
            .set(Some(removed).filter(|removed| !removed.is_blank()));
        focus(&format!("{}-{next}", self.id));
    }

    fn undo(&self) {
        let Some(removed) = self.removed.try_update(Option::take).flatten() else {
            return;
        };
        removed.put_back(&self.paper, self.at);
        focus_first(&self.row_id(&removed.key));
    }

    fn row_id(&self, key: &RowKey) -> String {
        format!("{}[{key}]", self.id)
    }
}

fn one(list: &List, index: ReadSignal<usize>, row: At) -> AnyView {
    let id = list.paper.id(row).to_string();
    let view = list.paper.filling.view(row);
    let (label_moves, by_hand) = (list.paper.moves(row).label, list.by_hand);
    let name = move || {
        let number = by_hand.then(|| index.get() + 1);
        let name = |view: &Rc<Place>| row_name(&view.label, number);
        if label_moves {
            view.with(name)
        } else {
            view.with_untracked(name)
        }
    };
    let remove = by_hand.then(|| {
        let list = list.clone();
        view! {
            <p class="words-do">
                <button class="button plain grave" type="button" on:click=move |_| list.remove(row)>
                    "Remove"<span class="unseen">" "{name}</span>
                </button>
            </p>
        }
    });
    view! {
        <li class="row" id=id>
            <fieldset class="flow">
                <legend class="words-title">{name}</legend>
                {group::at_head(&list.paper, row)}
                {thread::about(&list.paper, row)}
                {group::contents(&list.paper, row)}
                {remove}
            </fieldset>
        </li>
    }
    .into_any()
}

fn add(list: &List, most: usize) -> AnyView {
    let (rows, id) = (list.rows, format!("{}-add", list.id));
    let list = list.clone();
    let is_full = Memo::new(move |_| rows.with(|rows| rows.len()) >= most);
    let label = move || {
        if rows.with(|rows| rows.is_empty()) {
            "Add one"
        } else {
            "Add another"
        }
    };
    let more = move || {
        if is_full.get() {
            view! { <p class="soft small">{format!("No more than {most} can be added")}</p> }.into_any()
        } else {
            let list = list.clone();
            view! {
                <button class="button quiet add" type="button" id=id.clone() on:click=move |_| list.add()>{label}</button>
            }
            .into_any()
        }
    };
    view! { <div class="words-add">{more}</div> }.into_any()
}

fn undo(list: &List) -> AnyView {
    let list = list.clone();
    let line = move || {
        let (list, id) = (list.clone(), format!("{}-undo", list.id));
        list.removed.with(Option::is_some).then(|| {
            view! {
                <p class="undo">
                    <span>"Removed, with what was written in it."</span>
                    " "
                    <button class="button quiet" type="button" id=id on:click=move |_| list.undo()>"Put it back"</button>
                </p>
            }
        })
    };
    line.into_any()
}

/// A row that was removed, with all that was in it, so that it can be put back.
#[derive(Clone, Debug, PartialEq)]
struct Removed {
    key: RowKey,
    /// The row it stood before.
    before: Option<RowKey>,
    /// The rows inside it, those of an outer repeat first.
    rows: Vec<(Address, Vec<RowKey>)>,
    answers: Vec<(Address, Answer)>,
}

impl Removed {
    fn of(session: &Session, rows: At, row: At) -> Option<Self> {
        let address = session.address(row)?;
        let start = format!("{address}.");
        let is_inside = |inner: &Address| inner.as_str().starts_with(&start);
        let all = session.answers();
        let mut later = session
            .inside(rows)
            .into_iter()
            .skip_while(|&other| other != row)
            .skip(1);
        Some(Self {
            key: session.row_key(row)?.clone(),
            before: later.next().and_then(|next| session.row_key(next).cloned()),
            rows: all
                .rows
                .into_iter()
                .filter(|(inner, _)| is_inside(inner))
                .collect(),
            answers: all
                .values
                .into_iter()
                .filter(|(inner, _)| is_inside(inner))
                .collect(),
        })
    }

    fn is_blank(&self) -> bool {
        self.answers.is_empty() && self.rows.is_empty()
    }

    fn put_back(&self, paper: &Paper, rows: At) {
        paper.edit(Edit::AddRow {
            rows,
            key: self.key.clone(),
            before: self.before.clone(),
        });
        for (address, keys) in &self.rows {
            for key in keys {
                if let Some(rows) = paper.filling.with_session(|session| session.find(address)) {
                    paper.edit(Edit::AddRow {
                        rows,
                        key: key.clone(),
                        before: None,
                    });
                }
            }
        }
        for (address, answer) in &self.answers {
            if let Some(at) = paper.filling.with_session(|session| session.find(address)) {
                paper.edit(Edit::Answer {
                    at,
                    answer: Some(answer.clone()),
                });
            }
        }
    }
}
