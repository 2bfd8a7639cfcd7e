//! `firsthand explain`: what a diagnostic means.

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::terminal::say;

/// What to explain.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The code of a diagnostic, which stands in brackets behind `error` or `warning`. Without one, all are listed.
    code: Option<String>,
}

/// The command.
pub(crate) fn explain(options: &Options) -> Result<ExitCode> {
    let Some(code) = &options.code else {
        for code in handbook::known_codes() {
            say(code);
        }
        return Ok(ExitCode::SUCCESS);
    };
    match handbook::explain(code) {
        Some(page) => {
            say(page.trim_end());
            Ok(ExitCode::SUCCESS)
        }
        None => match feel::did_you_mean(code, handbook::known_codes()) {
            Some(help) => bail!("there is no code `{code}`; {help}"),
            None => bail!("there is no code `{code}`; `firsthand explain` lists all of them"),
        },
    }
}
