//! A form of any size, with answers to all of it: what the engine is measured on. It knows no engine and no clock.
#![expect(
    clippy::expect_used,
    reason = "a benchmark that cannot be set up has nothing to measure"
)]

use std::fmt::Write as _;
use std::sync::Arc;

use compiler::{Sources, compile};
use engine::Env;
use form::{Answer, Answers, Form};

/// How many questions stand in a group.
const GROUP: usize = 20;

/// A form of so many questions. The first is a number on which ten places depend, whatever the size: calculations in
/// a chain, conditions, needs and a check. Every other group has a sum and a condition of its own.
pub(crate) fn form(questions: usize) -> Arc<Form> {
    let mut text =
        "form sized version=1 {\n  title \"Sized\"\n  sign-off { stage team_manager; }\n".to_owned();
    text += "  section all \"All\" {\n    number first \"First\" {\n";
    text += "      check \"first < 1000\" \"That is a lot\" severity=nudge\n    }\n";
    text += "    computed c1 \"c1\" { value \"total(first, 1)\"; }\n";
    for link in 2..=5 {
        let _ = writeln!(
            text,
            "    computed c{link} \"c{link}\" {{ value \"c{} + 1\"; }}",
            link - 1
        );
    }
    for index in 1..=2 {
        let _ = writeln!(
            text,
            "    text shown{index} \"shown\" {{ show-when \"first > {index}\"; }}"
        );
        let _ = writeln!(
            text,
            "    text needed{index} \"needed\" {{ required-when \"first > {index}\"; }}"
        );
    }
    // With these, ten questions stand before the groups.
    for group in 0..questions.saturating_sub(10).div_ceil(GROUP) {
        let _ = writeln!(text, "    group g{group} \"Group\" {{");
        let _ = writeln!(text, "      number n{group} \"How many?\"");
        let _ = writeln!(
            text,
            "      computed s{group} \"In all\" {{ value \"total(n{group}, 1)\"; }}"
        );
        let _ = writeln!(
            text,
            "      text d{group} \"Which?\" {{ show-when \"n{group} > 0\"; }}"
        );
        for index in 3..GROUP {
            let _ = writeln!(text, "      text t{group}_{index} \"What did you see?\"");
        }
        text += "    }\n";
    }
    text += "  }\n}\n";
    let mut sources = Sources::default();
    sources.insert("sized.kdl", text);
    let compiled = compile(&sources);
    assert!(!compiled.has_errors(), "{:#?}", compiled.diagnostics);
    let form = compiled.forms.into_iter().next();
    Arc::new(form.expect("the form compiles").form)
}

/// The world in which it is filled in.
pub(crate) fn env() -> Env {
    Env {
        now: "2026-11-20T10:00:00".parse().expect("this is a moment"),
        today: feel::Date::new(2026, 11, 20).expect("this is a day"),
        subjects: Vec::new(),
        rule_pack: None,
    }
}

/// An answer to every question.
pub(crate) fn answers(form: &Arc<Form>) -> Answers {
    let mut answers = Answers::default();
    for (id, node) in form.nodes.iter() {
        let is_number = matches!(form.field(id), Some(field) if matches!(field.kind, form::Kind::Number(_)));
        let is_asked = form.field(id).is_some_and(|field| field.kind.answered());
        if is_asked {
            let text = if is_number { "5" } else { node.label.as_str() };
            let address = form
                .address(id, &[])
                .expect("the record itself has no rows around it");
            answers.set(address, Some(Answer::Text(text.to_owned())));
        }
    }
    answers
}
