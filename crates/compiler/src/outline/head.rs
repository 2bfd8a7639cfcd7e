//! Reads what a form says of itself: its name and version, whom it is about, who signs it off, what clocks it starts.

use form::{About, Span as Length, Voice};

use super::build::in_words;
use super::{Clock, Due, Head, Stage};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::library::Definition;
use crate::line::{Line, Report, Words};
use crate::sources::FileId;
use crate::template;
use crate::vocabulary::{Key, Within};

/// The roles that can sign off a record, as `record` knows them.
const SIGNING_ROLES: [&str; 2] = ["team_manager", "service_manager"];

/// Forms are published side by side, each under its name, and the list of them under this one.
const LIST_OF_FORMS: &str = "index";

impl<'d> Head<'d> {
    /// Reads it; nothing if the form has no name that can be read.
    pub(super) fn read(definition: Definition<'d>, report: &mut Report) -> Option<Self> {
        let Definition { file, node } = definition;
        let mut line = Line::new(node, file, report);
        let name = line.name();
        let version = line.property("version");
        let number = version.and_then(|entry| line.as_whole(entry, 1));
        if version.is_none() {
            let message = "this form has no version";
            let help = "write `version=1` behind its name, and raise it with every change";
            let head = line.head();
            line.tell(Diagnostic::new(Code::MissingKey, head, message).help(help));
        }
        let place = |span| Place { file, span };
        let version_place = version.map_or(definition.place(), |entry| place(entry.span()));
        line.finish();
        let (name, name_place) = name?;
        if name.as_str() == LIST_OF_FORMS {
            let message = format!("`{name}` is the list of all forms, so no form can be called so");
            let help = "call it after what it is for, and its file likewise";
            report.push(Diagnostic::new(Code::ReservedName, name_place, message).help(help));
        }
        let mut head = Self {
            name,
            version: number.unwrap_or(1),
            version_place,
            title: String::new(),
            summary: None,
            about: About::default(),
            voice: Voice::default(),
            voice_place: definition.place(),
            stages: Vec::new(),
            clocks: Vec::new(),
            migrations: Vec::new(),
            variant: None,
        };
        Reader { file, report }.lines(node, &mut head);
        if head.title.is_empty() {
            let titled = node
                .children()
                .any(|child| child.name().get() == Key::Title.name());
            if !titled {
                let message = "this form has no title";
                let help = "write `title \"…\"` inside its braces";
                report.push(Diagnostic::new(Code::MissingKey, definition.place(), message).help(help));
            }
        }
        Some(head)
    }
}

struct Reader<'r> {
    file: FileId,
    report: &'r mut Report,
}

impl Reader<'_> {
    fn line<'d>(&mut self, node: Node<'d>) -> Line<'d, '_> {
        Line::new(node, self.file, self.report)
    }

    fn place(&self, node: Node<'_>) -> Place {
        Place {
            file: self.file,
            span: node.name().span(),
        }
    }

    fn lines<'d>(&mut self, node: Node<'d>, head: &mut Head<'d>) {
        let mut seen = Vec::new();
        for child in node.children().filter(|child| !child.is_broken()) {
            let Some(key) = self.key(child, Within::Form, &mut seen) else {
                continue;
            };
            match key {
                Key::Title => head.title = self.text(child, "a title").unwrap_or_default(),
                Key::Summary => head.summary = self.text(child, "a text"),
                Key::About => {
                    let known = [("children", About::Children), ("child", About::Child)];
                    head.about = self.one_of(child, &known).unwrap_or_default();
                }
                Key::Voice => {
                    head.voice_place = self.place(child);
                    let known = [
                        ("none", Voice::None),
                        ("short", Voice::Short),
                        ("full", Voice::Full),
                    ];
                    head.voice = self.one_of(child, &known).unwrap_or_default();
                }
                Key::SignOff => self.sign_off(child, head),
                Key::Clock => head.clocks.extend(self.clock(child)),
                Key::Migrate => head.migrations.push(child),
                Key::Variant => {
                    let mut line = self.line(child);
                    line.no_block();
                    head.variant = line.words("the name of a question");
                    line.finish();
                }
                // Sections and conditions are read with their questions, what is allowed with the whole file.
                _ => {}
            }
        }
    }

    /// The word a line begins with; tells if it cannot stand here, or not again.
    fn key(&mut self, node: Node<'_>, within: Within, seen: &mut Vec<Key>) -> Option<Key> {
        let word = node.name().get();
        let place = self.place(node);
        let Some(key) = Key::find(&word, within) else {
            let question = form::Kind::info(&word).is_some() || Key::find(&word, Within::Section).is_some();
            let help = feel::did_you_mean(&word, within.words());
            let diagnostic = if question {
                let message = format!("`{word}` cannot stand in {}", within.describe());
                let help = help.unwrap_or_else(|| "put it into a `section`".to_owned());
                Diagnostic::new(Code::Misplaced, place, message).help(help)
            } else {
                let words: Vec<String> = within.words().map(|word| format!("`{word}`")).collect();
                let help = help.unwrap_or_else(|| format!("here can stand {}", words.join(", ")));
                let message = format!("`{word}` means nothing in {}", within.describe());
                Diagnostic::new(Code::UnknownKey, place, message).help(help)
            };
            self.report.push(diagnostic);
            return None;
        };
        if !key.repeats() && seen.contains(&key) {
            let message = format!("`{word}` stands twice here");
            self.report
                .push(Diagnostic::new(Code::RepeatedKey, place, message).help("keep one of them"));
        }
        seen.push(key);
        Some(key)
    }

    /// The one text of a line, which cannot change with the answers.
    fn text(&mut self, node: Node<'_>, what: &str) -> Option<String> {
        let mut line = self.line(node);
        line.no_block();
        let words = line.words(what);
        line.finish();
        let words = words?;
        let text = match template::fixed(words.as_str()) {
            Ok(Ok(text)) => text,
            _ => {
                let message = "this text cannot change with the answers";
                let help = "for a brace itself write `{{` or `}}`";
                self.report
                    .push(Diagnostic::new(Code::BadPlaceholder, words.place(), message).help(help));
                words.as_str().to_owned()
            }
        };
        if text.trim().is_empty() {
            let message = format!("this `{}` is blank", node.name().get());
            self.report
                .push(Diagnostic::new(Code::MissingValue, words.place(), message));
        }
        Some(text)
    }

    fn one_of<T: Copy>(&mut self, node: Node<'_>, known: &[(&'static str, T)]) -> Option<T> {
        let mut line = self.line(node);
        line.no_block();
        let found = line.one_of(known);
        line.finish();
        found
    }

    fn sign_off<'d>(&mut self, node: Node<'d>, head: &mut Head<'d>) {
        let line = self.line(node);
        line.finish();
        let mut seen = Vec::new();
        let mut stages = 0;
        for child in node.children() {
            if child.is_broken() {
                stages += 1;
            } else if self.key(child, Within::SignOff, &mut seen).is_some() {
                stages += 1;
                head.stages.extend(self.stage(child));
            }
        }
        if stages == 0 {
            let message = "this sign-off has no stage";
            let help = "write who decides, as in `stage team_manager within=\"2 working days\"`";
            let place = self.place(node);
            self.report
                .push(Diagnostic::new(Code::MissingKey, place, message).help(help));
        }
    }

    fn stage<'d>(&mut self, node: Node<'d>) -> Option<Stage<'d>> {
        let mut line = self.line(node);
        line.no_block();
        let role = line.name();
        let within = line.text_property("within");
        let within = match within {
            Some(words) => Some(due(words, &mut line)?),
            None => None,
        };
        line.finish();
        let (role, place) = role?;
        if !SIGNING_ROLES.contains(&role.as_str()) {
            let message = format!("nobody who signs off has the role `{role}`");
            let help = feel::did_you_mean(role.as_str(), SIGNING_ROLES.iter().copied());
            let roles: Vec<String> = SIGNING_ROLES.iter().map(|role| format!("`{role}`")).collect();
            let help = help.unwrap_or_else(|| format!("the roles are {}", roles.join(" and ")));
            self.report
                .push(Diagnostic::new(Code::UnknownRole, place, message).help(help));
            return None;
        }
        Some(Stage { role, within })
    }

    fn clock<'d>(&mut self, node: Node<'d>) -> Option<Clock<'d>> {
        let mut line = self.line(node);
        let (name, label) = (line.name(), line.next_words());
        line.finish();
        let mut seen = Vec::new();
        let (mut starts, mut when, mut due) = (None, None, None);
        for child in node.children().filter(|child| !child.is_broken()) {
            let Some(key) = self.key(child, Within::Clock, &mut seen) else {
                continue;
            };
            let mut line = self.line(child);
            line.no_block();
            match key {
                Key::Starts => starts = line.words("the name of a date"),
                Key::When => when = line.words("a condition"),
                _ => {
                    due = line
                        .words("a length of time")
                        .and_then(|words| self::due(words, &mut line))
                }
            }
            line.finish();
        }
        for (key, there) in [
            (Key::Starts, seen.contains(&Key::Starts)),
            (Key::Due, seen.contains(&Key::Due)),
        ] {
            if !there {
                let message = format!("this clock has no `{}`", key.name());
                let help = "write `starts` with the name of a date, and `due` with a length of time";
                let place = self.place(node);
                self.report
                    .push(Diagnostic::new(Code::MissingKey, place, message).help(help));
            }
        }
        let (name, place) = name?;
        Some(Clock {
            label: label.map_or_else(|| in_words(&name), |words| words.as_str().to_owned()),
            name,
            place,
            starts: starts?,
            when,
            due: due?,
        })
    }
}

/// Reads how soon something is due: a length of time, or the name of what rule packs say.
fn due<'d>(words: Words<'d>, line: &mut Line<'_, '_>) -> Option<Due<'d>> {
    match words.as_str().strip_prefix(RULES) {
        Some(_) => Some(Due::Term(words)),
        None => length(&words, line).map(Due::Length),
    }
}

/// What the names of what rule packs say begin with.
const RULES: &str = "rules.";

/// Reads a length of time as the guidance counts it; tells if it is none.
fn length(words: &Words<'_>, line: &mut Line<'_, '_>) -> Option<Length> {
    let length = read_length(words.as_str());
    if length.is_none() {
        let message = format!("`{}` is no length of time", words.as_str());
        let help = "write a number and `working days`, `days`, `hours`, `weeks` or `months`";
        line.tell(Diagnostic::new(Code::BadValue, words.place(), message).help(help));
    }
    length
}

/// A length of time as it is written: "2 working days".
pub(crate) fn read_length(text: &str) -> Option<Length> {
    let (number, unit) = text.trim().split_once(' ')?;
    let number = number.parse().ok().filter(|&number| number > 0)?;
    let length: fn(u16) -> Length = match unit.trim() {
        "working day" | "working days" => Length::WorkingDays,
        "day" | "days" => Length::Days,
        "hour" | "hours" => Length::Hours,
        "week" | "weeks" => Length::Weeks,
        "month" | "months" => Length::Months,
        _ => return None,
    };
    Some(length(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roles_that_sign_off_are_those_who_may_decide() {
        let may_decide =
            |role: &record::Role| role.permissions().contains(&record::Permission::DecideSignOff);
        let roles = record::Role::ALL
            .into_iter()
            .filter(may_decide)
            .map(record::Role::name);
        assert_eq!(roles.collect::<Vec<_>>(), SIGNING_ROLES);
    }
}
