//! The engine on known forms with hostile edits: whatever is done, a session says what one would that was opened on
//! the same answers, and a refused edit changes nothing.

#![no_main]

use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use compiler::{Sources, compile};
use engine::{At, Edit, Session};
use form::{Answer, Answers, Compound, DateParts, Entry, Form, Kind, Named, Quote, RowKey, kinds};
use fuzz::filling::{env, told};
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

/// The most edits of one session; what a long one comes to, several shorter ones do.
const EDITS: usize = 50;

/// A form with something of everything that can be said, the home visit, and a form with every kind of question.
static FORMS: LazyLock<Vec<Arc<Form>>> = LazyLock::new(|| {
    let every_part = include_bytes!("../../crates/compiler/tests/snapshots/every_part.json");
    let forms: Vec<Form> = Form::from_json(every_part)
        .into_iter()
        .chain(every_kind())
        .chain(home_visit())
        .collect();
    assert_eq!(forms.len(), 3, "a form is missing");
    forms.into_iter().map(Arc::new).collect()
});

/// The answers that the kinds give of themselves, and the questions they are answers to.
static SAMPLES: LazyLock<Vec<(Kind, Answer)>> = LazyLock::new(|| {
    let samples = kinds::ALL.iter().flat_map(|kind| (kind.samples)());
    samples.map(|(kind, answer, _)| (kind, answer)).collect()
});

/// The home visit. It is compiled among the others, because a component is judged by all the forms that use it.
fn home_visit() -> Option<Form> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["forms", "forms/components", "forms/codes", "forms/rules"];
    let mut sources = Sources::default();
    for entry in folders
        .iter()
        .flat_map(|folder| fs::read_dir(root.join(folder)))
        .flatten()
        .flatten()
    {
        let file = entry.path();
        let name = file.strip_prefix(&root).unwrap_or(&file).display().to_string();
        if name.ends_with(".kdl") && !name.ends_with(".cases.kdl") {
            sources.insert(name, fs::read_to_string(&file).unwrap_or_default());
        }
    }
    let mut made = compile(&sources).forms.into_iter().map(|made| made.form);
    made.find(|form| form.name.as_str() == "home_visit")
}

/// A repeat whose rows have a question for each sample of each kind.
fn every_kind() -> Option<Form> {
    let questions = (3..).zip(SAMPLES.iter()).map(|(index, (kind, _))| {
        let name = format!("q{index}");
        json!({ "name": name, "label": name, "parent": 2, "scope": 1, "body": { "field": { "kind": kind } } })
    });
    let rows = json!({ "rows": { "scope": 1, "max": 3 } });
    let mut nodes = Vec::from([
        json!({ "name": "page", "label": "Page", "scope": 0, "body": "group" }),
        json!({ "name": "rows", "label": "Rows", "parent": 0, "scope": 0, "body": rows }),
        json!({ "name": "row", "label": "Row", "parent": 1, "scope": 1, "body": "row" }),
    ]);
    nodes.extend(questions);
    let codes = ["a", "b", "c", "d", "e"].map(|code| json!({ "code": code, "label": code.to_uppercase() }));
    let form = json!({
        "name": "every_kind", "version": 1, "title": "Every kind",
        "lists": [{ "codes": codes }],
        "scopes": [{}, { "parent": 0, "rows": 1 }],
        "nodes": nodes, "checks": [], "rules": [],
    });
    Form::from_json(form.to_string().as_bytes()).ok()
}

fuzz_target!(|data: &[u8]| {
    // When the bytes are used up, everything has been done.
    let _ = fill_in(&mut Unstructured::new(data));
});

fn fill_in(bytes: &mut Unstructured<'_>) -> Result<()> {
    let form = bytes.choose(&FORMS)?;
    let mut session = Session::new(Arc::clone(form), env(), &Answers::default());
    let mut before = told(&session);
    // Places stay known when their rows are gone.
    let mut known: Vec<At> = session.places();
    let mut outcome = Ok(());
    for _ in 0..EDITS {
        if outcome.is_err() || bytes.is_empty() {
            break;
        }
        outcome = edit(bytes, &known).map(|edit| {
            let is_refused = match bytes.ratio(1, 4) {
                Ok(true) => session.follow(edit).is_err(),
                _ => session.apply(edit).is_err(),
            };
            let after = told(&session);
            assert!(!is_refused || before == after, "a refused edit changes something");
            before = after;
            known.extend(session.places());
            known.sort_unstable();
            known.dedup();
        });
    }
    let opened = Session::new(Arc::clone(form), env(), &session.answers());
    assert_eq!(
        told(&opened),
        before,
        "a session on the same answers says something else"
    );
    assert_eq!(opened.submission(), session.submission());
    outcome
}

fn edit(bytes: &mut Unstructured<'_>, known: &[At]) -> Result<Edit> {
    let at = *bytes.choose(known)?;
    Ok(match bytes.int_in_range(0..=5)? {
        0 => Edit::AddRow {
            rows: at,
            key: key(bytes)?,
            before: Some(key(bytes)?),
        },
        1 => Edit::AddRow {
            rows: at,
            key: key(bytes)?,
            before: None,
        },
        2 => Edit::RemoveRow {
            rows: at,
            key: key(bytes)?,
        },
        _ => Edit::Answer {
            at,
            answer: answer(bytes)?,
        },
    })
}

fn key(bytes: &mut Unstructured<'_>) -> Result<RowKey> {
    let name = bytes.choose(&["a", "b", "c", "jordan", "casey"])?;
    RowKey::new(name).map_err(|_| libfuzzer_sys::arbitrary::Error::IncorrectFormat)
}

fn answer(bytes: &mut Unstructured<'_>) -> Result<Option<Answer>> {
    Ok(Some(match bytes.int_in_range(0..=8)? {
        0 => return Ok(None),
        1 => Answer::Text(text(bytes)?),
        2 => Answer::Code(text(bytes)?),
        3 => Answer::Codes(several(bytes, text)?),
        4 => {
            let (day, month, year) = (text(bytes)?, text(bytes)?, text(bytes)?);
            Answer::Date(DateParts {
                day,
                month,
                year,
                estimated: bytes.arbitrary()?,
            })
        }
        5 => Answer::Quotes(several(bytes, |bytes| {
            let (id, words, asked) = (text(bytes)?, text(bytes)?, text(bytes)?);
            Ok(Quote {
                id,
                words,
                asked,
                prompted: bytes.arbitrary()?,
            })
        })?),
        6 => {
            let entries = several(bytes, |bytes| {
                Ok(Entry {
                    id: text(bytes)?,
                    named: named(bytes)?,
                })
            })?;
            Answer::Compound(Compound {
                named: named(bytes)?,
                entries,
            })
        }
        _ => bytes.choose(&SAMPLES)?.1.clone(),
    }))
}

/// The parts of an answer that has several, by names that some kind knows.
fn named(bytes: &mut Unstructured<'_>) -> Result<Named> {
    let mut named = match &bytes.choose(&SAMPLES)?.1 {
        Answer::Compound(sample) => sample.named.clone(),
        _ => Named::default(),
    };
    let names: Vec<String> = named.iter().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        if bytes.arbitrary()? {
            named.set(&name, text(bytes)?);
        }
    }
    Ok(named)
}

fn several<T>(bytes: &mut Unstructured<'_>, one: fn(&mut Unstructured<'_>) -> Result<T>) -> Result<Vec<T>> {
    (0..bytes.int_in_range(0..=3)?).map(|_| one(bytes)).collect()
}

/// What means something to some question, or anything at all.
fn text(bytes: &mut Unstructured<'_>) -> Result<String> {
    let usual = [
        "",
        " ",
        "0",
        "1",
        "31",
        "12",
        "2024",
        "yes",
        "no",
        "a",
        "done",
        "completed",
        "1.5",
        "-1",
        "14:30",
    ];
    let usual: &[&str] = &usual;
    Ok(match bytes.int_in_range(0..=usual.len())? {
        0 => bytes.arbitrary::<&str>()?.to_owned(),
        nth => usual.get(nth - 1).copied().unwrap_or_default().to_owned(),
    })
}
