//! What a manager is shown as changed since the record was returned.

use std::collections::BTreeMap;

use form::{Address, Answers};
use proptest::prelude::*;
use record::{Action, Change, differences};

use crate::desk::{Desk, asha, at, code, key, tess, text};

#[test]
fn what_changed_is_told_in_document_order() {
    let mut desk = Desk::new();
    let visitors = || at("visit.visitors");
    desk.fill(&asha());
    for row in ["v-1", "v-2"] {
        desk.ask(
            &asha(),
            Action::AddRow {
                address: visitors(),
                key: key(row),
                before: None,
            },
        )
        .unwrap();
    }
    desk.answer(&asha(), "visit.visitors[v-2].name", text("Gran"));
    desk.submit(&asha()).unwrap();
    assert_eq!(desk.state.changed_since_return(&desk.form), None);
    desk.send_back(&tess());
    assert_eq!(desk.state.changed_since_return(&desk.form), None);

    desk.answer(&asha(), "next.plan", text("Visit on Friday"));
    desk.answer(&asha(), "children[c-2].seen", code("yes"));
    desk.answer(&asha(), "children[c-1].seen", code("no"));
    let remove = Action::remove_row(&desk.state, visitors(), key("v-2"));
    desk.ask(&asha(), remove).unwrap();
    let add = Action::AddRow {
        address: visitors(),
        key: key("v-3"),
        before: Some(key("v-1")),
    };
    desk.ask(&asha(), add).unwrap();
    desk.answer(&asha(), "visit.visitors[v-3].name", text("Aunt"));
    desk.answer(&asha(), "visit.visitors[v-1].name", text("Uncle"));
    desk.submit(&asha()).unwrap();

    let changed = desk.state.changed_since_return(&desk.form).unwrap();
    let places: Vec<&str> = changed
        .iter()
        .map(|difference| difference.address.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "visit.visitors",
            "visit.visitors[v-3].name",
            "visit.visitors[v-1].name",
            "visit.visitors[v-2].name",
            "children[c-1].seen",
            "children[c-2].seen",
            "next.plan",
        ]
    );
    assert_eq!(
        changed[0].change,
        Change::Rows {
            added: vec![key("v-3")],
            removed: vec![key("v-2")]
        }
    );
    assert_eq!(
        changed[3].change,
        Change::Answer {
            before: text("Gran"),
            after: None
        }
    );
    assert_eq!(
        changed[4].change,
        Change::Answer {
            before: code("yes"),
            after: code("no")
        }
    );
}

fn any_answers() -> impl Strategy<Value = Answers> {
    let addresses = [
        "visit.outcome",
        "visit.visitors[a].name",
        "visit.visitors[b].name",
        "next.plan",
    ];
    let value = prop::option::of(prop::sample::select(vec!["x", "y"]));
    let values = prop::collection::vec(value, addresses.len());
    let rows = prop::sample::subsequence(vec!["a", "b", "c"], 0..=3);
    (values, rows).prop_map(move |(values, rows)| {
        let given = addresses.iter().zip(values);
        Answers {
            values: given
                .filter_map(|(address, value)| Some((at(address), text(value?)?)))
                .collect(),
            rows: match rows.len() {
                0 => BTreeMap::new(),
                _ => BTreeMap::from([(at("visit.visitors"), rows.into_iter().map(key).collect())]),
            },
        }
    })
}

proptest! {
    /// What is told as changed, and nothing else, makes the later out of the earlier.
    #[test]
    fn differences_lead_from_the_one_to_the_other(before in any_answers(), after in any_answers()) {
        let desk = Desk::new();
        let mut made = before.clone();
        for difference in differences(&desk.form, desk.state.subjects(), &before, &after) {
            match difference.change {
                Change::Answer { before: was, after: is } => {
                    prop_assert_eq!(made.values.get(&difference.address), was.as_ref());
                    made.set(difference.address, is);
                }
                Change::Rows { added, removed } => {
                    let rows = made.rows.entry(difference.address.clone()).or_default();
                    rows.retain(|row| !removed.contains(row));
                    rows.extend(added);
                    rows.sort();
                    if rows.is_empty() {
                        made.rows.remove::<Address>(&difference.address);
                    }
                }
            }
        }
        prop_assert_eq!(made, after);
    }

    #[test]
    fn nothing_differs_from_itself(answers in any_answers()) {
        let desk = Desk::new();
        prop_assert_eq!(differences(&desk.form, desk.state.subjects(), &answers, &answers), vec![]);
    }
}
