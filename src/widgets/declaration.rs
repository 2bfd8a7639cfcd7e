//! `declaration`: a statement to tick.

use form::kinds;
use leptos::prelude::*;

use super::options::{Chosen, options};
use super::paper::Question;
use super::shell;

/// A statement with a box to tick.
pub(super) fn widget(question: &Question, kind: &kinds::Declaration) -> AnyView {
    shell::grouped(
        question,
        options(question, question.list(kind.list), Chosen::Lone),
    )
}
