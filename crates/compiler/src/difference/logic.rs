//! Compares what two versions of a form work out: conditions, calculations and checks. None of it loses an answer.

use std::collections::{BTreeMap, BTreeSet};

use form::{Aspect, Check, Form, Formula, NodeId, Piece, Rule, Template};

use super::{Class, Found, path_of};

/// The rules of one aspect of a place, as they are written.
type Rules = BTreeMap<NodeId, BTreeMap<&'static str, BTreeSet<String>>>;

/// Compares the rules of every place that is in both.
pub(super) fn compare(found: &mut Found<'_>, pairs: &BTreeMap<NodeId, NodeId>) {
    // The old expressions with the new names, so that a name that changed changes nothing else.
    let renamed = |node: NodeId| pairs.get(&node).map(|&now| path_of(found.new, now));
    let old_name = |node: NodeId| renamed(node).unwrap_or_else(|| path_of(found.old, node));
    let was = rules(found.old, &old_name);
    let is = rules(found.new, &|node| path_of(found.new, node));
    let none = BTreeMap::new();
    for (old, new) in pairs {
        let at = path_of(found.old, *old);
        let (was, is) = (was.get(old).unwrap_or(&none), is.get(new).unwrap_or(&none));
        let aspects: BTreeSet<&&str> = was.keys().chain(is.keys()).collect();
        for aspect in aspects {
            let (was, is) = (was.get(*aspect), is.get(*aspect));
            if was == is {
                continue;
            }
            let what = match (was, is.and_then(BTreeSet::first)) {
                (_, Some(now)) if is.is_some_and(|all| all.len() == 1) => format!("{aspect} `{now}` now"),
                (_, Some(_)) => format!("{aspect} something else now"),
                (_, None) => format!("{aspect} nothing in particular any more"),
            };
            found.push(Class::Safe, &at, what);
        }
    }
}

/// All rules by what they are about.
fn rules(form: &Form, name: &dyn Fn(NodeId) -> String) -> Rules {
    let mut rules = Rules::new();
    for rule in form.rules.values() {
        let of_node = rules.entry(rule.target).or_default();
        of_node
            .entry(aspect(rule))
            .or_default()
            .insert(written(form, rule, name));
    }
    rules
}

/// What a rule decides, as the beginning of a sentence about the place.
fn aspect(rule: &Rule) -> &'static str {
    match rule.aspect {
        Aspect::Shown => "is shown when",
        Aspect::Required => "must be answered when",
        Aspect::ReadOnly => "cannot be edited when",
        Aspect::Value => "comes to",
        Aspect::Check(_) => "is checked for",
        Aspect::Offered(_) => "offers options when",
        Aspect::Default => "is at first",
        Aspect::Label | Aspect::Hint => "reads",
    }
}

fn written(form: &Form, rule: &Rule, name: &dyn Fn(NodeId) -> String) -> String {
    let formula = match &rule.formula {
        Formula::Expr(expr) => form.source(expr, name),
        Formula::Text(text) => template(form, text, name),
    };
    match rule.aspect {
        Aspect::Check(check) => {
            let Check {
                severity,
                message,
                concept,
            } = form.checks.at(check);
            let concept = concept
                .as_ref()
                .map(|concept| format!(", {concept}"))
                .unwrap_or_default();
            format!(
                "{formula} ({severity:?}, “{}”{concept})",
                template(form, message, name)
            )
        }
        Aspect::Offered(index) => {
            let list = form.field(rule.target).and_then(|field| field.kind.list());
            let code = list.and_then(|list| form.lists.at(list).codes.get(usize::from(index)));
            format!("{}: {formula}", code.map_or("", |code| code.code.as_str()))
        }
        _ => formula,
    }
}

fn template(form: &Form, text: &Template, name: &dyn Fn(NodeId) -> String) -> String {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(expr) | Piece::Label(_, expr) => format!("{{{}}}", form.source(expr, name)),
    });
    pieces.collect()
}
