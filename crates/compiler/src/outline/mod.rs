//! A form as it is written, with every name read and every component put in, and its expressions still as text.
//!
//! `build` makes the tree, `components` puts components in, `contents` reads the lines of a block, `lines` those that
//! say something of what they stand in, `named` what gives expressions a name, `question` a question with its settings,
//! `options` lists of options, and `head` what a form says of itself.

mod build;
mod components;
mod contents;
mod head;
mod lines;
mod named;
mod options;
mod question;

use std::collections::{BTreeSet, HashMap};

use feel::Type;
use form::{
    About, Aspect, CheckId, Kind, Name, Need, NodeId, Repeat, Scope, ScopeId, Severity, Span as Length,
    Table, Voice,
};

use crate::diagnostic::Place;
use crate::kdl::Node;
use crate::library::{Definition, Library};
use crate::line::{Report, Words};
use crate::sources::FileId;
pub(crate) use head::read_length;
pub(crate) use named::{AllNamed, Named, NamedId, Use};
pub(crate) use options::Lists;

/// A form as it is written.
pub(crate) struct Outline<'d> {
    pub(crate) head: Head<'d>,
    pub(crate) items: Table<NodeId, Item>,
    pub(crate) scopes: Table<ScopeId, Scope>,
    pub(crate) lists: Lists,
    pub(crate) checks: Table<CheckId, Check<'d>>,
    /// What is to be worked out, in document order.
    pub(crate) wanted: Vec<Wanted<'d>>,
    /// Expressions that have a name.
    pub(crate) named: AllNamed<'d>,
    /// What stands directly in what, by name; sections stand in nothing.
    pub(crate) inside: HashMap<(Option<NodeId>, Name), NodeId>,
    /// The files it is made of.
    pub(crate) files: BTreeSet<FileId>,
    /// Does it use a file that cannot be read at all?
    pub(crate) lacks_files: bool,
    /// Did something go wrong that may have lost names? Then a name that is not known may be one of them.
    pub(crate) lost_names: bool,
}

/// What a form says of itself.
pub(crate) struct Head<'d> {
    pub(crate) name: Name,
    pub(crate) version: u32,
    /// Where the version is written, or else the name.
    pub(crate) version_place: Place,
    pub(crate) title: String,
    pub(crate) summary: Option<String>,
    pub(crate) about: About,
    pub(crate) voice: Voice,
    pub(crate) voice_place: Place,
    pub(crate) stages: Vec<Stage<'d>>,
    pub(crate) clocks: Vec<Clock<'d>>,
    /// What becomes of answers to earlier versions, as it is written.
    pub(crate) migrations: Vec<Node<'d>>,
    /// The name of the question that says which variant it is.
    pub(crate) variant: Option<Words<'d>>,
}

/// A stage of sign-off.
pub(crate) struct Stage<'d> {
    pub(crate) role: Name,
    pub(crate) within: Option<Due<'d>>,
}

/// A clock that starts at a name.
pub(crate) struct Clock<'d> {
    pub(crate) name: Name,
    /// Where its name is written.
    pub(crate) place: Place,
    pub(crate) label: String,
    pub(crate) starts: Words<'d>,
    /// The condition while which it runs, as it is written.
    pub(crate) when: Option<Words<'d>>,
    pub(crate) due: Due<'d>,
}

/// How soon something is due.
pub(crate) enum Due<'d> {
    Length(Length),
    /// As long as rule packs say under this name.
    Term(Words<'d>),
}

/// One place in a form.
pub(crate) struct Item {
    pub(crate) name: Name,
    /// Where its name is written; of a component, where it is used.
    pub(crate) place: Place,
    pub(crate) parent: Option<NodeId>,
    pub(crate) scope: ScopeId,
    pub(crate) label: String,
    pub(crate) hint: Option<String>,
    pub(crate) help: Option<String>,
    pub(crate) concept: Option<String>,
    pub(crate) what: What,
    /// Where the component that it came with is used.
    pub(crate) used_at: Option<Place>,
    /// How long its address can be, in bytes.
    pub(crate) address_len: usize,
}

/// What an [`Item`] is.
pub(crate) enum What {
    /// A section, group or component.
    Group,
    /// A repeat, or a per-child section.
    Rows(Repeat),
    /// One row of it.
    Row,
    /// A question.
    Field(Question),
    /// Something that could not be read. Its name is known all the same.
    Unknown,
}

/// A question, or something shown among the questions.
pub(crate) struct Question {
    /// Its kind; a computed value has none until the type of its formula is known.
    pub(crate) kind: Result<Kind, question::Computed>,
    pub(crate) need: Option<Need>,
}

impl Item {
    /// The type that expressions see, if that is known without them.
    pub(crate) fn known_type(&self) -> Option<Type> {
        match &self.what {
            What::Field(Question { kind: Ok(kind), .. }) => Some(kind.value_type()),
            What::Field(Question { kind: Err(_), .. }) => None,
            What::Rows(repeat) => Some(Type::Entity(form::EntityOf::Row(repeat.scope).kind()).list()),
            What::Group | What::Row | What::Unknown => Some(Type::Any),
        }
    }
}

/// A check before its texts are read.
pub(crate) struct Check<'d> {
    pub(crate) severity: Severity,
    pub(crate) message: Words<'d>,
    pub(crate) concept: Option<String>,
}

/// Something to be worked out.
pub(crate) struct Wanted<'d> {
    pub(crate) target: NodeId,
    pub(crate) aspect: Aspect,
    /// An expression; for a label or hint, a text with expressions in it.
    pub(crate) words: Words<'d>,
    pub(crate) how: How<'d>,
    pub(crate) used_at: Option<Place>,
}

/// How what is wanted follows from its words.
pub(crate) enum How<'d> {
    /// They are what is wanted.
    Written,
    /// It is so unless this holds.
    Unless(NamedId),
    /// It is so while this holds, which is written where the component is used.
    While(NamedId),
    /// It is so in these variants of the form.
    OnlyIn(Vec<Words<'d>>),
}

impl Wanted<'_> {
    /// Is it a text with expressions in it?
    pub(crate) fn is_template(&self) -> bool {
        matches!(self.aspect, Aspect::Label | Aspect::Hint)
    }
}

impl<'d> Outline<'d> {
    /// Reads a form; nothing if it has no name.
    pub(crate) fn read(
        definition: Definition<'d>,
        library: &Library<'d>,
        report: &mut Report,
    ) -> Option<Self> {
        build::form(definition, library, report)
    }

    /// Reads a component that no form uses, only to tell what is wrong with it.
    pub(crate) fn read_unused(definition: Definition<'d>, library: &Library<'d>, report: &mut Report) {
        build::component(definition, library, report);
    }

    /// Reads a list of options that no form uses, only to tell what is wrong with it.
    pub(crate) fn read_unused_list(
        definition: Definition<'d>,
        name: &str,
        library: &Library<'d>,
        report: &mut Report,
    ) {
        build::list(definition, name, library, report);
    }

    /// The node itself and what holds it, from the inside out.
    pub(crate) fn around(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(node), |&id| self.items.get(id)?.parent)
    }

    /// The scope itself and those around it, from the inside out.
    pub(crate) fn scopes_around(&self, scope: ScopeId) -> impl Iterator<Item = ScopeId> + '_ {
        std::iter::successors(Some(scope), |&id| self.scopes.get(id)?.parent)
    }

    /// Is the scope that of one child, or inside one?
    pub(crate) fn is_about_a_child(&self, scope: ScopeId) -> bool {
        self.scopes_around(scope).any(|scope| {
            let rows = self
                .scopes
                .get(scope)
                .and_then(|scope| self.items.get(scope.rows?));
            rows.is_some_and(|item| matches!(&item.what, What::Rows(repeat) if repeat.for_each_child))
        })
    }

    /// The row node of a repeat or per-child section: it stands right behind it.
    pub(crate) fn row_of(&self, rows: NodeId) -> NodeId {
        NodeId(rows.0 + 1)
    }
}
