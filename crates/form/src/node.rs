//! The tree of a form: sections, groups, rows and questions, in document order.

use serde::{Deserialize, Serialize};

use crate::ids::{NodeId, ScopeId};
use crate::kinds::Kind;
use crate::name::Name;

/// One place in a form.
///
/// INVARIANT: a node stands after its parent and before its parent's next sibling.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Its stable name, unique among its siblings.
    pub name: Name,
    /// What it stands in; nothing for a section.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<NodeId>,
    /// What its answers belong to.
    pub scope: ScopeId,
    /// What people read. Where the label changes with the answers, a rule gives the text and this is its source.
    pub label: String,
    /// A line under the label. A rule may give it, as with the label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Guidance to open when needed, in paragraphs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What it means outside this form, such as `voice.words` or `cin.N00160`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<String>,
    /// What it is.
    pub body: Body,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Holds other nodes. At the top of the form it is a section, below it a group or a component.
    Group,
    /// Holds one [`Body::Row`] for each child or each row.
    Rows(Repeat),
    /// One child's block, or one row: the first node of its scope, with the rest of the scope in it.
    Row,
    /// A question, or something shown among the questions.
    Field(Field),
}

/// How the rows of a [`Body::Rows`] come about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repeat {
    /// What the answers of one row belong to.
    pub scope: ScopeId,
    /// Made by the record's children, one each, or by the person filling it in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_each_child: bool,
    /// The fewest rows a complete record has.
    #[serde(default)]
    pub min: u16,
    /// The most rows there may be.
    pub max: u16,
}

impl Repeat {
    /// The most rows any repeat may have. Beyond it, adding a row is refused.
    pub const MAX_ROWS: u16 = 1000;
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// What kind of answer it takes.
    pub kind: Kind,
    /// Must it be answered? A rule with [`crate::Aspect::Required`] makes it depend on answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<Need>,
    /// Never edited by a person, whatever the rules say.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
}

/// That a question must be answered.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Need {
    /// What to say while it is not, in place of the kind's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ask: Option<String>,
}

/// What a set of answers belongs to.
///
/// INVARIANT: scope 0 is the record itself, and a scope comes after its parent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scope {
    /// The scope around it; nothing for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ScopeId>,
    /// The [`Body::Rows`] whose rows it is; nothing for the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<NodeId>,
}
