//! `nhs_number`: ten digits in one box, and the number as it is written beside it.

use form::{Kind, kinds};
use leptos::prelude::*;

use super::paper::Question;
use super::shell;
use super::text::{Line, line};
use super::understood::understood;

/// A box for an NHS number.
pub(super) fn widget(question: &Question, kind: &kinds::NhsNumber) -> AnyView {
    let number = Line {
        style: "input w20",
        keypad: "numeric",
        spelled: false,
    };
    let control = view! {
        {line(question, number, &["understood"])}
        {understood(question, Kind::NhsNumber(kind.clone()))}
    };
    shell::labelled(question, control.into_any())
}
