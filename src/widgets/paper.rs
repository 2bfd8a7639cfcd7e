//! What the questions of one page share, and what a widget is given of its own.

use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use engine::{At, Edit, Subject};
use feel::ListId;
use form::{Answer, CodeList, Form, NodeId, Table};
use leptos::prelude::*;

use super::moves::{self, Moves};
use super::said::{Said, Seen};
use crate::cabinet::Cabinet;
use crate::filling::{Filling, Place, Watched};
use crate::pages::telling::age;

/// What the questions of one page share. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Paper(Arc<Shared>);

/// The parts of a [`Paper`].
pub(crate) struct Shared {
    /// The cabinet that the record is from.
    pub(crate) cabinet: Cabinet,
    /// The record being filled in.
    pub(crate) filling: Filling,
    /// Its form.
    pub(crate) form: Arc<Form>,
    /// Has the person had the page checked?
    pub(crate) checked: RwSignal<bool>,
    moves: Table<NodeId, Moves>,
}

impl Deref for Paper {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Paper {
    /// A page of a record that nobody has had checked yet.
    pub(crate) fn new(cabinet: Cabinet, filling: Filling) -> Self {
        let form = filling.form();
        Self(Arc::new(Shared {
            cabinet,
            filling,
            moves: moves::moves(&form),
            form,
            checked: RwSignal::new(false),
        }))
    }

    /// What about a place can change.
    pub(super) fn moves(&self, at: At) -> Moves {
        self.moves.get(at.node).copied().unwrap_or_default()
    }

    /// Where a place is found in the document: the id of its element.
    pub(super) fn id(&self, at: At) -> Arc<str> {
        let address = self.filling.with_session(|session| session.address(at));
        address.map_or_else(|| Arc::from(""), |address| Arc::from(address.as_str()))
    }

    /// The first name of the child that a place is about.
    pub(super) fn child(&self, at: At) -> Option<String> {
        self.filling.with_session(|session| {
            let child = session.env().subjects.get(session.subject(at)?)?;
            Some(child.first_name.clone())
        })
    }

    /// The children on file as far as this device knows them, those that the record is about first.
    pub(super) fn on_file(&self) -> Vec<Known> {
        let drawers = self.cabinet.drawers();
        let today = self.cabinet.desk().now().day_in_london();
        let mut known: Vec<Known> = Vec::new();
        let mut note = |child: &Subject| {
            if known.iter().all(|other| other.id != child.id.as_str()) {
                known.push(Known {
                    id: child.id.to_string(),
                    name: child.full_name(),
                    note: age::age(child, today),
                });
            }
        };
        self.filling
            .with_session(|session| session.env().subjects.iter().for_each(&mut note));
        drawers.lists().families.seen().with_untracked(|seen| {
            let families = seen.list.iter().flat_map(|(list, _)| &list.families);
            families.flat_map(|family| &family.children).for_each(&mut note);
        });
        known
    }

    /// An id for a row or an entry that is new.
    pub(super) fn new_id(&self) -> String {
        self.cabinet.desk().new_id().to_string()
    }

    /// Makes an edit.
    pub(super) fn edit(&self, edit: Edit) {
        // A record that has just been sent or taken over elsewhere takes no more edits; the page says so, and shows
        // what stands.
        drop(self.filling.edit(edit));
    }
}

/// A child on file.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// Who it is.
    pub(super) id: String,
    /// Given and family name.
    pub(super) name: String,
    /// The age, to tell the child from others of that name.
    pub(super) note: String,
}

/// What a widget is given: its question's view, and a way to answer it.
#[derive(Clone)]
pub(crate) struct Question {
    /// The page.
    pub(super) paper: Paper,
    /// The question.
    pub(super) at: At,
    /// The id of its control, or of the group of its controls.
    pub(super) id: Arc<str>,
    /// Everything there is to show of it.
    pub(super) view: Watched<Rc<Place>>,
    /// What is said of the answer.
    pub(super) said: Memo<Said>,
    judged: RwSignal<bool>,
}

impl Question {
    pub(super) fn new(paper: &Paper, at: At) -> Self {
        let view = paper.filling.view(at);
        // What was answered on an earlier visit to the page was left then.
        let judged = RwSignal::new(view.with_untracked(|view| view.answer.is_some()));
        let checked = paper.checked;
        let said = Memo::new(move |_| {
            let seen = if judged.get() || checked.get() {
                Seen::Judged
            } else {
                Seen::New
            };
            view.with(|view| {
                let disputed = view.marks.as_ref().is_some_and(|marks| !marks.rivals.is_empty());
                Said::of(view, seen, disputed)
            })
        });
        Self {
            paper: paper.clone(),
            at,
            id: paper.id(at),
            view,
            said,
            judged,
        }
    }

    /// Answers the question, or clears its answer.
    pub(super) fn answer(&self, answer: Option<Answer>) {
        self.paper.edit(Edit::Answer { at: self.at, answer });
    }

    /// The person has given a whole answer, or has gone on: from here on they are told what is wrong with it.
    pub(super) fn judge(&self) {
        if !self.judged.get_untracked() {
            self.judged.set(true);
        }
    }

    /// The person has gone on. Whoever passes a blank question by is told nothing.
    pub(super) fn leave(&self) {
        // A page that goes takes the focus from whatever had it. By then what the page held is gone.
        if !self.judged.is_disposed() && self.answered().is_some() {
            self.judge();
        }
        self.paper.filling.leave();
    }

    /// The answer as it stands.
    pub(super) fn answered(&self) -> Option<Answer> {
        self.view.with_untracked(|view| view.answer.clone())
    }

    /// What about it can change.
    pub(super) fn moves(&self) -> Moves {
        self.paper.moves(self.at)
    }

    /// Can it not be edited at present? Told once where no rule decides it.
    pub(super) fn read_only(&self) -> Signal<bool> {
        let view = self.view;
        if self.moves().read_only {
            Memo::new(move |_| view.with(|view| view.read_only)).into()
        } else {
            Signal::stored(view.with_untracked(|view| view.read_only))
        }
    }

    /// The same, for the attribute of a control; most controls never have it.
    pub(super) fn locked(&self) -> Option<Signal<bool>> {
        let may_be = self.moves().read_only || self.view.with_untracked(|view| view.read_only);
        may_be.then(|| self.read_only())
    }

    /// A code list of the form.
    pub(super) fn list(&self, list: ListId) -> &CodeList {
        self.paper.form.lists.at(list)
    }

    /// The id of a part of it.
    pub(super) fn part(&self, name: &str) -> String {
        format!("{}-{name}", self.id)
    }
}
