//! `firsthand test`: runs the cases of forms, and tells which conditions and checks no case has seen both ways.

use std::process::ExitCode;

use anyhow::Result;
use cases::{Seen, Tested, What};
use compiler::Sources;
use form::{Aspect, Name};

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
    let (what, yes, no) = match seen.what {
        What::Rule { node, aspect, .. } => of_place(&form.nodes.at(node).name, aspect),
        What::Clock(index) => {
            let name = form.clocks.get(index).map_or("", |clock| clock.name.as_str());
            (format!("the clock `{name}` was"), "running", "idle")
        }
    };
    let never = match (seen.held, seen.failed) {
        (false, false) => format!("neither {yes} nor {no}"),
        (false, true) => format!("never {yes}"),
        _ => format!("never {no}"),
    };
    format!("  {}: {what} {never}", seen.place.locate(sources))
}

/// What came out one way or the other of a place, and how one says that it held, and that it did not.
fn of_place(name: &Name, aspect: Aspect) -> (String, &'static str, &'static str) {
    match aspect {
        Aspect::Check(_) => (format!("a check of `{name}`"), "held", "failed"),
        Aspect::Offered(_) => (format!("an option of `{name}` was"), "offered", "withheld"),
        Aspect::Required => (format!("`{name}` was"), "required", "optional"),
        Aspect::ReadOnly => (format!("`{name}` was"), "read-only", "editable"),
        _ => (format!("`{name}` was"), "shown", "hidden"),
    }
}
