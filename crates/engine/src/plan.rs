//! What can be known of a form before anyone fills it in: who reads whom, and where state is kept.

use std::sync::Arc;

use form::{Aspect, Body, Form, Id, Meaning, NodeId, RuleId, ScopeId, Table};

use crate::frame::Place;

/// The indexes a session needs. Made once for a form, shared by its sessions.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) form: Arc<Form>,
    /// Each node's position in a frame of its scope.
    pub(crate) place: Table<NodeId, Place>,
    /// The rules that read a node.
    pub(crate) readers: Table<NodeId, Vec<Reader>>,
    /// Does a rule decide whether the node must be answered?
    pub(crate) need_varies: Table<NodeId, bool>,
    /// For what holds others: the nodes directly inside that somebody reads, or that hold others in turn.
    pub(crate) stirred: Table<NodeId, Vec<NodeId>>,
    pub(crate) scopes: Table<ScopeId, ScopePlan>,
}

/// What is known of one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct ScopePlan {
    /// Its nodes in document order.
    pub(crate) nodes: Vec<NodeId>,
    /// Its rules in the order in which they are worked out.
    pub(crate) rules: Vec<RuleId>,
    /// How many scopes are around it.
    pub(crate) depth: u32,
}

/// A rule that reads a node, and how to get from the node's frame to the rule's frames.
#[derive(Clone, Debug)]
pub(crate) struct Reader {
    pub(crate) rule: RuleId,
    /// How many frames to go out from the node's.
    pub(crate) out: u32,
    /// The repeats to go into from there, outermost first: every row of each.
    pub(crate) into: Vec<NodeId>,
}

impl Plan {
    pub(crate) fn new(form: Arc<Form>) -> Self {
        let mut scopes: Table<ScopeId, ScopePlan> = Table::filled(ScopePlan::default(), form.scopes.len());
        for (id, scope) in form.scopes.iter() {
            scopes.at_mut(id).depth = scope.parent.map_or(0, |parent| scopes.at(parent).depth + 1);
        }
        let mut place = Table::default();
        for (id, node) in form.nodes.iter() {
            let nodes = &mut scopes.at_mut(node.scope).nodes;
            place.push(Place::at(nodes.len()));
            nodes.push(id);
        }
        let mut readers = Table::filled(Vec::new(), form.nodes.len());
        let mut need_varies = Table::filled(false, form.nodes.len());
        for (id, rule) in form.rules.iter() {
            *need_varies.at_mut(rule.target) |= rule.aspect == Aspect::Required;
            let scope = form.nodes.at(rule.target).scope;
            scopes.at_mut(scope).rules.push(id);
            let mut slots = rule.formula.slots();
            if let Aspect::Check(check) = rule.aspect {
                slots.extend(form.checks.at(check).message.slots());
                slots.sort_unstable();
                slots.dedup();
            }
            for slot in slots {
                if let Some(Meaning::Node(node)) = Meaning::of(slot) {
                    readers
                        .at_mut(node)
                        .push(reader(&form, id, form.nodes.at(node).scope, scope));
                }
            }
        }
        let mut stirred = Table::filled(Vec::new(), form.nodes.len());
        for (id, node) in form.nodes.iter() {
            let holds = !matches!(node.body, Body::Field(_));
            if let Some(parent) = node.parent
                && (holds || !readers.at(id).is_empty())
            {
                stirred.at_mut(parent).push(id);
            }
        }
        Self {
            form,
            place,
            readers,
            need_varies,
            stirred,
            scopes,
        }
    }
}

/// The way from a frame of `from` to every frame of `to` that a rule there may read it from.
fn reader(form: &Form, rule: RuleId, from: ScopeId, to: ScopeId) -> Reader {
    let chain = |scope: ScopeId| std::iter::successors(Some(scope), |&scope| form.scopes.at(scope).parent);
    let shared = chain(from)
        .find(|&scope| chain(to).any(|other| other == scope))
        .unwrap_or(ScopeId(0));
    let out = chain(from).take_while(|&scope| scope != shared).count();
    let mut into: Vec<NodeId> = chain(to)
        .take_while(|&scope| scope != shared)
        .filter_map(|scope| form.scopes.at(scope).rows)
        .collect();
    into.reverse();
    Reader {
        rule,
        out: u32::try_from(out).unwrap_or(u32::MAX),
        into,
    }
}
