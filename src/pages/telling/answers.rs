//! What was answered, part by part, for reading: before it is sent, while it is decided on, and ever after.

use engine::{At, Session, Subject};
use form::kinds::NamedFile;
use form::{Address, Answer, Body, Form, Kind, Quote, Severity};

use super::outline::{self, PageKey};

/// What stands on one page of a record.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// The page.
    pub(crate) key: PageKey,
    /// Its heading: "The visit", "Maisie, 5 years".
    pub(crate) title: String,
    /// The child it is about.
    pub(crate) child: Option<Subject>,
    /// What stands there, in order.
    pub(crate) entries: Vec<Entry>,
}

/// A question with its answer, or several under a heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    /// A question.
    Answer(Box<Answered>),
    /// A group, or a row of a repeat.
    Group {
        /// Its heading.
        title: String,
        /// What stands in it.
        entries: Vec<Entry>,
    },
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answered {
    /// The question.
    pub(crate) at: At,
    /// Its address.
    pub(crate) address: Address,
    /// What was asked.
    pub(crate) question: String,
    /// What was answered.
    pub(crate) told: Told,
    /// Does a person answer it?
    pub(crate) asked: bool,
    /// Whose voice it is, where a child was heard.
    pub(crate) voice: Option<Voice>,
    /// What must be done about it before the record is sent, if anything.
    pub(crate) fault: Option<String>,
}

/// What an answer is of how a child was heard. The three are never taken for one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The child's own words.
    Words,
    /// What the child showed, as somebody saw it.
    Shown,
    /// What the worker understands by it.
    Understanding,
}

impl Voice {
    fn of(concept: Option<&str>) -> Option<Self> {
        match concept? {
            "voice.words" => Some(Self::Words),
            "voice.shown" => Some(Self::Shown),
            "voice.understanding" => Some(Self::Understanding),
            _ => None,
        }
    }
}

/// An answer, for reading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Told {
    /// Nothing was answered.
    Nothing,
    /// A few words.
    Words(String),
    /// Paragraphs, as they were written.
    Text(String),
    /// The strokes of a drawing, and what it shows.
    Drawn(Vec<form::Entry>, String),
    /// Files, each with what it shows.
    Files(Vec<NamedFile>),
    /// A child's own words, which look like nothing else.
    Spoken(Vec<Quote>),
}

impl Told {
    /// An answer as its kind tells it.
    pub(crate) fn of(session: &Session, kind: &Kind, answer: Option<&Answer>) -> Self {
        Self::in_form(session.form(), kind, answer)
    }

    /// As [`Told::of`], in the words of a form.
    pub(crate) fn in_form(form: &Form, kind: &Kind, answer: Option<&Answer>) -> Self {
        let lists = &form.lists;
        match (kind, answer) {
            (_, None) => Self::Nothing,
            (Kind::Quote(_), Some(Answer::Quotes(quotes))) => Self::Spoken(quotes.clone()),
            (Kind::Drawing(_), Some(answer @ Answer::Compound(parts))) if !parts.entries.is_empty() => {
                Self::Drawn(parts.entries.clone(), kind.tell(answer, lists))
            }
            (Kind::Attachment(_), Some(answer)) if !kind.files(answer).is_empty() => {
                Self::Files(kind.files(answer))
            }
            (_, Some(answer)) => {
                let told = kind.tell(answer, lists);
                if matches!(kind, Kind::LongText(_)) || told.contains('\n') {
                    Self::Text(told)
                } else {
                    Self::Words(told)
                }
            }
        }
    }

    /// Does it take the whole width of a page?
    pub(crate) fn is_long(&self) -> bool {
        match self {
            Self::Text(_) | Self::Spoken(_) | Self::Drawn(..) | Self::Files(_) => true,
            Self::Nothing | Self::Words(_) => false,
        }
    }
}

/// What is shown of a record, page by page.
pub(crate) fn parts(session: &Session) -> Vec<Part> {
    let pages = outline::pages(session).into_iter();
    pages
        .map(|page| Part {
            title: page.heading,
            entries: entries(session, page.at),
            key: page.key,
            child: page.child,
        })
        .collect()
}

/// What was answered, and the questions that were not: on paper, what is not there takes no room.
pub(crate) fn answered_only(entries: &[Entry]) -> (Vec<Entry>, Vec<String>) {
    let (mut answered, mut blank) = (Vec::new(), Vec::new());
    for entry in entries {
        match entry {
            Entry::Answer(answer) if answer.told == Told::Nothing => {
                blank.extend(answer.asked.then(|| answer.question.clone()));
            }
            Entry::Answer(_) => answered.push(entry.clone()),
            Entry::Group { title, entries } => {
                let (inner, left) = answered_only(entries);
                let left = left.into_iter();
                blank.extend(left.map(|question| format!("{question} ({title})")));
                if !inner.is_empty() {
                    answered.push(Entry::Group {
                        title: title.clone(),
                        entries: inner,
                    });
                }
            }
        }
    }
    (answered, blank)
}

fn entries(session: &Session, around: At) -> Vec<Entry> {
    let inside = session
        .inside(around)
        .into_iter()
        .filter(|&at| session.is_shown(at));
    inside.flat_map(|at| entry(session, at)).collect()
}

fn entry(session: &Session, at: At) -> Vec<Entry> {
    let form = session.form();
    let Some(view) = session.view(at) else {
        return Vec::new();
    };
    match &form.nodes.at(at.node).body {
        Body::Field(field) => answered(session, at, &field.kind)
            .map(|entry| Entry::Answer(Box::new(entry)))
            .into_iter()
            .collect(),
        // The rows stand beside what is around the repeat, each under its own heading.
        Body::Rows(_) => {
            let rows = session.inside(at).into_iter().enumerate();
            rows.map(|(index, row)| Entry::Group {
                title: row_title(session, row, index),
                entries: entries(session, row),
            })
            .collect()
        }
        Body::Group | Body::Row => {
            let entries = entries(session, at);
            if entries.is_empty() {
                Vec::new()
            } else {
                vec![Entry::Group {
                    title: view.label,
                    entries,
                }]
            }
        }
    }
}

/// What a row is called that has this label, and this number unless there is a child to tell it by. Until what its label
/// consists of is answered, its number must do.
pub(crate) fn row_name(label: &str, number: Option<usize>) -> String {
    match number {
        None => label.to_owned(),
        Some(number) if label.trim().is_empty() => format!("Number {number}"),
        Some(number) => format!("{label}, {number}"),
    }
}

fn row_title(session: &Session, row: At, index: usize) -> String {
    let label = session.view(row).map(|view| view.label).unwrap_or_default();
    let is_child = session.holder(row).and_then(|rows| form_repeat(session, rows));
    row_name(&label, (is_child != Some(true)).then_some(index + 1))
}

fn form_repeat(session: &Session, rows: At) -> Option<bool> {
    session
        .form()
        .repeat(rows.node)
        .map(|repeat| repeat.for_each_child)
}

fn answered(session: &Session, at: At, kind: &Kind) -> Option<Answered> {
    let view = session.view(at)?;
    let told = match kind {
        Kind::Note(_) => return None,
        Kind::Computed(_) | Kind::Echo(_) => view
            .value
            .filter(|value| !value.is_empty())
            .map_or(Told::Nothing, Told::Words),
        _ => Told::of(session, kind, view.answer.as_ref()),
    };
    let fault = view
        .problems
        .into_iter()
        .find(|problem| problem.severity == Severity::Submit);
    Some(Answered {
        at,
        address: session.address(at)?,
        question: view.label,
        told,
        asked: kind.answered(),
        voice: Voice::of(session.form().nodes.at(at.node).concept.as_deref()),
        fault: fault.map(|problem| problem.message),
    })
}
