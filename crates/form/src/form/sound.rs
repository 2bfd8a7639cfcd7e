//! What must be so of the parts of a form, so that everything in it that points somewhere points at something.

use feel::Slot;

use super::{Damaged, Parts};
use crate::ids::{NodeId, ScopeId, TermId};
use crate::node::{Body, Node, Scope};
use crate::oversight::Clock;
use crate::pack::TermValue;
use crate::rule::{Aspect, Formula, Rule, Template};
use crate::slot::Meaning;

pub(super) fn check_node(parts: &Parts, id: NodeId, node: &Node) -> Result<(), Damaged> {
    let bad = |what: &str| Err(Damaged(format!("{} {what}", node.name)));
    let Some(scope) = parts.scopes.get(node.scope) else {
        return bad("belongs to no scope");
    };
    match node.parent {
        None if node.scope != ScopeId(0) => return bad("is a section in a row"),
        None => {}
        Some(parent) if parent >= id => return bad("stands before what holds it"),
        Some(parent) => {
            let Some(holder) = parts.nodes.get(parent) else {
                return bad("stands in nothing");
            };
            let fits = match (&node.body, &holder.body) {
                (Body::Row, Body::Rows(repeat)) => node.scope == repeat.scope && scope.rows == Some(parent),
                (Body::Row, _) | (_, Body::Rows(_) | Body::Field(_)) => false,
                (_, Body::Group | Body::Row) => node.scope == holder.scope,
            };
            if !fits {
                return bad("stands where it cannot");
            }
        }
    }
    match &node.body {
        Body::Rows(repeat) => {
            let inner = parts.scopes.get(repeat.scope);
            if inner.is_none_or(|inner| inner.parent != Some(node.scope) || inner.rows != Some(id)) {
                return bad("has rows of another scope");
            }
            if repeat.for_each_child && node.scope != ScopeId(0) {
                return bad("asks of each child in every row");
            }
        }
        Body::Field(field) => {
            if field
                .kind
                .list()
                .is_some_and(|list| parts.lists.get(list).is_none())
            {
                return bad("chooses from no list");
            }
        }
        Body::Group | Body::Row => {}
    }
    Ok(())
}

pub(super) fn check_scope(parts: &Parts, id: ScopeId, scope: &Scope) -> Result<(), Damaged> {
    let is_record = id == ScopeId(0);
    let parent_first = scope.parent.is_some_and(|parent| parent < id);
    let has_rows = scope
        .rows
        .and_then(|rows| parts.nodes.get(rows))
        .is_some_and(|node| match &node.body {
            Body::Rows(repeat) => repeat.scope == id,
            _ => false,
        });
    if is_record && scope.parent.is_none() && scope.rows.is_none() || !is_record && parent_first && has_rows {
        Ok(())
    } else {
        Err(Damaged(format!("scope {} is out of order", id.0)))
    }
}

pub(super) fn check_clock(parts: &Parts, clock: &Clock) -> Result<(), Damaged> {
    let bad = |what: &str| Err(Damaged(format!("the clock {} {what}", clock.name)));
    let is_asked_once = |node: &Node| node.scope == ScopeId(0) && matches!(node.body, Body::Field(_));
    if !parts.nodes.get(clock.starts).is_some_and(is_asked_once) {
        return bad("starts at no question of the record");
    }
    let reads = clock.when.as_ref().map(feel::Expr::slots).unwrap_or_default();
    match reads.into_iter().all(|slot| is_known(parts, slot)) {
        true => Ok(()),
        false => bad("reads what is not there"),
    }
}

pub(super) fn check_variant(parts: &Parts) -> Result<(), Damaged> {
    let Some(variant) = parts.variant else {
        return Ok(());
    };
    match parts.nodes.get(variant) {
        Some(node) if node.scope == ScopeId(0) && matches!(node.body, Body::Field(_)) => Ok(()),
        _ => Err(Damaged("its variant is no question of the record".into())),
    }
}

pub(super) fn check_packs(parts: &Parts) -> Result<(), Damaged> {
    let of_clocks = parts.clocks.iter().filter_map(|clock| clock.term);
    let mut lengths = of_clocks.chain(parts.stages.iter().filter_map(|stage| stage.term));
    let Some(first) = parts.packs.first() else {
        return match lengths.next() {
            Some(_) => Err(Damaged("a clock or a stage keeps to no rule pack".into())),
            None => Ok(()),
        };
    };
    let in_order = parts.packs.is_sorted_by(|one, next| one.from < next.from);
    let alike = parts.packs.iter().all(|pack| {
        let pairs = pack.terms.iter().zip(&first.terms);
        let mut pairs = pairs.map(|(one, other)| one.name == other.name && one.value.is_like(other.value));
        pack.terms.len() == first.terms.len() && pairs.all(|alike| alike)
    });
    let is_length = |term: TermId| matches!(first.term(term), Some(TermValue::Length(_)));
    if in_order && alike && lengths.all(is_length) {
        Ok(())
    } else {
        Err(Damaged("its rule packs do not fit together".into()))
    }
}

pub(super) fn check_rule(parts: &Parts, rule: &Rule) -> Result<(), Damaged> {
    let bad = |what: &str| Err(Damaged(format!("a rule {what}")));
    let Some(target) = parts.nodes.get(rule.target) else {
        return bad("is about nothing");
    };
    match rule.aspect {
        Aspect::Check(check) if parts.checks.get(check).is_none() => return bad("checks nothing"),
        Aspect::Offered(index) => {
            let list = match &target.body {
                Body::Field(field) => field.kind.list(),
                _ => None,
            };
            if list.is_none_or(|list| parts.lists.at(list).codes.get(usize::from(index)).is_none()) {
                return bad("offers no option");
            }
        }
        _ => {}
    }
    let message = match rule.aspect {
        Aspect::Check(check) => Some(&parts.checks.at(check).message),
        _ => None,
    };
    let text = match &rule.formula {
        Formula::Text(text) => Some(text),
        Formula::Expr(_) => None,
    };
    if message
        .into_iter()
        .chain(text)
        .flat_map(Template::lists)
        .any(|list| parts.lists.get(list).is_none())
    {
        return bad("tells of no list");
    }
    let template = message.map(Template::slots).unwrap_or_default();
    let mut slots = rule.formula.slots().into_iter().chain(template);
    match slots.all(|slot| is_known(parts, slot)) {
        true => Ok(()),
        false => bad("reads what is not there"),
    }
}

/// Is what a name of an expression stands for part of the form?
fn is_known(parts: &Parts, slot: Slot) -> bool {
    match Meaning::of(slot) {
        Some(Meaning::Node(node) | Meaning::Inside(node)) => parts.nodes.get(node).is_some(),
        Some(Meaning::Child | Meaning::Subject(_)) => true,
        Some(Meaning::Term(term)) => parts.packs.first().is_some_and(|pack| pack.term(term).is_some()),
        None => false,
    }
}
