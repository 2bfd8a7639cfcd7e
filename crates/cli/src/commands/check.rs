//! `firsthand check`: tells everything that is wrong or doubtful in folders of forms.

use std::process::ExitCode;

use anyhow::Result;

use crate::definitions::Paths;
use crate::terminal::say;

/// What to check.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    paths: Paths,
}

/// The command.
pub(crate) fn check(options: &Options) -> Result<ExitCode> {
    let (mut forms, mut errors, mut warnings) = (0, 0, 0);
    for definitions in options.paths.read()? {
        let compiled = compiler::compile(&definitions.sources);
        let asked = definitions.asked(&compiled.diagnostics);
        for told in &asked {
            say(&format!("{}\n", told.render(&definitions.sources)));
        }
        let failed = asked.iter().filter(|told| told.is_error()).count();
        errors += failed;
        warnings += asked.len() - failed;
        forms += compiled
            .forms
            .iter()
            .filter(|compiled| definitions.is_asked(definitions.sources.path(compiled.file)))
            .count();
    }
    say(&format!(
        "{} can be used; {}, {}",
        count(forms, "form"),
        count(errors, "error"),
        count(warnings, "warning")
    ));
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// How many there are of something, in words.
fn count(number: usize, what: &str) -> String {
    match number {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        many => format!("{many} {what}s"),
    }
}
