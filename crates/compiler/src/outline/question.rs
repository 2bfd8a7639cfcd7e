//! Reads a question: what every question can say, and the settings of its kind.

use std::cell::RefCell;

use feel::{ListId, Type};
use form::kinds::KindInfo;
use form::{Aspect, CodeList, Kind, Need, NodeId, SettingError, SettingKind, Settings};

use super::build::Builder;
use super::{Lists, Question, What};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::vocabulary::{Key, Within};

/// A computed value whose formula has not been read: its kind can be made once the type of it is known.
pub(crate) struct Computed {
    info: &'static KindInfo,
    given: Given,
}

impl Computed {
    /// Makes the kind.
    pub(crate) fn build(&self, gives: &Type, lists: &mut Lists) -> Result<Kind, SettingError> {
        self.given.build(self.info, gives, lists)
    }
}

/// The settings that a definition gives.
#[derive(Default)]
pub(super) struct Given {
    flags: Vec<&'static str>,
    wholes: Vec<(&'static str, u32)>,
    numbers: Vec<(&'static str, feel::Number)>,
    texts: Vec<(&'static str, String)>,
    lines: Vec<(&'static str, form::Code)>,
    list: Option<ListId>,
}

impl Given {
    /// Nothing, but for a list of options.
    pub(super) fn of_list(list: Option<ListId>) -> Self {
        Self {
            list,
            ..Self::default()
        }
    }

    pub(super) fn build(
        &self,
        info: &KindInfo,
        gives: &Type,
        lists: &mut Lists,
    ) -> Result<Kind, SettingError> {
        (info.build)(&Ready {
            given: self,
            gives,
            lists: RefCell::new(lists),
        })
    }
}

/// Settings as a kind asks for them.
struct Ready<'g> {
    given: &'g Given,
    gives: &'g Type,
    lists: RefCell<&'g mut Lists>,
}

fn find<'g, T>(all: &'g [(&'static str, T)], name: &str) -> Option<&'g T> {
    all.iter()
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

impl Settings for Ready<'_> {
    fn flag(&self, name: &str) -> bool {
        self.given.flags.contains(&name)
    }

    fn whole(&self, name: &str) -> Option<u32> {
        find(&self.given.wholes, name).copied()
    }

    fn number(&self, name: &str) -> Option<feel::Number> {
        find(&self.given.numbers, name).copied()
    }

    fn text(&self, name: &str) -> Option<&str> {
        find(&self.given.texts, name).map(String::as_str)
    }

    fn lines(&self, name: &str) -> Vec<form::Code> {
        let lines = self.given.lines.iter().filter(|(known, _)| *known == name);
        lines.map(|(_, line)| line.clone()).collect()
    }

    fn list(&self) -> ListId {
        // A kind that needs a list is only built with one.
        self.given.list.unwrap_or(ListId(0))
    }

    fn own_list(&self, list: CodeList) -> ListId {
        self.lists.borrow_mut().own(list)
    }

    fn formula_type(&self) -> Type {
        self.gives.clone()
    }
}

/// What is found in a question's block.
#[derive(Default)]
struct Found<'d> {
    given: Given,
    /// The settings that are there, with where they stand.
    there: Vec<(&'static str, Place)>,
    options: Vec<Node<'d>>,
    required: Option<Place>,
    required_when: Option<Place>,
    ask: Option<String>,
    /// Is there a setting that could not be read?
    unsound: bool,
}

impl<'d> Builder<'d, '_, '_> {
    /// Reads a question of this kind.
    pub(super) fn question(&mut self, info: &'static KindInfo, node: Node<'d>, holder: NodeId) {
        let mut line = self.line(node);
        let (name, label) = (line.name(), line.label());
        line.finish();
        let at = self.place(node);
        let scope = self.items.at(holder).scope;
        let Some(id) = self.add(name, at, Some(holder), scope, What::Unknown) else {
            return;
        };
        self.label(id, label);
        let mut found = Found::default();
        let within = if info.answered {
            Within::Question
        } else {
            Within::Shown
        };
        self.question_block(info, within, node, id, &mut found);
        if let (Some(_), Some(place)) = (found.required, found.required_when) {
            let message = "this question is required always, and also required when something holds";
            let help = "keep `required` or `required-when`";
            self.tell(Diagnostic::new(Code::Contradiction, place, message).help(help));
        }
        let need = found.required.or(found.required_when).map(|_| Need {
            ask: found.ask.take(),
        });
        if let Some(kind) = self.kind(info, node, id, found) {
            self.items.at_mut(id).what = What::Field(Question { kind, need });
        }
    }

    fn question_block(
        &mut self,
        info: &'static KindInfo,
        within: Within,
        node: Node<'d>,
        id: NodeId,
        found: &mut Found<'d>,
    ) {
        let takes_options = info
            .settings
            .iter()
            .any(|setting| setting.kind == SettingKind::Options);
        let mut seen = Vec::new();
        for child in node.children() {
            let word = child.name().get();
            if child.is_broken() {
                found.unsound = true;
            } else if let Some(key) = Key::find(&word, within) {
                self.check_repeated(key, child, &mut seen);
                match key {
                    Key::Required => self.required(child, found),
                    Key::RequiredWhen => self.required_when(child, id, found),
                    _ => self.key(key, child, id, id),
                }
            } else if let Some(setting) = info.settings.iter().find(|setting| setting.name == word) {
                let place = self.place(child);
                let is_there = found.there.iter().any(|(name, _)| *name == setting.name);
                if is_there && setting.kind != SettingKind::Lines {
                    let message = format!("`{word}` stands twice here");
                    self.tell(Diagnostic::new(Code::RepeatedKey, place, message).help("keep one of them"));
                    continue;
                }
                found.there.push((setting.name, place));
                if self
                    .setting(setting.name, setting.kind, child, id, found)
                    .is_none()
                {
                    found.unsound = true;
                }
            } else if takes_options && word == Key::Option.name() {
                found.options.push(child);
            } else {
                self.unknown_in_question(info, within, child);
            }
        }
    }

    fn unknown_in_question(&mut self, info: &KindInfo, within: Within, node: Node<'d>) {
        let word = node.name().get();
        let settings = info.settings.iter().map(|setting| setting.name);
        let near = feel::did_you_mean(&word, settings.chain(within.words()));
        let of_other = form::kinds::ALL
            .iter()
            .find(|kind| kind.settings.iter().any(|setting| setting.name == word));
        if let (None, Some(other)) = (&near, of_other) {
            let place = self.place(node);
            let message = format!("`{word}` means nothing in `{}`", info.name);
            let help = format!("it is a setting of `{}`", other.name);
            self.tell(Diagnostic::new(Code::UnknownKey, place, message).help(help));
        } else if let Some(near) = near {
            let place = self.place(node);
            let message = format!("`{word}` means nothing in `{}`", info.name);
            self.tell(Diagnostic::new(Code::UnknownKey, place, message).help(near));
        } else {
            self.unknown(node, within);
        }
    }

    fn required(&mut self, node: Node<'d>, found: &mut Found<'d>) {
        let mut line = self.line(node);
        line.no_block();
        let ask = line.next_words();
        line.finish();
        found.required = Some(self.place(node));
        found.ask = ask.map(|words| self.fixed(&words));
    }

    fn required_when(&mut self, node: Node<'d>, id: NodeId, found: &mut Found<'d>) {
        let mut line = self.line(node);
        line.no_block();
        let (condition, ask) = (line.words("a condition"), line.next_words());
        line.finish();
        found.required_when = Some(self.place(node));
        found.ask = ask.map(|words| self.fixed(&words));
        if let Some(condition) = condition {
            self.want(id, Aspect::Required, condition);
        }
    }

    /// Reads one setting; nothing if it cannot be read.
    fn setting(
        &mut self,
        name: &'static str,
        kind: SettingKind,
        node: Node<'d>,
        id: NodeId,
        found: &mut Found<'d>,
    ) -> Option<()> {
        let mut line = self.line(node);
        line.no_block();
        match kind {
            SettingKind::Flag => {
                line.finish();
                found.given.flags.push(name);
            }
            SettingKind::Whole => {
                let whole = line.whole(0);
                line.finish();
                found.given.wholes.push((name, whole?));
            }
            SettingKind::Number => {
                let number = line.number();
                line.finish();
                found.given.numbers.push((name, number?));
            }
            SettingKind::Text => {
                let text = line.words("a text");
                line.finish();
                let text = self.fixed(&text?);
                found.given.texts.push((name, text));
            }
            SettingKind::Lines => {
                let (named, label) = (line.name(), line.label());
                line.finish();
                let (own, place) = named?;
                let label = self.fixed(&label?);
                let is_known =
                    |(known, line): &(&str, form::Code)| *known == name && line.code == own.as_str();
                if found.given.lines.iter().any(is_known) {
                    let message = format!("two `{name}` lines are called `{own}`");
                    let help = "give one of them another name";
                    self.tell(Diagnostic::new(Code::DuplicateName, place, message).help(help));
                    return None;
                }
                let line = form::Code {
                    code: own.as_str().into(),
                    label,
                    ..form::Code::default()
                };
                found.given.lines.push((name, line));
            }
            SettingKind::Options => {
                let list = line.words("the name of a list of options");
                line.finish();
                found.given.list = Some(self.named_list(&list?)?);
            }
            SettingKind::Formula => {
                let formula = line.words("an expression");
                line.finish();
                self.want(id, Aspect::Value, formula?);
            }
        }
        Some(())
    }

    /// Makes the kind of a question, if its settings allow it.
    fn kind(
        &mut self,
        info: &'static KindInfo,
        node: Node<'d>,
        id: NodeId,
        mut found: Found<'d>,
    ) -> Option<Result<Kind, Computed>> {
        if !found.options.is_empty() {
            if let Some((_, place)) = found.there.iter().find(|(name, _)| *name == "options") {
                let message = "this question has options of its own, and a list of them";
                let help = "keep the `option` lines, or `options`";
                self.tell(Diagnostic::new(Code::Contradiction, *place, message).help(help));
            }
            found.given.list = self.own_options(info, &found.options, id);
            found.unsound |= found.given.list.is_none();
        }
        for setting in info.settings.iter().filter(|setting| setting.required) {
            let there = found.there.iter().any(|(name, _)| *name == setting.name)
                || setting.kind == SettingKind::Options && !found.options.is_empty();
            if !there {
                found.unsound = true;
                let message = format!("this `{}` has no `{}`", info.name, setting.name);
                let place = self.place(node);
                self.tell(Diagnostic::new(Code::MissingKey, place, message).help(in_help(setting.doc)));
            }
        }
        if found.unsound {
            return None;
        }
        if info
            .settings
            .iter()
            .any(|setting| setting.kind == SettingKind::Formula)
        {
            return Some(Err(Computed {
                info,
                given: found.given,
            }));
        }
        match found.given.build(info, &Type::Any, &mut self.lists) {
            Ok(kind) => Some(Ok(kind)),
            Err(error) => {
                let there = found.there.iter().find(|(name, _)| *name == error.setting);
                let place = there.map_or(self.place(node), |(_, place)| *place);
                self.tell(Diagnostic::new(Code::BadSetting, place, error.message));
                None
            }
        }
    }
}

/// A sentence as diagnostics have it: in small letters, without a full stop.
fn in_help(sentence: &str) -> String {
    let mut help = sentence.trim_end_matches('.').to_owned();
    if let Some(first) = help.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    help
}
