//! Expressions that are understood where they are written and meant elsewhere: conditions with a name, what components
//! are told and when they are shown, what ends a form early, and while what clocks run.

use std::collections::HashMap;

use feel::Type;
use form::{Aspect, Kind, Name, NodeId};

use super::build::Builder;
use super::question::Given;
use super::{Clock, How, What};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::line::Words;
use crate::vocabulary::Key;

/// One of the named expressions of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NamedId(pub(crate) u32);

/// An expression that has a name.
pub(crate) struct Named<'d> {
    pub(crate) name: Name,
    /// Where the name is written.
    pub(crate) place: Place,
    pub(crate) what: Use,
    /// The expression; none if it cannot be read, which is told of already.
    pub(crate) words: Option<Words<'d>>,
    /// Where it is written: names in it mean what they mean there.
    pub(crate) from: Option<NodeId>,
    /// What it must be.
    pub(crate) ty: Type,
    /// Where the component that it came with is used.
    pub(crate) used_at: Option<Place>,
}

/// What a named expression is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    /// A condition that others can use.
    Condition,
    /// What this component is told.
    Argument { component: String },
    /// While it holds, a component is shown.
    Shown,
    /// While it holds, the form ends with its section.
    Finish,
    /// While it holds, the clock at this position runs.
    Clock(usize),
}

impl Use {
    /// Is it there for its own sake, whether or not anything names it?
    pub(crate) fn stands_alone(&self) -> bool {
        matches!(self, Self::Finish | Self::Clock(_))
    }
}

/// The named expressions of a form.
#[derive(Default)]
pub(crate) struct AllNamed<'d> {
    all: Vec<Named<'d>>,
    inside: HashMap<(Option<NodeId>, Name), NamedId>,
}

impl<'d> AllNamed<'d> {
    pub(crate) fn get(&self, id: NamedId) -> Option<&Named<'d>> {
        self.all.get(id.0 as usize)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (NamedId, &Named<'d>)> {
        self.all.iter().zip(0..).map(|(named, id)| (NamedId(id), named))
    }

    /// What is called so directly in this holder.
    pub(crate) fn find(&self, holder: Option<NodeId>, name: &Name) -> Option<NamedId> {
        // Most forms have none, and are asked often.
        if self.inside.is_empty() {
            return None;
        }
        self.inside.get(&(holder, name.clone())).copied()
    }

    fn push(&mut self, named: Named<'d>) -> NamedId {
        let id = NamedId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
        self.all.push(named);
        id
    }
}

/// What a component is told where it is used.
pub(super) type Arguments<'d> = Vec<(String, Place, Option<Words<'d>>)>;

impl<'d> Builder<'d, '_, '_> {
    /// Reads a `condition`, which is known in its holder and all that stands there.
    pub(super) fn named_condition(&mut self, node: Node<'d>, holder: Option<NodeId>) {
        let mut line = self.line(node);
        line.no_block();
        let name = line.name();
        let words = name.is_some().then(|| line.words("a condition")).flatten();
        line.finish();
        match name {
            Some((name, place)) => {
                let named = Named {
                    name,
                    place,
                    what: Use::Condition,
                    words,
                    from: holder,
                    ty: Type::Boolean,
                    used_at: self.used_at,
                };
                self.note_named(named, holder);
            }
            None => self.lost_names = true,
        }
    }

    /// Notes a named expression under its name.
    fn note_named(&mut self, named: Named<'d>, holder: Option<NodeId>) {
        let (name, place) = (named.name.clone(), named.place);
        if self.is_name_free(&name, place, holder) {
            let id = self.named.push(named);
            self.named.inside.insert((holder, name), id);
        }
    }

    /// Notes while what a clock runs, in the words of the form itself.
    pub(super) fn clock_condition(&mut self, index: usize, clock: &Clock<'d>) {
        if clock.when.is_some() {
            self.named.push(Named {
                name: clock.name.clone(),
                place: clock.place,
                what: Use::Clock(index),
                words: clock.when.clone(),
                from: None,
                ty: Type::Boolean,
                used_at: None,
            });
        }
    }

    /// Lets a component, whose group is `group`, be shown only while this holds, in the words of where it is used.
    pub(super) fn shown_while(&mut self, group: NodeId, words: Words<'d>) {
        let item = self.items.at(group);
        let id = self.named.push(Named {
            name: item.name.clone(),
            place: words.place(),
            what: Use::Shown,
            words: Some(words.clone()),
            from: item.parent,
            ty: Type::Boolean,
            used_at: self.used_at,
        });
        self.want_so(group, Aspect::Shown, words, How::While(id));
    }

    /// Reads `finish-when` of a section.
    pub(super) fn finish_when(&mut self, node: Node<'d>, section: NodeId) {
        let words = self.only_words(node, "a condition");
        let item = self.items.at(section);
        if !matches!(item.what, What::Group) {
            let place = self.place(node);
            let message = "a form cannot end early for one child alone";
            let help = "put `finish-when` into a section that is there once";
            self.tell(Diagnostic::new(Code::Misplaced, place, message).help(help));
            return;
        }
        if let Some(words) = words {
            let id = self.named.push(Named {
                name: item.name.clone(),
                place: words.place(),
                what: Use::Finish,
                words: Some(words),
                from: Some(section),
                ty: Type::Boolean,
                used_at: self.used_at,
            });
            self.finishes.push(id);
        }
    }

    /// Lets a section be shown only while no section before it has ended the form.
    pub(super) fn unless_finished(&mut self, section: NodeId) {
        for id in self.finishes.clone() {
            if let Some(words) = self.named.get(id).and_then(|named| named.words.clone()) {
                self.want_so(section, Aspect::Shown, words, How::Unless(id));
            }
        }
    }

    /// Reads the names of variants behind `only-in`.
    pub(super) fn only_in(&mut self, node: Node<'d>, target: NodeId) {
        let mut line = self.line(node);
        line.no_block();
        let first = line.words("the name of a variant");
        let mut variants: Vec<Words<'d>> = first.into_iter().collect();
        while let Some(words) = line.next_words() {
            variants.push(words);
        }
        line.finish();
        if let Some(first) = variants.first().cloned() {
            self.want_so(target, Aspect::Shown, first, How::OnlyIn(variants));
        }
    }

    /// Reads the parameters of a component, whose group is `holder`, with what they are told where it is used at
    /// `outside`; without arguments, only to tell what is wrong with them.
    pub(super) fn parameters(
        &mut self,
        node: Node<'d>,
        holder: NodeId,
        outside: Option<NodeId>,
        component: &str,
        arguments: Option<Arguments<'d>>,
    ) {
        let is_told = arguments.is_some();
        let mut arguments = arguments.unwrap_or_default();
        let mut known: Vec<Name> = Vec::new();
        let parameters = node
            .children()
            .filter(|child| child.name().get() == Key::Parameter.name() && !child.is_broken());
        for child in parameters {
            let Some((name, place, ty)) = self.parameter(child) else {
                self.lost_names = true;
                arguments.clear();
                continue;
            };
            known.push(name.clone());
            let told = arguments.iter().position(|(called, ..)| *called == name.as_str());
            let told = told.map(|index| arguments.swap_remove(index));
            if told.is_none() && is_told {
                let message = format!("`{component}` needs `{name}`, and is not told it");
                let help = format!("write `use {component} {name}=\"…\"`");
                let use_place = self.used_at.unwrap_or(place);
                self.tell(
                    Diagnostic::new(Code::MissingKey, use_place, message)
                        .label(place, "needed here")
                        .help(help),
                );
            }
            let named = Named {
                name,
                place,
                what: Use::Argument {
                    component: component.to_owned(),
                },
                words: told.and_then(|(.., words)| words),
                from: outside,
                ty: ty.unwrap_or(Type::Any),
                used_at: self.used_at,
            };
            self.note_named(named, Some(holder));
        }
        for (name, place, _) in arguments {
            let message = format!("`{component}` has no parameter `{name}`");
            let help = feel::did_you_mean(&name, known.iter().map(Name::as_str));
            self.tell(Diagnostic::new(Code::UnknownKey, place, message).maybe_help(help));
        }
    }

    /// Reads one parameter: its name, and the type that it has.
    fn parameter(&mut self, node: Node<'d>) -> Option<(Name, Place, Option<Type>)> {
        let mut line = self.line(node);
        line.no_block();
        let name = line.name();
        let kind = name
            .is_some()
            .then(|| line.words("what kind of value it is"))
            .flatten();
        let list = line.text_property("options");
        line.finish();
        let (name, place) = name?;
        let kind = kind?;
        let list = match list {
            Some(list) => Some(self.named_list(&list)?),
            None => None,
        };
        Some((name, place, self.parameter_type(&kind, list)))
    }

    fn parameter_type(&mut self, kind: &Words<'d>, list: Option<feel::ListId>) -> Option<Type> {
        if kind.as_str() == Key::Condition.name() {
            return Some(Type::Boolean);
        }
        let info = Kind::info(kind.as_str()).filter(|info| info.answered);
        let Some(info) = info else {
            let message = format!("`{}` is no kind of value", kind.as_str());
            let answered = form::kinds::ALL.iter().filter(|info| info.answered);
            let known = answered.map(|info| info.name).chain([Key::Condition.name()]);
            let help = feel::did_you_mean(kind.as_str(), known);
            let help = help.unwrap_or_else(|| "write a kind of question, or `condition`".to_owned());
            self.tell(Diagnostic::new(Code::UnknownKind, kind.place(), message).help(help));
            return None;
        };
        let lacks = info.settings.iter().find(|setting| {
            setting.required && !(setting.kind == form::SettingKind::Options && list.is_some())
        });
        if let Some(setting) = lacks {
            let message = format!("this parameter has no `{}`", setting.name);
            let help = format!("write `{}=` behind it", setting.name);
            self.tell(Diagnostic::new(Code::MissingKey, kind.place(), message).help(help));
            return None;
        }
        let kind = Given::of_list(list)
            .build(info, &Type::Any, &mut self.lists)
            .ok()?;
        Some(kind.value_type())
    }
}
