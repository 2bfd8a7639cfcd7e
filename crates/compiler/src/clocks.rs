//! The clocks of a form: which date starts each of them.

use form::{Name, NodeId};

use crate::diagnostic::{Code, Diagnostic};
use crate::line::Report;
use crate::names::{Names, Resolution};
use crate::outline::{Clock, Outline, What};

/// The clocks of a form, with the dates that start them.
pub(crate) fn read(outline: &Outline<'_>, report: &mut Report) -> Vec<form::Clock> {
    if outline.head.clocks.is_empty() {
        return Vec::new();
    }
    let names = Names::new(outline);
    let mut clocks = Vec::new();
    let mut known: Vec<&Name> = Vec::new();
    for clock in &outline.head.clocks {
        if known.contains(&&clock.name) {
            let message = format!("two clocks are called `{}`", clock.name);
            let diagnostic = Diagnostic::new(Code::DuplicateName, clock.place, message);
            report.push(diagnostic.help("give one of them another name"));
        }
        known.push(&clock.name);
        if let Some(starts) = start(clock, outline, &names, report) {
            clocks.push(form::Clock {
                name: clock.name.clone(),
                label: clock.label.clone(),
                starts,
                due: clock.due,
            });
        }
    }
    clocks
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
        Resolution::Found(..) | Resolution::Missing => {
            let dates = outline
                .items
                .values()
                .filter(|item| item.known_type() == Some(feel::Type::Date));
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
    if item.known_type() == Some(feel::Type::Date) {
        return Some(node);
    }
    let message = format!("a clock starts at a date, and `{written}` is none");
    let diagnostic = Diagnostic::new(Code::NoDateToStart, place, message).label(item.place, "this one");
    report.push(diagnostic.help("name a question of the kind `date` that is asked once in the record"));
    None
}
