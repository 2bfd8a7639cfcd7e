//! A whole compiled form. What must be so of its parts is in `sound`.

mod sound;

use std::ops::Deref;

use feel::ListId;
use serde::{Deserialize, Serialize};

use crate::address::{Address, RowKey, Step};
use crate::hash::{FormHash, Hash, canonical_json};
use crate::ids::{CheckId, NodeId, RuleId, ScopeId, Table, TermId};
use crate::json;
use crate::lists::CodeList;
use crate::migration::Migration;
use crate::name::Name;
use crate::node::{Body, Field, Node, Repeat, Scope};
use crate::oversight::{Clock, Span, Stage};
use crate::pack::{RulePack, TermValue};
use crate::rule::{Check, Rule};

/// How deep a node may stand in others. Whoever walks a form may do so by recursion.
const DEPTH: usize = 128;

/// What a form consists of, as the compiler makes it and as it is kept and sent: JSON, readable for decades.
///
/// Fields are added with a default, never renamed or removed, so that every form ever published can be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// The form's name.
    pub name: Name,
    /// Raised whenever anything in the form changes. A published version is never changed.
    pub version: u32,
    /// What people read.
    pub title: String,
    /// A line about when to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Whom a record made with it is about.
    #[serde(default)]
    pub about: About,
    /// How each child must be heard in it.
    #[serde(default)]
    pub voice: Voice,
    /// The stages of sign-off, in order; none if the record needs no sign-off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
    /// Deadlines that answers start.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clocks: Vec<Clock>,
    /// The question whose answer says which variant of the form is filled in, such as a review; none if there is but
    /// one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<NodeId>,
    /// The rule packs that it refers to, in the order in which they came into force.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<RulePack>,
    /// What becomes of answers that were given in earlier versions, the earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub migrations: Vec<Migration>,
    /// The code lists it chooses from.
    pub lists: Table<ListId, CodeList>,
    /// What answers belong to.
    pub scopes: Table<ScopeId, Scope>,
    /// Sections and questions, in document order.
    pub nodes: Table<NodeId, Node>,
    /// Checks with their messages.
    pub checks: Table<CheckId, Check>,
    /// Conditions and calculations.
    ///
    /// INVARIANT: a rule stands after every rule that decides something it reads, so that working them out
    /// in this order needs each only once.
    pub rules: Table<RuleId, Rule>,
}

/// Whom a record is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// One or more children.
    #[default]
    Children,
    /// Exactly one child.
    Child,
}

/// How fully a form must hear each child.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// Not at all.
    #[default]
    None,
    /// A short block for each child.
    Short,
    /// The whole block for each child.
    Full,
}

/// A form whose parts hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    parts: Parts,
    json: Vec<u8>,
    hash: FormHash,
    inside: Table<NodeId, Vec<NodeId>>,
    sections: Vec<NodeId>,
    /// As `inside`, without rows and in order of name.
    named: Table<NodeId, Vec<NodeId>>,
    /// As `sections`, in order of name.
    named_sections: Vec<NodeId>,
}

/// Why a form cannot be used: it was damaged, or made by a newer compiler.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form cannot be read: {0}")]
pub struct Damaged(pub String);

impl Form {
    /// A form made of these parts.
    ///
    /// # Errors
    /// [`Damaged`] if an id points at nothing, nodes are out of order or two siblings share a name.
    pub fn from_parts(parts: Parts) -> Result<Self, Damaged> {
        let json = canonical_json(&parts).map_err(|error| Damaged(error.to_string()))?;
        Self::of(parts, json)
    }

    /// Reads a form as it is kept and sent.
    ///
    /// The form is named by the hash of these very bytes, so that a release which writes forms otherwise still finds
    /// each record's form under the name that the record gives.
    ///
    /// # Errors
    /// [`Damaged`] if the bytes are not a form.
    pub fn from_json(bytes: &[u8]) -> Result<Self, Damaged> {
        let parts = json::read(bytes).map_err(|error| Damaged(error.to_string()))?;
        Self::of(parts, bytes.to_vec())
    }

    fn of(parts: Parts, json: Vec<u8>) -> Result<Self, Damaged> {
        let mut inside = Table::filled(Vec::new(), parts.nodes.len());
        let mut sections = Vec::new();
        let mut depths: Table<NodeId, usize> = Table::default();
        for (id, node) in parts.nodes.iter() {
            sound::check_node(&parts, id, node)?;
            let depth = node.parent.map_or(0, |parent| depths.at(parent) + 1);
            if depth > DEPTH {
                return Err(Damaged(format!("{} stands too deep", node.name)));
            }
            depths.push(depth);
            match node.parent {
                Some(parent) => inside.at_mut(parent).push(id),
                None => sections.push(id),
            }
        }
        let named = inside.values().map(|level| by_name(&parts, level));
        let named = named.collect::<Result<_, _>>()?;
        let named_sections = by_name(&parts, &sections)?;
        for (id, scope) in parts.scopes.iter() {
            sound::check_scope(&parts, id, scope)?;
        }
        for rule in parts.rules.values() {
            sound::check_rule(&parts, rule)?;
        }
        for clock in &parts.clocks {
            sound::check_clock(&parts, clock)?;
        }
        sound::check_variant(&parts)?;
        sound::check_packs(&parts)?;
        Ok(Self {
            parts,
            hash: FormHash(Hash::of(&json)),
            json,
            inside,
            sections,
            named,
            named_sections,
        })
    }

    /// The bytes that the form was read from, or the canonical bytes of what it was made of. [`Form::hash`] is their
    /// hash.
    pub fn to_json(&self) -> &[u8] {
        &self.json
    }

    /// What the form is named by.
    pub fn hash(&self) -> FormHash {
        self.hash
    }

    /// The rule pack in force on a day; before the first came into force, the first.
    pub fn pack_on(&self, day: feel::Date) -> Option<&RulePack> {
        let in_force = self.parts.packs.iter().rev().find(|pack| pack.from <= day);
        in_force.or(self.parts.packs.first())
    }

    /// The rule pack of this name; without a name that it has, the last to come into force.
    pub fn pack(&self, name: Option<&Name>) -> Option<&RulePack> {
        let named = self.parts.packs.iter().find(|pack| Some(&pack.name) == name);
        named.or(self.parts.packs.last())
    }

    /// How long a clock of this form runs in a record that keeps to this rule pack.
    pub fn length(&self, clock: &Clock, pack: Option<&Name>) -> Span {
        self.said(clock.term, pack).unwrap_or(clock.due)
    }

    /// The stages of sign-off of a record that keeps to this rule pack: each says itself how soon it is due.
    pub fn stages_under(&self, pack: Option<&Name>) -> Vec<Stage> {
        let stages = self.parts.stages.iter().map(|stage| Stage {
            role: stage.role.clone(),
            within: self.said(stage.term, pack).or(stage.within),
            term: None,
        });
        stages.collect()
    }

    /// The length of time that a rule pack gives for a term.
    fn said(&self, term: Option<TermId>, pack: Option<&Name>) -> Option<Span> {
        match self.pack(pack)?.term(term?)? {
            TermValue::Length(length) => Some(length),
            TermValue::Number(_) | TermValue::Flag(_) => None,
        }
    }

    /// The nodes without a parent, in order.
    pub fn sections(&self) -> &[NodeId] {
        &self.sections
    }

    /// The nodes directly inside a node, in order.
    pub fn inside(&self, node: NodeId) -> &[NodeId] {
        self.inside.at(node)
    }

    /// The node and everything in it, in document order.
    pub fn within(&self, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self
            .parts
            .nodes
            .ids()
            .skip(node.0 as usize + 1)
            .find(|&later| !self.holds(node, later));
        let end = end.map_or(self.parts.nodes.len(), |id| id.0 as usize);
        self.parts.nodes.ids().take(end).skip(node.0 as usize)
    }

    /// Is `inner` the node itself, or somewhere inside it?
    pub fn holds(&self, node: NodeId, inner: NodeId) -> bool {
        std::iter::successors(Some(inner), |&id| self.parts.nodes.at(id).parent).any(|id| id == node)
    }

    /// The question at this node, if it is one.
    pub fn field(&self, node: NodeId) -> Option<&Field> {
        match &self.parts.nodes.get(node)?.body {
            Body::Field(field) => Some(field),
            _ => None,
        }
    }

    /// The repeat at this node, if it is one.
    pub fn repeat(&self, node: NodeId) -> Option<&Repeat> {
        match &self.parts.nodes.get(node)?.body {
            Body::Rows(repeat) => Some(repeat),
            _ => None,
        }
    }

    /// Finds what an address leads to: the question or repeat, and the rows passed on the way, outermost first.
    pub fn find(&self, address: &Address) -> Option<(NodeId, Vec<RowKey>)> {
        let (node, rows) = self.place(address)?;
        let takes_answers = self.field(node).is_some() || self.repeat(node).is_some();
        takes_answers.then_some((node, rows))
    }

    /// Finds whatever stands at an address, sections, groups and rows too, and the rows it stands in, outermost
    /// first. The address of a row leads to the row's own node.
    pub fn place(&self, address: &Address) -> Option<(NodeId, Vec<RowKey>)> {
        let mut level: &[NodeId] = &self.named_sections;
        let mut found = None;
        let mut rows = Vec::new();
        for Step { name, row } in address.steps() {
            let at = level.binary_search_by(|&node| self.parts.nodes.at(node).name.cmp(&name));
            let node = *level.get(at.ok()?)?;
            found = Some(node);
            level = self.named.at(node);
            if let Some(key) = row {
                self.repeat(node)?;
                let row = *self.inside.at(node).first()?;
                found = Some(row);
                level = self.named.at(row);
                rows.push(key);
            }
        }
        Some((found?, rows))
    }

    /// The address of a node in the row reached by these keys, outermost first.
    ///
    /// `None` if there are fewer keys than rows around the node.
    pub fn address(&self, node: NodeId, rows: &[RowKey]) -> Option<Address> {
        let mut chain: Vec<NodeId> =
            std::iter::successors(Some(node), |&id| self.parts.nodes.at(id).parent).collect();
        chain.reverse();
        let mut keys = rows.iter();
        let mut steps: Vec<Step> = Vec::with_capacity(chain.len());
        for id in chain {
            match self.parts.nodes.at(id).body {
                Body::Row => steps.last_mut()?.row = Some(keys.next()?.clone()),
                _ => steps.push(Step {
                    name: self.parts.nodes.at(id).name.clone(),
                    row: None,
                }),
            }
        }
        Address::from_steps(&steps).ok()
    }
}

impl Deref for Form {
    type Target = Parts;
    fn deref(&self) -> &Parts {
        &self.parts
    }
}

/// What stands together, in order of name. A row is reached by its key, never by a name, so it is left out.
fn by_name(parts: &Parts, level: &[NodeId]) -> Result<Vec<NodeId>, Damaged> {
    let name = |id: NodeId| &parts.nodes.at(id).name;
    let is_named = |id: &NodeId| !matches!(parts.nodes.at(*id).body, Body::Row);
    let mut named: Vec<NodeId> = level.iter().copied().filter(is_named).collect();
    named.sort_by_key(|&id| name(id));
    let twice = named
        .array_windows()
        .find(|[one, next]| name(*one) == name(*next));
    match twice {
        Some(&[_, twice]) => Err(Damaged(format!("two nodes named {} stand together", name(twice)))),
        None => Ok(named),
    }
}
