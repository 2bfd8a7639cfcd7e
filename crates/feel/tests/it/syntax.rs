//! How text is read, what is said where it cannot be, and how trees are written.

use feel::syntax::Kind;
use feel::{Code, parse};

/// What a text is read as, with all brackets that are needed and no others.
fn canonical(source: &str) -> String {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, [], "{source}");
    parsed.tree.to_string()
}

#[test]
fn operators_bind_as_in_feel() {
    for (source, expected) in [
        ("1+2*3-4", "1 + 2 * 3 - 4"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("(1-2)-3", "(1 - 2) - 3"),
        ("-3 ** 2", "-3 ** 2"),
        ("(-(3 ** 2))", "-(3 ** 2)"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("a or b and not(c)", "a or b and not(c)"),
        ("(a or b) and c", "(a or b) and c"),
        ("a = b and c != d", "a = b and c != d"),
        ("(a and b) = c", "(a and b) = c"),
        ("x between 1 and 2 and y", "x between 1 and 2 and y"),
        ("-5 instance of number", "-5 instance of number"),
        ("(a + b) instance of number", "(a + b) instance of number"),
        ("(if a then 1 else 2) + 3", "(if a then 1 else 2) + 3"),
        ("if a then 1 else 2 + 3", "if a then 1 else 2 + 3"),
        ("(for i in l return i)[1]", "(for i in l return i)[1]"),
        (
            "some x in a, y in b satisfies x = y",
            "some x in a, y in b satisfies x = y",
        ),
        ("a.b.c[x > 1].d", "a.b.c[x > 1].d"),
        ("(1).a", "(1).a"),
        ("- - 1", "--1"),
    ] {
        assert_eq!(canonical(source), expected, "{source}");
    }
}

#[test]
fn ranges_and_tests_are_told_from_lists_and_brackets() {
    for (source, expected) in [
        ("[1..2]", "[1..2]"),
        ("]1..2[", "(1..2)"),
        ("(1..2)", "(1..2)"),
        ("[1..2[", "[1..2)"),
        ("[1..x[2]]", "[1..x[2]]"),
        ("[1..2[ = ]1..2]", "[1..2) = (1..2]"),
        ("(< 10)", "(< 10)"),
        ("( >= 10 )", "(>= 10)"),
        ("[[1..2], 3]", "[[1..2], 3]"),
        ("x in (1, < 2, [3..4))", "x in (1, < 2, [3..4))"),
        ("x in (1..2]", "x in (1..2]"),
        ("x in [1..2) and y", "x in [1..2) and y"),
        ("x in < 2", "x in (< 2)"),
        ("x in (< 2)", "x in (< 2)"),
        ("x in ((< 2))", "x in ((< 2))"),
        ("x in (a)[1]", "x in a[1]"),
        ("x in (a + b) * c", "x in (a + b) * c"),
        ("x in = 2", "x in (= 2)"),
        ("x in (> 2).start", "x in (> 2).start"),
        ("for i in 1+1..2*3 return i", "for i in 1 + 1..2 * 3 return i"),
    ] {
        assert_eq!(canonical(source), expected, "{source}");
    }
}

#[test]
fn names_may_have_several_words() {
    for (source, expected) in [
        ("string   length ( x )", "string length(x)"),
        ("date and time(\"2026-11-19\")", "date and time(\"2026-11-19\")"),
        ("date and time", "date and time"),
        (
            "years and months duration(from: a, to: b)",
            "years and months duration(from: a, to: b)",
        ),
        ("t.time offset", "t.time offset"),
        (
            "x instance of days and time duration",
            "x instance of days and time duration",
        ),
        (
            "x instance of list<range<date and time>>",
            "x instance of list<range<date and time>>",
        ),
        (
            "for my item in l return my item",
            "for my item in l return my item",
        ),
        ("größe = naïve", "größe = naïve"),
    ] {
        assert_eq!(canonical(source), expected, "{source}");
    }
}

#[test]
fn texts_are_read_with_their_escapes() {
    for (source, expected) in [
        (r#""a\"b\\c\nd\te""#, "a\"b\\c\nd\te"),
        (r#""\u0041\U01F40E\ud83d\udca9""#, "A🐎💩"),
        (r#""\d{3}\'\.""#, "\\d{3}'\\."),
        (r#""\u12""#, "\\u12"),
        ("\"two\nlines\"", "two\nlines"),
    ] {
        let parsed = parse(source);
        assert_eq!(parsed.diagnostics, [], "{source}");
        assert_eq!(parsed.tree.root().kind, Kind::Text(expected.into()), "{source}");
    }
}

#[test]
fn comments_and_white_space_mean_nothing() {
    assert_eq!(canonical("/* a */ 1 // b\n + /* c\n d */ 2 // e"), "1 + 2");
    assert_eq!(canonical("\u{FEFF}1\u{A0}+\u{2003}2"), "1 + 2");
}

/// What is reported, as the code, the text it is about, and the message.
fn reported(source: &str) -> Vec<(Code, &str, String)> {
    let diagnostics = parse(source).diagnostics;
    diagnostics
        .into_iter()
        .map(|found| (found.code, &source[found.span], found.message))
        .collect()
}

#[test]
fn what_is_wrong_is_said_once_and_where_it_is() {
    for (source, code, text, message) in [
        (
            "",
            Code::Syntax,
            "",
            "the expression ends where a value is expected",
        ),
        (
            "1 +",
            Code::Syntax,
            "",
            "the expression ends where a value is expected",
        ),
        ("1 2", Code::Syntax, "2", "expected an operator, found `2`"),
        ("(1", Code::Unclosed, "(", "this `(` is never closed"),
        ("[1, 2", Code::Unclosed, "[", "this `[` is never closed"),
        ("f(1", Code::Unclosed, "(", "this `(` is never closed"),
        ("\"a", Code::Unclosed, "\"", "this text is never closed"),
        ("1 /* a", Code::Unclosed, "/*", "this comment is never closed"),
        ("a == b", Code::Syntax, "==", "`==` is not an operator here"),
        ("a && b", Code::Syntax, "&&", "`&&` is not an operator here"),
        ("a ≤ b", Code::Syntax, "≤", "`≤` is not an operator here"),
        ("5 % 2", Code::Syntax, "%", "`%` has no meaning in an expression"),
        (
            "'a'",
            Code::Syntax,
            "'a'",
            "a text stands in straight double quotes",
        ),
        ("it's", Code::Syntax, "'", "`'` has no meaning in an expression"),
        (
            "“a”",
            Code::Syntax,
            "“a”",
            "a text stands in straight double quotes",
        ),
        (
            "if a then b",
            Code::Syntax,
            "",
            "the expression ends where `else` is expected",
        ),
        (
            "some x l satisfies x",
            Code::Syntax,
            "satisfies",
            "expected `in`, found `satisfies`",
        ),
        (
            "x instance of colour",
            Code::Syntax,
            "colour",
            "expected a type, found `colour`",
        ),
        (
            "x.",
            Code::Syntax,
            "",
            "the expression ends where a name is expected",
        ),
        (
            "@1",
            Code::Syntax,
            "1",
            "expected a date, time or duration in quotes, found `1`",
        ),
        (
            "f(a: 1, 2)",
            Code::Syntax,
            "2",
            "either all arguments have a name, or none of them",
        ),
        (
            "f(1, a: 2)",
            Code::Syntax,
            "a",
            "either all arguments have a name, or none of them",
        ),
        (
            "(= 5)",
            Code::Syntax,
            "(= 5)",
            "`=` has nothing on its left to compare",
        ),
        ("1e9999", Code::BadLiteral, "1e9999", "this number is too large"),
        (
            "\"\\ud83d\"",
            Code::BadLiteral,
            "\\ud83d",
            "there is no such character",
        ),
        (
            "{a: 1}",
            Code::Unsupported,
            "{a: 1}",
            "contexts in braces are not supported here",
        ),
        (
            "function(a) a + 1",
            Code::Unsupported,
            "function(a) a + 1",
            "functions as values are not supported here",
        ),
        (
            "x instance of context<a: number>",
            Code::Unsupported,
            "x instance of context<a: number>",
            "contexts in braces are not supported here",
        ),
    ] {
        let found = reported(source);
        assert_eq!(found, [(code, text, message.to_owned())], "{source}");
    }
}

#[test]
fn reading_goes_on_behind_what_is_wrong() {
    assert_eq!(
        parse("[1, ), 3] + f(2, ]) = 4").tree.to_string(),
        "[1, ?, 3] + f(2, ?) = 4"
    );
    let found = reported("if x == 1 then 'a' else {b: 2}");
    assert_eq!(
        found.iter().map(|(_, text, _)| *text).collect::<Vec<_>>(),
        ["==", "'a'", "{b: 2}"]
    );
}
