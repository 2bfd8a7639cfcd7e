//! Random forms, worlds and histories: the recipes that proptest draws and shrinks. What becomes of a recipe is in
//! [`making`].
//!
//! It must not know what the engine makes of them.

mod expressions;
mod making;

use engine::{Env, Subject};
use form::kinds::Kind;
use form::{Answer, DateParts, Field, RowKey};
use proptest::prelude::*;

/// What a form is made from.
#[derive(Clone, Debug)]
pub(crate) struct Recipe {
    pub(crate) children: usize,
    sections: Vec<Item>,
}

/// A node and what is in it. Seeds pick expressions from what may be read at that point.
#[derive(Clone, Debug)]
enum Item {
    Field {
        kind: u8,
        need: u8,
        shown: Option<u32>,
        more: Option<(u8, u32)>,
        label: bool,
    },
    Group {
        shown: Option<u32>,
        check: Option<u32>,
        items: Vec<Item>,
    },
    Repeat {
        shown: Option<u32>,
        row_shown: Option<u32>,
        min: u16,
        items: Vec<Item>,
    },
    PerChild {
        row_shown: Option<u32>,
        items: Vec<Item>,
    },
}

/// One step of a history; numbers pick among what there is at that point.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Answer {
        place: usize,
        answer: (u8, u8),
    },
    AddRow {
        place: usize,
        key: u8,
        before: Option<u8>,
    },
    RemoveRow {
        place: usize,
        key: u8,
    },
}

pub(crate) fn recipe() -> impl Strategy<Value = Recipe> {
    let seed = || prop::option::weighted(0.4, any::<u32>());
    let field = (
        0..8_u8,
        0..4_u8,
        seed(),
        prop::option::weighted(0.5, (0..6_u8, any::<u32>())),
        any::<bool>(),
    )
        .prop_map(|(kind, need, shown, more, label)| Item::Field {
            kind,
            need,
            shown,
            more,
            label,
        });
    let item = field.prop_recursive(3, 24, 5, move |inner| {
        let items = || prop::collection::vec(inner.clone(), 1..5);
        prop_oneof![
            3 => inner.clone(),
            1 => (seed(), seed(), items())
                .prop_map(|(shown, check, items)| Item::Group { shown, check, items }),
            1 => (seed(), seed(), 0..3_u16, items())
                .prop_map(|(shown, row_shown, min, items)| Item::Repeat { shown, row_shown, min, items }),
        ]
    });
    let items = prop::collection::vec(item, 1..6);
    let section = prop_oneof![
        2 => (seed(), seed(), items.clone())
            .prop_map(|(shown, check, items)| Item::Group { shown, check, items }),
        1 => (seed(), items).prop_map(|(row_shown, items)| Item::PerChild { row_shown, items }),
    ];
    (1..4_usize, prop::collection::vec(section, 1..4))
        .prop_map(|(children, sections)| Recipe { children, sections })
}

pub(crate) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => (any::<usize>(), (any::<u8>(), 0..6_u8)).prop_map(|(place, answer)| Step::Answer { place, answer }),
        2 => (any::<usize>(), 0..4_u8, prop::option::weighted(0.3, 0..4_u8))
            .prop_map(|(place, key, before)| Step::AddRow { place, key, before }),
        1 => (any::<usize>(), 0..4_u8).prop_map(|(place, key)| Step::RemoveRow { place, key }),
    ]
}

pub(crate) fn row_key(number: u8) -> RowKey {
    RowKey::new(&format!("r{number}")).unwrap()
}

pub(crate) fn env(children: usize) -> Env {
    let child = |index: usize| Subject {
        id: RowKey::new(&format!("c{index}")).unwrap(),
        first_name: format!("Child {index}"),
        family_name: "Example".into(),
        born: feel::Date::new(2015, 6, 1),
        expected: None,
    };
    Env {
        now: "2026-11-20T10:00:00".parse().unwrap(),
        today: feel::Date::new(2026, 11, 20).unwrap(),
        subjects: (0..children).map(child).collect(),
        rule_pack: (children == 2).then(|| form::Name::new("first").unwrap()),
    }
}

/// An answer, fitting or not, for a field.
pub(crate) fn answer(field: &Field, (choice, number): &(u8, u8)) -> Option<Answer> {
    let code = || ["a", "b", "c", "gone"][usize::from(*number) % 4].to_owned();
    match (choice % 8, &field.kind) {
        (0, _) => None,
        (1, _) => Some(Answer::Text("not what was asked".into())),
        (_, Kind::Number(_)) => Some(Answer::Text(number.to_string())),
        (_, Kind::Choice(_) | Kind::YesNo(_)) => Some(Answer::Code(code())),
        (_, Kind::Choices(_)) => Some(Answer::Codes(vec!["a".into(), code()])),
        (_, Kind::Date(_)) => Some(Answer::Date(DateParts {
            day: number.to_string(),
            month: "2".into(),
            year: "2026".into(),
            ..DateParts::default()
        })),
        _ => Some(Answer::Text(["x", "y", " "][usize::from(*number) % 3].into())),
    }
}
