//! `firsthand test`: runs the cases of forms, and tells which conditions and checks no case has seen both ways.

use std::process::ExitCode;

use anyhow::Result;
use cases::{Seen, Tested};
use compiler::Sources;
use form::Aspect;

use crate::definitions::Paths;
use crate::terminal::say;

/// What to test.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    paths: Paths,
}

/// The command.
pub(crate) fn test(options: &Options) -> Result<ExitCode> {
    let mut failed = false;
    for definitions in options.paths.read()? {
        let sources = &definitions.sources;
        let compiled = compiler::compile(sources);
        let report = cases::run(sources, &compiled);
        // A path may name the form or the file of its cases.
        let is_asked = |path: &str| {
            definitions.is_asked(path) || definitions.is_asked(&path.replace(".cases.kdl", ".kdl"))
        };
        for told in &report.diagnostics {
            if is_asked(sources.path(told.place.file)) {
                say(&format!("{}\n", told.render(sources)));
                failed = true;
            }
        }
        for tested in &report.forms {
            if is_asked(sources.path(tested.file)) {
                say(&summary(tested));
                for seen in tested.coverage.uncovered() {
                    say(&unseen(seen, tested, sources));
                }
            }
        }
        for compiled in &compiled.forms {
            let has_cases = report
                .forms
                .iter()
                .any(|tested| tested.compiled.file == compiled.file);
            if !has_cases && definitions.is_asked(sources.path(compiled.file)) {
                say(&format!("{}: no cases", compiled.form.name));
            }
        }
    }
    Ok(ExitCode::from(u8::from(failed)))
}

/// How the cases of a form went, and how much of it they have seen.
fn summary(tested: &Tested<'_>) -> String {
    let seen = |all: &[Seen]| {
        format!(
            "{} of {}",
            all.iter().filter(|seen| seen.is_covered()).count(),
            all.len()
        )
    };
    format!(
        "{}: {} passed, {} failed; seen both ways: {} conditions, {} checks",
        tested.compiled.form.name,
        tested.passed,
        tested.failed,
        seen(&tested.coverage.conditions),
        seen(&tested.coverage.checks)
    )
}

/// Where a condition or check is that has not come out both ways, and which way it has not.
fn unseen(seen: &Seen, tested: &Tested<'_>, sources: &Sources) -> String {
    let form = &tested.compiled.form;
    let name = &form.nodes.at(seen.node).name;
    let what = match seen.aspect {
        Aspect::Check(_) => format!("a check of `{name}`"),
        Aspect::Offered(_) => format!("an option of `{name}` was"),
        _ => format!("`{name}` was"),
    };
    let (yes, no) = match seen.aspect {
        Aspect::Required => ("required", "optional"),
        Aspect::ReadOnly => ("read-only", "editable"),
        Aspect::Check(_) => ("held", "failed"),
        Aspect::Offered(_) => ("offered", "withheld"),
        _ => ("shown", "hidden"),
    };
    let never = match (seen.held, seen.failed) {
        (false, false) => format!("neither {yes} nor {no}"),
        (false, true) => format!("never {yes}"),
        _ => format!("never {no}"),
    };
    format!("  {}: {what} {never}", seen.place.locate(sources))
}
