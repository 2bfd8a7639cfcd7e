//! `choice`: one of a list.

use form::kinds;
use leptos::prelude::*;

use super::options::{Chosen, options};
use super::paper::Question;
use super::shell;

/// Options, of which one may be chosen.
pub(super) fn widget(question: &Question, kind: &kinds::Choice) -> AnyView {
    shell::grouped(question, options(question, question.list(kind.list), Chosen::One))
}
