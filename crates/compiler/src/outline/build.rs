//! Makes the tree of a form: sections, groups and repeats.

use std::collections::{BTreeSet, HashMap};

use form::{Address, Name, NodeId, Repeat, RowKey, Scope, ScopeId, Table};

use super::{AllNamed, Check, Head, Item, Lists, NamedId, Outline, Wanted, What};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::kdl::Node;
use crate::library::{Definition, Library};
use crate::limits;
use crate::line::{Line, Report};
use crate::sources::FileId;
use crate::vocabulary::{Key, Within};

/// A form being read.
pub(super) struct Builder<'d, 'l, 'r> {
    pub(super) library: &'l Library<'d>,
    pub(super) report: &'r mut Report,
    pub(super) file: FileId,
    pub(super) files: BTreeSet<FileId>,
    pub(super) lacks_files: bool,
    pub(super) items: Table<NodeId, Item>,
    pub(super) lists: Lists,
    pub(super) wanted: Vec<Wanted<'d>>,
    pub(super) named: AllNamed<'d>,
    /// What ends the form early, in the sections read so far.
    pub(super) finishes: Vec<NamedId>,
    pub(super) lost_names: bool,
    scopes: Table<ScopeId, Scope>,
    pub(super) checks: Table<form::CheckId, Check<'d>>,
    pub(super) inside: HashMap<(Option<NodeId>, Name), NodeId>,
    /// Stands in for a name that cannot be read.
    unnamed: Name,
    /// The components being put in, outermost first, and where the innermost is used.
    pub(super) components: Vec<String>,
    pub(super) used_at: Option<Place>,
    /// How long all components that were put in are together.
    pub(super) put_in: usize,
    pub(super) depth: usize,
    pub(super) too_large: bool,
}

/// How rows come about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rows {
    /// One for each child.
    Children,
    /// As many as a person adds.
    Added,
}

/// Reads a form; nothing if it has no name, or is too large.
pub(super) fn form<'d>(
    definition: Definition<'d>,
    library: &Library<'d>,
    report: &mut Report,
) -> Option<Outline<'d>> {
    let head = Head::read(definition, report)?;
    let mut builder = Builder::new(definition.file, head.name.clone(), library, report);
    for (index, clock) in head.clocks.iter().enumerate() {
        builder.clock_condition(index, clock);
    }
    for node in definition.node.children() {
        let word = node.name().get();
        if word == Key::Condition.name() && !node.is_broken() {
            builder.named_condition(node, None);
        }
        if word != Key::Section.name() {
            builder.lost_names |= word == Key::Condition.name() && node.is_broken();
            continue;
        }
        if node.is_broken() {
            builder.lost_names = true;
        } else {
            builder.section(node);
        }
    }
    if builder.too_large {
        // What is told of a part of a form says nothing of the form.
        return None;
    }
    if builder.items.is_empty() && !builder.lost_names && !builder.report.has_errors() {
        let message = format!("`{}` asks nothing", head.name);
        let help = "give it a `section` with questions";
        builder.tell(Diagnostic::new(Code::EmptyBlock, definition.place(), message).help(help));
    }
    Some(Outline {
        head,
        items: builder.items,
        scopes: builder.scopes,
        lists: builder.lists,
        checks: builder.checks,
        wanted: builder.wanted,
        named: builder.named,
        inside: builder.inside,
        files: builder.files,
        lacks_files: builder.lacks_files,
        lost_names: builder.lost_names,
    })
}

/// Reads a component on its own, to tell what is wrong with it.
pub(super) fn component<'d>(definition: Definition<'d>, library: &Library<'d>, report: &mut Report) {
    let mut line = Line::new(definition.node, definition.file, report);
    let name = line.name();
    if let Some((name, _)) = name {
        let mut builder = Builder::new(definition.file, name.clone(), library, report);
        builder.components.push(name.to_string());
        let called = name.to_string();
        builder.component_block(
            definition,
            Some((name, definition.place())),
            None,
            (&called, None),
        );
    }
}

/// Reads a list of options on its own, to tell what is wrong with it.
pub(super) fn list<'d>(definition: Definition<'d>, name: &str, library: &Library<'d>, report: &mut Report) {
    if let Ok(unnamed) = Name::new(name) {
        Builder::new(definition.file, unnamed, library, report).read_list(definition, name);
    }
}

impl<'d, 'l, 'r> Builder<'d, 'l, 'r> {
    fn new(file: FileId, unnamed: Name, library: &'l Library<'d>, report: &'r mut Report) -> Self {
        let record = Scope {
            parent: None,
            rows: None,
        };
        Self {
            library,
            report,
            file,
            files: BTreeSet::from([file]),
            lacks_files: false,
            items: Table::default(),
            lists: Lists::default(),
            wanted: Vec::new(),
            named: AllNamed::default(),
            finishes: Vec::new(),
            lost_names: false,
            scopes: Table::from(vec![record]),
            checks: Table::default(),
            inside: HashMap::new(),
            unnamed,
            components: Vec::new(),
            used_at: None,
            put_in: 0,
            depth: 0,
            too_large: false,
        }
    }

    pub(super) fn line(&mut self, node: Node<'d>) -> Line<'d, '_> {
        Line::new(node, self.file, self.report)
    }

    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        self.report.push(diagnostic);
    }

    /// Tells that the form is too large, once, and that no more of it is to be read.
    pub(super) fn give_up(&mut self, diagnostic: Diagnostic) {
        if !std::mem::replace(&mut self.too_large, true) {
            self.tell(diagnostic);
        }
    }

    pub(super) fn place(&self, node: Node<'d>) -> Place {
        Place {
            file: self.file,
            span: node.name().span(),
        }
    }

    /// Adds a place to the form. One without a name is added, too, so that what is in it can be read; but nothing
    /// finds it.
    pub(super) fn add(
        &mut self,
        name: Option<(Name, Place)>,
        at: Place,
        parent: Option<NodeId>,
        scope: ScopeId,
        what: What,
    ) -> Option<NodeId> {
        if self.items.len() >= limits::FORM_NODES {
            let message = format!(
                "a form can have {} sections, groups and questions",
                limits::FORM_NODES
            );
            self.give_up(Diagnostic::new(Code::TooLarge, at, message).help("make several forms of it"));
        }
        if self.too_large {
            return None;
        }
        let id = NodeId(u32::try_from(self.items.len()).ok()?);
        let (name, place) = match name {
            // A row goes by the name of what it is a row of.
            Some((name, place)) if matches!(what, What::Row) => (name, place),
            Some((name, place)) => {
                self.check_name(&name, place, parent, id);
                (name, place)
            }
            None => {
                self.lost_names = true;
                (self.unnamed.clone(), at)
            }
        };
        // In an address a row is its key in brackets, anything else a point and a name.
        let own_len = match what {
            What::Row => RowKey::MAX_LEN + 2,
            _ => name.as_str().len() + 1,
        };
        let address_len = own_len + parent.map_or(0, |parent| self.items.at(parent).address_len);
        if address_len > Address::MAX_LEN {
            let message = format!("the names that lead to `{name}` are too long together");
            let help = "shorten some of them, or put fewer repeats into one another";
            self.tell(Diagnostic::new(Code::TooLarge, place, message).help(help));
        }
        Some(self.items.push(Item {
            name,
            place,
            parent,
            scope,
            label: String::new(),
            hint: None,
            help: None,
            concept: None,
            what,
            used_at: self.used_at,
            address_len,
        }))
    }

    /// Notes a name, and tells if it cannot be one here.
    fn check_name(&mut self, name: &Name, place: Place, parent: Option<NodeId>, id: NodeId) {
        if self.is_name_free(name, place, parent) {
            self.inside.insert((parent, name.clone()), id);
        }
    }

    /// Can something be called so here? Tells if not.
    pub(super) fn is_name_free(&mut self, name: &Name, place: Place, parent: Option<NodeId>) -> bool {
        let item = self.inside.get(&(parent, name.clone()));
        let item = item.map(|&first| self.items.at(first).place);
        let named = || self.named.get(self.named.find(parent, name)?);
        if let Some(first) = item.or_else(|| named().map(|named| named.place)) {
            let message = format!("two things here are called `{name}`");
            let help = "give one of them another name";
            self.tell(
                Diagnostic::new(Code::DuplicateName, place, message)
                    .help(help)
                    .label(first, "the first"),
            );
            return false;
        }
        if is_reserved(name) {
            let message =
                format!("`{name}` means something in every expression, so nothing else can be called so");
            let help = format!("call it `{name}_` and something more");
            self.tell(Diagnostic::new(Code::ReservedName, place, message).help(help));
        }
        true
    }

    fn section(&mut self, node: Node<'d>) {
        let mut line = self.line(node);
        let (name, label) = (line.name(), line.label());
        let for_each = line.text_property("for-each");
        let for_each = for_each.and_then(|words| line.among(&words, &[("child", Rows::Children)]));
        line.finish();
        let at = self.place(node);
        match for_each {
            None => {
                if let Some(id) = self.add(name, at, None, ScopeId(0), What::Group) {
                    self.label(id, label);
                    self.unless_finished(id);
                    self.contents(node, Within::Section, id, id);
                }
            }
            Some(rows) => {
                if let Some((id, row)) = self.rows(name, at, (None, ScopeId(0)), rows) {
                    self.label(row, label);
                    self.unless_finished(id);
                    self.contents(node, Within::Section, row, row);
                }
            }
        }
    }

    /// Adds a repeat or per-child section and its row.
    fn rows(
        &mut self,
        name: Option<(Name, Place)>,
        at: Place,
        (parent, scope): (Option<NodeId>, ScopeId),
        rows: Rows,
    ) -> Option<(NodeId, NodeId)> {
        let inner = self.scopes.push(Scope {
            parent: Some(scope),
            rows: None,
        });
        let repeat = Repeat {
            scope: inner,
            for_each_child: rows == Rows::Children,
            min: 0,
            max: match rows {
                Rows::Children => Repeat::MAX_ROWS,
                Rows::Added => USUAL_MAX_ROWS,
            },
        };
        let id = self.add(name.clone(), at, parent, scope, What::Rows(repeat))?;
        if let Some((name, _)) = &name {
            self.items.at_mut(id).label = in_words(name);
        }
        self.scopes.at_mut(inner).rows = Some(id);
        let row = self.add(name, at, Some(id), inner, What::Row)?;
        Some((id, row))
    }

    pub(super) fn group(&mut self, node: Node<'d>, holder: NodeId) {
        let mut line = self.line(node);
        let (name, label) = (line.name(), line.label());
        line.finish();
        let at = self.place(node);
        let scope = self.scope(holder);
        if let Some(id) = self.add(name, at, Some(holder), scope, What::Group) {
            self.label(id, label);
            self.contents(node, Within::Group, id, id);
        }
    }

    pub(super) fn repeat(&mut self, node: Node<'d>, holder: NodeId) {
        let mut line = self.line(node);
        let (name, label) = (line.name(), line.label());
        line.finish();
        let at = self.place(node);
        let scope = self.scope(holder);
        let Some((id, row)) = self.rows(name, at, (Some(holder), scope), Rows::Added) else {
            return;
        };
        self.label(id, label);
        self.items.at_mut(row).label = self.items.at(id).label.clone();
        self.contents(node, Within::Repeat, row, id);
        if let What::Rows(Repeat { min, max, .. }) = self.items.at(id).what
            && min > max
        {
            let message = format!("this repeat has at least {min} rows and at most {max}");
            self.tell(Diagnostic::new(Code::Contradiction, at, message).help("raise `max` or lower `min`"));
        }
    }

    pub(super) fn scope(&self, node: NodeId) -> ScopeId {
        self.items.at(node).scope
    }
}

/// The most rows of a repeat that does not say.
const USUAL_MAX_ROWS: u16 = 100;

/// Is it a word of the expression language, or a name that is always there?
fn is_reserved(name: &Name) -> bool {
    let name = name.as_str();
    // The words of the language are short and made of letters alone, which few names are.
    let may_be_word = name.len() <= 12 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    if !may_be_word || ["child", "item"].contains(&name) {
        return may_be_word;
    }
    let parsed = feel::parse(name);
    !matches!(&parsed.tree.root().kind, feel::syntax::Kind::Name(known) if known == name)
}

/// A name as people would write it.
pub(super) fn in_words(name: &Name) -> String {
    let mut words = name.as_str().replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_expression_language_are_no_names() {
        let is_reserved = |name: &str| is_reserved(&Name::new(name).unwrap());
        for word in [
            "and", "between", "child", "else", "every", "false", "for", "function", "if", "in", "instance",
        ] {
            assert!(is_reserved(word), "{word}");
        }
        for word in [
            "item",
            "null",
            "or",
            "return",
            "satisfies",
            "some",
            "then",
            "true",
        ] {
            assert!(is_reserved(word), "{word}");
        }
        for name in [
            "date",
            "count",
            "today",
            "children",
            "if_so",
            "in_2",
            "yes",
            "not_known",
            "information",
        ] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
