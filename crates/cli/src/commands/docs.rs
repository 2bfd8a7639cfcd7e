//! `firsthand docs`: writes pages about forms for people to read.

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::definitions::Paths;
use crate::terminal::{complain, say};

/// What to write about, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    #[command(flatten)]
    paths: Paths,
    /// The folder for the pages. What else is in it stays.
    #[arg(long, value_name = "FOLDER", default_value = "docs/forms")]
    out: PathBuf,
}

/// The command. Forms with mistakes have no page.
pub(crate) fn docs(options: &Options) -> Result<ExitCode> {
    let mut forms = Vec::new();
    let mut errors = 0;
    for definitions in options.paths.read()? {
        let compiled = compiler::compile(&definitions.sources);
        for told in definitions
            .asked(&compiled.diagnostics)
            .into_iter()
            .filter(|told| told.is_error())
        {
            errors += 1;
            complain(&format!("{}\n", told.render(&definitions.sources)));
        }
        let asked = |file| definitions.is_asked(definitions.sources.path(file));
        forms.extend(compiled.forms.into_iter().filter(|compiled| asked(compiled.file)));
    }
    if errors > 0 {
        bail!("nothing is written, because there are mistakes");
    }
    let out = &options.out;
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let pages = handbook::pages(forms.iter().map(|compiled| &compiled.form));
    for page in &pages {
        let path = out.join(&page.file);
        fs::write(&path, &page.html).with_context(|| format!("cannot write {}", path.display()))?;
    }
    say(&format!(
        "{} pages; begin at {}",
        pages.len(),
        out.join("index.html").display()
    ));
    Ok(ExitCode::SUCCESS)
}
