//! Holds each function of the table to what the table says of it.

use std::collections::BTreeSet;

use feel::builtins::{Function, functions};
use feel::{Expr, NoNames, Type, Value, check, parse};
use proptest::prelude::*;

use crate::visit::value;

#[test]
fn each_function_has_a_sentence_and_an_example_that_is_true() {
    let mut names = BTreeSet::new();
    for about in functions() {
        let name = about.name;
        assert!(names.insert(name), "{name} is there twice");
        assert!(
            about.doc.ends_with(['.', '?']) && about.doc.len() > 10,
            "{name}: {}",
            about.doc
        );
        assert!(
            about.example.contains(&format!("{name}(")),
            "{name}: {}",
            about.example
        );
        let parsed = parse(about.example);
        let checked = check(&parsed.tree, &NoNames, Some(&Type::Boolean));
        assert_eq!(
            (parsed.diagnostics, checked.diagnostics),
            (vec![], vec![]),
            "{name}"
        );
        assert_eq!(
            checked.expr.eval(&NoNames),
            Value::Boolean(true),
            "{name}: {}",
            about.example
        );
        let function = Function::named(name).unwrap();
        assert_eq!(function.about().map(|about| about.name), Some(name));
        for params in about.signatures {
            let unique: BTreeSet<&str> = params.iter().map(|param| param.name).collect();
            assert_eq!(unique.len(), params.len(), "{name}");
        }
    }
    assert_eq!(names.len(), 86);
}

#[test]
fn functions_are_shown_as_they_are_written() {
    let usages = |name: &str| {
        Function::named(name)
            .unwrap()
            .about()
            .unwrap()
            .usages()
            .collect::<Vec<_>>()
    };
    assert_eq!(
        usages("substring"),
        ["substring(string, start position, [length])"]
    );
    assert_eq!(usages("append"), ["append(list, item, …)"]);
    assert_eq!(usages("today"), ["today()"]);
    assert_eq!(
        usages("date"),
        ["date(from)", "date(from)", "date(year, month, day)"]
    );
}

/// Values of every type, the odd ones among them.
fn any_value() -> impl Strategy<Value = Value> {
    let sources = [
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "2.5",
        "1e30",
        "-1e-30",
        "9.99e6144",
        "\"\"",
        "\"abc\"",
        "\"2020-01-01\"",
        "\"(a)+\"",
        "\"[\"",
        "\",\"",
        "\"\\U01F40E\"",
        "@\"2020-02-29\"",
        "@\"-999999999-01-01\"",
        "@\"10:30:00\"",
        "@\"10:30:00+14:00\"",
        "@\"2020-02-29T23:59:59.999999999Z\"",
        "@\"P1D\"",
        "@\"-PT0.000000001S\"",
        "@\"P100000000000D\"",
        "@\"P1M\"",
        "@\"-P9999999999Y\"",
        "[]",
        "[1, 2, 3]",
        "[\"a\", null]",
        "[true]",
        "[[1], [[2]]]",
        "[1..5]",
        "(< 3)",
        "(null..5]",
        "[@\"2020-01-01\"..@\"2020-12-31\"]",
        "[[1..2], 1]",
    ];
    prop::sample::select(sources.to_vec()).prop_map(value)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn each_function_takes_anything(
        name in prop::sample::select(functions().map(|about| about.name).collect::<Vec<_>>()),
        arguments in prop::collection::vec(any_value(), 0..5),
    ) {
        let function = Function::named(name).unwrap();
        let call = Expr::Call(function, arguments.into_iter().map(Expr::Value).collect());
        let value = call.eval(&NoNames);
        prop_assert_eq!(call.eval(&NoNames), value);
    }
}

#[test]
fn texts_are_counted_in_characters() {
    for (source, expected) in [
        ("substring(\"foobar\", 3)", "\"obar\""),
        ("substring(\"foobar\", -2, 1)", "\"a\""),
        ("substring(\"\\U01F40Eab\", 2)", "\"ab\""),
        ("substring(\"foobar\", 7)", "null"),
        ("substring(\"foobar\", 0)", "null"),
        ("substring(\"foobar\", 2, 100)", "\"oobar\""),
        ("substring(\"foobar\", 2, 0)", "null"),
        ("string length(\"\\U01F40E\")", "1"),
        ("upper case(\"straße\")", "\"STRASSE\""),
    ] {
        assert_eq!(value(source), value(expected), "{source}");
    }
}

#[test]
fn positions_in_lists_count_from_either_end() {
    for (source, expected) in [
        ("sublist([1, 2, 3], 2)", "[2, 3]"),
        ("sublist([1, 2, 3], -1)", "[3]"),
        ("sublist([1, 2, 3], 1, 4)", "null"),
        ("sublist([1, 2, 3], 4)", "null"),
        ("insert before([1, 2], -1, 9)", "[1, 9, 2]"),
        ("insert before([1, 2], 3, 9)", "null"),
        ("remove([1, 2, 3], -3)", "[2, 3]"),
        ("remove([1, 2, 3], 0)", "null"),
        ("remove([1], 1)", "[]"),
        ("[1, 2, 3][-4]", "null"),
        ("[1, 2, 3][1.5]", "null"),
        ("[][1]", "null"),
        ("[][true]", "[]"),
        ("null[1]", "null"),
    ] {
        assert_eq!(value(source), value(expected), "{source}");
    }
}

#[test]
fn statistics_of_nothing_are_nothing() {
    for source in [
        "sum([])",
        "mean([])",
        "median([])",
        "product([])",
        "stddev([])",
        "stddev([1])",
        "min([])",
        "max(null)",
        "mode(null)",
    ] {
        assert_eq!(value(source), Value::Null, "{source}");
    }
    assert_eq!(value("mode([])"), Value::list([]));
    assert_eq!(
        value("[all([]), any([]), total([]) = 0, count([]) = 0]"),
        value("[true, false, true, true]")
    );
}

#[test]
fn replacements_name_groups() {
    for (source, expected) in [
        (r#"replace("abracadabra", "a.*?a", "*")"#, "\"*c*bra\""),
        (
            r#"replace("abracadabra", "a(.)", "a$1$1")"#,
            "\"abbraccaddabbra\"",
        ),
        (r#"replace("abracadabra", ".*?", "$1")"#, "null"),
        (r#"replace("AAAA", "A+?", "b")"#, "\"bbbb\""),
        (r#"replace("darted", "^(.*?)d(.*)$", "$1c$2")"#, "\"carted\""),
        (r#"replace("a.b", ".", "$0", "q")"#, "\"a$0b\""),
        (r#"replace("abc", "b", "\$1")"#, "\"a$1c\""),
        (r#"replace("abc", "b", "$")"#, "null"),
        (r#"replace("abc", "b", "\x")"#, "null"),
        (r#"replace("abc", "(b)", "[$12]")"#, "\"a[b2]c\""),
        (r#"replace("abc", "b", "[$1]")"#, "\"a[]c\""),
        (r#"split("a1b22c", "[0-9]+")"#, "[\"a\", \"b\", \"c\"]"),
        (r#"split("abc", "x*")"#, "null"),
        (r#"extract("a1b22c", "[0-9]+")"#, "[\"1\", \"22\"]"),
        (r#"matches("O", "[A-Z-[OI]]", "i")"#, "false"),
    ] {
        assert_eq!(value(source), value(expected), "{source}");
    }
}

#[test]
fn ranges_relate_as_intervals_do() {
    for (source, expected) in [
        ("before([1..5], [5..10])", false),
        ("before([1..5), [5..10])", true),
        ("before(1, (1..5])", true),
        ("before([1..5), 5)", true),
        ("after((1..5], 1)", true),
        ("after([5..10], [1..5))", true),
        ("meets([1..5], (5..10])", false),
        ("overlaps((5..8], [1..5])", false),
        ("overlaps([5..8], [1..5])", true),
        ("overlaps before([1..5), [5..8])", false),
        ("overlaps before([1..5), [1..5])", false),
        ("overlaps before([1..5), (1..5])", true),
        ("overlaps after((1..5], [1..5))", true),
        ("finishes([5..10], [1..10))", false),
        ("finishes(10, [1..10))", false),
        ("includes([1..10), 10)", false),
        ("includes([1..10), [1..10))", true),
        ("includes((1..10), [1..5])", false),
        ("during((1..10), [1..10])", true),
        ("starts((1..5], [1..5])", false),
        ("starts([1..5), [1..5])", true),
        ("started by([1..10], 1)", true),
        ("coincides([1..5], [1..5])", true),
        ("coincides((< 5), (< 5))", true),
        ("includes((< 10), [1..5])", true),
        ("before((< 5), [5..6])", true),
        ("before((<= 5), [5..6])", false),
        ("overlaps((< 5), (> 3))", true),
    ] {
        assert_eq!(value(source), Value::Boolean(expected), "{source}");
    }
    for source in [
        "before(1, \"a\")",
        "meets(1, [1..2])",
        "includes(1, 2)",
        "coincides(1, [1..1])",
        "before(null, 1)",
        "overlaps([1..2], [\"a\"..\"b\"])",
    ] {
        assert_eq!(value(source), Value::Null, "{source}");
    }
}

#[test]
fn ranges_are_read_from_texts() {
    for (text, expected) in [
        ("[1..3]", "[1..3]"),
        ("]1..3[", "(1..3)"),
        ("(2..)", "(> 2)"),
        ("[2..)", "(>= 2)"),
        ("(..2]", "(<= 2)"),
        ("[ -1.5 .. 2 ]", "[-1.5..2]"),
        ("[\\\"a..b\\\"..\\\"c\\\"]", "[\"a..b\"..\"c\"]"),
        ("[@\\\"P1D\\\"..duration(\\\"P2D\\\")]", "[@\"P1D\"..@\"P2D\"]"),
        (
            "[date(\\\"2020-01-01\\\")..@\\\"2020-01-02\\\")",
            "[@\"2020-01-01\"..@\"2020-01-02\")",
        ),
        ("[1..]", "null"),
        ("[..1]", "null"),
        ("(..)", "null"),
        ("[3..1]", "null"),
        ("[1..\\\"a\\\"]", "null"),
        ("[1+1..3]", "null"),
        ("[true..false]", "null"),
        ("1..3", "null"),
        ("[", "null"),
        ("", "null"),
    ] {
        assert_eq!(value(&format!("range(\"{text}\")")), value(expected), "{text}");
    }
}
