//! `table`: the grid whose rows and columns the form decides.

use form::kinds;
use leptos::prelude::*;

use super::grid::grid;
use super::paper::Question;
use super::shell;

/// A box in each cell.
pub(super) fn widget(question: &Question, kind: &kinds::Table) -> AnyView {
    let keypad = if kind.numbers { "decimal" } else { "text" };
    shell::grouped(question, grid(question, &kind.rows, &kind.columns, keypad))
}
