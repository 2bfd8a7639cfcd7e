//! What becomes of a record that goes on in a later version of its form, in words: what is new, what is otherwise, and
//! what has no place any more.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::Session;
use form::{Address, Answer, Form, Loss, Moving, NodeId, follow, migrate, steps_after};
use record::{LeftBehind, Moved, State, Timestamp};

use super::answers::Told;
use super::changes;

/// What becomes of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Preview {
    /// How many answers stay as they are.
    pub(crate) kept: usize,
    /// The questions that were not asked before.
    pub(crate) new: Vec<String>,
    /// The answers that are told otherwise than before.
    pub(crate) changed: Vec<Otherwise>,
    /// The answers that have no place any more.
    pub(crate) left: Vec<NoPlace>,
    /// The reasons for letting warnings stand that must be given again.
    pub(crate) reasons: Vec<String>,
}

/// An answer that is told otherwise than before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Otherwise {
    /// The question now.
    pub(crate) question: String,
    /// The question before, where that is another.
    pub(crate) asked: Option<String>,
    /// The answer now.
    pub(crate) told: Told,
    /// What must be done about it, if the version cannot read it.
    pub(crate) wrong: Option<String>,
}

/// An answer that has no place any more.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NoPlace {
    /// The question.
    pub(crate) question: String,
    /// What was written, the answer that stood first.
    pub(crate) told: Vec<Told>,
    /// Why.
    pub(crate) why: &'static str,
}

/// What would become of a record that goes on in a version; nothing if it is no later one.
pub(crate) fn preview(
    state: &State,
    old: &Arc<Form>,
    new: &Arc<Form>,
    moved: &Moved,
    now: Timestamp,
) -> Option<Preview> {
    let moving = Moving::new(old, new).ok()?;
    let migrated = migrate(old, new, state.answers()).ok()?;
    let before = Session::new(Arc::clone(old), state.env(now), state.answers());
    let after = Session::new(Arc::clone(new), state.env(now), &migrated.answers);
    let is_left = |from: &Address| moved.left.iter().any(|left| left.at == *from);
    let taken = || state.answers().values.iter().filter(|(from, _)| !is_left(from));
    let changed = taken().filter_map(|(from, answer)| {
        let carried = moved.carried.iter().find(|carried| carried.from == *from);
        let wrong = moving.unreadable(from, answer);
        let (to, answer) = match carried {
            Some(carried) => (&carried.to, carried.answer.as_ref()?),
            None => (from, answer),
        };
        (carried.is_some() || wrong.is_some()).then_some(())?;
        let (question, asked) = (question(&after, to), question(&before, from));
        let told = tell(new, to, answer);
        let is_told_alike = question == asked && told == tell(old, from, state.answers().values.get(from)?);
        // A place that only goes by another name is none that anybody reads.
        (!is_told_alike || wrong.is_some()).then(|| Otherwise {
            asked: (question != asked).then_some(asked),
            question,
            told,
            wrong,
        })
    });
    let changed: Vec<Otherwise> = changed.collect();
    let stands = |place: &Address, check| {
        let mut still = moved.warnings.iter();
        still.any(|still| still.from == *place && still.was == check)
    };
    let reasons = state.draft().acknowledged();
    let reasons = reasons.filter(|found| !stands(&found.what.address, found.what.check));
    Some(Preview {
        kept: taken().count().saturating_sub(changed.len()),
        new: new_questions(old, &after),
        changed,
        left: left_behind(old, state, &moved.left, now),
        reasons: reasons.map(|found| found.what.reason.clone()).collect(),
    })
}

/// So many answers: "1 answer", "2 answers".
pub(crate) fn answers(count: usize) -> String {
    match count {
        1 => "1 answer".to_owned(),
        many => format!("{many} answers"),
    }
}

/// What was left behind by a move from this version.
pub(crate) fn left_behind(
    old: &Arc<Form>,
    state: &State,
    left: &[LeftBehind],
    now: Timestamp,
) -> Vec<NoPlace> {
    let mut answers = form::Answers::default();
    for left in left {
        answers.set(left.at.clone(), left.answer.clone());
    }
    let before = Session::new(Arc::clone(old), state.env(now), &answers);
    let written = left.iter().filter(|left| left.answers().next().is_some());
    written
        .map(|left| NoPlace {
            question: question(&before, &left.at),
            told: left.answers().map(|answer| tell(old, &left.at, answer)).collect(),
            why: match left.why {
                Loss::Dropped => "The new version does not ask for this.",
                Loss::NoPlace => "The new version has no such question.",
                Loss::Taken => "Another answer stands where this would go.",
            },
        })
        .collect()
}

/// The questions that no earlier place leads to, in the form's order.
fn new_questions(old: &Form, after: &Session) -> Vec<String> {
    let new = after.form();
    let names = |form: &Form, node: NodeId| -> Vec<form::Name> {
        let mut names: Vec<_> = std::iter::successors(Some(node), |&id| form.nodes.at(id).parent)
            .filter(|&id| !matches!(form.nodes.at(id).body, form::Body::Row))
            .map(|id| form.nodes.at(id).name.clone())
            .collect();
        names.reverse();
        names
    };
    let questions = |form: &Form| -> Vec<NodeId> {
        let ids = form.nodes.iter().map(|(id, _)| id);
        ids.filter(|&id| form.field(id).is_some_and(|field| field.kind.answered()))
            .collect()
    };
    let known: BTreeSet<NodeId> = questions(old)
        .into_iter()
        .filter_map(|node| new.named(&follow(steps_after(new, old.version), names(old, node))?))
        .collect();
    let unknown = questions(new).into_iter().filter(|node| !known.contains(node));
    let child = after.env().subjects.first().map(|child| child.id.clone());
    unknown
        .map(|node| {
            // As it reads for the first child, where it is asked of each.
            let rows = [&[][..], child.as_slice()];
            let mut places = rows.into_iter().filter_map(|keys| new.address(node, keys));
            let asked = places.find_map(|place| changes::question(after, after.find(&place)?));
            asked.unwrap_or_else(|| new.nodes.at(node).label.clone())
        })
        .collect()
}

/// A question as its page asks it, or its name where no page does.
fn question(session: &Session, address: &Address) -> String {
    let asked = session
        .find(address)
        .and_then(|at| changes::question(session, at));
    let label = || {
        let (node, _) = session.form().find(address)?;
        Some(session.form().nodes.at(node).label.clone())
    };
    asked.or_else(label).unwrap_or_else(|| address.to_string())
}

/// An answer in the words of a version.
pub(crate) fn tell(form: &Form, address: &Address, answer: &Answer) -> Told {
    let field = form.find(address).and_then(|(node, _)| form.field(node));
    field.map_or(Told::Nothing, |field| {
        Told::in_form(form, &field.kind, Some(answer))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use record::Role;

    use super::*;
    use crate::testing::{Device, Server, cases, form, later_form, person};

    /// What a device is told of a move to the later version.
    fn told(device: &Device) -> (Preview, State) {
        let state = device.sheet.ledger().state().clone();
        let (old, new) = (form(), later_form());
        let moved = Moved::of(&state, &old, &new).unwrap();
        let preview = preview(&state, &old, &new, &moved, state.changed_at()).unwrap();
        (preview, state)
    }

    fn device(answers: &[(&str, &str)]) -> Device {
        let worker = person(1, Role::Practitioner);
        let mut device = Device::open(worker.clone(), &Server::with_record(&worker));
        for (place, answer) in answers {
            device.type_in(place, answer);
        }
        device.sheet.leave();
        device
    }

    #[test]
    fn what_only_goes_by_another_name_stays_and_what_has_no_question_is_told_word_for_word() {
        let (preview, _) = told(&device(&[
            ("visit.note", "We talked."),
            ("visit.hours", "two or so"),
        ]));
        assert_eq!((preview.kept, preview.changed), (1, vec![]));
        let left = NoPlace {
            question: "For how long?".to_owned(),
            told: vec![Told::Words("two or so".to_owned())],
            why: "The new version does not ask for this.",
        };
        assert_eq!(preview.left, [left]);
        assert_eq!(preview.new, Vec::<String>::new());
    }

    proptest! {
        #![proptest_config(cases(64))]

        #[test]
        fn every_answer_stays_or_changes_or_is_set_aside(given in prop::collection::btree_map(
            prop::sample::select(vec!["visit.note", "visit.reason", "visit.hours", "children[amy].words", "children[ben].words"]),
            "[a-z]{1,8}",
            0..5,
        )) {
            let given: Vec<(&str, &str)> = given.iter().map(|(&place, answer)| (place, answer.as_str())).collect();
            let (preview, state) = told(&device(&given));
            let all = preview.kept + preview.changed.len() + preview.left.len();
            prop_assert_eq!(all, state.answers().values.len());
            prop_assert_eq!(all, given.len());
        }
    }
}
