//! `yes_no`: yes, no, and where the form allows it "not known".

use form::kinds;
use leptos::prelude::*;

use super::options::{Chosen, options};
use super::paper::Question;
use super::shell;

/// Yes and no side by side.
pub(super) fn widget(question: &Question, kind: &kinds::YesNo) -> AnyView {
    shell::grouped(question, options(question, question.list(kind.list), Chosen::One))
}
