//! Reads what stands in `given` and `then`: answers, and what must follow of them.

use compiler::kdl::{Entry, Node, Value};
use compiler::{Code, Diagnostic, Place};
use engine::Subject;
use form::{Body, RowKey, Severity};

use crate::answer;
use crate::place::Here;
use crate::read::{Reader, key};
use crate::suite::{Expectation, Expected, Given, Spot, Written};
use crate::word::{Block, Word};

/// Reads `given`.
pub(crate) fn given(reader: &mut Reader<'_, '_>, block: Node<'_>, children: &[Subject]) -> Vec<Given> {
    let mut all = Vec::new();
    given_inside(reader, block, &Here::record(), children, &mut all);
    all
}

fn given_inside(
    reader: &mut Reader<'_, '_>,
    block: Node<'_>,
    here: &Here,
    children: &[Subject],
    all: &mut Vec<Given>,
) {
    for line in block.children().filter(|line| !line.is_broken()) {
        // A question may be called like these words; it has no block.
        match Word::find(&line.name().get(), Block::Given).filter(|_| line.block().is_some()) {
            Some(Word::Child) => {
                if let Some(inner) = child(reader, line, here, children) {
                    given_inside(reader, line, &inner, children, all);
                }
            }
            Some(_) => {
                if let Some((rows, key, inner)) = row(reader, line, here) {
                    all.push(Given::Row(rows, key));
                    given_inside(reader, line, &inner, children, all);
                }
            }
            None => all.extend(answered(reader, line, here)),
        }
    }
}

/// Reads the answer to one question.
fn answered(reader: &mut Reader<'_, '_>, line: Node<'_>, here: &Here) -> Option<Given> {
    let place = reader.place(line.name().span());
    let name = line.name().get().into_owned();
    let spot = found(reader, here, &name, place)?;
    reader.finish(line, usize::MAX, &["json"]);
    let Some(field) = reader.form.field(spot.node) else {
        let message = format!("`{name}` is no question");
        let diagnostic = Diagnostic::new(Code::Misplaced, place, message);
        reader.tell(diagnostic.help("name the questions in it, each on a line of its own"));
        return None;
    };
    match answer::read(line, reader.file, reader.form, field) {
        Ok(answer) => Some(Given::Answer(spot, answer)),
        Err(diagnostic) => {
            reader.tell(diagnostic);
            None
        }
    }
}

/// Reads `then`.
pub(crate) fn expected(reader: &mut Reader<'_, '_>, block: Node<'_>, children: &[Subject]) -> Vec<Expected> {
    let mut all = Vec::new();
    expected_inside(reader, block, Block::Then, &Here::record(), children, &mut all);
    all
}

fn expected_inside(
    reader: &mut Reader<'_, '_>,
    block: Node<'_>,
    within: Block,
    here: &Here,
    children: &[Subject],
    all: &mut Vec<Expected>,
) {
    for line in block.children() {
        let Some(word) = reader.word(line, within) else {
            continue;
        };
        match word {
            Word::Child => {
                if let Some(inner) = child(reader, line, here, children) {
                    expected_inside(reader, line, Block::ThenInside, &inner, children, all);
                }
            }
            Word::Row => {
                if let Some((_, _, inner)) = row(reader, line, here) {
                    expected_inside(reader, line, Block::ThenInside, &inner, children, all);
                }
            }
            _ => expectation(reader, word, line, here, all),
        }
    }
}

/// Reads one line of `then`.
fn expectation(
    reader: &mut Reader<'_, '_>,
    word: Word,
    line: Node<'_>,
    here: &Here,
    all: &mut Vec<Expected>,
) {
    let each: fn(Spot) -> Expectation = match word {
        Word::Shown => Expectation::Shown,
        Word::Hidden => Expectation::Hidden,
        Word::Required => Expectation::Required,
        Word::Optional => Expectation::Optional,
        Word::ReadOnly => Expectation::ReadOnly,
        Word::Editable => Expectation::Editable,
        Word::Accepted => Expectation::Accepted,
        _ => {
            one(reader, word, line, here, all);
            return;
        }
    };
    reader.finish(line, usize::MAX, &[]);
    if reader.text(line, "a name").is_none() {
        return;
    }
    for entry in line.arguments() {
        all.extend(spot(reader, entry, here).map(|(spot, place)| Expected {
            place,
            what: each(spot),
        }));
    }
}

/// Reads a line of `then` that is about one thing.
fn one(reader: &mut Reader<'_, '_>, word: Word, line: Node<'_>, here: &Here, all: &mut Vec<Expected>) {
    let place = reader.place(line.name().span());
    if let Word::Complete | Word::Incomplete = word {
        reader.finish(line, 0, &[]);
        let what = match word {
            Word::Complete => Expectation::Complete,
            _ => Expectation::Incomplete,
        };
        all.push(Expected { place, what });
        return;
    }
    if reader.text(line, "a name").is_none() {
        return;
    }
    if let Word::Running | Word::Idle = word {
        reader.finish(line, usize::MAX, &[]);
        all.extend(line.arguments().filter_map(|entry| clock(reader, word, entry)));
        return;
    }
    let mut values = line.arguments();
    let Some((spot, place)) = values.next().and_then(|entry| spot(reader, entry, here)) else {
        return;
    };
    match word {
        Word::Offered | Word::Withheld => {
            reader.finish(line, usize::MAX, &[]);
            codes(reader, word, values, &spot, all);
        }
        Word::Computed => {
            reader.finish(line, 2, &[]);
            let Some(value) = values.next() else {
                lacks(reader, line, "what it comes to; `#null` if it is blank");
                return;
            };
            let written = match value.value() {
                Value::Other => Ok(Written::Blank),
                Value::Flag(flag) => Ok(Written::Words(flag.to_string())),
                _ => answer::written(value, reader.file).map(Written::Words),
            };
            match written {
                Ok(written) => all.push(Expected {
                    place,
                    what: Expectation::Value(spot, written),
                }),
                Err(diagnostic) => reader.tell(diagnostic),
            }
        }
        Word::Label => {
            reader.finish(line, 2, &[]);
            match values.next().and_then(Entry::text) {
                Some(text) => {
                    let what = Expectation::Label(spot, text.get().into_owned());
                    all.push(Expected { place, what });
                }
                None => lacks(reader, line, "what people read, in quotes"),
            }
        }
        _ => {
            reader.finish(line, 2, &[]);
            let severity = match word {
                Word::Refused => Severity::Submit,
                Word::Unapproved => Severity::Approve,
                Word::Warned => Severity::Warn,
                _ => Severity::Nudge,
            };
            let message = values
                .next()
                .and_then(Entry::text)
                .map(|text| text.get().into_owned());
            all.push(Expected {
                place,
                what: Expectation::Refused(spot, severity, message),
            });
        }
    }
}

/// Reads the codes behind `offered` or `withheld`.
fn codes<'d>(
    reader: &mut Reader<'_, '_>,
    word: Word,
    values: impl Iterator<Item = Entry<'d>>,
    spot: &Spot,
    all: &mut Vec<Expected>,
) {
    let list = reader.form.field(spot.node).and_then(|field| field.kind.list());
    for value in values {
        let place = reader.place(value.value_span());
        let code = value
            .text()
            .map(|text| text.get().into_owned())
            .unwrap_or_default();
        let known = match list {
            Some(list) => answer::known_code(&code, reader.form.lists.at(list), place),
            None => {
                let message = "this question has no options";
                Err(Diagnostic::new(Code::Misplaced, place, message))
            }
        };
        if let Err(diagnostic) = known {
            reader.tell(diagnostic);
            continue;
        }
        let what = match word {
            Word::Offered => Expectation::Offered(spot.clone(), code),
            _ => Expectation::Withheld(spot.clone(), code),
        };
        all.push(Expected { place, what });
    }
}

fn lacks(reader: &mut Reader<'_, '_>, line: Node<'_>, what: &str) {
    let place = reader.place(line.name().span());
    let message = format!("`{}` lacks {what}", line.name().get());
    reader.tell(Diagnostic::new(Code::MissingValue, place, message));
}

/// What a value names, and where it is written.
fn spot(reader: &mut Reader<'_, '_>, entry: Entry<'_>, here: &Here) -> Option<(Spot, Place)> {
    let place = reader.place(entry.value_span());
    let Some(name) = entry.text() else {
        reader.tell(Diagnostic::new(Code::BadValue, place, "this is no name"));
        return None;
    };
    Some((found(reader, here, &name.get(), place)?, place))
}

fn found(reader: &mut Reader<'_, '_>, here: &Here, name: &str, place: Place) -> Option<Spot> {
    match here.find(reader.form, name) {
        Ok(spot) => Some(spot),
        Err(unknown) => {
            reader.tell(unknown.tell(name, place));
            None
        }
    }
}

/// That a clock runs, or does not.
fn clock(reader: &mut Reader<'_, '_>, word: Word, entry: Entry<'_>) -> Option<Expected> {
    let place = reader.place(entry.value_span());
    let name = entry
        .text()
        .map(|text| text.get().into_owned())
        .unwrap_or_default();
    let clocks = &reader.form.clocks;
    let Some(index) = clocks.iter().position(|clock| clock.name.as_str() == name) else {
        let message = format!("no clock is called `{name}`");
        let help = feel::did_you_mean(&name, clocks.iter().map(|clock| clock.name.as_str()));
        reader.tell(Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help));
        return None;
    };
    let what = match word {
        Word::Running => Expectation::Running(index),
        _ => Expectation::Idle(index),
    };
    Some(Expected { place, what })
}

/// The part about a child that a line opens.
fn child(reader: &mut Reader<'_, '_>, line: Node<'_>, here: &Here, children: &[Subject]) -> Option<Here> {
    let text = reader.text(line, "the short name of a child")?;
    reader.finish(line, 1, &[]);
    let (name, place) = (text.get(), reader.place(text.span()));
    if !here.keys.is_empty() {
        reader.tell(Diagnostic::new(
            Code::Misplaced,
            place,
            "a child cannot stand in a child or row",
        ));
        return None;
    }
    let known = key(&name).filter(|key| children.iter().any(|child| child.id == *key));
    if known.is_none() {
        let message = format!("this case is about no child called `{name}`");
        let names = children.iter().map(|child| child.id.as_str());
        let help = feel::did_you_mean(&name, names);
        reader.tell(Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help));
    }
    known.map(|key| Here::child(reader.form, key))
}

/// The row that a line opens: its repeat, its key, and what stands in it.
fn row(reader: &mut Reader<'_, '_>, line: Node<'_>, here: &Here) -> Option<(Spot, RowKey, Here)> {
    let name = reader.text(line, "the name of a repeat")?;
    reader.finish(line, 2, &[]);
    let place = reader.place(name.span());
    let spot = found(reader, here, &name.get(), place)?;
    let repeat = match &reader.form.nodes.at(spot.node).body {
        Body::Rows(repeat) if !repeat.for_each_child => repeat,
        _ => {
            let message = format!("`{}` has no rows that a person adds", name.get());
            reader.tell(Diagnostic::new(Code::Misplaced, place, message));
            return None;
        }
    };
    let Some(row) = line.arguments().nth(1) else {
        lacks(reader, line, "a short name for the row");
        return None;
    };
    let written = answer::written(row, reader.file).ok();
    let Some(key) = written.and_then(|written| key(&written)) else {
        let message = "this cannot be the short name of a row";
        let place = reader.place(row.value_span());
        reader
            .tell(Diagnostic::new(Code::BadName, place, message).help("use letters, digits and underscores"));
        return None;
    };
    let inner = here.row(repeat.scope, key.clone());
    Some((spot, key, inner))
}
