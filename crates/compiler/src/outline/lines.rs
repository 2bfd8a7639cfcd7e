//! Reads the lines that say something of a question, section or group: conditions, checks and texts.

use form::{Aspect, NodeId, Repeat, Severity};

use super::build::Builder;
use super::{Check, How, Wanted, What};
use crate::diagnostic::{Code, Diagnostic};
use crate::kdl::Node;
use crate::line::Words;
use crate::template::{self, LoneBrace};
use crate::vocabulary::Key;

impl<'d> Builder<'d, '_, '_> {
    /// The one text of a line that has nothing else.
    pub(super) fn only_words(&mut self, node: Node<'d>, what: &str) -> Option<Words<'d>> {
        let mut line = self.line(node);
        line.no_block();
        let words = line.words(what);
        line.finish();
        words
    }

    pub(super) fn condition(&mut self, node: Node<'d>, target: NodeId, aspect: Aspect) {
        if let Some(words) = self.only_words(node, "a condition") {
            self.want(target, aspect, words);
        }
    }

    pub(super) fn want(&mut self, target: NodeId, aspect: Aspect, words: Words<'d>) {
        self.want_so(target, aspect, words, How::Written);
    }

    pub(super) fn want_so(&mut self, target: NodeId, aspect: Aspect, words: Words<'d>, how: How<'d>) {
        let used_at = self.used_at;
        self.wanted.push(Wanted {
            target,
            aspect,
            words,
            how,
            used_at,
        });
    }

    pub(super) fn check(&mut self, node: Node<'d>, target: NodeId) {
        let mut line = self.line(node);
        line.no_block();
        let condition = line.words("a condition");
        let message = condition
            .is_some()
            .then(|| line.words("what to say when it does not hold"))
            .flatten();
        let severity = line.text_property("severity");
        let severity = severity.map(|words| line.among(&words, &SEVERITIES));
        let concept = line.text_property("concept");
        line.finish();
        let concept = self.read_concept(concept);
        if let (Some(condition), Some(message)) = (condition, message) {
            let check = self.checks.push(Check {
                severity: severity.flatten().unwrap_or_default(),
                message,
                concept,
            });
            self.want(target, Aspect::Check(check), condition);
        }
    }

    /// Gives a place its label, which may change with the answers.
    pub(super) fn label(&mut self, target: NodeId, words: Option<Words<'d>>) {
        let Some(words) = words else { return };
        let fixed = self.fixed_or_source(&words);
        self.items.at_mut(target).label = fixed.clone().unwrap_or_else(|| words.as_str().to_owned());
        if fixed.is_none() {
            self.want(target, Aspect::Label, words);
        }
    }

    pub(super) fn hint(&mut self, node: Node<'d>, target: NodeId) {
        let Some(words) = self.only_words(node, "a text") else {
            return;
        };
        let fixed = self.fixed_or_source(&words);
        self.items.at_mut(target).hint = Some(fixed.clone().unwrap_or_else(|| words.as_str().to_owned()));
        if fixed.is_none() {
            self.want(target, Aspect::Hint, words);
        }
    }

    /// The text as it is meant, if it does not change with the answers.
    fn fixed_or_source(&mut self, words: &Words<'d>) -> Option<String> {
        match template::fixed(words.as_str()) {
            Ok(Ok(text)) => Some(text),
            Ok(Err(_)) => None,
            Err(lone) => {
                self.lone_brace(words, lone);
                Some(words.as_str().to_owned())
            }
        }
    }

    fn lone_brace(&mut self, words: &Words<'d>, LoneBrace(at): LoneBrace) {
        let place = words.part(at..at + 1);
        self.tell(
            Diagnostic::new(Code::BadPlaceholder, place, "this brace has no partner")
                .help("an expression stands in `{` and `}`; for a brace itself write `{{` or `}}`"),
        );
    }

    /// The text as it is meant; tells if it would change with the answers.
    pub(super) fn fixed(&mut self, words: &Words<'d>) -> String {
        match template::fixed(words.as_str()) {
            Ok(Ok(text)) => return text,
            Ok(Err(range)) => {
                let place = words.part(range.start - 1..range.end + 1);
                self.tell(
                    Diagnostic::new(
                        Code::BadPlaceholder,
                        place,
                        "this text cannot change with the answers",
                    )
                    .help("only labels, hints and the messages of checks can; for a brace itself write `{{`"),
                );
            }
            Err(lone) => self.lone_brace(words, lone),
        }
        words.as_str().to_owned()
    }

    pub(super) fn help(&mut self, node: Node<'d>, target: NodeId) {
        let Some(words) = self.only_words(node, "a text") else {
            return;
        };
        let help = self.fixed(&words);
        self.items.at_mut(target).help = Some(help);
    }

    pub(super) fn concept(&mut self, node: Node<'d>, target: NodeId) {
        let words = self.only_words(node, "a concept");
        if words.is_some() {
            self.items.at_mut(target).concept = self.read_concept(words);
        }
    }

    /// A concept as it is written; tells if it cannot be one.
    fn read_concept(&mut self, words: Option<Words<'d>>) -> Option<String> {
        let words = words?;
        let concept = words.as_str();
        let well_made = !concept.is_empty()
            && concept
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
        if !well_made {
            let message = format!("`{concept}` cannot be a concept");
            let help = "a concept has letters, digits and points, as in `voice.words`";
            self.tell(Diagnostic::new(Code::BadValue, words.place(), message).help(help));
        }
        Some(concept.to_owned())
    }

    pub(super) fn bound(&mut self, key: Key, node: Node<'d>, target: NodeId) {
        let mut line = self.line(node);
        line.no_block();
        let bound = line.whole(u32::from(key == Key::Max));
        line.finish();
        let Some(bound) = bound else { return };
        let place = self.place(node);
        if bound > u32::from(Repeat::MAX_ROWS) {
            let message = format!("a repeat can have {} rows", Repeat::MAX_ROWS);
            self.tell(Diagnostic::new(Code::TooLarge, place, message));
            return;
        }
        let bound = u16::try_from(bound).unwrap_or(Repeat::MAX_ROWS);
        if let What::Rows(repeat) = &mut self.items.at_mut(target).what {
            match key {
                Key::Min => repeat.min = bound,
                _ => repeat.max = bound,
            }
        }
    }
}

const SEVERITIES: [(&str, Severity); 4] = [
    ("submit", Severity::Submit),
    ("approve", Severity::Approve),
    ("warn", Severity::Warn),
    ("nudge", Severity::Nudge),
];
