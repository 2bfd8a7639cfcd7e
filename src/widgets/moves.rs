//! What about each question of a form can change while it is filled in. All else is put on the page once, as it is.

use form::{Aspect, Body, Form, NodeId, Table};

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
            Aspect::Check(_) => own.checked = true,
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
