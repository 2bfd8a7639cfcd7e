//! The engine against its oracle: after every edit of a random history over a random form, what the session says
//! equals what a naive evaluator works out from nothing, and the changes it reported are exactly those there were.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking; clippy spares only test functions themselves"
)]

mod explained;
mod naive;
mod random;

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::{At, Changes, Edit, Session, View};
use form::{Answers, Body};
use naive::Naive;
use proptest::prelude::*;
use random::{Recipe, Step};

/// Everything a session says about a place.
#[derive(Clone, Debug, PartialEq)]
struct Told {
    view: View,
    shown: bool,
    value: feel::Value,
}

/// A value without entities, whose numbers mean nothing outside their session.
fn plain(value: &feel::Value) -> feel::Value {
    match value {
        feel::Value::List(list) => feel::Value::List(list.iter().map(plain).collect()),
        feel::Value::Entity(_) => feel::Value::Boolean(true),
        other => other.clone(),
    }
}

fn told(session: &Session) -> BTreeMap<At, Told> {
    let tell = |at: At| {
        let view = session.view(at).expect("a place that was just found");
        (
            at,
            Told {
                view,
                shown: session.is_shown(at),
                value: plain(&session.value(at)),
            },
        )
    };
    session.places().into_iter().map(tell).collect()
}

/// The session says of every place what the naive evaluator says.
fn agrees_with_naive(session: &Session, answers: &Answers) -> Result<(), TestCaseError> {
    let naive = Naive::new(session.form(), session.env(), answers);
    let ours = session.places();
    let theirs = naive.places();
    prop_assert_eq!(ours.len(), theirs.len(), "not the same places");
    prop_assert_eq!(
        session.submission().values,
        naive.submission(),
        "not the same would be sent"
    );
    for (at, place) in ours.into_iter().zip(theirs) {
        prop_assert_eq!(at.node, place.node, "not the same places");
        let node = session.form().nodes.at(at.node);
        prop_assert_eq!(session.view(at).unwrap(), naive.view(place), "view of {:?}", node);
        prop_assert_eq!(
            session.is_shown(at),
            naive.active(place),
            "whether {:?} is shown",
            node
        );
        prop_assert_eq!(
            plain(&session.value(at)),
            plain(&naive.effective(place)),
            "value of {:?}",
            node
        );
    }
    Ok(())
}

/// The changes name exactly the places that were there before and after and look different.
fn changes_are_exact(
    before: &BTreeMap<At, Told>,
    after: &BTreeMap<At, Told>,
    changes: &Changes,
) -> Result<(), TestCaseError> {
    let differ = after
        .iter()
        .filter(|(at, told)| before.get(at).is_some_and(|old| old.view != told.view));
    let differ: Vec<At> = differ.map(|(at, _)| *at).collect();
    prop_assert_eq!(&changes.views, &differ);
    Ok(())
}

/// The edit that a random step stands for in a session as it is now.
fn edit(session: &Session, step: &Step) -> Option<Edit> {
    let all = session.places();
    let fields: Vec<At> = all
        .iter()
        .copied()
        .filter(|at| session.form().field(at.node).is_some())
        .collect();
    let repeats: Vec<At> = all
        .iter()
        .copied()
        .filter(|at| session.form().repeat(at.node).is_some())
        .collect();
    let pick = |from: &[At], seed: usize| (!from.is_empty()).then(|| from[seed % from.len()]);
    match step {
        Step::Answer { place, answer } => {
            let at = pick(&fields, *place)?;
            Some(Edit::Answer {
                at,
                answer: random::answer(session.form().field(at.node)?, answer),
            })
        }
        Step::AddRow { place, key, before } => {
            let rows = pick(&repeats, *place)?;
            let before = before.map(random::row_key);
            Some(Edit::AddRow {
                rows,
                key: random::row_key(*key),
                before,
            })
        }
        Step::RemoveRow { place, key } => Some(Edit::RemoveRow {
            rows: pick(&repeats, *place)?,
            key: random::row_key(*key),
        }),
    }
}

/// The same edit made on a plain set of answers, as the naive evaluator would be given them.
fn note(session: &Session, edit: &Edit, answers: &mut Answers) {
    match edit {
        Edit::Answer { at, answer } => answers.set(session.address(*at).unwrap(), answer.clone()),
        Edit::AddRow { rows, key, before } => {
            let keys = answers.rows.entry(session.address(*rows).unwrap()).or_default();
            let place = before
                .as_ref()
                .and_then(|before| keys.iter().position(|key| key == before));
            keys.insert(place.unwrap_or(keys.len()), key.clone());
        }
        Edit::RemoveRow { rows, key } => {
            let address = session.address(*rows).unwrap();
            let inside = format!("{address}[{key}]");
            answers
                .rows
                .get_mut(&address)
                .unwrap()
                .retain(|other| other != key);
            answers
                .rows
                .retain(|address, keys| !address.as_str().starts_with(&inside) && !keys.is_empty());
            answers
                .values
                .retain(|address, _| !address.as_str().starts_with(&inside));
        }
    }
}

fn cases() -> u32 {
    std::env::var("ENGINE_HISTORIES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn incremental_equals_naive_and_reports_exactly_what_changed(
        recipe in random::recipe(),
        steps in prop::collection::vec(random::step(), 0..12),
    ) {
        let form = Arc::new(recipe.form());
        let mut answers = Answers::default();
        let mut session = Session::new(Arc::clone(&form), random::env(recipe.children), &answers);
        agrees_with_naive(&session, &answers)?;
        for step in steps {
            let Some(edit) = edit(&session, &step) else { continue };
            let before = told(&session);
            let kept = session.answers();
            let mut next = answers.clone();
            match session.apply(edit.clone()) {
                Ok(changes) => {
                    note(&session, &edit, &mut next);
                    answers = next;
                    prop_assert_eq!(&session.answers(), &answers, "an answer was lost");
                    agrees_with_naive(&session, &answers)?;
                    changes_are_exact(&before, &told(&session), &changes)?;
                }
                Err(_) => {
                    prop_assert_eq!(&session.answers(), &kept, "a refused edit changed something");
                    prop_assert_eq!(told(&session), before);
                }
            }
        }
        let reopened = Session::new(form, random::env(recipe.children), &session.answers());
        let views = |session: &Session| session.places().iter().map(|at| told(session)[at].clone()).collect::<Vec<_>>();
        prop_assert_eq!(views(&reopened), views(&session), "reopened, the record looks different");
    }
}

/// The recipes reach what they are meant to: without this, an oracle over empty forms would prove nothing.
#[test]
fn random_forms_have_every_construct() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = [0_usize; 8];
    for _ in 0..300 {
        let tree = random::recipe().new_tree(&mut runner).unwrap();
        let recipe: Recipe = proptest::strategy::ValueTree::current(&tree);
        let form = recipe.form();
        let nested = form
            .scopes
            .values()
            .filter(|scope| scope.parent.is_some_and(|p| p.0 > 0))
            .count();
        let lists = form.rules.values().filter(|rule| {
            let reads = rule.formula.slots();
            reads
                .iter()
                .any(|slot| form.repeat(form::NodeId(slot.0)).is_some())
        });
        seen[0] += form.rules.len();
        seen[1] += nested;
        seen[2] += lists.count();
        seen[3] += form
            .nodes
            .values()
            .filter(|node| matches!(node.body, Body::Group))
            .count();
        seen[4] += form.checks.len();
        seen[5] += form
            .rules
            .values()
            .filter(|rule| matches!(rule.aspect, form::Aspect::Offered(_)))
            .count();
        seen[6] += form
            .rules
            .values()
            .filter(|rule| rule.aspect == form::Aspect::Default)
            .count();
        let read_terms = |rule: &&form::Rule| {
            let reads = rule.formula.slots();
            reads
                .into_iter()
                .any(|slot| matches!(form::Meaning::of(slot), Some(form::Meaning::Term(_))))
        };
        seen[7] += form.rules.values().filter(read_terms).count();
    }
    assert!(
        seen.iter().all(|&count| count > 100),
        "rules, nested, lists, groups, checks, offers, defaults, rule packs: {seen:?}"
    );
}
