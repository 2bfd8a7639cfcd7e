//! Reasons about conditions: can one ever hold, does it always?
//!
//! What a condition reads takes one of a few values that make a difference: each code of a choice, a number below, at or
//! above each one that it is compared with, or nothing. All of them are gone through, with what is known besides: what
//! holds wherever the condition is asked at all, and that a question has no answer unless it is shown. Whatever
//! cannot be followed may be anything, so nothing is said of a condition that is not so of every record.
//!
//! `things` has what conditions read and the values that make a difference, `logic` what conditions are made of, and
//! `search` goes through the values. It must not know how what was found is told.

mod logic;
mod search;
mod things;

use std::cell::RefCell;

use feel::{Expr, Slot, Type};
use form::{Aspect, Formula, Meaning, NodeId, RuleId, ScopeId, Table, TermId};

use crate::outline::Outline;
use crate::packs::Packs;
use crate::rules::Rules;
use logic::Logic;
use search::Budget;
use things::{Key, Things};

/// What a condition can come to. All of it may be so; what is not, is not so of any record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Possible {
    /// It can hold.
    pub(crate) yes: bool,
    /// It can be false.
    pub(crate) no: bool,
    /// It can be neither, because something is blank.
    pub(crate) blank: bool,
}

/// How many things a question may be about. Past it, what is known besides is left out.
const MOST_THINGS: usize = 14;

/// What is known of a form before anybody fills it in.
pub(crate) struct Reason<'f, 'd> {
    pub(crate) outline: &'f Outline<'d>,
    rules: &'f Rules,
    packs: &'f Packs,
    /// When each place is shown, and what that reads.
    shown: Table<NodeId, Option<Shown<'f>>>,
    /// The nearest place at or around each that is not always shown.
    guarded: Table<NodeId, Option<NodeId>>,
    /// When options are offered, of those that are not always.
    offered: Vec<(NodeId, u16, &'f Expr)>,
    types: Table<NodeId, Option<Type>>,
    /// How much may still be looked at.
    budget: RefCell<Budget>,
}

/// How much may be looked at for each rule of a form, on the average.
const WORK_FOR_A_RULE: usize = 5_000;

/// How much may be looked at in any form.
const LEAST_WORK: usize = 4_000_000;

/// When a place is shown.
#[derive(Clone)]
struct Shown<'f> {
    expr: &'f Expr,
    /// What it has to do with; nothing if that is too much to tell.
    related: Option<Vec<Slot>>,
}

/// The most that is kept of what a condition has to do with.
const MOST_RELATED: usize = 24;

impl<'f, 'd> Reason<'f, 'd> {
    pub(crate) fn new(outline: &'f Outline<'d>, rules: &'f Rules, packs: &'f Packs) -> Self {
        let expr_of = |rule: &'f form::Rule| match &rule.formula {
            Formula::Expr(expr) => Some(expr),
            Formula::Text(_) => None,
        };
        let all = || {
            rules
                .rules
                .values()
                .filter_map(move |rule| Some((rule, expr_of(rule)?)))
        };
        let mut offered: Vec<(NodeId, u16, &Expr)> = all()
            .filter_map(|(rule, expr)| match rule.aspect {
                Aspect::Offered(index) => Some((rule.target, index, expr)),
                _ => None,
            })
            .collect();
        offered.sort_by_key(|(node, index, _)| (*node, *index));
        let shown = || all().filter(|(rule, _)| rule.aspect == Aspect::Shown);
        let mut is_guarded = Table::filled(false, outline.items.len());
        for (rule, _) in shown() {
            *is_guarded.at_mut(rule.target) = true;
        }
        let mut guarded: Table<NodeId, Option<NodeId>> = Table::default();
        for (id, item) in outline.items.iter() {
            let around = item.parent.and_then(|parent| *guarded.at(parent));
            guarded.push(if *is_guarded.at(id) { Some(id) } else { around });
        }
        let mut types: Table<NodeId, Option<Type>> = outline
            .items
            .values()
            .map(crate::outline::Item::known_type)
            .collect();
        for (node, ty) in &rules.computed {
            *types.at_mut(*node) = Some(ty.clone());
        }
        let mut reason = Self {
            outline,
            rules,
            packs,
            shown: Table::filled(None, outline.items.len()),
            guarded,
            offered,
            types,
            budget: RefCell::new(Budget {
                left: LEAST_WORK + rules.rules.len() * WORK_FOR_A_RULE,
            }),
        };
        // A rule comes after all that it reads, so what that has to do with is known by then.
        for (rule, expr) in shown() {
            let related = reason.related(expr);
            *reason.shown.at_mut(rule.target) = Some(Shown { expr, related });
        }
        reason
    }

    /// What a condition has to do with: what it reads, and what decides whether that has an answer. Nothing if that is
    /// too much to tell.
    fn related(&self, expr: &Expr) -> Option<Vec<Slot>> {
        let mut related = reads(expr);
        let nodes: Vec<NodeId> = related.iter().copied().filter_map(node_of).collect();
        for node in nodes {
            for (guard, _) in self.guards(Some(node)) {
                related.extend(self.shown.at(guard).as_ref()?.related.as_ref()?);
            }
            for (.., expr) in self.offered(node) {
                related.extend(reads(expr));
            }
            related.sort_unstable();
            related.dedup();
            if related.len() > MOST_RELATED {
                return None;
            }
        }
        Some(related)
    }

    /// The rules of the form that the reasoning is about.
    pub(crate) fn rules(&self) -> &'f Rules {
        self.rules
    }

    /// The places at and around a place that are not always shown, from the inside out.
    pub(crate) fn guards(&self, node: Option<NodeId>) -> impl Iterator<Item = (NodeId, &'f Expr)> + '_ {
        let nearest = move |node: NodeId| *self.guarded.at(node);
        let around = move |guard: &NodeId| self.outline.items.at(*guard).parent.and_then(nearest);
        let guards = std::iter::successors(node.and_then(nearest), around);
        guards.filter_map(|guard| Some((guard, self.shown.at(guard).as_ref()?.expr)))
    }

    /// What a condition of this place can come to, where all of these places are shown; nothing if that would take too
    /// long to find out.
    pub(crate) fn possible(&self, ask: &'f Expr, place: NodeId, known: Vec<NodeId>) -> Option<Possible> {
        let mut query = Query::new(self, place);
        let asked = query.followed(ask)?;
        query.besides(ask, known);
        let Query { things, musts, .. } = query;
        self.search(things, &asked, &musts)
    }

    fn search(&self, things: Things<'f>, asked: &Logic<'f>, musts: &[Logic<'f>]) -> Option<Possible> {
        search::search(
            &things.settled(self)?,
            asked,
            musts,
            &mut self.budget.borrow_mut(),
        )
    }

    /// What a condition of this place can come to by itself, where all of these hold, whatever else is known.
    pub(crate) fn alone(&self, ask: &'f Expr, place: NodeId, known: &[&'f Expr]) -> Option<Possible> {
        let mut query = Query::new(self, place);
        let asked = query.followed(ask)?;
        let musts: Vec<Logic<'f>> = known.iter().filter_map(|expr| query.followed(expr)).collect();
        self.search(query.things, &asked, &musts)
    }

    /// What a rule can come to wherever it matters: where its place is shown; a rule that decides just that, where
    /// all around the place is shown.
    pub(crate) fn of_rule(&self, rule: RuleId) -> Option<Possible> {
        let rule = self.rules.rules.at(rule);
        let Formula::Expr(expr) = &rule.formula else {
            return None;
        };
        let from = match rule.aspect {
            Aspect::Shown => self.outline.items.at(rule.target).parent,
            _ => Some(rule.target),
        };
        let known = self.guards(from).map(|(guard, _)| guard).collect();
        self.possible(expr, rule.target, known)
    }

    /// Where in the form's own conditions a question stands in the way of another: the guards of what it reads.
    pub(crate) fn guards_of_what_is_read(&self, expr: &Expr) -> Vec<(NodeId, &'f Expr)> {
        let nodes = expr.slots().into_iter().filter_map(node_of);
        nodes
            .flat_map(|node| self.guards(Some(node)).collect::<Vec<_>>())
            .collect()
    }

    fn type_of(&self, node: NodeId) -> Option<&Type> {
        self.types.get(node)?.as_ref()
    }

    /// When the options of a question are offered, of those that are not always.
    fn offered(&self, node: NodeId) -> &[(NodeId, u16, &'f Expr)] {
        let start = self.offered.partition_point(|(other, ..)| *other < node);
        let end = self.offered.partition_point(|(other, ..)| *other <= node);
        self.offered.get(start..end).unwrap_or_default()
    }
}

/// The question that a slot stands for, if it does.
fn node_of(slot: Slot) -> Option<NodeId> {
    match Meaning::of(slot) {
        Some(Meaning::Node(node)) => Some(node),
        _ => None,
    }
}

/// What an expression reads. All that a rule pack says is one thing: which pack it is.
fn reads(expr: &Expr) -> Vec<Slot> {
    let mut slots = expr.slots();
    for slot in &mut slots {
        if let Some(Meaning::Term(_)) = Meaning::of(*slot) {
            *slot = Meaning::Term(TermId(0)).slot();
        }
    }
    slots
}

/// A question that is being put together.
struct Query<'q, 'f, 'd> {
    reason: &'q Reason<'f, 'd>,
    /// The scopes whose answers are the same throughout: that of the place, and those around it.
    scopes: Vec<ScopeId>,
    things: Things<'f>,
    /// What is so in every record.
    musts: Vec<Logic<'f>>,
    /// What is read by all that is part of the question.
    reads: Vec<Slot>,
    /// Is it about too many things?
    is_full: bool,
}

impl<'q, 'f, 'd> Query<'q, 'f, 'd> {
    fn new(reason: &'q Reason<'f, 'd>, place: NodeId) -> Self {
        let scope = reason.outline.items.at(place).scope;
        Self {
            reason,
            scopes: reason.outline.scopes_around(scope).collect(),
            things: Things::default(),
            musts: Vec::new(),
            reads: Vec::new(),
            is_full: false,
        }
    }

    /// A condition, as far as it can be followed; nothing if the question would be about too many things.
    fn followed(&mut self, expr: &'f Expr) -> Option<Logic<'f>> {
        let before = self.things.len();
        self.is_full = false;
        let logic = self.logic(expr);
        if self.is_full {
            self.things.truncate(before);
        }
        (!self.is_full).then_some(logic)
    }

    /// Adds what is known besides and has to do with what is asked: all of these places are shown.
    fn besides(&mut self, ask: &'f Expr, known: Vec<NodeId>) {
        self.reads = reads(ask);
        let reason = self.reason;
        let shown = known
            .into_iter()
            .filter_map(|node| reason.shown.at(node).as_ref());
        let mut waiting: Vec<&Shown<'f>> = shown.collect();
        let mut next = 0;
        loop {
            while let Some(key) = self.things.key(next) {
                if let Key::Slot(slot) = key
                    && let Some(node) = node_of(slot)
                {
                    self.needs_of(next, node);
                }
                next += 1;
            }
            let is_related = |shown: &&Shown<'f>| match &shown.related {
                Some(related) => related.iter().any(|slot| self.reads.contains(slot)),
                None => true,
            };
            let Some(found) = waiting.iter().position(is_related) else {
                return;
            };
            let shown = waiting.swap_remove(found);
            if let Some(must) = self.followed(shown.expr) {
                self.musts.push(must);
                self.reads.extend(reads(shown.expr));
            }
        }
    }

    /// What must be so for a question to have an answer: it is shown, and the answer is offered.
    fn needs_of(&mut self, thing: usize, node: NodeId) {
        let reason = self.reason;
        for (guard, _) in reason.guards(Some(node)) {
            if let Some(shown) = reason.shown.at(guard)
                && let Some(logic) = self.followed(shown.expr)
            {
                self.reads.extend(reads(shown.expr));
                self.musts.push(Logic::WhileThere(thing, Box::new(logic)));
            }
        }
        let list = reason.outline.items.at(node).list();
        let Some(list) = list.and_then(|list| reason.outline.lists.get(list)) else {
            return;
        };
        for (_, index, expr) in reason.offered(node) {
            let Some(code) = list.codes.get(usize::from(*index)) else {
                continue;
            };
            // Among several answers, too, it makes a difference whether this is one of them.
            self.things.mention(thing, &code.code);
            if let Some(logic) = self.followed(expr) {
                self.reads.extend(reads(expr));
                self.musts
                    .push(Logic::WhileChosen(thing, code.code.clone(), Box::new(logic)));
            }
        }
    }
}
