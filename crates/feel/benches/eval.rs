//! How long expressions of a form take: those that run at every keystroke, and those that run rarely.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use feel::{
    Binding, Date, DateTime, Entity, EntityKind, Expr, ListId, Names, NoNames, Reads, Resolved, Slot, Type,
    Value, check, parse,
};

const ROW: EntityKind = EntityKind(0);

/// A host whose names are `a` to `z`, numbers, and `rows`, a hundred things with an amount.
struct Form {
    rows: Value,
}

impl Form {
    fn new() -> Self {
        Self {
            rows: Value::List(
                (0..100)
                    .map(|id| Value::Entity(Entity { kind: ROW, id }))
                    .collect::<Arc<[Value]>>(),
            ),
        }
    }
}

impl Names for Form {
    fn name(&self, path: &[&str]) -> Resolved {
        let found = |slot, ty| Resolved::Found {
            binding: Binding { slot: Slot(slot), ty },
            used: 1,
        };
        match path.first().map(|name| name.as_bytes()) {
            Some(b"rows") => found(100, Type::Entity(ROW).list()),
            Some([letter]) => found(u32::from(*letter), Type::Number),
            _ => Resolved::Missing,
        }
    }

    fn property(&self, _: EntityKind, name: &str) -> Option<Binding> {
        (name == "amount").then_some(Binding {
            slot: Slot(1),
            ty: Type::Number,
        })
    }

    fn has_code(&self, list: ListId, code: &str) -> bool {
        NoNames.has_code(list, code)
    }

    fn suggest(&self) -> Vec<String> {
        Vec::new()
    }

    fn properties(&self, _: EntityKind) -> Vec<String> {
        Vec::new()
    }

    fn codes(&self, _: ListId) -> Vec<String> {
        Vec::new()
    }

    fn entity_name(&self, _: EntityKind) -> String {
        String::new()
    }

    fn list_name(&self, _: ListId) -> String {
        String::new()
    }
}

impl Reads for Form {
    fn read(&self, slot: Slot) -> Value {
        if slot == Slot(100) {
            self.rows.clone()
        } else {
            Value::Number(slot.0.into())
        }
    }

    fn property(&self, entity: Entity, _: Slot) -> Value {
        Value::Number(entity.id.into())
    }

    fn now(&self) -> DateTime {
        NoNames.now()
    }

    fn today(&self) -> Date {
        Date::UNIX_EPOCH
    }
}

fn compiled(source: &str, form: &Form) -> Expr {
    check(&parse(source).tree, form, None).expr
}

fn evaluation(criterion: &mut Criterion) {
    let form = Form::new();
    let mut group = criterion.benchmark_group("eval");
    for (name, source) in [
        ("compare two slots", "a < b"),
        ("a condition", "a < b and c != 3 or not(e >= d)"),
        ("arithmetic", "(a + b) * c - 12.5"),
        ("division", "a / 7"),
        ("total of 100 rows", "total(rows.amount)"),
        ("filter of 100 rows", "count(rows[amount > 50])"),
        ("some of 100 rows", "some r in rows satisfies r.amount > 98"),
        ("days between dates", "@\"2026-11-19\" - @\"2026-01-01\""),
        (
            "postcode pattern",
            "matches(\"SW1A 1AA\", \"^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$\")",
        ),
        ("power", "a ** 0.5"),
    ] {
        let expr = compiled(source, &form);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(&expr).eval(&form)));
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let form = Form::new();
    let source = "(a < b and c in (1, 2, > 5)) or sum(rows[amount > d].amount) > 3 * e";
    let tree = parse(source).tree;
    let json = serde_json::to_string(&compiled(source, &form)).unwrap_or_default();
    let mut group = criterion.benchmark_group("read");
    group.bench_function("parse", |bencher| bencher.iter(|| parse(black_box(source))));
    group.bench_function("check", |bencher| {
        bencher.iter(|| check(black_box(&tree), &form, None))
    });
    group.bench_function("json", |bencher| {
        bencher.iter(|| serde_json::from_str::<Expr>(black_box(&json)))
    });
    group.finish();
}

criterion_group!(benches, evaluation, reading);
criterion_main!(benches);
