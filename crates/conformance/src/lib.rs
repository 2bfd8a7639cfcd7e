//! What the conformance cases and the forms come to, in words.
//!
//! The same words must come out wherever this runs: `cargo xtask test` has them told by this machine (`main.rs`) and by
//! WebAssembly in a browser (`page.rs`), and compares them line by line. Whether they are the right ones is for the
//! tests of `feel` and for `firsthand test` to say. This crate reads no files, so that both are sure to get the same.

use std::collections::BTreeMap;
use std::fmt::Write;

use compiler::{Sources, compile};
use feel::conformance::{BadLine, Report, Tally, run};
use serde::{Deserialize, Serialize};

/// What is run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Conformance cases for expressions, one on each line.
    pub expressions: String,
    /// Definitions of forms and their cases, each by its path.
    pub forms: BTreeMap<String, String>,
}

/// Why nothing was run.
#[derive(Debug, thiserror::Error)]
pub enum NotRun {
    /// The text is no [`Input`].
    #[error("this is no input: {0}")]
    Input(#[from] serde_json::Error),
    /// It has a line that is no case.
    #[error(transparent)]
    Line(#[from] BadLine),
}

/// What everything in an [`Input`], which is given as JSON, comes to: a line for each expression and for each form,
/// and what is told of the forms.
///
/// # Errors
/// [`NotRun`] if there is something in it that cannot be read.
pub fn results(input: &str) -> Result<String, NotRun> {
    let Input { expressions, forms } = serde_json::from_str(input)?;
    let mut told = String::new();
    of_expressions(&run(&expressions)?, &mut told);
    of_forms(&forms.into_iter().collect(), &mut told);
    Ok(told)
}

fn of_expressions(reports: &[Report], told: &mut String) {
    for report in reports {
        let found = report.found.as_deref().unwrap_or("not run");
        let refused = report
            .refused
            .map_or_else(String::new, |code| format!(" [{code}]"));
        // Writing to a string cannot fail.
        let _ = writeln!(told, "{report} => {found}{refused}");
    }
    let _ = writeln!(told, "{}", Tally::of(reports));
}

fn of_forms(sources: &Sources, told: &mut String) {
    let compiled = compile(sources);
    for compiled in &compiled.forms {
        let form = &compiled.form;
        let _ = writeln!(told, "{} {}: {}", form.name, form.version, form.hash());
    }
    let report = cases::run(sources, &compiled);
    for tested in &report.forms {
        let _ = writeln!(
            told,
            "{}: {} cases hold, {} do not; {:?}",
            tested.compiled.form.name, tested.passed, tested.failed, tested.coverage
        );
    }
    for diagnostic in compiled.diagnostics.iter().chain(&report.diagnostics) {
        let _ = writeln!(told, "{}", diagnostic.render(sources));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(expression: &str, form: &str) -> String {
        let line = serde_json::json!({
            "id": "one", "expression": expression, "expected": { "type": "decimal", "value": "3" }
        });
        let input = Input {
            expressions: line.to_string(),
            forms: BTreeMap::from([("visit.kdl".to_owned(), form.to_owned())]),
        };
        results(&serde_json::to_string(&input).unwrap()).unwrap()
    }

    const FORM: &str = "form visit version=1 {\n  title \"Visit\"\n  about children\n  section all \"All\" {\n    text note \"Note\"\n  }\n}\n";

    #[test]
    fn another_value_another_form_and_another_mistake_are_told_in_other_words() {
        let all = [
            told("1 + 2", FORM),
            told("1 + 2.000000001", FORM),
            told("1 +", FORM),
            told("1 + 2", &FORM.replace("Note", "Notes")),
            told("1 + 2", &FORM.replace("text", "txet")),
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(all.iter().skip(index + 1).all(|other| other != one), "{one}");
        }
        assert_eq!(all[0], told("1 + 2", FORM));
    }

    #[test]
    fn what_cannot_be_read_is_not_run() {
        assert!(matches!(results("{}"), Err(NotRun::Input(_))));
        let input = r#"{"expressions": "nonsense", "forms": {}}"#;
        assert!(matches!(results(input), Err(NotRun::Line(_))));
    }
}
