//! What holds for any file of cases: no text does harm, and a failure is told where the file says it.

use cases::Report;
use compiler::{Compiled, Sources, compile};
use proptest::prelude::*;

const FORM: &str = include_str!("../../../forms/home_visit.kdl");
const CASES: &str = include_str!("../../../forms/home_visit.cases.kdl");
const VISIT: &str = "form visit version=1 {
  title \"Visit\"
  section visit \"The visit\" {
    number rooms \"Rooms\" { check \"rooms < 9\" \"Too many\"; }
    text why \"Why?\" { show-when \"rooms = 7\"; }
  }
}";

fn sources(form: &str, cases: &str) -> Sources {
    [("forms/visit.kdl", form), ("forms/visit.cases.kdl", cases)]
        .into_iter()
        .collect()
}

fn is_well_told(sources: &Sources, report: &Report<'_>) -> Result<(), TestCaseError> {
    for told in &report.diagnostics {
        let all = told.labels.iter().map(|label| label.place).chain([told.place]);
        for place in all {
            prop_assert!(
                sources.text(place.file).get(place.span.range()).is_some(),
                "{told:?}"
            );
        }
        prop_assert!(!told.message.ends_with('.') && !told.message.is_empty());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_cut_or_doubled_stretch_of_a_file_does_harm(from in 0..CASES.len(), length in 0_usize..200, doubled: bool) {
        let cases = CASES.replacen("cases home_visit", "cases visit", 1);
        let form = FORM.replacen("form home_visit", "form visit", 1);
        let floor = |at: usize| (0..=at.min(cases.len())).rev().find(|at| cases.is_char_boundary(*at)).unwrap_or(0);
        let (start, end) = (floor(from), floor(from + length));
        let middle = if doubled { cases[start..end].repeat(2) } else { String::new() };
        let changed = format!("{}{middle}{}", &cases[..start], &cases[end..]);
        let sources = sources(&form, &changed);
        let compiled = compile(&sources);
        is_well_told(&sources, &cases::run(&sources, &compiled))?;
    }

    #[test]
    fn a_case_holds_exactly_if_the_form_does_what_it_says(rooms in 0_u32..20, shown: bool, refused: bool) {
        let then = format!(
            "{} why; {} rooms;",
            if shown { "shown" } else { "hidden" },
            if refused { "refused" } else { "accepted" },
        );
        let cases = format!(
            "cases visit {{\ntoday \"2026-11-19\"\ncase \"A\" {{\ngiven {{ rooms {rooms}; }}\nthen {{ {then} }}\n}}\n}}"
        );
        let sources = sources(VISIT, &cases);
        let compiled: Compiled = compile(&sources);
        let report = cases::run(&sources, &compiled);
        let wrong = usize::from(shown != (rooms == 7)) + usize::from(refused != (rooms >= 9));
        prop_assert_eq!(report.diagnostics.len(), wrong);
        let tested = &report.forms[0];
        prop_assert_eq!((tested.passed, tested.failed), if wrong == 0 { (1, 0) } else { (0, 1) });
        let seen = &tested.coverage.conditions[0];
        prop_assert_eq!((seen.held, seen.failed), (rooms == 7, rooms != 7));
        let check = &tested.coverage.checks[0];
        prop_assert_eq!((check.held, check.failed), (rooms < 9, rooms >= 9));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_clock_runs_exactly_if_it_is_started_and_let_run(started: bool, rooms in 0_u32..20, runs: bool) {
        let form = VISIT.replacen(
            "section visit",
            "clock c { starts on; when \"rooms > 9\"; due \"1 day\"; }\nsection first \"First\" { date on \"On\"; }\n  section visit",
            1,
        );
        let on = if started { "on \"2026-11-18\"; " } else { "" };
        let then = if runs { "running" } else { "idle" };
        let cases = format!(
            "cases visit {{\ntoday \"2026-11-19\"\ncase \"A\" {{\ngiven {{ {on}rooms {rooms}; }}\nthen {{ {then} c; }}\n}}\n}}"
        );
        let sources = sources(&form, &cases);
        let compiled = compile(&sources);
        let report = cases::run(&sources, &compiled);
        let is_so = runs == (started && rooms > 9);
        prop_assert_eq!(report.diagnostics.len(), usize::from(!is_so));
        let seen = &report.forms[0].coverage.conditions[0];
        prop_assert_eq!(seen.what, cases::What::Clock(0));
        prop_assert_eq!((seen.held, seen.failed), (started && rooms > 9, started && rooms <= 9));
    }
}

#[test]
fn a_blank_neither_holds_nor_fails_a_check() {
    let cases = "cases visit {\ntoday \"2026-11-19\"\ncase \"A\" {\nthen { hidden why; }\n}\n}";
    let sources = sources(VISIT, cases);
    let compiled = compile(&sources);
    let report = cases::run(&sources, &compiled);
    let check = &report.forms[0].coverage.checks[0];
    assert_eq!(
        (report.diagnostics.len(), check.held, check.failed),
        (0, false, false)
    );
}

#[test]
fn cases_of_a_form_that_cannot_be_used_say_so() {
    let sources = sources("form visit {", "cases visit { }");
    let compiled = compile(&sources);
    let report = cases::run(&sources, &compiled);
    let told: Vec<_> = report.diagnostics.iter().map(|told| told.code.as_str()).collect();
    assert_eq!(told, ["case-failed"]);
    assert!(report.forms.is_empty());
}

#[test]
fn what_the_cases_of_one_form_see_of_a_component_is_seen_for_all() {
    let component = "component size \"Size\" {
  number rooms \"Rooms\" { check \"rooms < 9\" \"Too many\"; }
}";
    let form = |name: &str| {
        format!(
            "form {name} version=1 {{
  title \"{name}\"
  section s \"S\" {{
    use size
    text why \"Why?\" {{ show-when \"rooms = 7\"; }}
  }}
}}"
        )
    };
    let cases = |name: &str, rooms: u32| {
        format!(
            "cases {name} {{\ntoday \"2026-11-19\"\ncase \"A\" {{\ngiven {{ rooms {rooms}; }}\nthen {{ shown s; }}\n}}\n}}"
        )
    };
    let sources: Sources = [
        ("forms/components/size.kdl", component.to_owned()),
        ("forms/one.kdl", form("one")),
        ("forms/one.cases.kdl", cases("one", 7)),
        ("forms/two.kdl", form("two")),
        ("forms/two.cases.kdl", cases("two", 9)),
    ]
    .into_iter()
    .collect();
    let compiled = compile(&sources);
    let report = cases::run(&sources, &compiled);
    let seen = |form: usize| &report.forms[form].coverage;
    assert!(seen(0).checks[0].is_covered() && seen(1).checks[0].is_covered());
    // What a form asks itself, its own cases must see.
    let own = |form: usize| (seen(form).conditions[0].held, seen(form).conditions[0].failed);
    assert_eq!((own(0), own(1)), ((true, false), (false, true)));
}
