//! A form as it is filled in by hand, on a day when nothing else works: what is asked, when, and the room there is for
//! each answer.

use feel::Expr;
use form::blank::{self, Condition};
use form::{Aspect, Body, Field, Form, Formula, Kind, NodeId, Repeat};

use super::room::Room;

/// The most questions of an entry that stand beside each other, in a table.
const MOST_COLUMNS: usize = 5;
/// An entry with more questions than these is printed once, to be copied.
const LONG_ENTRY: usize = 6;

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Its heading.
    pub(crate) title: String,
    /// The line under it.
    pub(crate) hint: Option<String>,
    /// When it is filled in, if not always.
    pub(crate) when: Option<String>,
    /// Does each child have one?
    pub(crate) for_each_child: bool,
    /// What stands in it.
    pub(crate) blocks: Vec<Block>,
}

/// Something in a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    /// A question.
    Question(Question),
    /// Words for whoever fills it in.
    Note(Vec<String>),
    /// Several things under a heading.
    Group {
        /// The heading.
        title: String,
        /// The line under it.
        hint: Option<String>,
        /// What stands in it.
        blocks: Vec<Block>,
    },
    /// Entries, as many as there may be to write.
    Entries {
        /// What is listed.
        title: String,
        /// The line under it.
        hint: Option<String>,
        /// For how many there is room.
        copies: usize,
        /// What is asked of each.
        asked: Asked,
    },
    /// What is answered only under a condition.
    OnlyIf {
        /// The condition.
        words: String,
        /// What is answered then.
        blocks: Vec<Block>,
    },
}

/// What is asked of each entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// So little that the entries make a table.
    Columns(Vec<Question>),
    /// Enough for each to take a block of its own.
    Blocks(Vec<Block>),
}

/// A question on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    /// What is asked.
    pub(crate) label: String,
    /// The line under it.
    pub(crate) hint: Option<String>,
    /// Must it be answered?
    pub(crate) need: Need,
    /// The room for the answer.
    pub(crate) room: Room,
}

/// Must a question be answered?
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    /// It may be left blank.
    No,
    /// Wherever it is asked.
    Yes,
    /// If this is so.
    If(String),
}

/// The sections of a form, in order.
pub(crate) fn parts(form: &Form) -> Vec<Part> {
    form.sections()
        .iter()
        .filter_map(|&section| part(form, section))
        .collect()
}

fn part(form: &Form, section: NodeId) -> Option<Part> {
    let row = form.inside(section).first().copied();
    let row = row.filter(|_| form.repeat(section).is_some_and(|repeat| repeat.for_each_child));
    let place = row.unwrap_or(section);
    let inner = row.map_or(When::Always, |row| When::shown(form, row));
    let when = When::shown(form, section).and(inner);
    (when != When::Never).then(|| Part {
        title: blank::label(form, place),
        hint: blank::hint(form, place),
        when: when.words(),
        for_each_child: row.is_some(),
        blocks: blocks(form, place),
    })
}

/// What stands in a place. What follows each other under one condition stands together under it.
fn blocks(form: &Form, around: NodeId) -> Vec<Block> {
    let mut runs: Vec<(When, Vec<Block>)> = Vec::new();
    for &node in form.inside(around) {
        let when = When::shown(form, node);
        let block = block(form, node, &when).filter(|_| when != When::Never);
        let Some(block) = block else { continue };
        match runs.last_mut() {
            Some((before, blocks)) if *before == when => blocks.push(block),
            _ => runs.push((when, vec![block])),
        }
    }
    let runs = runs.into_iter();
    runs.flat_map(|(when, blocks)| match when {
        When::If(words) => vec![Block::OnlyIf { words, blocks }],
        When::Always | When::Never => blocks,
    })
    .collect()
}

fn block(form: &Form, id: NodeId, when: &When) -> Option<Block> {
    let node = form.nodes.at(id);
    let (title, hint) = (blank::label(form, id), blank::hint(form, id));
    Some(match &node.body {
        Body::Field(field) if matches!(field.kind, Kind::Note(_)) => {
            let help = node.help.iter().flat_map(|help| help.split("\n\n"));
            let texts = std::iter::once(title).chain(hint).chain(help.map(str::to_owned));
            Block::Note(texts.collect())
        }
        Body::Field(field) => Block::Question(Question {
            label: title,
            hint,
            need: need(form, id, field, when),
            room: Room::of(form, id, &field.kind).filter(|_| !field.read_only)?,
        }),
        Body::Group | Body::Row => {
            let blocks = blocks(form, id);
            if blocks.is_empty() {
                return None;
            }
            Block::Group { title, hint, blocks }
        }
        Body::Rows(repeat) => {
            let row = *form.inside(id).first()?;
            let asked = asked(form, row);
            Block::Entries {
                title,
                hint,
                copies: copies(repeat, &asked),
                asked,
            }
        }
    })
}

fn asked(form: &Form, row: NodeId) -> Asked {
    let blocks = blocks(form, row);
    let columns = blocks.iter().map(|block| match block {
        Block::Question(question) if question.room.fits_a_cell() => Some(question.clone()),
        _ => None,
    });
    match columns.collect::<Option<Vec<Question>>>() {
        Some(columns) if (2..=MOST_COLUMNS).contains(&columns.len()) => Asked::Columns(columns),
        _ => Asked::Blocks(blocks),
    }
}

/// For how many entries there is room, before another sheet is taken.
fn copies(repeat: &Repeat, asked: &Asked) -> usize {
    let usual = match asked {
        Asked::Columns(_) => 6,
        Asked::Blocks(blocks) if questions(blocks) > LONG_ENTRY => 1,
        Asked::Blocks(_) => 2,
    };
    usual.max(repeat.min.into()).min(repeat.max.into())
}

fn questions(blocks: &[Block]) -> usize {
    let count = |block: &Block| match block {
        Block::Question(_) => 1,
        Block::Note(_) => 0,
        Block::Group { blocks, .. } | Block::OnlyIf { blocks, .. } => questions(blocks),
        Block::Entries { asked, .. } => match asked {
            Asked::Columns(columns) => columns.len(),
            Asked::Blocks(blocks) => questions(blocks),
        },
    };
    blocks.iter().map(count).sum()
}

/// When something on paper is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Always.
    Always,
    /// Never, whatever is answered: it is left out.
    Never,
    /// If this is so.
    If(String),
}

impl When {
    /// When a condition holds, as it is told on paper.
    pub(super) fn of(form: &Form, expr: &Expr) -> Self {
        match Condition::of(form, expr) {
            Condition::Always => Self::Always,
            Condition::Never => Self::Never,
            Condition::When(words) => Self::If(words),
            Condition::GoesBy(questions) => {
                let names = questions.into_iter();
                let names: Vec<String> = names
                    .map(|question| format!("“{}”", blank::label(form, question)))
                    .collect();
                Self::If(if names.is_empty() {
                    "it applies".to_owned()
                } else {
                    format!("it applies, by your answers to {}", super::names::list(&names))
                })
            }
        }
    }

    fn shown(form: &Form, place: NodeId) -> Self {
        rule(form, place, Aspect::Shown).map_or(Self::Always, |expr| Self::of(form, expr))
    }

    /// When both this and another are so.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Never, _) | (_, Self::Never) => Self::Never,
            (Self::Always, when) | (when, Self::Always) => when,
            (Self::If(one), Self::If(other)) => Self::If(format!("{one} and {other}")),
        }
    }

    /// The condition, if there is one.
    pub(super) fn words(self) -> Option<String> {
        match self {
            Self::If(words) => Some(words),
            Self::Always | Self::Never => None,
        }
    }
}

fn need(form: &Form, id: NodeId, field: &Field, when: &When) -> Need {
    let Some(_) = &field.need else { return Need::No };
    let Some(expr) = rule(form, id, Aspect::Required) else {
        return Need::Yes;
    };
    match When::of(form, expr) {
        When::Never => Need::No,
        When::Always => Need::Yes,
        required if required == *when => Need::Yes,
        When::If(words) => Need::If(words),
    }
}

fn rule(form: &Form, place: NodeId, aspect: Aspect) -> Option<&Expr> {
    let mut rules = form.rules.values();
    let rule = rules.find(|rule| rule.target == place && rule.aspect == aspect)?;
    match &rule.formula {
        Formula::Expr(expr) => Some(expr),
        Formula::Text(_) => None,
    }
}

#[cfg(test)]
mod tests;
