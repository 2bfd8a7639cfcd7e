//! Runs the committed conformance cases, and holds what passes, fails and is left out to the committed lists.

use feel::conformance::{Outcome, Report, Tally, feature_of, run};
use feel::syntax::Feature;

macro_rules! committed {
    ($file:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/conformance/",
            $file
        ))
    };
}

fn reports() -> Vec<Report> {
    run(committed!("feel-cases.jsonl")).unwrap()
}

/// The lines of a list, without comments.
fn lines(list: &str) -> Vec<&str> {
    list.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
}

/// Compares what was found with a committed list, and shows what it would have to say.
fn assert_listed(found: &[String], list: &str, name: &str) {
    let listed = lines(list);
    let new: Vec<&String> = found
        .iter()
        .filter(|line| !listed.contains(&line.as_str()))
        .collect();
    let gone: Vec<&&str> = listed
        .iter()
        .filter(|line| !found.iter().any(|found| found == *line))
        .collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "{name}: not listed {new:#?}, listed but not so {gone:#?}"
    );
}

#[test]
fn what_fails_is_listed_with_its_reason() {
    let reports = reports();
    let listed: Vec<(&str, &str)> = lines(committed!("exceptions.txt"))
        .into_iter()
        .map(|line| line.split_once(": ").expect("a reason"))
        .collect();
    for (id, reason) in &listed {
        let report = reports.iter().find(|report| report.id == *id);
        assert!(
            report.is_some_and(|report| matches!(report.outcome, Outcome::Failed { .. })),
            "{id} does not fail"
        );
        assert!(reason.len() > 20, "{id} has no reason");
    }
    let unlisted: Vec<String> = reports
        .iter()
        .filter(|report| matches!(report.outcome, Outcome::Failed { .. }))
        .filter(|report| !listed.iter().any(|(id, _)| report.id == *id))
        .map(Report::to_string)
        .collect();
    assert!(unlisted.is_empty(), "{}", unlisted.join("\n"));
}

#[test]
fn what_is_left_out_is_listed() {
    let found: Vec<String> = reports()
        .iter()
        .filter_map(|report| match report.outcome {
            Outcome::OutOfProfile(Feature::Contexts) => Some(format!("{}: contexts", report.id)),
            Outcome::OutOfProfile(Feature::Functions) => Some(format!("{}: functions", report.id)),
            Outcome::OutOfProfile(Feature::Zones) => Some(format!("{}: time zones", report.id)),
            _ => None,
        })
        .collect();
    assert_listed(&found, committed!("out-of-profile.txt"), "out-of-profile.txt");
}

#[test]
fn what_is_refused_before_it_is_run_is_listed() {
    let found: Vec<String> = reports()
        .iter()
        .filter(|report| report.outcome == Outcome::Passed)
        .filter_map(|report| report.refused.map(|code| format!("{}: {code}", report.id)))
        .collect();
    assert_listed(&found, committed!("refused.txt"), "refused.txt");
}

#[test]
fn a_run_is_counted() {
    let tally = Tally::of(&reports());
    assert_eq!(tally.to_string(), "1118 passed, 1 failed, 189 out of profile");
}

#[test]
fn the_profile_is_told_by_syntax() {
    for (expression, feature) in [
        ("{a: 1}.a", Some(Feature::Contexts)),
        ("get value(null, \"a\")", Some(Feature::Contexts)),
        ("1 instance of context<a: number>", Some(Feature::Contexts)),
        ("(function(a) a)(1)", Some(Feature::Functions)),
        (
            "abs instance of function<number>->number",
            Some(Feature::Functions),
        ),
        ("sort(list, precedes)", Some(Feature::Functions)),
        ("@\"10:30:00@Europe/Paris\"", Some(Feature::Zones)),
        (
            "range(\"[@\\\"2020-01-01T10:00:00@Etc/UTC\\\"..@\\\"2021-01-01T10:00:00Z\\\"]\")",
            Some(Feature::Zones),
        ),
        ("\"{}\" = \"function\"", None),
        ("\"a@b.c\"", None),
        ("@\"10:30:00+01:00\" // {", None),
    ] {
        assert_eq!(feature_of(expression), feature, "{expression}");
    }
}

#[test]
fn a_line_that_is_no_case_is_reported() {
    let error =
        run("{\"id\":\"a\",\"expression\":\"1\",\"expected\":{\"type\":\"null\"}}\nnonsense").unwrap_err();
    assert_eq!(error.line, 2);
    let unknown =
        run("{\"id\":\"a\",\"expression\":\"1\",\"expected\":{\"type\":\"colour\",\"value\":\"red\"}}")
            .unwrap();
    assert_eq!(Tally::of(&unknown).failed, 1);
}
