//! What a session says of why: nothing that it leaves out could have made it otherwise.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::{At, Edit, Ground, Reason, Session};
use form::{Answers, Aspect};
use proptest::prelude::*;

use super::{edit, plain, random};

/// Every place whose answer or rows bear on how a place is, by what the session says of it and of what that goes by.
fn bearing(session: &Session, at: At) -> BTreeSet<At> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![at];
    while let Some(at) = waiting.pop() {
        if !found.insert(at) {
            continue;
        }
        for reason in session.explain(at) {
            waiting.extend(reason.grounds.into_iter().filter_map(|ground| match ground {
                Ground::Answer(at) => Some(at),
                Ground::Child(..) | Ground::Term(_) | Ground::Today => None,
            }));
        }
        // Which rows are seen of a repeat depends on the rows' own conditions.
        if session.form().repeat(at.node).is_some() {
            waiting.extend(session.inside(at));
        }
    }
    found
}

/// What the session's reasons are about.
fn explained(session: &Session, at: At) -> Option<(bool, bool, bool, Option<feel::Value>)> {
    let view = session.view(at)?;
    let worked_out = session
        .form()
        .field(at.node)
        .filter(|field| !field.kind.answered());
    let value = worked_out.map(|_| plain(&session.value(at)));
    Some((session.is_shown(at), view.required, view.read_only, value))
}

/// Does the reason say of its place what is so?
fn is_true(session: &Session, reason: &Reason) -> bool {
    let view = session.view(reason.of).unwrap();
    match reason.aspect {
        Aspect::Shown => view.shown == reason.holds,
        Aspect::Required => view.required == reason.holds,
        Aspect::ReadOnly => view.read_only == reason.holds,
        _ => true,
    }
}

proptest! {
    #[test]
    fn what_is_left_out_of_an_explanation_makes_no_difference(
        recipe in random::recipe(),
        steps in prop::collection::vec(random::step(), 0..8),
        last in prop::collection::vec(random::step(), 1..12),
    ) {
        let form = Arc::new(recipe.form());
        let mut session = Session::new(form, random::env(recipe.children), &Answers::default());
        for step in steps {
            if let Some(edit) = edit(&session, &step) {
                drop(session.apply(edit));
            }
        }
        let all = session.places();
        for &at in &all {
            for reason in session.explain(at) {
                prop_assert!(is_true(&session, &reason), "{reason:?}");
            }
        }
        for edit in last.iter().filter_map(|step| edit(&session, step)) {
            let (Edit::Answer { at: edited, .. }
            | Edit::AddRow { rows: edited, .. }
            | Edit::RemoveRow { rows: edited, .. }) = edit;
            let mut edited_session = session.clone();
            if edited_session.apply(edit).is_err() {
                continue;
            }
            for &at in all.iter().filter(|&&at| !bearing(&session, at).contains(&edited)) {
                // What stood in a row that is gone is no longer there to be explained.
                if let Some(after) = explained(&edited_session, at) {
                    prop_assert_eq!(Some(after), explained(&session, at), "{:?}", at);
                }
            }
        }
    }
}

/// The text of a condition about the choices `a` to `e`, each of which is `x`, `y` or blank.
fn condition() -> impl Strategy<Value = String> {
    let leaf = (0..5_usize, 0..4_u8).prop_map(|(field, test)| {
        let field = FIELDS[field];
        match test {
            0 => format!("{field} = x"),
            1 => format!("{field} in (x, y)"),
            2 => format!("blank({field})"),
            _ => format!("{field} != y"),
        }
    });
    leaf.prop_recursive(4, 12, 3, |inner| {
        let parts = prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            parts
                .clone()
                .prop_map(|parts| format!("({})", parts.join(" and "))),
            parts.prop_map(|parts| format!("({})", parts.join(" or "))),
            inner.prop_map(|inner| format!("not({inner})")),
        ]
    })
}

const FIELDS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// A form that asks all of `a` to `e`, and something else under a condition. None if that can never hold: no form has
/// such a condition.
fn asking(condition: &str) -> Option<Arc<form::Form>> {
    let asked =
        FIELDS.map(|field| format!("choice {field} \"{field}?\" {{\noption x \"X\"\noption y \"Y\"\n}}\n"));
    let text = format!(
        "form why version=1 {{\ntitle \"Why\"\nsection s \"S\" {{\n{}text target \"Target\" {{\n\
         show-when \"{condition}\"\n}}\n}}\n}}\n",
        asked.concat()
    );
    let sources: compiler::Sources = [("forms/why.kdl", text.as_str())].into_iter().collect();
    let mut compiled = compiler::compile(&sources);
    let only_never =
        |told: &compiler::Diagnostic| told.code == compiler::Code::NeverHolds || !told.is_error();
    assert!(
        compiled.diagnostics.iter().all(only_never),
        "{text}\n{:?}",
        compiled.diagnostics
    );
    Some(Arc::new(compiled.forms.pop()?.form))
}

/// The form with these answers: 0 is none, 1 is `x`, 2 is `y`.
fn answered(form: &Arc<form::Form>, answers: [u8; 5]) -> Session {
    let mut session = Session::new(Arc::clone(form), random::env(0), &Answers::default());
    for (field, answer) in FIELDS.into_iter().zip(answers) {
        let code = ["", "x", "y"][usize::from(answer)];
        let answer = (answer > 0).then(|| form::Answer::Code(code.into()));
        let at = find(&session, field);
        session.apply(Edit::Answer { at, answer }).unwrap();
    }
    session
}

fn find(session: &Session, name: &str) -> At {
    let named = |at: &At| session.form().nodes.at(at.node).name.as_str() == name;
    session.places().into_iter().find(named).unwrap()
}

/// The fields that the session says decided whether the target is shown.
fn decided(session: &Session) -> Vec<String> {
    let reasons = session.explain(find(session, "target"));
    let grounds = reasons.into_iter().flat_map(|reason| reason.grounds);
    grounds
        .map(|ground| match ground {
            Ground::Answer(at) => session.form().nodes.at(at.node).name.to_string(),
            other => unreachable!("{other:?}"),
        })
        .collect()
}

proptest! {
    #[test]
    fn whatever_agrees_on_what_decided_decides_the_same(
        condition in condition(),
        answers in prop::array::uniform5(0..3_u8),
        others in prop::collection::vec(prop::array::uniform5(0..3_u8), 20),
    ) {
        let Some(form) = asking(&condition) else { return Ok(()) };
        let session = answered(&form, answers);
        let decided = decided(&session);
        let shown = session.is_shown(find(&session, "target"));
        for other in others {
            let keeps = |index: usize| decided.iter().any(|name| name == FIELDS[index]);
            let other = std::array::from_fn(|index| if keeps(index) { answers[index] } else { other[index] });
            let other = answered(&form, other);
            prop_assert_eq!(other.is_shown(find(&other, "target")), shown, "{} by {:?}", condition, decided);
        }
    }
}

#[test]
fn only_the_parts_that_decided_are_told() {
    for (condition, answers, expected) in [
        ("a = x or b = x", [1, 0, 0, 0, 0], &["a"][..]),
        ("a = x or b = x", [2, 1, 0, 0, 0], &["b"]),
        ("a = x or b = x", [2, 2, 0, 0, 0], &["a", "b"]),
        ("a = x and b = x", [1, 2, 0, 0, 0], &["b"]),
        ("a = x and b = x", [1, 1, 0, 0, 0], &["a", "b"]),
        ("not(a = x and b = x)", [1, 2, 0, 0, 0], &["b"]),
        (
            "not(a = x or not(b = x and c = x))",
            [2, 1, 1, 0, 0],
            &["a", "b", "c"],
        ),
        ("if a = x then b = x else c = x", [1, 1, 1, 0, 0], &["a", "b"]),
    ] {
        assert_eq!(
            decided(&answered(&asking(condition).unwrap(), answers)),
            expected,
            "{condition}"
        );
    }
}
