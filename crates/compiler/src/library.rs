//! What the files define: forms, components, lists of options and rule packs, each in a file of its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::{Document, Node};
use crate::line::Report;
use crate::sources::{FileId, Sources};

/// A definition: the node that makes it, and the file it stands in.
#[derive(Clone, Copy)]
pub(crate) struct Definition<'d> {
    pub(crate) file: FileId,
    pub(crate) node: Node<'d>,
}

impl Definition<'_> {
    /// Where its name stands, or else the word that says what it is.
    pub(crate) fn place(&self) -> Place {
        let name = self.node.arguments().next().map(|name| name.value_span());
        Place {
            file: self.file,
            span: name.unwrap_or(self.node.name().span()),
        }
    }
}

/// What one can look up by name.
pub(crate) enum Found<T> {
    /// It is there.
    Known(T),
    /// Its file is there, and so damaged that nothing can be said of it.
    Damaged,
    /// There is no such thing.
    Missing,
}

/// What the files define, by name. What a file's damage makes unknown is [`Found::Damaged`].
#[derive(Default)]
pub(crate) struct Library<'d> {
    pub(crate) forms: Vec<Definition<'d>>,
    /// The rule packs; nothing for one that is damaged.
    pub(crate) packs: Vec<Option<Definition<'d>>>,
    components: BTreeMap<String, Option<Definition<'d>>>,
    lists: BTreeMap<String, Option<Definition<'d>>>,
    used: std::cell::RefCell<BTreeSet<(Shelf, String)>>,
}

/// Where a definition belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Shelf {
    Forms,
    Components,
    Lists,
    Packs,
}

impl Shelf {
    /// The shelf of a file, by its folder.
    fn of(path: &str) -> Self {
        let folder = path.rsplit('/').nth(1).unwrap_or_default();
        match folder {
            "components" => Self::Components,
            "codes" => Self::Lists,
            "rules" => Self::Packs,
            _ => Self::Forms,
        }
    }

    /// The word its definitions begin with.
    fn word(self) -> &'static str {
        match self {
            Self::Forms => "form",
            Self::Components => "component",
            Self::Lists => "options",
            Self::Packs => "rules",
        }
    }
}

impl<'d> Library<'d> {
    /// Sorts the documents, and tells of those that do not hold what they should. `documents` are the files of
    /// definitions, in order.
    pub(crate) fn new(sources: &Sources, documents: &'d [(FileId, Document)], report: &mut Report) -> Self {
        let mut library = Self::default();
        for (file, document) in documents {
            let path = sources.path(*file);
            let shelf = Shelf::of(path);
            let name = file_name(path);
            let definition = Self::definition(*file, document, shelf, name, report);
            match shelf {
                Shelf::Forms => library.forms.extend(definition),
                Shelf::Packs => library.packs.push(definition),
                Shelf::Components => {
                    library.components.insert(name.to_owned(), definition);
                }
                Shelf::Lists => {
                    library.lists.insert(name.to_owned(), definition);
                }
            }
        }
        library
    }

    /// The one definition of a file, if it is what it should be.
    fn definition(
        file: FileId,
        document: &'d Document,
        shelf: Shelf,
        name: &str,
        report: &mut Report,
    ) -> Option<Definition<'d>> {
        let whole = document.is_reliable();
        let mut nodes = document.nodes();
        let Some(node) = nodes.next() else {
            if whole && document.faults().is_empty() {
                let place = Place {
                    file,
                    span: (0..0).into(),
                };
                let help = format!("begin it with `{} {name} …`", shelf.word());
                report.push(Diagnostic::new(Code::WrongFile, place, "this file defines nothing").help(help));
            }
            return None;
        };
        if !whole {
            return None;
        }
        for other in nodes {
            let place = Place {
                file,
                span: other.head(),
            };
            let message = "a file defines one thing, and this is a second";
            let help = "give it a file of its own, or put it into the braces above";
            report.push(Diagnostic::new(Code::WrongFile, place, message).help(help));
        }
        let word = node.name();
        if word.get() != shelf.word() {
            let place = Place {
                file,
                span: word.span(),
            };
            let message = format!("`{}` does not belong into a file in this folder", word.get());
            let help = match &*word.get() {
                "component" => "components belong into the folder `components`".to_owned(),
                "options" => "lists of options belong into the folder `codes`".to_owned(),
                "rules" => "rule packs belong into the folder `rules`".to_owned(),
                "form" => "forms belong into the folder above".to_owned(),
                _ => format!("begin the file with `{} {name} …`", shelf.word()),
            };
            report.push(Diagnostic::new(Code::WrongFile, place, message).help(help));
            return None;
        }
        let definition = Definition { file, node };
        let written = node.arguments().next().and_then(|argument| argument.text());
        if let Some(written) = written.map(|text| text.get()).filter(|written| written != name) {
            let message = format!("this file is called `{name}`, and defines `{written}`");
            let help = format!("write `{name}` here, or call the file `{written}.kdl`");
            report.push(Diagnostic::new(Code::WrongFile, definition.place(), message).help(help));
        }
        Some(definition)
    }

    /// The component of this name.
    pub(crate) fn component(&self, name: &str) -> Found<Definition<'d>> {
        self.look_up(Shelf::Components, name)
    }

    /// The list of options of this name.
    pub(crate) fn list(&self, name: &str) -> Found<Definition<'d>> {
        self.look_up(Shelf::Lists, name)
    }

    fn shelf(&self, shelf: Shelf) -> &BTreeMap<String, Option<Definition<'d>>> {
        match shelf {
            Shelf::Lists => &self.lists,
            Shelf::Forms | Shelf::Components | Shelf::Packs => &self.components,
        }
    }

    fn look_up(&self, shelf: Shelf, name: &str) -> Found<Definition<'d>> {
        self.used.borrow_mut().insert((shelf, name.to_owned()));
        match self.shelf(shelf).get(name) {
            Some(Some(definition)) => Found::Known(*definition),
            Some(None) => Found::Damaged,
            None => Found::Missing,
        }
    }

    /// The names of all components, or of all lists.
    pub(crate) fn names(&self, shelf: Shelf) -> impl Iterator<Item = &str> {
        self.shelf(shelf).keys().map(String::as_str)
    }

    /// The components or lists that nobody has looked up.
    pub(crate) fn unused(&self, shelf: Shelf) -> Vec<(String, Definition<'d>)> {
        let used = self.used.borrow();
        let all = self.shelf(shelf).iter();
        all.filter(|(name, _)| !used.contains(&(shelf, (*name).clone())))
            .filter_map(|(name, definition)| Some((name.clone(), (*definition)?)))
            .collect()
    }
}

/// The name of a file without its folder and its ending.
fn file_name(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default()
}
