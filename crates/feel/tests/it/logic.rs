//! FEEL's three-valued logic, whole: DMN 1.4, tables 50 to 55.

use crate::visit::value;
use feel::Value;

/// The three truth values, and what is none of them and counts as null.
const OPERANDS: [&str; 4] = ["true", "false", "null", "\"x\""];

fn table(operator: &str) -> Vec<String> {
    let row = |left: &str| {
        let cells = OPERANDS.map(|right| value(&format!("{left} {operator} {right}")).to_string());
        cells.join(" ")
    };
    OPERANDS.map(row).into()
}

#[test]
fn conjunction() {
    assert_eq!(
        table("and"),
        [
            "true false null null",
            "false false false false",
            "null false null null",
            "null false null null"
        ]
    );
}

#[test]
fn disjunction() {
    assert_eq!(
        table("or"),
        [
            "true true true true",
            "true false null null",
            "true null null null",
            "true null null null"
        ]
    );
}

#[test]
fn negation() {
    assert_eq!(
        OPERANDS.map(|operand| value(&format!("not({operand})")).to_string()),
        ["false", "true", "null", "null"]
    );
}

#[test]
fn conditions_that_are_not_true_take_the_other_way() {
    for (condition, expected) in [
        ("true", "1"),
        ("false", "2"),
        ("null", "2"),
        ("\"x\"", "2"),
        ("null = 1", "2"),
    ] {
        assert_eq!(
            value(&format!("if {condition} then 1 else 2")).to_string(),
            expected,
            "{condition}"
        );
    }
}

#[test]
fn equality_with_null_is_known() {
    for (source, expected) in [
        ("null = null", "true"),
        ("null != null", "false"),
        ("1 = null", "false"),
        ("null = \"\"", "false"),
        ("1 != null", "true"),
        ("1 = \"1\"", "null"),
        ("1 != \"1\"", "null"),
        ("[1, null] = [1, null]", "true"),
        ("[1] = [null]", "false"),
    ] {
        assert_eq!(value(source).to_string(), expected, "{source}");
    }
}

#[test]
fn order_with_null_is_not_known() {
    for operator in ["<", "<=", ">", ">="] {
        for source in [
            format!("1 {operator} null"),
            format!("null {operator} 1"),
            format!("1 {operator} \"1\""),
        ] {
            assert_eq!(value(&source), Value::Null, "{source}");
        }
    }
}

#[test]
fn between_and_in_are_known_as_soon_as_one_end_decides() {
    for (source, expected) in [
        ("5 between 1 and null", "null"),
        ("5 between 6 and null", "false"),
        ("5 between null and 4", "false"),
        ("null between 1 and 2", "null"),
        ("5 in (1, null, 5)", "true"),
        ("5 in (1, null)", "false"),
        ("5 in (< null, 6)", "null"),
        ("5 in (< null, 5)", "true"),
        ("null in (1, null)", "true"),
        ("null in [1..2]", "null"),
        ("5 in [1, \"a\", [4..6]]", "true"),
        ("5 in []", "false"),
        ("5 in (!= 5)", "false"),
        ("5 in != 6", "true"),
    ] {
        assert_eq!(value(source).to_string(), expected, "{source}");
    }
}

#[test]
fn quantifiers_are_junctions_of_their_rounds() {
    for (source, expected) in [
        ("some x in [false, null, true] satisfies x", "true"),
        ("some x in [false, null] satisfies x", "null"),
        ("some x in [false, false] satisfies x", "false"),
        ("some x in [] satisfies x", "false"),
        ("every x in [true, null, false] satisfies x", "false"),
        ("every x in [true, null] satisfies x", "null"),
        ("every x in [true, true] satisfies x", "true"),
        ("every x in [] satisfies x", "true"),
        ("some x in null satisfies x", "null"),
        ("some x in [1, 2], y in [2, 3] satisfies x = y", "true"),
        ("every x in [1, 2], y in [x..3] satisfies x <= y", "true"),
    ] {
        assert_eq!(value(source).to_string(), expected, "{source}");
    }
}
