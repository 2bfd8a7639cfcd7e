//! Rule packs: what law and guidance say from a day on, in files of their own.
//!
//! A pack says what is new with it. What it does not say stays as the pack before it had it. One pack may hold always,
//! such as a council's own settings: it comes before all that are in force from a day on.

use std::collections::BTreeMap;

use feel::{Date, Type};
use form::{Id as _, Name, RulePack, Term, TermId, TermValue};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::{Node, Value};
use crate::library::{Definition, Library};
use crate::line::{Line, Report};
use crate::outline::read_length;
use crate::sources::FileId;
use crate::vocabulary::{Key, Within};

/// What stands for the day of a pack that holds always.
const ALWAYS: &str = "always";

/// The rule packs that forms can refer to, in the order in which they come into force.
#[derive(Default)]
pub(crate) struct Packs {
    packs: Vec<Pack>,
    /// Is there one that cannot be read?
    pub(crate) is_damaged: bool,
}

struct Pack {
    name: Name,
    place: Place,
    title: String,
    /// The day it comes into force; none if it holds always.
    from: Option<Date>,
    /// What it says, and where; of what it does not say, what the pack before it had.
    terms: BTreeMap<Name, (TermValue, Place)>,
}

impl Packs {
    /// Reads all there are.
    pub(crate) fn read(library: &Library<'_>, report: &mut Report) -> Self {
        let mut packs = Self::default();
        for definition in &library.packs {
            let read = definition.and_then(|definition| read(definition, report));
            packs.is_damaged |= read.is_none();
            packs.packs.extend(read);
        }
        packs.packs.sort_by_key(|pack| pack.from);
        packs.follow(report);
        // Of two that come into force at once, the second has taken over what the first says.
        packs.packs.dedup_by(|second, first| {
            let at_once = second.from == first.from;
            if at_once {
                std::mem::swap(second, first);
            }
            at_once
        });
        // What holds always has been taken over by all the others, and no record begins under it alone.
        if packs.packs.iter().any(|pack| pack.from.is_some()) {
            packs.packs.retain(|pack| pack.from.is_some());
        }
        packs
    }

    /// Lets each pack take over what it does not say itself, and tells of those that contradict each other.
    fn follow(&mut self, report: &mut Report) {
        let mut before: Option<&Pack> = None;
        for pack in &mut self.packs {
            if let Some(before) = before {
                if before.from == pack.from {
                    let (message, help) = match pack.from {
                        Some(_) => (
                            format!("`{}` comes into force on the same day", before.name),
                            "put what they say into one pack, or let one come into force later",
                        ),
                        None => (
                            format!("`{}` holds always, too", before.name),
                            "put what they say into one pack",
                        ),
                    };
                    report.push(
                        Diagnostic::new(Code::PacksDisagree, pack.place, message)
                            .label(before.place, "this one")
                            .help(help),
                    );
                }
                for (name, (value, place)) in &before.terms {
                    let own = pack.terms.entry(name.clone()).or_insert((*value, *place));
                    if !own.0.is_like(*value) {
                        let message = format!(
                            "`{name}` is {} here, and {} in the pack before",
                            described(own.0),
                            described(*value)
                        );
                        report.push(
                            Diagnostic::new(Code::PacksDisagree, own.1, message)
                                .label(*place, "said here")
                                .help("give it another name"),
                        );
                    }
                }
            }
            before = Some(pack);
        }
    }

    /// What is said under this name from the first pack on.
    pub(crate) fn find(&self, name: &Name) -> Option<TermValue> {
        self.packs.first()?.terms.get(name).map(|(value, _)| *value)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.packs.len()
    }

    /// What the last pack says under this name.
    pub(crate) fn latest(&self, name: &str) -> Option<TermValue> {
        let name = Name::new(name).ok()?;
        self.packs.last()?.terms.get(&name).map(|(value, _)| *value)
    }

    /// The names under which something is said.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.packs
            .last()
            .into_iter()
            .flat_map(|pack| pack.terms.keys().map(Name::as_str))
    }

    /// The packs with these of their terms, as a form carries them; none if it uses none.
    pub(crate) fn with(&self, terms: &[Name]) -> Vec<RulePack> {
        if terms.is_empty() {
            return Vec::new();
        }
        let said = |pack: &Pack, name: &Name| {
            let (value, _) = pack.terms.get(name)?;
            Some(Term {
                name: name.clone(),
                value: *value,
            })
        };
        let packs = self.packs.iter().map(|pack| RulePack {
            name: pack.name.clone(),
            title: pack.title.clone(),
            from: pack.from.unwrap_or(Date::UNIX_EPOCH),
            terms: terms.iter().filter_map(|name| said(pack, name)).collect(),
        });
        packs.collect()
    }

    /// What each pack says of one of these.
    pub(crate) fn of(&self, term: TermId, terms: &[Name]) -> impl Iterator<Item = TermValue> {
        let name = terms.get(term.index());
        let said = self.packs.iter().filter_map(move |pack| pack.terms.get(name?));
        said.map(|(value, _)| *value)
    }

    /// The type of what is said under this name; none if it is not of one type in all packs.
    pub(crate) fn type_of(&self, name: &str) -> Option<Type> {
        let name = Name::new(name).ok()?;
        let mut said = self.packs.iter().filter_map(|pack| pack.terms.get(&name));
        let first = said.next()?.0.value_type();
        said.all(|(value, _)| value.value_type() == first)
            .then_some(first)
    }

    /// Why nothing is said under this name, and what to do.
    pub(crate) fn explain(&self, name: &str) -> String {
        let known = Name::new(name).ok();
        let said_in = |pack: &&Pack| known.as_ref().is_some_and(|name| pack.terms.contains_key(name));
        match (self.packs.first(), self.packs.iter().find(said_in)) {
            (None, _) => "rule packs stand in files of their own in the folder `rules`".to_owned(),
            (Some(first), Some(pack)) if pack.from > first.from => format!(
                "it is said from `{}` on; say it in `{}` too, which was in force before",
                pack.name, first.name
            ),
            (_, Some(pack)) => format!(
                "`{}` does not count it as later packs do, so only `due` and `within=` can use it",
                pack.name
            ),
            _ => feel::did_you_mean(name, self.names())
                .unwrap_or_else(|| format!("say it in a rule pack, as in `term {name} \"10 working days\"`")),
        }
    }
}

fn described(value: TermValue) -> &'static str {
    match value {
        TermValue::Length(_) => "a length of time",
        TermValue::Number(_) => "a number",
        TermValue::Flag(_) => "true or false",
    }
}

/// Reads a pack; nothing if it has no name or no day to come into force on.
fn read(definition: Definition<'_>, report: &mut Report) -> Option<Pack> {
    let Definition { file, node } = definition;
    let mut line = Line::new(node, file, report);
    let name = line.name();
    let from = line.text_property("from");
    let in_force = from.as_ref().and_then(|words| match words.as_str() {
        ALWAYS => Some(None),
        day => day.parse::<Date>().ok().map(Some),
    });
    match &from {
        None => {
            let head = line.head();
            let message = "this rule pack comes into force on no day";
            let help = "write `from=\"2023-12-15\"` behind its name, or `from=\"always\"`";
            line.tell(Diagnostic::new(Code::MissingKey, head, message).help(help));
        }
        Some(words) if in_force.is_none() => {
            let message = format!("`{}` is no day", words.as_str());
            let help = "write year, month and day, as in `from=\"2023-12-15\"`";
            line.tell(Diagnostic::new(Code::BadValue, words.place(), message).help(help));
        }
        Some(_) => {}
    }
    line.finish();
    let (name, place) = name?;
    let mut pack = Pack {
        title: name.to_string(),
        name,
        place,
        from: in_force.flatten(),
        terms: BTreeMap::new(),
    };
    for child in node.children().filter(|child| !child.is_broken()) {
        said(child, file, &mut pack, report);
    }
    in_force.is_some().then_some(pack)
}

/// Reads a line of a pack.
fn said(node: Node<'_>, file: FileId, pack: &mut Pack, report: &mut Report) {
    let word = node.name().get();
    let place = Place {
        file,
        span: node.name().span(),
    };
    let mut line = Line::new(node, file, report);
    line.no_block();
    match Key::find(&word, Within::Rules) {
        Some(Key::Title) => {
            if let Some(words) = line.words("a title") {
                words.as_str().clone_into(&mut pack.title);
            }
            line.finish();
        }
        Some(Key::Term) => {
            let name = line.name();
            let value = name.is_some().then(|| value(&mut line)).flatten();
            line.finish();
            let (Some((name, place)), Some(value)) = (name, value) else {
                return;
            };
            if let Some((_, first)) = pack.terms.insert(name.clone(), (value, place)) {
                let message = format!("two things here are called `{name}`");
                report.push(
                    Diagnostic::new(Code::DuplicateName, place, message)
                        .label(first, "the first")
                        .help("keep one of them"),
                );
            }
        }
        Some(_) => {}
        None => {
            let message = format!("`{word}` means nothing in a rule pack");
            let help = feel::did_you_mean(&word, Within::Rules.words());
            let help = help.unwrap_or_else(|| "here can stand `title` and `term`".to_owned());
            report.push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
        }
    }
}

/// What is said: a length of time, a number, true or false.
fn value(line: &mut Line<'_, '_>) -> Option<TermValue> {
    let entry = line.value("what it is")?;
    let value = match entry.value() {
        Value::Flag(flag) => Some(TermValue::Flag(flag)),
        Value::Number(number) => {
            let number = number.plain().and_then(|plain| plain.parse().ok());
            number.map(TermValue::Number)
        }
        _ => entry
            .text()
            .and_then(|text| read_length(&text.get()))
            .map(TermValue::Length),
    };
    if value.is_none() {
        let place = line.place(entry.value_span());
        let message = "this is nothing that a rule pack can say";
        let help = "write a length of time such as \"10 working days\", a number, `#true` or `#false`";
        line.tell(Diagnostic::new(Code::BadValue, place, message).help(help));
    }
    value
}
