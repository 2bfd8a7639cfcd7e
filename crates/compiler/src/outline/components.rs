//! Puts components in where they are used, each as a group with what it is told.

use form::{Name, NodeId, ScopeId};

use super::What;
use super::build::Builder;
use super::named::Arguments;
use crate::diagnostic::{Code, Diagnostic, Label, Place};
use crate::kdl::Node;
use crate::library::{Definition, Found, Shelf};
use crate::limits;
use crate::line::Words;
use crate::vocabulary::Within;

impl<'d> Builder<'d, '_, '_> {
    /// Reads `use`: puts a component in.
    pub(super) fn use_component(&mut self, node: Node<'d>, holder: NodeId) {
        let mut line = self.line(node);
        line.no_block();
        let words = line.words("the name of a component");
        let called = line.text_property("as");
        let shown = line.text_property("show-when");
        let arguments = line.other_properties();
        line.finish();
        let Some(words) = words else {
            self.lost_names = true;
            return;
        };
        let (name, place) = (words.as_str(), words.place());
        let definition = match self.library.component(name) {
            Found::Known(definition) => definition,
            Found::Damaged => {
                self.lost_names = true;
                self.lacks_files = true;
                return;
            }
            Found::Missing => {
                self.lost_names = true;
                let message = format!("there is no component `{name}`");
                let help = feel::did_you_mean(name, self.library.names(Shelf::Components));
                let help = help.unwrap_or_else(|| format!("define it in `components/{name}.kdl`"));
                self.tell(Diagnostic::new(Code::UnknownComponent, place, message).help(help));
                return;
            }
        };
        if self.components.iter().any(|open| open == name) {
            let open = self.components.iter().skip_while(|open| *open != name);
            let message = match open.clone().count() {
                1 => format!("the component `{name}` uses itself"),
                _ => {
                    let path: Vec<String> = open.map(|open| format!("`{open}`")).collect();
                    format!("the component {}, which uses `{name}`", path.join(" uses "))
                }
            };
            let help = "a component can only use others that do not use it";
            self.tell(Diagnostic::new(Code::ComponentCycle, place, message).help(help));
            return;
        }
        self.put_in += definition.node.span().range().len();
        if self.put_in > limits::COMPONENT_BYTES {
            let message = format!(
                "the components in a form can come to {} MiB, each counted wherever it is used",
                limits::COMPONENT_BYTES >> 20
            );
            let help = "make several forms of it, or use `repeat` for what is asked again and again";
            self.give_up(Diagnostic::new(Code::TooLarge, place, message).help(help));
            return;
        }
        let told = self.report.diagnostics.len();
        let around = (self.file, self.used_at);
        (self.file, self.used_at) = (definition.file, Some(place));
        self.files.insert(definition.file);
        self.components.push(name.to_owned());
        let group = match &called {
            Some(called) => self.called(called),
            None => Name::new(name).ok().map(|name| (name, place)),
        };
        let group = self.component_block(definition, group, Some(holder), (name, Some(arguments)));
        self.components.pop();
        (self.file, self.used_at) = around;
        if let (Some(group), Some(shown)) = (group, shown) {
            self.shown_while(group, shown);
        }
        for diagnostic in self.report.diagnostics.iter_mut().skip(told) {
            if diagnostic.place != place && diagnostic.labels.iter().all(|label| label.place != place) {
                diagnostic.labels.push(Label {
                    place,
                    message: "used here".to_owned(),
                });
            }
        }
    }

    /// What a component is called where it is used, if that is said there.
    fn called(&mut self, words: &Words<'d>) -> Option<(Name, Place)> {
        match Name::new(words.as_str()) {
            Ok(name) => Some((name, words.place())),
            Err(_) => {
                let message = format!("`{}` cannot be a name", words.as_str());
                let help =
                    "a name has small letters, digits and single underscores, and begins with a letter";
                self.tell(Diagnostic::new(Code::BadName, words.place(), message).help(help));
                None
            }
        }
    }

    /// Reads a component as a group, with what it is told. Gives the group.
    pub(super) fn component_block(
        &mut self,
        definition: Definition<'d>,
        name: Option<(Name, Place)>,
        parent: Option<NodeId>,
        (component, arguments): (&str, Option<Arguments<'d>>),
    ) -> Option<NodeId> {
        let scope = parent.map_or(ScopeId(0), |parent| self.scope(parent));
        let mut line = self.line(definition.node);
        // The name was read with the file; here it is the place of use that counts.
        let _ = line.name();
        let label = line.label();
        line.finish();
        let at = definition.place();
        let id = self.add(name, at, parent, scope, What::Group)?;
        self.label(id, label);
        self.parameters(definition.node, id, parent, component, arguments);
        self.contents(definition.node, Within::Component, id, id);
        Some(id)
    }
}
