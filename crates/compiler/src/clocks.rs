//! The stages and clocks of a form: how soon each is due, which date starts each clock, and while what it runs.

use form::{Name, NodeId, Span, TermId, TermValue};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::line::{Report, Words};
use crate::names::{Names, Resolution};
use crate::outline::{Clock, Due, Item, NamedId, Outline, Use, What};
use crate::rules::Rules;

/// Who must look at a record, and what is due when.
#[derive(Default)]
pub(crate) struct Oversight {
    pub(crate) stages: Vec<form::Stage>,
    pub(crate) clocks: Vec<form::Clock>,
    /// Where the condition of each clock is written; of one without, its name.
    pub(crate) places: Vec<Place>,
    /// The conditions of clocks, each with the date that starts its clock.
    pub(crate) conditions: Vec<(NamedId, NodeId)>,
}

impl Oversight {
    /// The stages and clocks of a form, with the dates that start these.
    pub(crate) fn read(
        outline: &Outline<'_>,
        names: &Names<'_, '_>,
        rules: &Rules,
        report: &mut Report,
    ) -> Self {
        let mut found = Self::default();
        for stage in &outline.head.stages {
            let within = stage
                .within
                .as_ref()
                .and_then(|within| due(within, names, report));
            found.stages.push(form::Stage {
                role: stage.role.clone(),
                within: within.map(|(length, _)| length),
                term: within.and_then(|(_, term)| term),
            });
        }
        let mut known: Vec<&Name> = Vec::new();
        for (index, clock) in outline.head.clocks.iter().enumerate() {
            if known.contains(&&clock.name) {
                let message = format!("two clocks are called `{}`", clock.name);
                let diagnostic = Diagnostic::new(Code::DuplicateName, clock.place, message);
                report.push(diagnostic.help("give one of them another name"));
            }
            known.push(&clock.name);
            let due = due(&clock.due, names, report);
            let (Some(starts), Some((due, term))) = (start(clock, outline, names, report), due) else {
                continue;
            };
            let of_clock =
                |id: NamedId| outline.named.get(id).map(|named| &named.what) == Some(&Use::Clock(index));
            let condition = rules.apart.iter().find(|(id, _)| of_clock(*id));
            found.conditions.extend(condition.map(|(id, _)| (*id, starts)));
            let when = clock.when.as_ref();
            found.places.push(when.map_or(clock.place, Words::place));
            found.clocks.push(form::Clock {
                name: clock.name.clone(),
                label: clock.label.clone(),
                starts,
                when: condition.map(|(_, when)| when.clone()),
                due,
                term,
            });
        }
        found
    }
}

/// How soon something is due, and what rule packs say of it; tells if they say nothing.
fn due(due: &Due<'_>, names: &Names<'_, '_>, report: &mut Report) -> Option<(Span, Option<TermId>)> {
    let words = match due {
        Due::Length(length) => return Some((*length, None)),
        Due::Term(words) => words,
    };
    let (_, name) = words.as_str().split_once('.')?;
    let latest = || match names.packs().latest(name)? {
        TermValue::Length(length) => Some(length),
        TermValue::Number(_) | TermValue::Flag(_) => None,
    };
    match (names.term(name), latest()) {
        (Some((term, TermValue::Length(_))), Some(length)) => return Some((length, Some(term))),
        (Some(_), _) => {
            let message = format!("`{}` is no length of time", words.as_str());
            report.push(Diagnostic::new(Code::BadValue, words.place(), message));
        }
        (None, _) if names.packs().is_damaged => {}
        (None, _) => {
            let message = format!("no rule pack says `{name}`");
            let help = names.packs().explain(name);
            let code = Code::Expression(feel::Code::UnknownName);
            report.push(Diagnostic::new(code, words.place(), message).help(help));
        }
    }
    None
}

/// The date that starts a clock; tells if there is none.
fn start(
    clock: &Clock<'_>,
    outline: &Outline<'_>,
    names: &Names<'_, '_>,
    report: &mut Report,
) -> Option<NodeId> {
    let written = clock.starts.as_str();
    let path: Vec<&str> = written.split('.').collect();
    let place = clock.starts.place();
    let node = match names.resolve(None, &path) {
        Resolution::Found(node, used) if used == path.len() => node,
        Resolution::Ambiguous(nodes) => {
            let spellings = names.spellings(None, &nodes);
            let spellings: Vec<String> = spellings.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("`{written}` could be one of several questions");
            let diagnostic = Diagnostic::new(Code::Expression(feel::Code::AmbiguousName), place, message);
            report.push(diagnostic.help(format!("write {}", spellings.join(" or "))));
            return None;
        }
        _ if outline.lost_names => return None,
        Resolution::Found(..) | Resolution::Named(_) | Resolution::Missing => {
            let dates = outline.items.values().filter(|item| starts_a_clock(item));
            let help = feel::did_you_mean(written, dates.map(|item| item.name.as_str()));
            let help = help.or_else(|| names.explain(None, &path));
            let message = format!("no question is called `{written}`");
            let diagnostic = Diagnostic::new(Code::Expression(feel::Code::UnknownName), place, message);
            report.push(diagnostic.maybe_help(help));
            return None;
        }
    };
    let item = outline.items.at(node);
    if matches!(item.what, What::Unknown) {
        return None;
    }
    if starts_a_clock(item) {
        return Some(node);
    }
    let message = format!("a clock starts at a date, and `{written}` is none");
    let diagnostic = Diagnostic::new(Code::NoDateToStart, place, message).label(item.place, "this one");
    report.push(diagnostic.help("name a `date` or `date_time` that is asked once in the record"));
    None
}

/// Can the answer to it start a clock?
fn starts_a_clock(item: &Item) -> bool {
    matches!(item.known_type(), Some(feel::Type::Date | feel::Type::DateTime))
}
