//! Reads what stands in a block that holds questions, line by line.

use form::{Aspect, Name, NodeId};

use super::What;
use super::build::Builder;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::limits;
use crate::vocabulary::{Key, Within};

impl<'d> Builder<'d, '_, '_> {
    /// Reads what stands in a block that holds questions. They go into `holder`; what the block says of itself is
    /// about `own`.
    pub(super) fn contents(&mut self, node: Node<'d>, within: Within, holder: NodeId, own: NodeId) {
        if self.depth == limits::FORM_DEPTH {
            let message = format!(
                "sections and groups can stand {} deep in one another",
                limits::FORM_DEPTH
            );
            let place = self.place(node);
            self.give_up(Diagnostic::new(Code::TooLarge, place, message));
            return;
        }
        self.depth += 1;
        let before = self.items.len();
        let mut sound = true;
        let mut seen: Vec<Key> = Vec::new();
        for child in node.children() {
            if self.too_large {
                break;
            }
            if child.is_broken() {
                sound = false;
                self.unreadable(child, holder);
                continue;
            }
            let word = child.name().get();
            if let Some(key) = Key::find(&word, within) {
                self.check_repeated(key, child, &mut seen);
                self.key(key, child, holder, own);
            } else if let Some(info) = form::Kind::info(&word) {
                self.question(info, child, holder);
            } else {
                sound = false;
                self.unknown(child, within);
                self.unreadable(child, holder);
            }
        }
        self.depth -= 1;
        // What could not be put in would have asked something.
        if sound && self.items.len() == before && !self.too_large && !self.lost_names {
            let message = format!("this `{}` asks nothing", node.name().get());
            let place = self.place(node);
            self.tell(
                Diagnostic::new(Code::EmptyBlock, place, message)
                    .help("put questions into its braces, or delete it"),
            );
        }
    }

    /// Tells of a word that stands a second time where it can only stand once.
    pub(super) fn check_repeated(&mut self, key: Key, node: Node<'d>, seen: &mut Vec<Key>) {
        if key.repeats() {
            return;
        }
        if seen.contains(&key) {
            let message = format!("`{}` stands twice here", key.name());
            let place = self.place(node);
            self.tell(Diagnostic::new(Code::RepeatedKey, place, message).help("keep one of them"));
        }
        seen.push(key);
    }

    /// Tells of a word that means nothing where it stands.
    pub(super) fn unknown(&mut self, node: Node<'d>, within: Within) {
        let word = node.name().get();
        let place = self.place(node);
        let near = feel::did_you_mean(&word, within.words());
        let texts = node
            .arguments()
            .filter(|argument| argument.text().is_some())
            .count();
        let (code, message, help) =
            if Key::ALL.iter().any(|key| key.name() == word) || form::Kind::info(&word).is_some() {
                let message = format!("`{word}` cannot stand in {}", within.describe());
                (Code::Misplaced, message, near)
            } else if within.holds_questions() && texts >= 2 {
                let message = format!("there is no kind of question called `{word}`");
                let kinds: Vec<&str> = form::kinds::ALL.iter().map(|kind| kind.name).collect();
                (
                    Code::UnknownKind,
                    message,
                    near.or_else(|| Some(format!("the kinds are {}", listed(&kinds)))),
                )
            } else {
                let message = format!("`{word}` means nothing in {}", within.describe());
                let words: Vec<&str> = within.words().collect();
                (
                    Code::UnknownKey,
                    message,
                    near.or_else(|| Some(format!("here can stand {}", listed(&words)))),
                )
            };
        self.tell(Diagnostic::new(code, place, message).maybe_help(help));
    }

    /// Keeps the names of what cannot be read, so that nobody is told that they are unknown.
    fn unreadable(&mut self, node: Node<'d>, holder: NodeId) {
        self.lost_names = true;
        let named = node.arguments().next().and_then(|name| name.text());
        let named = named.and_then(|text| Some((Name::new(&text.get()).ok()?, text.span())));
        let Some((name, span)) = named else { return };
        let place = Place {
            file: self.file,
            span,
        };
        // What has the same name was told of elsewhere, or will be once this can be read.
        if !self.inside.contains_key(&(Some(holder), name.clone())) {
            let scope = self.scope(holder);
            self.add(Some((name, place)), place, Some(holder), scope, What::Unknown);
        }
    }

    /// Reads a line that is not a question.
    pub(super) fn key(&mut self, key: Key, node: Node<'d>, holder: NodeId, own: NodeId) {
        match key {
            Key::Group => self.group(node, holder),
            Key::Repeat => self.repeat(node, holder),
            Key::Use => self.use_component(node, holder),
            Key::Check => self.check(node, holder),
            Key::ShowWhen => self.condition(node, own, Aspect::Shown),
            Key::ReadOnlyWhen => self.condition(node, own, Aspect::ReadOnly),
            Key::Hint => self.hint(node, own),
            Key::Help => self.help(node, own),
            Key::Concept => self.concept(node, own),
            Key::Condition => self.named_condition(node, Some(holder)),
            Key::Default => self.condition(node, own, Aspect::Default),
            Key::OnlyIn => self.only_in(node, own),
            Key::FinishWhen => self.finish_when(node, own),
            Key::RowLabel => {
                let label = self.only_words(node, "a label");
                self.label(holder, label);
            }
            Key::Min | Key::Max => self.bound(key, node, own),
            // Parameters are read with the component, what is allowed with the whole file, and the rest stands
            // elsewhere: `Key::find` gives none of it here.
            Key::Title
            | Key::Summary
            | Key::About
            | Key::Voice
            | Key::SignOff
            | Key::Stage
            | Key::Clock
            | Key::Starts
            | Key::When
            | Key::Due
            | Key::Section
            | Key::Required
            | Key::RequiredWhen
            | Key::Option
            | Key::Variant
            | Key::Parameter
            | Key::Term
            | Key::Migrate
            | Key::Rename
            | Key::Recode
            | Key::Drop
            | Key::Allow => {}
        }
    }
}

fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
