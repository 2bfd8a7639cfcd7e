//! The commands for whoever writes forms: check them, lay them out.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::program::{run, said};

const SOUND: &str = "form visit version=1 {\n  title \"Visit\"\n  section when \"When\" {\n    date day \"Which day?\"\n  }\n}\n";

/// A folder of forms with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Runs the program with these arguments, and a folder or file behind them.
pub(crate) fn with(arguments: &[&str], path: &Path) -> (Option<i32>, String, String) {
    said(&run(&[arguments, &[path.to_str().unwrap()]].concat(), ""))
}

#[test]
fn every_mistake_in_a_folder_is_told_with_its_place() {
    let unsound = SOUND
        .replace("form visit", "form second")
        .replace("date day", "dat day");
    let folder = folder(&[
        ("visit.kdl", SOUND),
        ("second.kdl", &unsound),
        ("codes/unused.kdl", "options unused {"),
    ]);
    let (code, output, _) = with(&["check"], folder.path());
    assert_eq!(code, Some(1));
    let second = folder.path().join("second.kdl");
    assert!(
        output.contains(&format!("╭─ {}:4:5", second.display())),
        "{output}"
    );
    assert!(output.contains("help: did you mean `date`?"), "{output}");
    assert!(output.contains("error[unclosed-brace]"), "{output}");
    assert!(
        output.ends_with("1 form can be used; 2 errors, no warnings\n"),
        "{output}"
    );
}

#[test]
fn a_form_without_mistakes_passes_alone_beside_one_with_them() {
    let folder = folder(&[("visit.kdl", SOUND), ("torn.kdl", "form torn {")]);
    let (code, output, _) = with(&["check"], &folder.path().join("visit.kdl"));
    assert_eq!(
        (code, output.as_str()),
        (Some(0), "1 form can be used; no errors, no warnings\n")
    );
    let (code, _, errors) = with(&["check"], &folder.path().join("missing.kdl"));
    assert_eq!(code, Some(1));
    assert!(errors.contains("cannot read"), "{errors}");
}

#[test]
fn forms_are_laid_out_and_then_left_alone() {
    let folder = folder(&[
        ("visit.kdl", &SOUND.replace("    ", "\t")),
        ("visit.cases.kdl", "cases visit{\n// none\n}"),
        ("torn.kdl", "form torn {"),
    ]);
    let path = folder.path().join("visit.kdl");
    let (code, output, _) = with(&["fmt", "--check"], &path);
    assert_eq!(code, Some(1));
    assert!(
        output.ends_with("visit.kdl is not laid out as usual\n"),
        "{output}"
    );
    assert!(fs::read_to_string(&path).unwrap().contains('\t'));
    let (code, _, errors) = with(&["fmt"], folder.path());
    assert_eq!(code, Some(1));
    assert!(errors.contains("error[unclosed-brace]"), "{errors}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("visit.kdl"), SOUND);
    assert_eq!(read("visit.cases.kdl"), "cases visit {\n  // none\n}\n");
    assert_eq!(read("torn.kdl"), "form torn {");
    assert_eq!(
        with(&["fmt", "--check"], &path),
        (Some(0), String::new(), String::new())
    );
}

#[test]
fn cases_are_run_and_what_none_has_seen_is_told() {
    let form = SOUND.replace(
        "date day \"Which day?\"",
        "number rooms \"Rooms\" { check \"rooms < 9\" \"Too many\"; }\n    text why \"Why?\" { show-when \"rooms = 7\"; }",
    );
    let cases = "cases visit {\n  today \"2026-11-19\"\n  case \"Few\" {\n    given { rooms 1; }\n    then { hidden why; }\n  }\n}\n";
    let folder = folder(&[("visit.kdl", &form), ("visit.cases.kdl", cases)]);
    let (code, output, _) = with(&["test"], folder.path());
    assert_eq!(code, Some(0), "{output}");
    let mut lines = output.lines();
    let summary = "visit: 1 passed, 0 failed; seen both ways: 0 of 1 conditions, 0 of 1 checks";
    assert_eq!(lines.next(), Some(summary));
    let path = folder.path().join("visit.kdl").display().to_string();
    assert_eq!(
        lines.next(),
        Some(format!("  {path}:5:33: `why` was never shown").as_str())
    );
    assert_eq!(
        lines.next(),
        Some(format!("  {path}:4:34: a check of `rooms` never failed").as_str())
    );
    fs::write(
        folder.path().join("visit.cases.kdl"),
        cases.replace("hidden", "shown"),
    )
    .unwrap();
    let (code, output, _) = with(&["test"], &folder.path().join("visit.kdl"));
    assert_eq!(code, Some(1));
    assert!(
        output.contains("error[case-failed]: `when.why` is hidden"),
        "{output}"
    );
    assert!(output.contains("visit.cases.kdl:5:18"), "{output}");
    assert!(
        output.contains("this does not hold, so `why` is hidden"),
        "{output}"
    );
}

#[test]
fn two_versions_are_compared_with_what_each_difference_means() {
    let newer = SOUND
        .replace("version=1", "version=2")
        .replace("Which day?", "When?");
    let gone = newer.replace("date day", "date other");
    let folder = folder(&[
        ("old/visit.kdl", SOUND),
        ("new/visit.kdl", &newer),
        ("gone/visit.kdl", &gone),
        ("gone/second.kdl", &SOUND.replace("form visit", "form second")),
        ("torn/visit.kdl", "form visit {"),
    ]);
    let compare = |old: &str, new: &str| {
        let old = folder.path().join(old).display().to_string();
        with(&["diff", &old], &folder.path().join(new))
    };
    let (code, output, _) = compare("old/visit.kdl", "new/visit.kdl");
    let expected = "safe             when.day: reads “When?” now\nvisit 1 to 2: 1 safe\n";
    assert_eq!((code, output.as_str()), (Some(0), expected));
    let (code, output, _) = compare("old", "gone");
    assert_eq!(code, Some(1));
    assert!(
        output.starts_with("needs migration  when.day: is gone"),
        "{output}"
    );
    assert!(
        output.contains("visit 1 to 2: 1 needs migration, 1 safe\n"),
        "{output}"
    );
    assert!(output.ends_with("second is new\n"), "{output}");
    let (code, output, _) = compare("gone", "old");
    assert_eq!(code, Some(1));
    assert!(
        output.contains("breaking         version 1 is older than version 2"),
        "{output}"
    );
    assert!(output.ends_with("second is gone\n"), "{output}");
    let (code, _, errors) = compare("old", "torn");
    assert_eq!(code, Some(1));
    assert!(errors.contains("error[unclosed-brace]"), "{errors}");
}

#[test]
fn a_new_form_can_be_used_at_once_and_is_never_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let forms = folder.path().join("forms");
    assert_eq!(with(&["new", "return_home", "--in"], &forms).0, Some(0));
    let (code, output, _) = with(&["check"], &forms);
    assert_eq!(
        (code, output.as_str()),
        (Some(0), "1 form can be used; no errors, no warnings\n")
    );
    let (code, output, _) = with(&["test"], &forms);
    assert!(
        code == Some(0) && output.contains("3 passed, 0 failed"),
        "{output}"
    );
    assert_eq!(with(&["fmt", "--check"], &forms).0, Some(0));
    let (code, _, errors) = with(&["new", "return_home", "--in"], &forms);
    assert_eq!(code, Some(1));
    assert!(errors.contains("return_home.kdl is there already"), "{errors}");
    assert_eq!(with(&["new", "Return Home", "--in"], &forms).0, Some(2));
    let (code, output, _) = with(
        &["docs", forms.to_str().unwrap(), "--out"],
        &folder.path().join("docs"),
    );
    assert!(
        code == Some(0) && output.starts_with("4 pages; begin at "),
        "{output}"
    );
    let page = fs::read_to_string(folder.path().join("docs/return_home.html")).unwrap();
    assert!(
        page.contains("Asked if “What came of it?” is “We did not agree”."),
        "{page}"
    );
}

#[test]
fn a_diagnostic_is_explained_by_its_code() {
    let (code, output, _) = said(&run(&["explain", "unknown-kind"], ""));
    assert!(
        code == Some(0) && output.starts_with("error[unknown-kind]\n\nThere is no such kind of question."),
        "{output}"
    );
    let (code, _, errors) = said(&run(&["explain", "unknown-kin"], ""));
    assert_eq!(
        (code, errors.as_str()),
        (
            Some(1),
            "error: there is no code `unknown-kin`; did you mean `unknown-kind`?\n"
        )
    );
    let (code, output, _) = said(&run(&["explain"], ""));
    assert!(
        code == Some(0) && output.lines().any(|line| line == "case-failed"),
        "{output}"
    );
}
