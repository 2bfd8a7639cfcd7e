//! `firsthand new`: writes a form to begin with, and its cases.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use form::Name;

use crate::terminal::say;

/// What to write, and where.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The form's name: small letters, digits and underscores, such as `return_home_interview`.
    name: Name,
    /// The folder of forms.
    #[arg(long = "in", value_name = "FOLDER", default_value = "forms")]
    folder: PathBuf,
}

/// The command. A form that is there is left as it is.
pub(crate) fn new(options: &Options) -> Result<ExitCode> {
    let Options { name, folder } = options;
    let (form, cases) = handbook::starter(name);
    let files = [
        (folder.join(format!("{name}.kdl")), form),
        (folder.join(format!("{name}.cases.kdl")), cases),
    ];
    for (path, _) in &files {
        if path.exists() {
            bail!("{} is there already", path.display());
        }
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (path, text) in &files {
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(path)
            .with_context(|| format!("cannot make {}", path.display()))?;
        file.write_all(text.as_bytes())
            .with_context(|| format!("cannot write {}", path.display()))?;
        say(&path.display().to_string());
    }
    Ok(ExitCode::SUCCESS)
}
