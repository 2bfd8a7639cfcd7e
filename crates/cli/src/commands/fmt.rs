//! `firsthand fmt`: gives definitions their usual layout, with every word and comment in its place.

use std::fs;
use std::process::ExitCode;

use anyhow::{Context, Result};
use compiler::Diagnostic;
use compiler::kdl::Document;

use crate::definitions::Paths;
use crate::terminal::{complain, say};

/// What to lay out.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    paths: Paths,
    /// Change nothing; name the files that would change, and end with 1 if there are any.
    #[arg(long)]
    check: bool,
}

/// The command. A file with a mistake in its quotes or braces is left as it is, and the mistake told.
pub(crate) fn fmt(options: &Options) -> Result<ExitCode> {
    let (mut changed, mut damaged) = (0, 0);
    for definitions in options.paths.read()? {
        let sources = &definitions.sources;
        let asked = |path: &str| path.ends_with(".kdl") && definitions.is_asked(path);
        for (file, path, text) in sources.iter().filter(|(_, path, _)| asked(path)) {
            let document = Document::parse(text);
            let Some(formatted) = document.formatted() else {
                damaged += 1;
                for fault in document.faults() {
                    let told = Diagnostic::of_fault(file, fault);
                    complain(&format!("{}\n", told.render(sources)));
                }
                continue;
            };
            if formatted == text {
                continue;
            }
            changed += 1;
            if options.check {
                say(&format!("{path} is not laid out as usual"));
            } else {
                fs::write(path, formatted).with_context(|| format!("cannot write {path}"))?;
                say(&format!("{path} is laid out anew"));
            }
        }
    }
    let failed = damaged > 0 || options.check && changed > 0;
    Ok(ExitCode::from(u8::from(failed)))
}
