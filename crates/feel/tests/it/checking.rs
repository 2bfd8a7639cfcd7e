//! What is said about expressions that are written well and mean nothing, or not what was meant.

use feel::{Code, Type, check, parse};

use crate::visit::{OUTCOME, VisitForm, checked};

/// What is reported, as one line each: the code, the text it is about, the message and the help.
fn reported(source: &str) -> Vec<String> {
    let line = |found: feel::Diagnostic| {
        let help = found.help.map(|help| format!("; {help}")).unwrap_or_default();
        format!(
            "{} `{}`: {}{help}",
            found.code, &source[found.span], found.message
        )
    };
    checked(source).diagnostics.into_iter().map(line).collect()
}

#[track_caller]
fn assert_reported(source: &str, expected: &str) {
    assert_eq!(reported(source), [expected], "{source}");
}

#[track_caller]
fn assert_type(source: &str, expected: Type) {
    assert_eq!(reported(source), [""; 0], "{source}");
    assert_eq!(checked(source).ty, expected, "{source}");
}

#[test]
fn names_are_found_by_their_longest_beginning() {
    assert_type("visit.date", Type::Date);
    assert_type("minutes", Type::Number);
    assert_type("visit.date.year", Type::Number);
    assert_type("child.first_name", Type::Text);
    assert_type("visit.child.born.weekday", Type::Number);
    assert_reported(
        "date",
        "ambiguous-name `date`: `date` could be one of several things; write `visit.date` or `plan.date`",
    );
    assert_reported(
        "minuets > 3",
        "unknown-name `minuets`: nothing is called `minuets` here; did you mean `minutes`?",
    );
    assert_reported(
        "visit.nots",
        "unknown-name `visit.nots`: nothing is called `visit.nots` here",
    );
    assert_reported(
        "seen minutes",
        "unknown-name `seen minutes`: nothing is called `seen minutes` here; is something missing between `seen` and `minutes`?",
    );
    assert_reported(
        "not seen",
        "unknown-name `not seen`: nothing is called `not seen` here; write `not(seen)`",
    );
    assert_reported(
        "count > 1",
        "unknown-name `count`: nothing is called `count` here; `count` is a function: write `count(…)`",
    );
    assert_reported(
        "child.frist_name",
        "unknown-property `frist_name`: one child has no property `frist_name`; did you mean `first_name`?",
    );
    assert_reported(
        "visit.date.hour",
        "unknown-property `hour`: a date has no property `hour`; its properties are `year`, `month`, `day`, `weekday`",
    );
    assert_reported("minutes.a", "unknown-property `a`: a number has no property `a`");
}

#[test]
fn codes_stand_bare_where_a_choice_is_compared() {
    for source in [
        "outcome = completed",
        "completed = outcome",
        "outcome != no_answer",
        "outcome in (completed, no_answer)",
        "outcome in [completed, no_answer]",
        "list contains(ways, phone)",
        "phone in ways",
        "ways = [phone, letter]",
        "(if seen then outcome else visit.before) = completed",
        "outcome = (if seen then completed else no_answer)",
        "outcome = visit.before",
        "rows[1].outcome = completed",
        "count(rows[outcome = completed and amount > 1]) = 1",
        "some r in rows satisfies r.outcome = no_answer",
        "every w in ways satisfies w != letter",
        "count(ways[item = phone]) = 1",
        "distinct values(ways) = [phone]",
        "append(ways, letter) = [phone]",
        "index of(ways, letter) = [1]",
        "outcome = \"completed\"",
        "outcome = null",
        "string length(outcome) > 3",
        "outcome = notes",
        "child.ways = [phone]",
    ] {
        assert_type(source, Type::Boolean);
    }
}

#[test]
fn codes_that_the_list_has_not_are_reported() {
    assert_reported(
        "outcome = complete",
        "unknown-code `complete`: `complete` is not an option of `outcome`; did you mean `completed`?",
    );
    assert_reported(
        "outcome = \"finished\"",
        "unknown-code `\"finished\"`: `\"finished\"` is not an option of `outcome`; its options are `completed`, `partly`, `no_answer`",
    );
    assert_reported(
        "outcome = \"\"",
        "unknown-code `\"\"`: an empty text is not an option of `outcome`; a blank answer is `null`",
    );
    assert_reported(
        "list contains(ways, fone)",
        "unknown-code `fone`: `fone` is not an option of `ways`; did you mean `phone`?",
    );
    assert_reported(
        "outcome in (completed, phone)",
        "unknown-code `phone`: `phone` is not an option of `outcome`; its options are `completed`, `partly`, `no_answer`",
    );
}

#[test]
fn a_code_that_hides_a_name_is_pointed_out() {
    let checked = checked("outcome = partly");
    assert_eq!(checked.diagnostics.len(), 1);
    assert!(!checked.diagnostics[0].is_error());
    assert_reported(
        "outcome = partly",
        "code-hides-name `partly`: `partly` is taken as an option of `outcome`, not as what else has that name; write `\"partly\"` to say so, or give one of them another name",
    );
    assert_type("outcome = \"partly\" and visit.partly = 1", Type::Boolean);
    // A local name is nearer than any code.
    assert_type(
        "some partly in [\"completed\"] satisfies outcome = partly",
        Type::Boolean,
    );
}

#[test]
fn a_list_is_not_compared_with_what_it_holds() {
    let help = "; ask whether the list has it: `list contains(list, value)`, or `value in list`";
    assert_reported(
        "ways = \"phone\"",
        &format!(
            "type-mismatch `ways = \"phone\"`: `=` cannot compare a list of choices from `ways` with a choice from `ways`{help}"
        ),
    );
    assert_reported(
        "ways = notes",
        &format!(
            "type-mismatch `ways = notes`: `=` cannot compare a list of choices from `ways` with a text{help}"
        ),
    );
    assert_reported(
        "ways in (phone, letter)",
        "type-mismatch `ways in (phone`: `in` cannot compare a list of choices from `ways` with a choice from `ways`; ask whether the list has it: `list contains(list, value)`, or `value in list`",
    );
}

#[test]
fn both_sides_of_a_mismatch_are_named() {
    assert_reported(
        "outcome = ways[1]",
        "type-mismatch `outcome = ways[1]`: `=` cannot compare a choice from `outcome` with a choice from `ways`",
    );
    assert_reported(
        "minutes = \"3\"",
        "type-mismatch `minutes = \"3\"`: `=` cannot compare a number with a text; numbers are written without quotes",
    );
    assert_reported(
        "visit.date > started",
        "type-mismatch `visit.date > started`: `>` cannot compare a date with a date and time; take the date of the date and time with `date(…)`",
    );
    assert_reported(
        "started - visit.date > 3",
        "type-mismatch `started - visit.date > 3`: `>` cannot compare a days and time duration with a number; compare with a duration, such as `@\"P14D\"`, or take a part of it, such as `.days`",
    );
    assert_reported(
        "outcome < visit.before",
        "type-mismatch `outcome < visit.before`: `<` cannot compare a choice from `outcome` with a choice from `outcome`; choices have no order: use `=` or `in (…)`",
    );
    assert_reported(
        "minutes + notes",
        "type-mismatch `minutes + notes`: `+` cannot be used with a number and a text; make a text of the other one with `string(…)`",
    );
    assert_reported(
        "visit.date + 14",
        "type-mismatch `visit.date + 14`: `+` cannot be used with a date and a number; add a duration, such as `@\"P14D\"` for 14 days or `@\"P6M\"` for 6 months",
    );
    assert_reported(
        "1 + 2 + notes",
        "type-mismatch `1 + 2 + notes`: `+` cannot be used with a number and a text; make a text of the other one with `string(…)`",
    );
    assert_reported(
        "minutes and seen",
        "type-mismatch `minutes`: `and` needs true or false, and this is a number; compare it with something, as in `… = …`",
    );
    assert_reported(
        "if ways then 1 else 2",
        "type-mismatch `ways`: `if` needs true or false, and this is a list of choices from `ways`; ask something of the list, as in `count(…) > 0`",
    );
    assert_reported(
        "-notes",
        "type-mismatch `notes`: `-` needs a number or a duration, and this is a text",
    );
    assert_reported(
        "rows[notes]",
        "type-mismatch `notes`: a filter needs a condition or a position, and this is a text",
    );
    assert_reported(
        "[1..\"a\"]",
        "type-mismatch `1..\"a\"`: `<=` cannot compare a number with a text; numbers are written without quotes",
    );
    assert_reported(
        "for i in 1..\"a\" return i",
        "type-mismatch `\"a\"`: a loop goes from one whole number or date to another, and this is a text",
    );
    let labels = &checked("minutes + notes").diagnostics[0].labels;
    assert_eq!(
        labels
            .iter()
            .map(|label| label.message.as_str())
            .collect::<Vec<_>>(),
        ["this is a number", "this is a text"]
    );
}

#[test]
fn arguments_are_put_to_parameters() {
    assert_type("substring(notes, 2)", Type::Text);
    assert_type("substring(start position: 2, string: notes)", Type::Text);
    assert_type("before(point: minutes, range: [1..2])", Type::Boolean);
    assert_type("date(from: started)", Type::Date);
    assert_type("max([1, 2])", Type::Number);
    assert_type("max(visit.date, plan.date)", Type::Date);
    assert_type("total(rows.amount)", Type::Number);
    assert_type("age(child.born, visit.date)", Type::Number);
    assert_type("sum(rows.amount) + count(rows)", Type::Number);
    assert_reported(
        "substring(notes)",
        "wrong-arguments `substring(notes)`: `substring` cannot be given 1 argument; write `substring(string, start position, [length])`",
    );
    assert_reported(
        "substring(text: notes, start position: 1)",
        "wrong-arguments `text`: `substring` has no parameter `text`; write `substring(string, start position, [length])`",
    );
    assert_reported(
        "substring(string: notes)",
        "wrong-arguments `string`: `substring` cannot be given just these arguments; write `substring(string, start position, [length])`",
    );
    assert_reported(
        "string length(minutes)",
        "type-mismatch `minutes`: `string length` needs a text for `string`, and this is a number",
    );
    assert_reported(
        "sum(ways)",
        "type-mismatch `ways`: `sum` needs a list of numbers for `list`, and this is a list of choices from `ways`; write `sum(list)` or `sum(n, …)`",
    );
    assert_reported(
        "contains(ways, \"phone\")",
        "type-mismatch `ways`: `contains` needs a text for `string`, and this is a list of choices from `ways`; ask it of a list with `list contains(…)`",
    );
    assert_reported(
        "summ(rows.amount)",
        "unknown-function `summ`: there is no function `summ`; did you mean `sum`?",
    );
    assert_reported(
        "get value(notes, \"a\")",
        "unsupported `get value`: contexts in braces are not supported here; write the value itself",
    );
}

#[test]
fn constants_are_looked_into() {
    assert_reported(
        "visit.date > date(\"2026-13-01\")",
        "bad-literal `date(\"2026-13-01\")`: `2026-13-01` makes no date; write it as `2026-11-19`",
    );
    assert_reported(
        "date(2026, 2, 30)",
        "bad-literal `date(2026, 2, 30)`: there is no such date",
    );
    assert_reported(
        "@\"19/11/2026\"",
        "bad-literal `@\"19/11/2026\"`: `19/11/2026` is not a date, time or duration; write it as `@\"2026-11-19\"`, `@\"14:30:00\"`, `@\"P14D\"` or `@\"P6M\"`",
    );
    assert_reported(
        "@\"10:30:00@Europe/London\"",
        "unsupported `@\"10:30:00@Europe/London\"`: time zones by their names are not supported here; write the distance from Greenwich, as in `10:30:00+01:00`",
    );
    assert_reported(
        "time(\"10:30:00@Europe/London\")",
        "unsupported `time(\"10:30:00@Europe/London\")`: time zones by their names are not supported here; write the distance from Greenwich, as in `10:30:00+01:00`",
    );
    assert_reported(
        "matches(notes, \"(\")",
        "bad-pattern `\"(\"`: `(` is not a pattern: a group is never closed",
    );
    assert_reported(
        "matches(notes, \"a\", \"g\")",
        "bad-pattern `\"a\"`: `a` is not a pattern: flags are `s`, `m`, `i`, `x` and `q`",
    );
    assert_reported(
        "for i in 1..10000000 return i",
        "limit `1..10000000`: this loop has too many rounds: 100000 are allowed",
    );
}

#[test]
fn what_is_expected_is_held_to() {
    let found = |source: &str, expected: &Type| {
        let checked = check(&parse(source).tree, &VisitForm, Some(expected));
        checked
            .diagnostics
            .into_iter()
            .map(|found| found.message)
            .collect::<Vec<_>>()
    };
    assert_eq!(found("minutes", &Type::Number), [""; 0]);
    assert_eq!(found("null", &Type::Number), [""; 0]);
    assert_eq!(
        found("seen", &Type::Number),
        ["expected a number, found true or false"]
    );
    assert_eq!(found("completed", &Type::Code(OUTCOME)), [""; 0]);
    assert_eq!(
        found("if seen then completed else outcome", &Type::Code(OUTCOME)),
        [""; 0]
    );
    assert_eq!(found("[completed]", &Type::Code(OUTCOME).list()), [""; 0]);
    assert_eq!(found("outcome", &Type::Text), [""; 0]);
    assert_eq!(
        found("notes", &Type::Code(OUTCOME)),
        ["expected a choice from `outcome`, found a text"]
    );
}

#[test]
fn everything_is_reported_at_once() {
    let codes: Vec<Code> = checked("foo + 1 = \"a\" and outcome = bar and summ(1) > -notes")
        .diagnostics
        .iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(
        codes,
        [
            Code::UnknownName,
            Code::UnknownCode,
            Code::UnknownFunction,
            Code::TypeMismatch
        ]
    );
}

#[test]
fn every_code_says_what_it_is() {
    for code in Code::ALL {
        assert!(
            code.as_str()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-'),
            "{code}"
        );
        assert!(code.doc().ends_with('.') && code.doc().len() > 20, "{code}");
        assert_eq!(
            Code::ALL
                .iter()
                .filter(|other| other.as_str() == code.as_str())
                .count(),
            1,
            "{code}"
        );
    }
}

#[test]
fn types_are_said_in_plain_words() {
    for (ty, expected) in [
        (Type::Number.list(), "a list of numbers"),
        (Type::Date.range(), "a range of dates"),
        (Type::Text.list().list(), "a list of lists of texts"),
        (Type::Code(OUTCOME), "a choice"),
        (Type::Boolean.list(), "a list of true or false"),
        (Type::Days, "a days and time duration"),
    ] {
        assert_eq!(ty.to_string(), expected);
    }
}
