//! Reads one line of a definition: its name, texts and properties, and tells what is wrong with them.

use std::collections::BTreeSet;

use form::Name;

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::{Decoded, Entry, Node, Text, Value};
use crate::limits;
use crate::sources::FileId;
use crate::span::Span;

/// What is wrong, as it is found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) diagnostics: Vec<Diagnostic>,
    most: Option<usize>,
    failed: bool,
}

impl Report {
    /// A report on one form: at most [`limits::DIAGNOSTICS`] are kept.
    pub(crate) fn on_a_form() -> Self {
        Self {
            most: Some(limits::DIAGNOSTICS),
            ..Self::default()
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.failed |= diagnostic.is_error();
        if self.most.is_none_or(|most| self.diagnostics.len() < most) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Tells it, if there is something to tell.
    pub(crate) fn maybe_push(&mut self, diagnostic: Option<Diagnostic>) {
        if let Some(diagnostic) = diagnostic {
            self.push(diagnostic);
        }
    }

    /// Adds all of another report.
    pub(crate) fn append(&mut self, other: Self) {
        self.failed |= other.failed;
        self.diagnostics.extend(other.diagnostics);
    }

    /// Are there so many errors that no more need be looked for?
    pub(crate) fn is_full(&self) -> bool {
        self.failed && self.most.is_some_and(|most| self.diagnostics.len() >= most)
    }

    /// Was there an error, even if it is one too many to be kept?
    pub(crate) fn has_errors(&self) -> bool {
        self.failed
    }
}

/// A text of a definition, with the way back to where it is written.
#[derive(Clone, Debug)]
pub(crate) struct Words<'d> {
    pub(crate) file: FileId,
    /// Where it stands, with its quotes.
    pub(crate) span: Span,
    pub(crate) decoded: Decoded<'d>,
}

impl<'d> Words<'d> {
    fn new(file: FileId, text: Text<'d>) -> Self {
        Self {
            file,
            span: text.span(),
            decoded: text.decode(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.decoded.text
    }

    /// Where all of it stands.
    pub(crate) fn place(&self) -> Place {
        Place {
            file: self.file,
            span: self.span,
        }
    }

    /// Where a part of it stands.
    pub(crate) fn part(&self, range: std::ops::Range<usize>) -> Place {
        Place {
            file: self.file,
            span: self.decoded.source(range),
        }
    }
}

/// A line being read: a node, and how much of it was read.
pub(crate) struct Line<'d, 'r> {
    pub(crate) node: Node<'d>,
    pub(crate) file: FileId,
    report: &'r mut Report,
    arguments: usize,
    properties: Vec<&'static str>,
    /// Can it have properties of any name?
    takes_any: bool,
}

impl<'d, 'r> Line<'d, 'r> {
    pub(crate) fn new(node: Node<'d>, file: FileId, report: &'r mut Report) -> Self {
        Self {
            node,
            file,
            report,
            arguments: 0,
            properties: Vec::new(),
            takes_any: false,
        }
    }

    /// The word the line begins with.
    pub(crate) fn word(&self) -> String {
        self.node.name().get().into_owned()
    }

    pub(crate) fn place(&self, span: Span) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    /// Where the line's first word stands.
    pub(crate) fn head(&self) -> Place {
        self.place(self.node.name().span())
    }

    pub(crate) fn tell(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    fn next(&mut self) -> Option<Entry<'d>> {
        let entry = self.node.arguments().nth(self.arguments)?;
        self.arguments += 1;
        Some(entry)
    }

    /// The text that comes next, if one does.
    pub(crate) fn next_words(&mut self) -> Option<Words<'d>> {
        let entry = self.node.arguments().nth(self.arguments)?;
        self.arguments += 1;
        self.as_words(entry)
    }

    /// The value as a text; tells if it is none.
    fn as_words(&mut self, entry: Entry<'d>) -> Option<Words<'d>> {
        if let Some(text) = entry.text() {
            return Some(Words::new(self.file, text));
        }
        let place = self.place(entry.value_span());
        self.report.push(
            Diagnostic::new(
                Code::BadValue,
                place,
                format!("`{}` needs a text here", self.word()),
            )
            .help("put it in quotes"),
        );
        None
    }

    /// The text that must come next. `what` it is is said with an article: "a condition".
    pub(crate) fn words(&mut self, what: &str) -> Option<Words<'d>> {
        match self.next() {
            Some(entry) => self.as_words(entry),
            None => {
                let message = format!("`{}` lacks {what}", self.word());
                let help = format!("write it behind `{}`, in quotes", self.word());
                self.report
                    .push(Diagnostic::new(Code::MissingValue, self.head(), message).help(help));
                None
            }
        }
    }

    /// The name that must come next, and where it stands.
    pub(crate) fn name(&mut self) -> Option<(Name, Place)> {
        let Some(entry) = self.next() else {
            let message = format!("this `{}` has no name", self.word());
            let help = format!(
                "write a short name behind `{0}`, as in `{0} my_name`",
                self.word()
            );
            self.report
                .push(Diagnostic::new(Code::MissingName, self.head(), message).help(help));
            return None;
        };
        let text = self.as_words(entry)?;
        let place = text.place();
        match Name::new(text.as_str()) {
            Ok(name) => Some((name, place)),
            Err(_) if text.as_str().trim().contains(' ') && self.node.arguments().count() == 1 => {
                // One text with spaces is the label: it is the name that was forgotten.
                self.arguments -= 1;
                let message = format!("this `{}` has no name", self.word());
                let help = format!(
                    "write a short name before the label, as in `{} {} \"…\"`",
                    self.word(),
                    suggested_name(text.as_str())
                );
                self.report
                    .push(Diagnostic::new(Code::MissingName, place, message).help(help));
                None
            }
            Err(_) => {
                let message = format!("`{}` cannot be a name", text.as_str());
                let help = format!(
                    "a name has small letters, digits and single underscores, and begins with a letter: `{}`",
                    suggested_name(text.as_str())
                );
                self.report
                    .push(Diagnostic::new(Code::BadName, place, message).help(help));
                None
            }
        }
    }

    /// The label that must come next: a text that is not blank.
    pub(crate) fn label(&mut self) -> Option<Words<'d>> {
        let missing = |line: &mut Self, place| {
            let message = format!("this `{}` has no label", line.word());
            let help = "write what people read behind its name, in quotes";
            line.report
                .push(Diagnostic::new(Code::MissingLabel, place, message).help(help));
        };
        match self.next() {
            None => {
                let place = self.place(self.node.head());
                missing(self, place);
                None
            }
            Some(entry) => {
                let label = self.as_words(entry)?;
                if label.as_str().trim().is_empty() {
                    missing(self, label.place());
                    return None;
                }
                Some(label)
            }
        }
    }

    /// A whole number that must come next, not below `least`.
    pub(crate) fn whole(&mut self, least: u32) -> Option<u32> {
        let Some(entry) = self.next() else {
            let message = format!("`{}` lacks a number", self.word());
            self.report
                .push(Diagnostic::new(Code::MissingValue, self.head(), message));
            return None;
        };
        self.as_whole(entry, least)
    }

    /// The value as a whole number, not below `least`; tells if it is none.
    pub(crate) fn as_whole(&mut self, entry: Entry<'d>, least: u32) -> Option<u32> {
        let number = match entry.value() {
            Value::Number(number) => number.plain().and_then(|plain| plain.parse().ok()),
            _ => None,
        };
        let number = number.filter(|number: &u32| *number >= least);
        if number.is_none() {
            let message = format!("`{}` needs a whole number here", self.word());
            let help = format!("write a number from {least} on, without quotes");
            let place = self.place(entry.value_span());
            self.report
                .push(Diagnostic::new(Code::BadValue, place, message).help(help));
        }
        number
    }

    /// A decimal number that must come next.
    pub(crate) fn number(&mut self) -> Option<feel::Number> {
        let Some(entry) = self.next() else {
            let message = format!("`{}` lacks a number", self.word());
            self.report
                .push(Diagnostic::new(Code::MissingValue, self.head(), message));
            return None;
        };
        let number = match entry.value() {
            Value::Number(number) => number.plain().and_then(|plain| plain.parse().ok()),
            _ => None,
        };
        if number.is_none() {
            let message = format!("`{}` needs a number here", self.word());
            let place = self.place(entry.value_span());
            self.report
                .push(Diagnostic::new(Code::BadValue, place, message).help("write it without quotes"));
        }
        number
    }

    /// One of these words, which must come next.
    pub(crate) fn one_of<T: Copy>(&mut self, known: &[(&'static str, T)]) -> Option<T> {
        let words = self.words("a value")?;
        self.among(&words, known)
    }

    /// The value that goes by this word; tells if none does.
    pub(crate) fn among<T: Copy>(&mut self, words: &Words<'_>, known: &[(&'static str, T)]) -> Option<T> {
        let found = known.iter().find(|(word, _)| *word == words.as_str());
        if found.is_none() {
            let message = format!("`{}` is none of the words that can stand here", words.as_str());
            let all: Vec<String> = known.iter().map(|(word, _)| format!("`{word}`")).collect();
            let help = match all.split_last() {
                Some((last, [])) => format!("write {last}"),
                Some((last, others)) => format!("write {} or {last}", others.join(", ")),
                None => String::new(),
            };
            self.report
                .push(Diagnostic::new(Code::UnknownValue, words.place(), message).help(help));
        }
        found.map(|(_, value)| *value)
    }

    /// The property of this name.
    pub(crate) fn property(&mut self, name: &'static str) -> Option<Entry<'d>> {
        self.properties.push(name);
        self.node.property(name)
    }

    /// The property of this name, which must be a text.
    pub(crate) fn text_property(&mut self, name: &'static str) -> Option<Words<'d>> {
        let entry = self.property(name)?;
        self.as_words(entry)
    }

    /// All other properties, whatever their names: where each is written, and its text.
    pub(crate) fn other_properties(&mut self) -> Vec<(String, Place, Option<Words<'d>>)> {
        self.takes_any = true;
        let keyed = self
            .node
            .entries()
            .filter_map(|entry| Some((entry.key()?, entry)));
        let others: Vec<_> = keyed
            .map(|(key, entry)| (key.get().into_owned(), self.place(key.span()), entry))
            .filter(|(name, ..)| !self.properties.iter().any(|known| known == name))
            .collect();
        let read = others.into_iter();
        read.map(|(name, place, entry)| (name, place, self.as_words(entry)))
            .collect()
    }

    /// The value that must come next, whatever it is.
    pub(crate) fn value(&mut self, what: &str) -> Option<Entry<'d>> {
        let next = self.next();
        if next.is_none() {
            let message = format!("`{}` lacks {what}", self.word());
            self.report
                .push(Diagnostic::new(Code::MissingValue, self.head(), message));
        }
        next
    }

    /// The property of this name, which must be `#true` or `#false`.
    pub(crate) fn flag_property(&mut self, name: &'static str) -> bool {
        let Some(entry) = self.property(name) else {
            return false;
        };
        if let Value::Flag(flag) = entry.value() {
            return flag;
        }
        let place = self.place(entry.value_span());
        let message = format!("`{name}` is either there or not");
        let help = format!("write `{name}=#true`, or leave it out");
        self.report
            .push(Diagnostic::new(Code::BadValue, place, message).help(help));
        false
    }

    /// Tells of what is on the line and was not asked for.
    pub(crate) fn finish(self) {
        let word = self.word();
        for extra in self.node.arguments().skip(self.arguments) {
            let message = format!("`{word}` has more on its line than it can have");
            let place = self.place(extra.span());
            let mut diagnostic = Diagnostic::new(Code::ExtraValue, place, message);
            if extra.text().is_some_and(|text| !text.is_quoted()) {
                diagnostic = diagnostic.help("a text of several words needs quotes around it");
            }
            self.report.push(diagnostic);
        }
        let annotations = self
            .node
            .entries()
            .filter_map(Entry::annotation)
            .chain(self.node.annotation());
        for annotation in annotations {
            let message = format!("`({})` means nothing here", annotation.get());
            let place = self.place(annotation.span());
            self.report
                .push(Diagnostic::new(Code::ExtraValue, place, message).help("delete it"));
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for key in self.node.entries().filter_map(Entry::key) {
            let name = key.get().into_owned();
            let place = self.place(key.span());
            if seen.contains(&name) {
                let message = format!("`{name}` stands twice on this line");
                self.report
                    .push(Diagnostic::new(Code::RepeatedKey, place, message).help("delete one"));
            } else if !self.takes_any && !self.properties.iter().any(|known| *known == name) {
                let message = format!("`{word}` cannot have `{name}=` on its line");
                let help = feel::did_you_mean(&name, self.properties.iter().copied());
                let help = help.unwrap_or_else(|| {
                    format!("most things stand on lines of their own, between `{{` and `}}`: `{name} …`")
                });
                self.report
                    .push(Diagnostic::new(Code::UnknownKey, place, message).help(help));
            }
            seen.insert(name);
        }
    }

    /// Tells of a block where there can be none.
    pub(crate) fn no_block(&mut self) {
        if let Some(block) = self.node.block() {
            let message = format!("`{}` cannot have a block", self.word());
            let place = self.place(Span {
                end: block.start + 1,
                ..block
            });
            self.report
                .push(Diagnostic::new(Code::ExtraValue, place, message).help("delete it"));
        }
    }
}

/// A name made of the first words that were written.
fn suggested_name(text: &str) -> String {
    let mut name = String::new();
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let word = word.trim_start_matches(|c: char| name.is_empty() && c.is_ascii_digit());
        if word.is_empty() {
            continue;
        }
        if !name.is_empty() {
            if name.len() + word.len() > 24 {
                break;
            }
            name.push('_');
        }
        name.push_str(&word.to_ascii_lowercase());
    }
    name.truncate(Name::MAX_LEN);
    if name.is_empty() {
        "my_name".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_is_one() {
        for (text, expected) in [
            ("What happened?", "what_happened"),
            (
                "Who was there, and who was not, on that day?",
                "who_was_there_and_who_was",
            ),
            ("2nd visit", "nd_visit"),
            ("visit-date", "visit_date"),
            ("Größe", "gr_e"),
            ("?!", "my_name"),
            (&"a".repeat(100), &"a".repeat(64)),
        ] {
            assert_eq!(suggested_name(text), expected);
            assert!(Name::new(expected).is_ok());
        }
    }
}
