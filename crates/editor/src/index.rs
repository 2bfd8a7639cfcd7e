//! What the files define: every question and section by its name, with its options, as far as they can be read.

use compiler::kdl::{Entry, Node};
use compiler::{FileId, Place};
use form::Kind;

use crate::Desk;

/// Something with a name.
#[derive(Clone)]
pub(crate) struct Declared<'d> {
    pub(crate) name: String,
    pub(crate) label: String,
    /// The word it is declared with: a kind of question, `section`, `group` …
    pub(crate) word: String,
    /// The names of what it stands in, outermost first.
    pub(crate) around: Vec<String>,
    pub(crate) file: FileId,
    pub(crate) node: Node<'d>,
    /// Where its name stands.
    pub(crate) place: Place,
}

/// An option of a question or list.
pub(crate) struct Choice {
    pub(crate) code: String,
    pub(crate) label: String,
    pub(crate) place: Place,
}

/// What a folder holds besides forms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Folder {
    Components,
    Codes,
}

impl Folder {
    fn name(self) -> &'static str {
        match self {
            Self::Components => "/components/",
            Self::Codes => "/codes/",
        }
    }
}

impl<'s> Desk<'s> {
    /// All that an expression in this file could name.
    pub(crate) fn declared(&self, file: FileId) -> Vec<Declared<'_>> {
        let path = self.sources.path(file);
        let mut files: Vec<FileId> = self.about(file).into_iter().collect();
        if path.contains(Folder::Components.name()) {
            // A component sees what the forms have that use it.
            let name = stem(path);
            let users = self
                .documents
                .iter()
                .filter(|(_, document)| document.nodes().any(|node| uses(node, name)));
            files.extend(users.map(|(user, _)| *user).filter(|user| *user != file));
        }
        let mut all = Vec::new();
        for file in files {
            let Some(document) = self.document(file) else {
                continue;
            };
            for node in document.nodes() {
                for child in node.children() {
                    self.declare(child, file, &mut Vec::new(), &mut all, 0);
                }
            }
        }
        all
    }

    /// The clocks that cases in this file could name.
    pub(crate) fn clocks(&self, file: FileId) -> Vec<Declared<'_>> {
        let found = self
            .about(file)
            .and_then(|file| Some((file, self.document(file)?)));
        let Some((file, document)) = found else {
            return Vec::new();
        };
        let lines = document.nodes().flat_map(|form| form.children());
        let clocks = lines.filter(|line| line.name().get() == "clock");
        clocks
            .filter_map(|line| declared(line, file, Vec::new()))
            .collect()
    }

    /// The file that a file of cases is about; any other is its own.
    fn about(&self, file: FileId) -> Option<FileId> {
        match self.sources.path(file).strip_suffix(".cases.kdl") {
            Some(stem) => self.sources.find(&format!("{stem}.kdl")),
            None => Some(file),
        }
    }

    fn declare<'d>(
        &'d self,
        node: Node<'d>,
        file: FileId,
        around: &mut Vec<String>,
        all: &mut Vec<Declared<'d>>,
        depth: usize,
    ) {
        // Components may use each other in a circle, which is told elsewhere.
        if depth > compiler::limits::FORM_DEPTH {
            return;
        }
        let word = node.name().get().into_owned();
        let is_holder = matches!(&*word, "section" | "group" | "repeat" | "use");
        if !is_holder && !matches!(&*word, "condition" | "parameter") && Kind::info(&word).is_none() {
            return;
        }
        let Some(declared) = declared(node, file, around.clone()) else {
            return;
        };
        around.push(declared.name.clone());
        let component = (word == "use")
            .then(|| self.file_in(Folder::Components, &declared.name))
            .flatten();
        all.push(declared);
        let inside = match component {
            Some(file) => self
                .document(file)
                .and_then(|document| document.nodes().next())
                .map(|node| (file, node)),
            None => Some((file, node)),
        };
        if let (true, Some((file, node))) = (is_holder, inside) {
            for child in node.children() {
                self.declare(child, file, around, all, depth + 1);
            }
        }
        around.pop();
    }

    /// The file of this name in a folder.
    pub(crate) fn file_in(&self, folder: Folder, name: &str) -> Option<FileId> {
        let files = self.documents.keys().copied();
        files.into_iter().find(|&file| {
            let path = self.sources.path(file);
            is_in(path, folder) && stem(path) == name
        })
    }

    /// The names of the files in a folder, each with the label of what it defines.
    pub(crate) fn files_in(&self, folder: Folder) -> Vec<(String, String)> {
        let files = self
            .documents
            .iter()
            .filter(|(file, _)| is_in(self.sources.path(**file), folder));
        let labelled = files.map(|(file, document)| {
            let label = document
                .nodes()
                .next()
                .and_then(|node| node.arguments().nth(1)?.text());
            let label = label.map(|label| label.get().into_owned()).unwrap_or_default();
            (stem(self.sources.path(*file)).to_owned(), label)
        });
        labelled.collect()
    }

    /// The options of a question or list: its own, or those of the list it names.
    pub(crate) fn options(&self, node: Node<'_>, file: FileId) -> Vec<Choice> {
        let mut choices = Vec::new();
        for line in node.children() {
            let mut texts = line.arguments().filter_map(Entry::text);
            let Some(first) = texts.next() else { continue };
            match &*line.name().get() {
                "option" => choices.push(Choice {
                    code: first.get().into_owned(),
                    label: texts
                        .next()
                        .map(|label| label.get().into_owned())
                        .unwrap_or_default(),
                    place: Place {
                        file,
                        span: first.span(),
                    },
                }),
                "options" => {
                    let list = self.file_in(Folder::Codes, &first.get());
                    let nodes = list.and_then(|list| Some((list, self.document(list)?.nodes().next()?)));
                    if let Some((list, node)) = nodes {
                        choices.extend(self.options(node, list));
                    }
                }
                _ => {}
            }
        }
        if node.name().get() == "yes_no" {
            let place = Place {
                file,
                span: node.name().span(),
            };
            let own = [("yes", "Yes"), ("no", "No"), ("not_known", "Not known")];
            choices.extend(own.map(|(code, label)| Choice {
                code: code.to_owned(),
                label: label.to_owned(),
                place,
            }));
        }
        choices
    }
}

/// What a line declares, if it has a name.
fn declared(node: Node<'_>, file: FileId, around: Vec<String>) -> Option<Declared<'_>> {
    let mut arguments = node.arguments().filter_map(Entry::text);
    let name = arguments.next()?;
    let label = arguments.next().map(|label| label.get().into_owned());
    Some(Declared {
        name: name.get().into_owned(),
        label: label.unwrap_or_default(),
        word: node.name().get().into_owned(),
        around,
        file,
        node,
        place: Place {
            file,
            span: name.span(),
        },
    })
}

/// Does the node, or something in it, use the component of this name?
fn uses(node: Node<'_>, name: &str) -> bool {
    let is_it = node.name().get() == "use"
        && node
            .arguments()
            .next()
            .and_then(Entry::text)
            .is_some_and(|text| text.get() == name);
    is_it || node.children().any(|child| uses(child, name))
}

fn is_in(path: &str, folder: Folder) -> bool {
    format!("/{path}").contains(folder.name())
}

/// The name of a file without its folder and its ending.
fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or_default();
    file.split('.').next().unwrap_or_default()
}

/// What a dotted name means where these names stand around it: what stands beside it comes before what is further away.
pub(crate) fn find<'a, 'd>(
    all: &'a [Declared<'d>],
    name: &str,
    around: &[String],
) -> Option<&'a Declared<'d>> {
    let parts: Vec<&str> = name.split('.').collect();
    let (last, before) = parts.split_last()?;
    let fits = |declared: &&Declared<'_>| {
        let mut holders = declared.around.iter();
        declared.name == *last && before.iter().all(|part| holders.any(|holder| holder == part))
    };
    let shared = |declared: &Declared<'_>| {
        let pairs = declared.around.iter().zip(around);
        pairs.take_while(|(one, other)| one == other).count()
    };
    let candidates = all.iter().filter(fits);
    candidates.rev().max_by_key(|declared| shared(declared))
}
