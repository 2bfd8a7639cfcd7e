//! Laws that hold for every expression, whatever it says.

use std::sync::Arc;

use feel::{Bound, Checked, Entity, NoNames, Range, Slot, Type, Value, check, parse};
use proptest::prelude::*;

use crate::visit::{Answers, CHILD, OUTCOME, ROW, VisitForm, WAYS, checked, fields, name_of};

/// Expressions that are written well, whether or not they mean anything.
fn source() -> impl Strategy<Value = String> {
    let literal = prop::sample::select(vec![
        "null",
        "true",
        "false",
        "0",
        "1",
        "2.5",
        "-3",
        "1e40",
        "\"\"",
        "\"a\"",
        "\"completed\"",
        "@\"2026-11-19\"",
        "@\"14:30:00\"",
        "@\"14:30:00+01:00\"",
        "@\"2026-11-19T14:30:00Z\"",
        "@\"2026-11-19T14:30:00\"",
        "@\"P1DT2H\"",
        "@\"P1Y6M\"",
        "[]",
    ]);
    let name = prop::sample::select(vec![
        "minutes",
        "outcome",
        "visit.outcome",
        "ways",
        "notes",
        "visit.date",
        "plan.date",
        "seen",
        "started",
        "rows",
        "child.first_name",
        "child.born",
        "notice",
        "term",
        "completed",
        "no_answer",
        "phone",
        "item",
        "x",
        "partial",
        "amount",
        "rows.amount",
        "rows[1].outcome",
        "today()",
        "now()",
        "visit.at",
    ]);
    let leaf = prop_oneof![literal.prop_map(str::to_owned), name.prop_map(str::to_owned)];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let operator = prop::sample::select(vec![
            "+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or", "in",
        ]);
        let function = prop::sample::select(vec![
            "not",
            "count",
            "sum",
            "total",
            "min",
            "max",
            "string",
            "abs",
            "floor",
            "sqrt",
            "upper case",
            "string length",
            "flatten",
            "reverse",
            "distinct values",
            "blank",
            "day of week",
            "date",
            "time",
            "duration",
            "mean",
            "mode",
        ]);
        let function_of_two = prop::sample::select(vec![
            "list contains",
            "append",
            "concatenate",
            "index of",
            "substring",
            "contains",
            "split",
            "matches",
            "before",
            "decimal",
            "modulo",
            "age",
            "date and time",
            "years and months duration",
            "is",
            "string join",
            "remove",
        ]);
        let part = prop::sample::select(vec![
            "year",
            "days",
            "time offset",
            "start",
            "first_name",
            "amount",
            "outcome",
        ]);
        let ty = prop::sample::select(vec![
            "number",
            "string",
            "list<Any>",
            "date and time",
            "range<number>",
            "Null",
        ]);
        prop_oneof![
            (inner.clone(), operator, inner.clone())
                .prop_map(|(left, sign, right)| format!("({left}) {sign} ({right})")),
            inner.clone().prop_map(|of| format!("-({of})")),
            (function, inner.clone()).prop_map(|(name, of)| format!("{name}({of})")),
            (function_of_two, inner.clone(), inner.clone())
                .prop_map(|(name, one, two)| format!("{name}({one}, {two})")),
            (inner.clone(), part).prop_map(|(of, part)| format!("({of}).{part}")),
            (inner.clone(), ty).prop_map(|(of, ty)| format!("({of}) instance of {ty}")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("if {a} then {b} else {c}")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a}) between ({b}) and ({c})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("({a}) in (({b}), < ({c}), = ({b}))")),
            (inner.clone(), inner.clone()).prop_map(|(list, filter)| format!("({list})[{filter}]")),
            (inner.clone(), inner.clone()).prop_map(|(list, body)| format!("for x in {list} return {body}")),
            (inner.clone(), inner.clone()).prop_map(|(to, body)| format!("for x in 1..({to}) return {body}")),
            (inner.clone(), inner.clone())
                .prop_map(|(list, body)| format!("some x in {list} satisfies {body}")),
            (inner.clone(), inner.clone())
                .prop_map(|(list, body)| format!("every x in {list} satisfies {body}")),
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|members| format!("[{}]", members.join(", "))),
            (inner.clone(), inner.clone()).prop_map(|(low, high)| format!("[({low})..({high}))")),
            inner.prop_map(|end| format!("(>= ({end}))")),
        ]
    })
}

/// Any words and signs of the language, in any order.
fn soup() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "..",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "**",
        "@",
        "and",
        "or",
        "if",
        "then",
        "else",
        "for",
        "in",
        "return",
        "some",
        "every",
        "satisfies",
        "between",
        "instance",
        "of",
        "function",
        "null",
        "true",
        "not",
        "item",
        "partial",
        "date",
        "time",
        "list",
        "outcome",
        "completed",
        "rows",
        "x",
        "1",
        "2.5",
        "\"a\"",
        "\"",
        "//",
        "/*",
        "*/",
        "\n",
        " ",
        "\\",
        "é",
        "🐎",
        "“",
        "==",
        "!",
        "'",
        "\"2020-01-01\"",
        "count",
    ]);
    let words = prop::collection::vec(token, 0..40);
    prop_oneof![words.prop_map(|words| words.join(" ")), ".{0,60}"]
}

fn any_value(ty: Type) -> BoxedStrategy<Value> {
    let of = |sources: &'static [&'static str]| {
        prop::sample::select(sources)
            .prop_map(crate::visit::value)
            .boxed()
    };
    let known = match ty {
        Type::Boolean => of(&["true", "false"]),
        Type::Number => of(&["0", "1", "3", "-2.5", "100"]),
        Type::Text => of(&["\"\"", "\"All well\"", "\"completed\""]),
        Type::Date => of(&["@\"2026-11-19\"", "@\"2024-02-29\""]),
        Type::Time => of(&["@\"14:30:00\""]),
        Type::DateTime => of(&["@\"2026-11-19T14:30:00Z\"", "@\"2026-01-01T00:00:00+01:00\""]),
        Type::Days => of(&["@\"P2D\"", "@\"-PT1H\""]),
        Type::Months => of(&["@\"P6M\""]),
        Type::Code(OUTCOME) => of(&["\"completed\"", "\"partly\"", "\"no_answer\""]),
        Type::Code(_) => of(&["\"phone\"", "\"letter\""]),
        Type::Entity(kind) => (0_u32..3)
            .prop_map(move |id| Value::Entity(Entity { kind, id }))
            .boxed(),
        Type::List(member) => prop::collection::vec(any_value(*member), 0..4)
            .prop_map(Value::list)
            .boxed(),
        Type::Range(_) | Type::Any | Type::Null => Just(Value::Null).boxed(),
    };
    prop_oneof![1 => Just(Value::Null), 4 => known].boxed()
}

/// Answers of the right types, some left blank.
fn answers() -> impl Strategy<Value = Answers> {
    let fields: Vec<BoxedStrategy<(Slot, Value)>> = fields()
        .into_iter()
        .map(|(_, slot, ty)| any_value(ty).prop_map(move |value| (Slot(slot), value)).boxed())
        .collect();
    let property = |kind, slot, ty: Type| {
        (0_u32..3, any_value(ty))
            .prop_map(move |(id, value)| ((Entity { kind, id }, Slot(slot)), value))
            .boxed()
    };
    let properties = vec![
        property(ROW, 11, Type::Number),
        property(ROW, 11, Type::Number),
        property(ROW, 12, Type::Code(OUTCOME)),
        property(ROW, 13, Type::Entity(CHILD)),
        property(ROW, 14, Type::Boolean),
        property(CHILD, 21, Type::Text),
        property(CHILD, 22, Type::Date),
        property(CHILD, 23, Type::Code(WAYS).list()),
    ];
    (fields, properties).prop_map(|(fields, properties)| Answers {
        fields: fields.into_iter().collect(),
        properties: properties.into_iter().collect(),
        ..Answers::default()
    })
}

/// Is the value one that an expression of the type may have?
fn has_type(value: &Value, ty: &Type) -> bool {
    match (value, ty) {
        (Value::Null, _) | (_, Type::Any) => true,
        (Value::Text(_), Type::Text | Type::Code(_)) => true,
        (Value::List(members), Type::List(member)) => members.iter().all(|value| has_type(value, member)),
        (Value::Range(range), Type::Range(member)) => {
            let Range { start, end } = &**range;
            [start, end]
                .into_iter()
                .filter_map(Bound::value)
                .all(|value| has_type(value, member))
        }
        _ => Type::of(value) == *ty,
    }
}

fn has_errors(checked: &Checked) -> bool {
    checked.diagnostics.iter().any(feel::Diagnostic::is_error)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_tree_reads_back_as_it_is_written(source in source()) {
        let parsed = parse(&source);
        prop_assert_eq!(&parsed.diagnostics, &[]);
        let written = parsed.tree.to_string();
        let again = parse(&written);
        prop_assert_eq!(&again.diagnostics, &[], "{}", written);
        prop_assert_eq!(again.tree.to_string(), written.as_str());
        prop_assert_eq!(again.tree, parsed.tree, "{}", written);
    }

    #[test]
    fn an_expression_is_the_same_after_json_and_after_being_written(source in source()) {
        let checked = checked(&source);
        let json = serde_json::to_string(&checked.expr).unwrap();
        let read: feel::Expr = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(&read, &checked.expr);
        if !has_errors(&checked) {
            let written = checked.expr.source(&name_of);
            let again = crate::visit::checked(&written);
            prop_assert!(!has_errors(&again), "{} {:?}", written, again.diagnostics);
            prop_assert_eq!(again.expr, checked.expr, "{}", written);
        }
    }

    #[test]
    fn a_value_has_the_type_that_was_found(source in source(), answers in answers()) {
        let checked = checked(&source);
        let value = checked.expr.eval(&answers);
        if !has_errors(&checked) {
            prop_assert!(has_type(&value, &checked.ty), "{} {:?} {:?}", source, value, checked.ty);
        }
    }

    #[test]
    fn nothing_is_read_that_was_not_told(source in source(), answers in answers()) {
        let expr = checked(&source).expr;
        expr.eval(&answers);
        let told = expr.slots();
        prop_assert!(answers.read.borrow().iter().all(|slot| told.contains(slot)));
        prop_assert!(expr.reads_clock() || !*answers.clock_read.borrow());
    }

    #[test]
    fn evaluation_is_a_function(source in source(), answers in answers()) {
        let expr = checked(&source).expr;
        prop_assert_eq!(expr.eval(&answers), expr.eval(&answers));
    }

    #[test]
    fn any_text_is_read_checked_and_evaluated(source in soup()) {
        let parsed = parse(&source);
        let checked = check(&parsed.tree, &VisitForm, None);
        for diagnostic in parsed.diagnostics.iter().chain(&checked.diagnostics) {
            prop_assert!(source.get(diagnostic.span.clone()).is_some(), "{:?}", diagnostic);
            prop_assert!(diagnostic.labels.iter().all(|label| source.get(label.span.clone()).is_some()));
            prop_assert!(!diagnostic.message.is_empty());
        }
        check(&parsed.tree, &NoNames, None).expr.eval(&NoNames);
        parsed.tree.to_string();
        let json = serde_json::to_string(&checked.expr).unwrap();
        prop_assert_eq!(serde_json::from_str::<feel::Expr>(&json).unwrap(), checked.expr);
    }

    #[test]
    fn equality_is_symmetric_and_order_antisymmetric(a in any_of_all(), b in any_of_all()) {
        prop_assert_eq!(a.equals(&b), b.equals(&a));
        prop_assert_eq!(a.compare(&b), b.compare(&a).map(std::cmp::Ordering::reverse));
        prop_assert_eq!(a.equals(&a), Some(true));
        if a == b {
            prop_assert_eq!(a.equals(&b), Some(true));
        }
        let json = serde_json::to_string(&a).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), a);
    }
}

fn any_of_all() -> impl Strategy<Value = Value> {
    let types = vec![
        Type::Null,
        Type::Boolean,
        Type::Number,
        Type::Text,
        Type::Date,
        Type::Time,
        Type::DateTime,
        Type::Days,
        Type::Months,
        Type::Entity(ROW),
        Type::Number.list(),
        Type::Text.list().list(),
    ];
    let scalar = prop::sample::select(types).prop_flat_map(any_value);
    let bound = prop_oneof![
        Just(Bound::Unbounded),
        any_value(Type::Number).prop_map(Bound::Open),
        any_value(Type::Number).prop_map(Bound::Closed),
    ];
    let range = (bound.clone(), bound).prop_map(|(start, end)| Value::Range(Arc::new(Range { start, end })));
    prop_oneof![4 => scalar, 1 => range]
}
