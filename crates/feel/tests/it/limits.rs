//! Holds the language to its limits: nothing hangs, overflows or grows without bound.

use feel::limits::{DEPTH, LIST_VALUES, NODES, SOURCE_BYTES};
use feel::{Code, Expr, NoNames, Value, check, parse};

use crate::visit::value;

/// What nests, as what comes before and after the inner expression.
const NESTING: [(&str, &str); 22] = [
    ("(", ")"),
    ("[", "]"),
    ("-", ""),
    ("not(", ")"),
    ("1 + 2 * (3 - ", ")"),
    ("x[", "]"),
    ("(", ").year"),
    ("(", ")[1]"),
    ("if true then ", " else 2"),
    ("if ", " then 1 else 2"),
    ("for x in [1] return ", ""),
    ("for x in ", " return x"),
    ("for x in 1..", " return x"),
    ("some x in [1] satisfies ", ""),
    ("1 in (", ")"),
    ("1 in (2, < (", "))"),
    ("(< ", ")"),
    ("[1..", "]"),
    ("]1..", "]"),
    ("(1 = ", ")"),
    ("(1 between 2 and ", ")"),
    ("date(from: ", ")"),
];

#[test]
fn expressions_nested_too_deeply_are_refused() {
    for (before, after) in NESTING {
        for levels in [DEPTH, 1_000, 8_000 / (before.len() + after.len())] {
            let source = format!("{}1{}", before.repeat(levels), after.repeat(levels));
            let parsed = parse(&source);
            assert!(
                parsed.diagnostics.iter().any(|found| found.code == Code::Limit),
                "{before}…{after} {levels}: {:?}",
                parsed.diagnostics
            );
            check(&parsed.tree, &NoNames, None).expr.eval(&NoNames);
        }
    }
    let types = format!(
        "1 instance of {}number{}",
        "list<".repeat(2_000),
        ">".repeat(2_000)
    );
    assert_eq!(parse(&types).diagnostics[0].code, Code::Limit);
}

#[test]
fn what_is_allowed_can_be_written_and_read_again() {
    for (before, after) in NESTING {
        let deepest = (1..=DEPTH)
            .map(|levels| parse(&format!("{}1{}", before.repeat(levels), after.repeat(levels))))
            .take_while(|parsed| parsed.diagnostics.is_empty())
            .last()
            .unwrap();
        let expr = check(&deepest.tree, &NoNames, None).expr;
        let json = serde_json::to_string(&expr).unwrap();
        let levels = json.bytes().scan(0_i32, |level, byte| {
            *level += match byte {
                b'[' | b'{' => 1,
                b']' | b'}' => -1,
                _ => 0,
            };
            Some(*level)
        });
        assert!(
            levels.max() < Some(112),
            "{before}…{after} leaves too few levels to what it is part of"
        );
        assert_eq!(
            serde_json::from_str::<Expr>(&json).unwrap(),
            expr,
            "{before}…{after}"
        );
    }
}

#[test]
fn long_expressions_are_refused() {
    let long = format!("\"{}\"", "a".repeat(SOURCE_BYTES));
    assert_eq!(parse(&long).diagnostics[0].code, Code::Limit);
    let wide = format!("[{}1]", "1,".repeat(NODES));
    assert_eq!(parse(&wide).diagnostics[0].code, Code::Limit);
    let chain = vec!["1"; 2_000].join("+");
    assert_eq!(value(&chain), value("2000"));
}

#[test]
fn loops_that_never_end_are_refused() {
    for source in [
        "for i in 1..10000000 return i",
        "for i in 1..99999, j in 1..99999 return 1",
        "for i in 1..99999 return for j in 1..99999 return j",
        "count(for i in 1..9999, j in 1..9999 return 1)",
        "some i in 1..9999 satisfies some j in 1..9999 satisfies i = -j",
        "for i in 1..90000 return partial",
        "for i in @\"-999999999-01-01\"..@\"999999999-01-01\" return i",
        "for i in -9e18..9e18 return i",
    ] {
        assert_eq!(value(source), Value::Null, "{source}");
    }
    assert_eq!(
        value(&format!("count(for i in 1..{LIST_VALUES} return i)")),
        value(&LIST_VALUES.to_string())
    );
}

#[test]
fn values_that_grow_without_bound_are_refused() {
    let doubled = |level: usize| format!("for x{} in [[x{level}, x{level}]] return ", level + 1);
    let sharing: String = (0..40).map(doubled).collect();
    let sharing = format!("flatten(for x0 in [1] return {sharing} x40)");
    for source in [
        sharing.as_str(),
        "for i in 1..1000 return [partial, partial]",
        "for i in 1..1000 return [partial]",
        "string(for i in 1..60 return [partial, partial])",
        "for i in 1..100 return if i = 1 then \"aaaaaaaaaa\" else partial[-1] + partial[-1]",
        "for i in 1..90000 return replace(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", \"a\", \"bbbbbbbbbbbbbbbbbbbbbbbbbbbb\")",
    ] {
        let grown = value(source);
        let size = grown.to_string().len();
        assert!(size < 3_000_000, "{source}: {size}");
    }
}

#[test]
fn work_is_bounded_whatever_is_worked_on() {
    let text = "string join(for i in 1..60000 return \"aaaaaaaaaa\")";
    let list = "(for i in 1..60000 return i)";
    for body in [
        "[x, x]",
        "x = y",
        "x < y",
        "x + y",
        "is(x, y)",
        "count(x)",
        "remove(x, 0)",
        "substring before(x, \"b\")",
        "contains(x, \"b\")",
        "number(x, \",\", \".\")",
        "date(x)",
        "range(x)",
        "upper case(x)",
        "matches(x, \"^b\")",
        "matches(x, \"a{1000}b\")",
        "string(x)",
        "x in [y]",
        "1.1 ** (i + 0.1)",
        "exp(i) + log(i)",
        "list contains(x, null)",
        "string join([x, x])",
    ] {
        for made in [text, list] {
            value(&format!(
                "for x in [{made}], y in [x], i in 1..90000 return {body}"
            ));
        }
    }
}

#[test]
fn patterns_that_go_back_for_ever_are_refused() {
    let text = "for i in 1..1 return string join(for i in 1..5000 return \"a\")";
    for (source, expected) in [
        (format!("matches(({text})[1], \"^(a+)+$\")"), "true"),
        (format!("matches(({text})[1], \"^(a|aa)+b$\")"), "false"),
        (format!("matches(({text})[1], \"^(a+)+(\\1)+b$\")"), "null"),
        (
            format!("replace(({text})[1], \"(a+)+b\", \"\") = ({text})[1]"),
            "true",
        ),
    ] {
        assert_eq!(value(&source).to_string(), expected, "{source}");
    }
}

#[test]
fn numbers_stay_in_their_range() {
    for source in [
        "10 ** 6145",
        "9e6144 * 10",
        "2 ** 1e30",
        "exp(1e10)",
        "1e6144 + 9.9e6144",
        "-(10 ** 7000)",
    ] {
        assert_eq!(value(source), Value::Null, "{source}");
    }
}
