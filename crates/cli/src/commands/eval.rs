//! `firsthand eval`: runs a file of conformance cases for expressions.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use feel::conformance::{self, Outcome, Report, Tally};

use crate::terminal::say;

/// What to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A file with a case on each line: `{"id": …, "expression": …, "expected": {"type": …, "value": …}}`.
    #[arg(long, value_name = "FILE")]
    cases: PathBuf,
    /// List also the cases that pass although a form with such an expression would be refused, with the code of the
    /// error: most of them expect null because their types are wrong.
    #[arg(long)]
    refused: bool,
}

/// The command. What is out of the profile is listed first, each case with the reason; then what fails.
pub(crate) fn eval(options: &Options) -> Result<ExitCode> {
    let name = options.cases.display();
    let file = fs::read_to_string(&options.cases).with_context(|| format!("cannot read {name}"))?;
    let reports = conformance::run(&file).with_context(|| format!("cannot run {name}"))?;
    let is_beyond = |report: &&Report| matches!(report.outcome, Outcome::OutOfProfile(_));
    for report in reports.iter().filter(is_beyond) {
        say(&report.to_string());
    }
    if options.refused {
        let passed = reports.iter().filter(|report| report.outcome == Outcome::Passed);
        for (report, code) in passed.filter_map(|report| Some((report, report.refused?))) {
            say(&format!("refused before it is run {}: {code}", report.id));
        }
    }
    let is_failed = |report: &&Report| matches!(report.outcome, Outcome::Failed { .. });
    for report in reports.iter().filter(is_failed) {
        say(&report.to_string());
    }
    let tally = Tally::of(&reports);
    say(&tally.to_string());
    Ok(ExitCode::from(u8::from(tally.failed > 0)))
}
