//! `echo`: the answer to another question, shown again.

use form::kinds;
use leptos::prelude::*;

use super::computed::shown;
use super::paper::Question;

/// The answer, as it stands at present.
pub(super) fn widget(question: &Question, _: &kinds::Echo) -> AnyView {
    shown(question, "Not answered yet", ().into_any())
}
