//! Compiles `forms/` for whoever serves and fills them in, and the form with every kind of question that is shown in
//! demonstrations. A mistake in a form stops the build.
//!
//! What it leaves in `OUT_DIR/forms/`: each form as `<name>.json`, in the canonical bytes that its hash names, and
//! `index.json`, which lists them; in `OUT_DIR/demonstration/` the same of the form that is shown.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use compiler::{Compiled, Sources, compile};

/// Where definitions stand, and the folder for what is made of them.
const MADE: [(&str, &str); 2] = [("forms", "forms"), ("tests/flows/kinds", "demonstration")];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for (from, to) in MADE {
        make(Path::new(from), &out.join(to))?;
    }
    Ok(())
}

/// Compiles the definitions at a place into a folder.
fn make(from: &Path, out: &Path) -> Result<(), Box<dyn Error>> {
    // What an earlier build left may be of forms that are gone.
    if out.exists() {
        fs::remove_dir_all(out)?;
    }
    fs::create_dir_all(out)?;
    let sources = read(from)?;
    let compiled = compile(&sources);
    for diagnostic in &compiled.diagnostics {
        let word = if diagnostic.is_error() { "error" } else { "warning" };
        // Cargo takes one line at a time.
        for line in diagnostic.render(&sources).to_string().lines() {
            tell(&format!("{word}={line}"));
        }
        tell(&format!("{word}="));
    }
    if !compiled.has_errors() {
        write(&compiled, &sources, out)?;
    }
    Ok(())
}

/// Tells cargo something.
fn tell(what: &str) {
    println!("cargo::{what}");
}

/// Reads the definitions in a folder and in the folders in it, and asks cargo to look at all of them again when they
/// change. A folder changes when a file is added to it or deleted.
fn read(folder: &Path) -> Result<Sources, Box<dyn Error>> {
    let mut sources = Sources::default();
    let mut waiting = BTreeSet::from([folder.to_owned()]);
    while let Some(path) = waiting.pop_first() {
        tell(&format!("rerun-if-changed={}", path.display()));
        if path.is_dir() {
            let inside = fs::read_dir(&path)?.map(|entry| Ok(entry?.path()));
            waiting.extend(inside.collect::<io::Result<Vec<_>>>()?);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "kdl" || ending == "lock")
        {
            let name = path.display().to_string().replace('\\', "/");
            let text = fs::read_to_string(&path).map_err(|error| format!("cannot read {name}: {error}"))?;
            sources.insert(name, text);
        }
    }
    Ok(sources)
}

/// Writes the forms and their list.
fn write(compiled: &Compiled, sources: &Sources, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut index = Vec::new();
    for compiled in &compiled.forms {
        let form = &compiled.form;
        fs::write(out.join(format!("{}.json", form.name)), form.to_json())?;
        index.push(serde_json::json!({
            "name": form.name,
            "version": form.version,
            "title": form.title,
            "summary": form.summary,
            "hash": form.hash(),
            "file": sources.path(compiled.file),
        }));
    }
    fs::write(out.join("index.json"), serde_json::to_vec(&index)?)?;
    Ok(())
}
