//! A small host: a home visit with its fields, a repeat, and a child.

use std::cell::RefCell;
use std::collections::BTreeMap;

use feel::{
    Binding, Checked, Date, DateTime, Entity, EntityKind, Expr, ListId, Names, Reads, Resolved, Slot, Type,
    Value, check, parse,
};

pub(crate) const OUTCOME: ListId = ListId(0);
pub(crate) const WAYS: ListId = ListId(1);
pub(crate) const ROW: EntityKind = EntityKind(0);
pub(crate) const CHILD: EntityKind = EntityKind(1);

/// The fields: a name, its slot and its type. A name can be written with its section before it.
pub(crate) fn fields() -> Vec<(&'static str, u32, Type)> {
    vec![
        ("visit.date", 1, Type::Date),
        ("visit.outcome", 2, Type::Code(OUTCOME)),
        ("visit.ways", 3, Type::Code(WAYS).list()),
        ("visit.notes", 4, Type::Text),
        ("visit.minutes", 5, Type::Number),
        ("visit.at", 6, Type::Time),
        ("visit.seen", 7, Type::Boolean),
        ("visit.partly", 8, Type::Number),
        ("visit.started", 9, Type::DateTime),
        ("visit.rows", 10, Type::Entity(ROW).list()),
        ("visit.child", 20, Type::Entity(CHILD)),
        ("visit.before", 30, Type::Code(OUTCOME)),
        ("visit.notice", 31, Type::Days),
        ("visit.term", 32, Type::Months),
        ("plan.date", 40, Type::Date),
    ]
}

fn properties(of: EntityKind) -> Vec<(&'static str, u32, Type)> {
    match of {
        ROW => vec![
            ("amount", 11, Type::Number),
            ("outcome", 12, Type::Code(OUTCOME)),
            ("child", 13, Type::Entity(CHILD)),
            ("paid", 14, Type::Boolean),
        ],
        _ => vec![
            ("first_name", 21, Type::Text),
            ("born", 22, Type::Date),
            ("ways", 23, Type::Code(WAYS).list()),
        ],
    }
}

/// What the fields are called and what type they have.
pub(crate) struct VisitForm;

impl Names for VisitForm {
    fn name(&self, path: &[&str]) -> Resolved {
        let found = |name: &str, used: usize| {
            let (_, slot, ty) = fields().into_iter().find(|(full, ..)| *full == name)?;
            Some(Resolved::Found {
                binding: Binding { slot: Slot(slot), ty },
                used,
            })
        };
        if let [section, field, ..] = path
            && let Some(resolved) = found(&format!("{section}.{field}"), 2)
        {
            return resolved;
        }
        let first = path.first().copied().unwrap_or_default();
        let named: Vec<&str> = fields()
            .iter()
            .map(|(full, ..)| *full)
            .filter(|full| full.ends_with(&format!(".{first}")))
            .collect();
        match &*named {
            [] => Resolved::Missing,
            [only] => found(only, 1).unwrap(),
            several => Resolved::Ambiguous(several.iter().map(|name| (*name).to_owned()).collect()),
        }
    }

    fn property(&self, of: EntityKind, name: &str) -> Option<Binding> {
        let (_, slot, ty) = properties(of).into_iter().find(|(known, ..)| *known == name)?;
        Some(Binding { slot: Slot(slot), ty })
    }

    fn has_code(&self, list: ListId, code: &str) -> bool {
        self.codes(list).iter().any(|known| known == code)
    }

    fn suggest(&self) -> Vec<String> {
        fields()
            .iter()
            .map(|(full, ..)| full.split_once('.').unwrap().1.to_owned())
            .collect()
    }

    fn properties(&self, of: EntityKind) -> Vec<String> {
        properties(of)
            .iter()
            .map(|(name, ..)| (*name).to_owned())
            .collect()
    }

    fn codes(&self, list: ListId) -> Vec<String> {
        let codes = if list == OUTCOME {
            ["completed", "partly", "no_answer"]
        } else {
            ["phone", "letter", "in_person"]
        };
        codes.map(str::to_owned).into()
    }

    fn entity_name(&self, kind: EntityKind) -> String {
        if kind == ROW { "row of rows" } else { "child" }.to_owned()
    }

    fn list_name(&self, list: ListId) -> String {
        if list == OUTCOME { "outcome" } else { "ways" }.to_owned()
    }
}

/// What the fields hold, and which of them were read.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    pub(crate) fields: BTreeMap<Slot, Value>,
    pub(crate) properties: BTreeMap<(Entity, Slot), Value>,
    pub(crate) read: RefCell<Vec<Slot>>,
    pub(crate) clock_read: RefCell<bool>,
}

impl Reads for Answers {
    fn read(&self, slot: Slot) -> Value {
        self.read.borrow_mut().push(slot);
        self.fields.get(&slot).cloned().unwrap_or_default()
    }

    fn property(&self, entity: Entity, slot: Slot) -> Value {
        self.read.borrow_mut().push(slot);
        self.properties.get(&(entity, slot)).cloned().unwrap_or_default()
    }

    fn now(&self) -> DateTime {
        *self.clock_read.borrow_mut() = true;
        "2026-11-19T14:30:00Z".parse().unwrap()
    }

    fn today(&self) -> Date {
        *self.clock_read.borrow_mut() = true;
        "2026-11-19".parse().unwrap()
    }
}

/// A visit that was made, with three rows and a child.
pub(crate) fn answered() -> Answers {
    let mut answers = Answers::default();
    let row = |id| Entity { kind: ROW, id };
    let child = Entity { kind: CHILD, id: 7 };
    for (slot, source) in [
        (1, "@\"2026-11-18\""),
        (2, "\"completed\""),
        (3, "[\"phone\", \"letter\"]"),
        (4, "\"All well\""),
        (5, "45"),
        (6, "@\"14:30:00\""),
        (7, "true"),
        (9, "@\"2026-11-18T14:30:00Z\""),
        (31, "@\"P2D\""),
        (32, "@\"P6M\""),
    ] {
        answers.fields.insert(Slot(slot), value(source));
    }
    answers
        .fields
        .insert(Slot(10), Value::list((0..3).map(|id| Value::Entity(row(id)))));
    answers.fields.insert(Slot(20), Value::Entity(child));
    answers.properties.insert((child, Slot(21)), Value::text("Amy"));
    answers
        .properties
        .insert((child, Slot(22)), value("@\"2015-02-28\""));
    for (id, amount, outcome) in [
        (0, "1.5", "completed"),
        (1, "10", "partly"),
        (2, "20", "completed"),
    ] {
        answers.properties.insert((row(id), Slot(11)), value(amount));
        answers
            .properties
            .insert((row(id), Slot(12)), Value::text(outcome));
        answers
            .properties
            .insert((row(id), Slot(13)), Value::Entity(child));
    }
    answers
}

/// The value of an expression without names.
pub(crate) fn value(source: &str) -> Value {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    let checked = check(&parsed.tree, &feel::NoNames, None);
    checked.expr.eval(&feel::NoNames)
}

/// An expression about the visit, checked.
pub(crate) fn checked(source: &str) -> Checked {
    let parsed = parse(source);
    let mut checked = check(&parsed.tree, &VisitForm, None);
    checked.diagnostics.splice(0..0, parsed.diagnostics);
    checked
}

/// An expression about the visit in which nothing is wrong.
pub(crate) fn expr(source: &str) -> Expr {
    let checked = checked(source);
    assert_eq!(checked.diagnostics, [], "{source}");
    checked.expr
}

/// What a slot is called.
pub(crate) fn name_of(slot: Slot) -> String {
    let field = fields()
        .into_iter()
        .find(|(_, known, _)| *known == slot.0)
        .map(|(name, ..)| name);
    let property = [ROW, CHILD]
        .into_iter()
        .flat_map(properties)
        .find(|(_, known, _)| *known == slot.0);
    field.or(property.map(|(name, ..)| name)).unwrap().to_owned()
}
