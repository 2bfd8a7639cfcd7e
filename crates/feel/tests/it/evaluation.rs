//! What expressions about a host's things come to.

use feel::{Slot, Value};

use crate::visit::{Answers, answered, expr, value};

#[track_caller]
fn assert_comes_to(source: &str, expected: &str) {
    assert_eq!(expr(source).eval(&answered()), value(expected), "{source}");
}

#[test]
fn fields_and_properties_are_read() {
    assert_comes_to("minutes * 2", "90");
    assert_comes_to("visit.date.year", "2026");
    assert_comes_to("child.first_name + \"!\"", "\"Amy!\"");
    assert_comes_to("rows[2].child.born", "@\"2015-02-28\"");
    assert_comes_to("visit.partly", "null");
    assert_comes_to("visit.partly + 1", "null");
}

#[test]
fn a_list_of_things_gives_the_list_of_a_property() {
    assert_comes_to("rows.amount", "[1.5, 10, 20]");
    assert_comes_to("rows.child.first_name", "[\"Amy\", \"Amy\", \"Amy\"]");
    assert_comes_to("sum(rows.amount)", "31.5");
    assert_comes_to("rows.paid", "[null, null, null]");
    assert_comes_to("total(rows.amount, null, 1)", "32.5");
    assert_comes_to("rows.child.born.year", "[2015, 2015, 2015]");
}

#[test]
fn filters_see_the_properties_of_what_they_filter() {
    assert_comes_to("rows[amount > 3].amount", "[10, 20]");
    assert_comes_to("rows[item.amount > 3].amount", "[10, 20]");
    assert_comes_to("rows[outcome = completed][2].amount", "20");
    assert_comes_to(
        "rows[amount > 3 and visit.outcome = completed].amount",
        "[10, 20]",
    );
    assert_comes_to("count(rows[child.first_name = \"Amy\"])", "3");
    assert_comes_to("rows[-1].amount", "20");
    assert_comes_to("rows[4]", "null");
    assert_comes_to("rows[paid]", "[]");
    assert_comes_to("ways[item != phone]", "[\"letter\"]");
}

#[test]
fn loops_and_quantifiers_go_over_things() {
    assert_comes_to("some r in rows satisfies r.amount > 15", "true");
    assert_comes_to("every r in rows satisfies r.outcome = completed", "false");
    assert_comes_to(
        "for r in rows, w in ways return string(r.amount) + w",
        "[\"1.5phone\", \"1.5letter\", \"10phone\", \"10letter\", \"20phone\", \"20letter\"]",
    );
    assert_comes_to(
        "for i in 1..3 return if i = 1 then 1 else i * partial[-1]",
        "[1, 2, 6]",
    );
    assert_comes_to(
        "for r in rows return for i in 1..2 return r.amount * i",
        "[[1.5, 3], [10, 20], [20, 40]]",
    );
    assert_comes_to(
        "for r in rows return r.child.first_name[1]",
        "[\"Amy\", \"Amy\", \"Amy\"]",
    );
}

#[test]
fn conditions_of_a_visit() {
    assert_comes_to(
        "outcome in (partly2, completed)"
            .replace("partly2", "no_answer")
            .as_str(),
        "true",
    );
    assert_comes_to("not(seen = false and outcome = no_answer)", "true");
    assert_comes_to("visit.date <= today()", "true");
    assert_comes_to("today() - visit.date", "@\"P1D\"");
    assert_comes_to("visit.date + notice", "@\"2026-11-20\"");
    assert_comes_to("visit.date + term", "@\"2027-05-18\"");
    assert_comes_to("started + @\"PT30M\" < now()", "true");
    assert_comes_to("age(child.born, visit.date)", "11");
    assert_comes_to("blank(notes) or blank(visit.partly)", "true");
    assert_comes_to(
        "list contains(ways, letter) and not(list contains(ways, in_person))",
        "true",
    );
}

#[test]
fn an_age_is_attained_at_the_start_of_the_birthday() {
    for (born, on, expected) in [
        ("2015-11-19", "2026-11-18", "10"),
        ("2015-11-19", "2026-11-19", "11"),
        ("2012-02-29", "2025-02-28", "12"),
        ("2012-02-29", "2025-03-01", "13"),
        ("2012-02-29", "2028-02-28", "15"),
        ("2012-02-29", "2028-02-29", "16"),
        ("2026-11-19", "2026-11-19", "0"),
        ("2026-11-20", "2026-11-19", "null"),
    ] {
        assert_eq!(
            value(&format!("age(@\"{born}\", @\"{on}\")")),
            value(expected),
            "{born} {on}"
        );
    }
}

#[test]
fn what_an_expression_depends_on_is_told() {
    for (source, slots, clock) in [
        ("1 + 2", &[][..], false),
        ("minutes > 3 and (seen or minutes = 2)", &[5, 7], false),
        (
            "rows[amount > minutes].child.first_name",
            &[10, 11, 5, 13, 21],
            false,
        ),
        ("visit.date <= today()", &[1], true),
        ("for r in rows return now()", &[10], true),
        ("outcome = completed", &[2], false),
    ] {
        let expr = expr(source);
        let expected: Vec<Slot> = slots.iter().map(|slot| Slot(*slot)).collect();
        let mut found = expr.slots();
        found.sort_unstable();
        let mut sorted = expected.clone();
        sorted.sort_unstable();
        assert_eq!(found, sorted, "{source}");
        assert_eq!(expr.reads_clock(), clock, "{source}");
    }
}

#[test]
fn nothing_answered_is_nothing_known() {
    let nothing = Answers::default();
    for source in [
        "outcome = completed",
        "seen",
        "minutes > 3",
        "sum(rows.amount)",
        "rows[1]",
        "child.first_name",
    ] {
        let expected = if source == "outcome = completed" {
            Value::Boolean(false)
        } else {
            Value::Null
        };
        assert_eq!(expr(source).eval(&nothing), expected, "{source}");
    }
}

#[test]
fn things_are_told_apart_by_kind_and_number() {
    assert_comes_to("rows[1] = rows[1]", "true");
    assert_comes_to("rows[1] = rows[2]", "false");
    assert_comes_to("distinct values(rows.child) = [child]", "true");
    assert_comes_to("list contains(rows, rows[3])", "true");
}
