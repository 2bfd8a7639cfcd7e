//! What about each question of a form can change while it is filled in. All else is put on the page once, as it is.

use feel::Expr;
use feel::syntax::Comparison;
use form::{Aspect, Body, Form, Formula, Meaning, NodeId, Rule, Table};

/// What about one node can change, because a rule of the form decides it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Moves {
    /// Whether it is shown.
    pub(crate) shown: bool,
    /// Whether it must be answered.
    pub(crate) required: bool,
    /// Whether it can be edited.
    pub(crate) read_only: bool,
    /// Which options are offered.
    pub(crate) offered: bool,
    /// The text of its label.
    pub(crate) label: bool,
    /// The text of its hint.
    pub(crate) hint: bool,
    /// Whether it is filled in with a default.
    pub(crate) default: bool,
    /// What is wrong with it as a whole.
    pub(crate) checked: bool,
    /// Whether it is a day that has come: the form refuses one after today.
    pub(crate) has_come: bool,
}

/// What about each node of a form can change.
pub(crate) fn moves(form: &Form) -> Table<NodeId, Moves> {
    let mut moves = Table::filled(Moves::default(), form.nodes.len());
    for rule in form.rules.values() {
        let own = moves.at_mut(rule.target);
        match rule.aspect {
            Aspect::Shown => own.shown = true,
            Aspect::Required => own.required = true,
            Aspect::ReadOnly => own.read_only = true,
            Aspect::Offered(_) => own.offered = true,
            Aspect::Label => own.label = true,
            Aspect::Hint => own.hint = true,
            Aspect::Check(_) => {
                own.checked = true;
                own.has_come |= refuses_days_to_come(rule);
            }
            Aspect::Default => own.default = true,
            // What was worked out is told with every change.
            Aspect::Value => {}
        }
    }
    for (id, node) in form.nodes.iter() {
        if let Body::Rows(repeat) = &node.body {
            moves.at_mut(id).checked |= repeat.min > 0;
        }
    }
    moves
}

/// Is this the check that a day is today's at the latest?
fn refuses_days_to_come(rule: &Rule) -> bool {
    let Formula::Expr(Expr::Compare(Comparison::LessOrEqual, sides)) = &rule.formula else {
        return false;
    };
    match sides.as_ref() {
        [Expr::Slot(day), Expr::Call(today, _)] => {
            Meaning::of(*day) == Some(Meaning::Node(rule.target)) && today.name() == "today"
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[test]
    fn a_day_has_come_where_the_form_refuses_one_after_today() {
        let form = testing::compile(
            r#"
form notes version=1 {
  title "Days"
  section days "Days" {
    date held "When was it?" { check "held <= today()" "This day has not come yet"; }
    date told "When were they told?" { check "told <= held" "This is after the day of this record"; }
    date next "When is the next?" { check "next > today()" "This day is over"; }
    date born "When were they born?"
  }
}
"#,
        );
        let moves = moves(&form);
        let come: Vec<&str> = form
            .nodes
            .iter()
            .filter(|(node, _)| moves.at(*node).has_come)
            .map(|(_, node)| node.name.as_str())
            .collect();
        assert_eq!(come, ["held"]);
    }
}
