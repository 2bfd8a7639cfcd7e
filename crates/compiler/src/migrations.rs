//! What becomes of the answers to earlier versions of a form: reads `migrate`, and holds it to the form as it is now.

use std::collections::BTreeMap;

use form::{Address, Mapping, Migration, Name, NodeId, follow, recode};
use smol_str::SmolStr;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::line::{Line, Report};
use crate::outline::{Outline, Question, What};
use crate::sources::FileId;
use crate::vocabulary::{Key, Within};

/// A step, with where what it leads to is written.
struct Written {
    step: Mapping,
    target: Place,
}

/// Reads what a form says of answers to its earlier versions, the earliest first.
pub(crate) fn read(outline: &Outline<'_>, file: FileId, report: &mut Report) -> Vec<Migration> {
    let mut all: BTreeMap<u32, Vec<Written>> = BTreeMap::new();
    for node in &outline.head.migrations {
        let Some(from) = from(*node, outline, file, report) else {
            continue;
        };
        let steps: Vec<Written> = node
            .children()
            .filter(|child| !child.is_broken())
            .filter_map(|child| step(child, file, report))
            .collect();
        if all.contains_key(&from) {
            let place = Place {
                file,
                span: node.head(),
            };
            let message = format!("two `migrate` blocks are about version {from}");
            let help = "put everything into one of them";
            report.push(Diagnostic::new(Code::RepeatedKey, place, message).help(help));
        }
        all.entry(from).or_default().extend(steps);
    }
    let written: Vec<&Written> = all.values().flatten().collect();
    for (index, this) in written.iter().enumerate() {
        let later = || written.iter().skip(index + 1).map(|later| &later.step);
        match &this.step {
            Mapping::Rename { new, .. } => {
                find(follow(later(), new.names()), this.target, outline, report);
            }
            Mapping::Recode { at, new, .. } => {
                let path = follow(later(), at.names());
                let code = recode(later(), at.names(), new);
                if let Some(node) = find(path, this.target, outline, report) {
                    offers(node, &code, this.target, outline, report);
                }
            }
            Mapping::Drop { .. } => {}
        }
    }
    let steps = |steps: Vec<Written>| steps.into_iter().map(|written| written.step).collect();
    let migrations = all.into_iter().map(|(from, written)| Migration {
        from,
        steps: steps(written),
    });
    migrations.collect()
}

/// The version after which it is; tells if it is none before the form's own.
fn from(node: Node<'_>, outline: &Outline<'_>, file: FileId, report: &mut Report) -> Option<u32> {
    let mut line = Line::new(node, file, report);
    let entry = line.property("from");
    let from = entry.and_then(|entry| line.as_whole(entry, 1));
    let head = line.head();
    match entry {
        None => {
            let message = "this `migrate` does not say after which version";
            line.tell(Diagnostic::new(Code::MissingKey, head, message).help("write `migrate from=1`"));
        }
        Some(entry) if from.is_some_and(|from| from >= outline.head.version) => {
            let place = line.place(entry.value_span());
            let message = "answers only move on from versions before this one";
            let help = format!("this is version {}", outline.head.version);
            line.tell(Diagnostic::new(Code::BadValue, place, message).help(help));
        }
        Some(_) => {}
    }
    line.finish();
    from.filter(|from| *from < outline.head.version)
}

/// Reads one line of a `migrate`.
fn step(node: Node<'_>, file: FileId, report: &mut Report) -> Option<Written> {
    let mut line = Line::new(node, file, report);
    let word = line.word();
    let Some(key) = Key::find(&word, Within::Migrate) else {
        let words: Vec<&str> = Within::Migrate.words().collect();
        let help = feel::did_you_mean(&word, words.iter().copied());
        let help = help.unwrap_or_else(|| format!("here can stand `{}`", words.join("`, `")));
        let message = format!("`{word}` means nothing in {}", Within::Migrate.describe());
        let head = line.head();
        line.tell(Diagnostic::new(Code::UnknownKey, head, message).help(help));
        return None;
    };
    line.no_block();
    let first = address(&mut line);
    let step = match key {
        Key::Rename => {
            let new = address(&mut line);
            first.zip(new).map(|((old, _), (new, target))| Written {
                step: Mapping::Rename { old, new },
                target,
            })
        }
        Key::Recode => {
            let (old, new) = (line.words("the old code"), line.words("the new code"));
            first.zip(old.zip(new)).map(|((at, _), (old, new))| Written {
                step: Mapping::Recode {
                    at,
                    old: SmolStr::new(old.as_str()),
                    new: SmolStr::new(new.as_str()),
                },
                target: new.place(),
            })
        }
        _ => first.map(|(at, target)| Written {
            step: Mapping::Drop { at },
            target,
        }),
    };
    line.finish();
    step
}

/// The names that lead to a place, and where they are written; tells if they cannot.
fn address(line: &mut Line<'_, '_>) -> Option<(Address, Place)> {
    let words = line.words("the name of a question, section or group")?;
    let address = words.as_str().parse::<Address>().ok();
    let address = address.filter(|address| address.steps().iter().all(|step| step.row.is_none()));
    if address.is_none() {
        let message = format!("`{}` leads to nothing", words.as_str());
        let help = "write all names that lead there, as in `visit.outcome` or `children.voice.words`";
        line.tell(Diagnostic::new(Code::BadName, words.place(), message).help(help));
    }
    Some((address?, words.place()))
}

/// What these names lead to in the form as it is; tells if that is nothing. Without names there is nothing to find.
fn find(
    names: Option<Vec<Name>>,
    place: Place,
    outline: &Outline<'_>,
    report: &mut Report,
) -> Option<NodeId> {
    let names = names?;
    let mut found = None;
    let mut holder = None;
    for name in &names {
        found = outline.inside.get(&(holder, name.clone())).copied();
        holder = match found {
            Some(rows) if matches!(outline.items.at(rows).what, What::Rows(_)) => Some(outline.row_of(rows)),
            Some(other) => Some(other),
            None => break,
        };
    }
    if found.is_none() && !outline.lost_names {
        let written: Vec<&str> = names.iter().map(Name::as_str).collect();
        let written = written.join(".");
        let message = format!("nothing is called `{written}` in this version");
        let last = names.last().map_or("", Name::as_str);
        let mut called: Vec<String> = outline.items.ids().map(|id| full_name(outline, id)).collect();
        called.dedup();
        let namesake = called.iter().find(|name| name.rsplit('.').next() == Some(last));
        let help = match namesake {
            Some(namesake) => Some(format!("write all names that lead there: `{namesake}`")),
            None => feel::did_you_mean(&written, called.iter().map(String::as_str)),
        };
        report.push(Diagnostic::new(Code::UnknownPlace, place, message).maybe_help(help));
    }
    found
}

/// All names that lead to a place.
fn full_name(outline: &Outline<'_>, node: NodeId) -> String {
    let around = outline.around(node);
    let named = around.filter(|&id| !matches!(outline.items.at(id).what, What::Row));
    let mut names: Vec<&str> = named.map(|id| outline.items.at(id).name.as_str()).collect();
    names.reverse();
    names.join(".")
}

/// Tells if a question has no option of this code.
fn offers(node: NodeId, code: &str, place: Place, outline: &Outline<'_>, report: &mut Report) {
    let What::Field(Question { kind: Ok(kind), .. }) = &outline.items.at(node).what else {
        return;
    };
    let list = kind.list().and_then(|list| outline.lists.get(list));
    let codes = || {
        list.into_iter()
            .flat_map(|list| list.codes.iter().map(|entry| entry.code.as_str()))
    };
    if codes().any(|known| known == code) {
        return;
    }
    let message = format!("`{}` has no option `{code}`", outline.items.at(node).name);
    let help = feel::did_you_mean(code, codes());
    report.push(Diagnostic::new(Code::UnknownValue, place, message).maybe_help(help));
}
