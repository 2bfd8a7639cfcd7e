//! What is answered to an editor, with the cursor where `‸` stands.

use compiler::Sources;
use editor::{Completion, Desk, Lines, Sort};
use proptest::prelude::*;

const FORM: &str = "form visit version=1 {
  title \"Visit\"
  about children
  clock write_up \"Write up\" { starts visit_date; due \"2 working days\"; }
  section visit \"The visit\" {
    date visit_date \"When was it?\" {
      required
    }
    choice outcome \"What happened?\" {
      option completed \"Completed\"
      option no_answer \"Nobody answered\"
    }
    text why \"Why?\" {
      show-when \"outcome = no_answer\"
      hint \"Say why {outcome}\"
    }
  }
  section children \"{child.first_name}\" for-each=child {
    yes_no seen \"Seen?\"
    choice reason \"Why not?\" { options reasons; show-when \"seen = no and visit_date <= today()\"; }
    use voice
  }
}
";

/// The files, with the cursor in the one whose text has the mark; and where it is.
fn with(changed: &str, from: &str, to: &str) -> (Sources, &'static str, u32) {
    let files: [(&'static str, &str); 4] = [
        ("forms/visit.kdl", FORM),
        (
            "forms/components/voice.kdl",
            "component voice \"Voice\" {\n  quote words \"Words\" { show-when \"seen = yes\"; }\n}\n",
        ),
        (
            "forms/codes/reasons.kdl",
            "options reasons {\n  option ill \"Ill\"\n  option away \"Away\"\n}\n",
        ),
        (
            "forms/visit.cases.kdl",
            "cases visit {\n  today \"2026-11-19\"\n  child ada \"Ada\" born=\"2017-05-02\"\n  case \"One\" {\n    given { outcome no_answer; }\n    then {\n      shown why\n      child ada { hidden reason; }\n    }\n  }\n}\n",
        ),
    ];
    let mut sources = Sources::default();
    let mut found = ("", 0);
    for (path, text) in files {
        let text = match path == changed {
            true => {
                assert!(text.contains(from), "{from}");
                text.replacen(from, to, 1)
            }
            false => text.to_owned(),
        };
        if let Some(at) = text.find('‸') {
            found = (path, u32::try_from(at).unwrap_or(u32::MAX));
        }
        sources.insert(path, text.replace('‸', ""));
    }
    (sources, found.0, found.1)
}

fn completions(changed: &str, from: &str, to: &str) -> Vec<Completion> {
    let (sources, path, offset) = with(changed, from, to);
    let file = sources.find(path).unwrap_or_else(|| unreachable!("no cursor"));
    Desk::new(&sources).complete(file, offset)
}

fn texts(completions: &[Completion]) -> Vec<&str> {
    completions
        .iter()
        .map(|completion| completion.text.as_str())
        .collect()
}

/// The line, and the text at the place, that a definition leads to.
fn defined(changed: &str, from: &str, to: &str) -> Option<String> {
    let (sources, path, offset) = with(changed, from, to);
    let desk = Desk::new(&sources);
    let place = desk.definition(sources.find(path)?, offset)?;
    let text = sources.text(place.file).get(place.span.range())?;
    Some(format!("{}: {text}", place.locate(&sources)))
}

fn hovered(changed: &str, from: &str, to: &str) -> Option<String> {
    let (sources, path, offset) = with(changed, from, to);
    Some(Desk::new(&sources).hover(sources.find(path)?, offset)?.text)
}

const VISIT: &str = "forms/visit.kdl";
const CASES: &str = "forms/visit.cases.kdl";

#[test]
fn kinds_and_words_are_offered_where_a_line_begins() {
    for to in ["    ‸\n    text why", "    da‸\n    text why"] {
        let found = completions(VISIT, "    text why", to);
        let date = found.iter().find(|completion| completion.text == "date").unwrap();
        assert!(date.sort == Sort::Kind && !date.doc.is_empty());
        assert!(
            texts(&found).contains(&"show-when") && texts(&found).contains(&"group"),
            "{to}"
        );
        assert!(!texts(&found).contains(&"title"));
    }
    let in_question = completions(VISIT, "      required\n", "      ‸\n");
    assert!(texts(&in_question).contains(&"required-when") && !texts(&in_question).contains(&"text"));
    let in_choice = completions(VISIT, "      option completed", "      ‸\n      option completed");
    assert!(texts(&in_choice).contains(&"option") && texts(&in_choice).contains(&"options"));
    let in_form = completions(VISIT, "  about children", "  ‸");
    assert!(texts(&in_form).contains(&"sign-off") && !texts(&in_form).contains(&"date"));
    let at_top = completions(VISIT, "form visit", "‸\nform visit");
    assert!(texts(&at_top).contains(&"component"));
}

#[test]
fn names_options_and_functions_are_offered_in_expressions() {
    let names = completions(VISIT, "\"outcome = no_answer\"", "\"‸\"");
    for name in [
        "outcome",
        "visit_date",
        "seen",
        "words",
        "child",
        "count",
        "today",
    ] {
        assert!(texts(&names).contains(&name), "{name}");
    }
    assert_eq!(
        texts(&completions(VISIT, "outcome = no_answer", "outcome = ‸")),
        ["completed", "no_answer"]
    );
    assert_eq!(
        texts(&completions(
            VISIT,
            "outcome = no_answer",
            "outcome in (completed, n‸"
        )),
        ["completed", "no_answer"]
    );
    assert_eq!(
        texts(&completions(VISIT, "seen = no and", "seen = n‸ and")),
        ["no", "not_known", "yes"]
    );
    assert_eq!(
        texts(&completions(VISIT, "seen = no and", "reason = ‸ and")),
        ["away", "ill"]
    );
    let of_child = completions(VISIT, "{child.first_name}", "{child.‸}");
    assert!(texts(&of_child).contains(&"date_of_birth") && !texts(&of_child).contains(&"outcome"));
    let in_text = completions(VISIT, "Say why {outcome}", "Say why {‸}");
    assert!(texts(&in_text).contains(&"outcome"));
    assert_eq!(
        texts(&completions(VISIT, "Say why {outcome}", "Say ‸ why")),
        [""; 0]
    );
    let in_component = completions("forms/components/voice.kdl", "seen = yes", "‸");
    assert!(texts(&in_component).contains(&"seen") && texts(&in_component).contains(&"words"));
}

#[test]
fn files_and_fixed_words_are_offered_behind_the_words_that_take_them() {
    assert_eq!(texts(&completions(VISIT, "use voice", "use ‸")), ["voice"]);
    assert_eq!(
        texts(&completions(VISIT, "options reasons", "options ‸")),
        ["reasons"]
    );
    assert_eq!(
        texts(&completions(VISIT, "about children", "about ‸")),
        ["child", "children"]
    );
    assert!(texts(&completions(VISIT, "starts visit_date", "starts ‸")).contains(&"visit_date"));
}

#[test]
fn what_a_clock_and_a_component_depend_on_is_completed_like_any_condition() {
    let of_clock = completions(VISIT, "starts visit_date;", "starts visit_date; when \"out‸\";");
    assert!(texts(&of_clock).contains(&"outcome"));
    let of_use = completions(VISIT, "use voice", "use voice show-when=\"out‸\"");
    assert!(texts(&of_use).contains(&"outcome"));
    let of_name = completions(VISIT, "use voice", "use voice as=\"out‸\"");
    assert!(!texts(&of_name).contains(&"outcome"));
}

#[test]
fn cases_are_completed_with_the_names_and_options_of_their_form() {
    assert_eq!(
        texts(&completions(CASES, "outcome no_answer", "outcome ‸")),
        ["completed", "no_answer"]
    );
    let given = completions(CASES, "outcome no_answer", "‸");
    assert!(texts(&given).contains(&"visit_date") && texts(&given).contains(&"child"));
    let then = completions(CASES, "      shown why", "      ‸");
    assert!(texts(&then).contains(&"required") && texts(&then).contains(&"complete"));
    assert!(texts(&completions(CASES, "shown why", "shown ‸")).contains(&"why"));
    assert!(texts(&completions(CASES, "hidden reason", "hidden ‸")).contains(&"reason"));
    assert_eq!(texts(&completions(CASES, "shown why", "running ‸")), ["write_up"]);
}

#[test]
fn a_name_leads_to_where_it_is_defined() {
    for (from, to, found) in [
        (
            "\"outcome = no",
            "\"out‸come = no",
            "forms/visit.kdl:9:12: outcome",
        ),
        ("= no_answer", "= no_a‸nswer", "forms/visit.kdl:11:14: no_answer"),
        ("seen = no and", "seen‸ = no and", "forms/visit.kdl:19:12: seen"),
        (
            "visit_date <=",
            "‸visit_date <=",
            "forms/visit.kdl:6:10: visit_date",
        ),
        ("{outcome}", "{outco‸me}", "forms/visit.kdl:9:12: outcome"),
        (
            "starts visit_date",
            "starts visit_d‸ate",
            "forms/visit.kdl:6:10: visit_date",
        ),
        (
            "use voice",
            "use vo‸ice",
            "forms/components/voice.kdl:1:11: voice",
        ),
        (
            "options reasons",
            "options rea‸sons",
            "forms/codes/reasons.kdl:1:9: reasons",
        ),
    ] {
        assert_eq!(defined(VISIT, from, to).as_deref(), Some(found), "{to}");
    }
    let component = "forms/components/voice.kdl";
    assert_eq!(
        defined(component, "seen = yes", "see‸n = yes").as_deref(),
        Some("forms/visit.kdl:19:12: seen")
    );
    assert_eq!(
        defined(CASES, "shown why", "idle write‸_up").as_deref(),
        Some("forms/visit.kdl:4:9: write_up")
    );
    assert_eq!(
        defined(CASES, "shown why", "shown w‸hy").as_deref(),
        Some("forms/visit.kdl:13:10: why")
    );
    assert_eq!(
        defined(CASES, "outcome no_answer", "outcome no_‸answer").as_deref(),
        Some("forms/visit.kdl:11:14: no_answer")
    );
    assert_eq!(defined(VISIT, "today()", "to‸day()"), None);
    assert_eq!(defined(VISIT, "title", "ti‸tle"), None);
}

#[test]
fn what_is_pointed_at_is_told() {
    for (from, to, told) in [
        ("    date visit", "    da‸te visit", "A day, entered"),
        (
            "      required",
            "      requ‸ired",
            "The question must be answered.",
        ),
        ("= no_answer", "= no_a‸nswer", "`no_answer`: Nobody answered"),
        (
            "\"outcome = no",
            "\"out‸come = no",
            "choice: What happened?\n- `completed`: Completed",
        ),
        ("options reasons", "options rea‸sons", "- `ill`: Ill"),
        ("use voice", "use v‸oice", "voice\nVoice"),
        ("today()", "to‸day()", "`today()`"),
        (
            "{child.first_name}",
            "{child.first‸_name}",
            "`first_name` of the child",
        ),
    ] {
        let found = hovered(VISIT, from, to).unwrap_or_default();
        assert!(found.starts_with(told), "{to}: {found}");
    }
    assert!(
        hovered(CASES, "shown why", "sh‸own why")
            .unwrap()
            .starts_with("These are on the page")
    );
    assert_eq!(hovered(VISIT, "\"Visit\"", "\"Vi‸sit\""), None);
}

proptest! {
    #[test]
    fn nothing_asked_of_any_text_does_harm(cut in 0..FORM.len(), length in 0_usize..60, at in 0..FORM.len()) {
        let floor = |text: &str, at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (start, end) = (floor(FORM, cut), floor(FORM, cut + length));
        let text = format!("{}{}", &FORM[..start], &FORM[end..]);
        let sources: Sources = [("forms/visit.kdl", text.as_str())].into_iter().collect();
        let (desk, file) = (Desk::new(&sources), sources.find("forms/visit.kdl").unwrap());
        let offset = u32::try_from(at).unwrap();
        desk.complete(file, offset);
        for span in desk.hover(file, offset).map(|hover| hover.span).into_iter().chain(desk.definition(file, offset).map(|place| place.span)) {
            prop_assert!(text.get(span.range()).is_some());
        }
        let lines = Lines::of(&text);
        let (line, character) = lines.position(offset);
        let back = lines.offset(line, character) as usize;
        prop_assert!(back <= floor(&text, at));
        prop_assert!(text.is_char_boundary(back));
    }
}
