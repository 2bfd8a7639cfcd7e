//! Puts the built front end, `dist/`, into the program, so that there is one file to deploy.
//!
//! Only into a release: while someone works on it, the program reads the folder that `--dist` names, and is not built
//! anew for every change of the page. A `dist/` that is not there makes a program without a front end, which says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(variable("CARGO_MANIFEST_DIR")?);
    let dist = root.join("../../dist");
    let mut files = BTreeMap::new();
    println!("cargo::rerun-if-changed=build.rs");
    if variable("PROFILE")? == "release" {
        println!("cargo::rerun-if-changed={}", dist.display());
        if dist.is_dir() {
            gather(&dist.canonicalize()?, "", &mut files)?;
        }
    }
    let mut table = String::from("&[\n");
    for (path, file) in files {
        table.push_str(&format!("    ({path:?}, include_bytes!({file:?})),\n"));
    }
    table.push_str("]\n");
    fs::write(PathBuf::from(variable("OUT_DIR")?).join("front.rs"), table)
}

/// Adds every file of a folder by its path below `dist/`.
fn gather(folder: &Path, path: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() {
            name
        } else {
            format!("{path}/{name}")
        };
        if entry.file_type()?.is_dir() {
            gather(&entry.path(), &path, files)?;
        } else {
            files.insert(path, entry.path());
        }
    }
    Ok(())
}

fn variable(name: &str) -> io::Result<String> {
    env::var(name).map_err(|error| io::Error::other(format!("{name}: {error}")))
}
