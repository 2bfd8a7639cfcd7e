//! `people`: boxes for each of several people.

use std::sync::Arc;

use form::kinds;
use leptos::prelude::*;

use super::entries::{Entries, entries};
use super::paper::Question;
use super::person;
use super::shell;

/// An entry for each person.
pub(super) fn widget(question: &Question, kind: &kinds::People) -> AnyView {
    let name_only = kind.name_only;
    let people = Entries {
        one: "Person",
        add: ["Add a person", "Add another person"],
        inside: Arc::new(move |question, entry| person::boxes(question, Some(entry), name_only)),
    };
    shell::grouped(question, entries(question, people))
}
