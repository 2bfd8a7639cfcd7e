//! Finds and reads the files of definitions that a command is about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use compiler::{Diagnostic, Sources};

/// Where the definitions are, unless something else is said.
const USUAL: &str = "forms";
/// The folders in a folder of forms. What stands in one of them belongs to the forms above.
const INNER: [&str; 3] = ["components", "codes", "rules"];

/// The paths that a command is about.
#[derive(clap::Args)]
pub(crate) struct Paths {
    /// Folders of forms, or files in them; `forms` if none is named.
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// A folder of forms, with what was asked for of it.
pub(crate) struct Definitions {
    /// Every file that forms are made of.
    pub(crate) sources: Sources,
    /// The files that were named; nothing if it was the folder.
    named: Option<BTreeSet<String>>,
}

impl From<&Path> for Paths {
    fn from(path: &Path) -> Self {
        Self {
            paths: vec![path.to_owned()],
        }
    }
}

impl Paths {
    /// Reads what is at these paths. A file is read with the whole folder that it needs.
    pub(crate) fn read(&self) -> Result<Vec<Definitions>> {
        let mut read: Vec<(PathBuf, Definitions)> = Vec::new();
        for path in self.all() {
            let is_file = !fs::metadata(&path)
                .with_context(|| format!("cannot read {}", path.display()))?
                .is_dir();
            let root = if is_file { folder_of(&path) } else { path.clone() };
            let known = read.iter().position(|(known, _)| *known == root);
            let mut definitions = match known {
                Some(known) => read.remove(known).1,
                None => Definitions {
                    sources: read_folder(&root)?,
                    named: Some(BTreeSet::new()),
                },
            };
            if is_file {
                let name = name_of(&path);
                ensure!(
                    definitions.sources.find(&name).is_some(),
                    "{name} is no file of definitions"
                );
                definitions.named.as_mut().map(|named| named.insert(name));
            } else {
                definitions.named = None;
            }
            read.push((root, definitions));
        }
        Ok(read.into_iter().map(|(_, definitions)| definitions).collect())
    }

    fn all(&self) -> Vec<PathBuf> {
        match self.paths.as_slice() {
            [] => vec![PathBuf::from(USUAL)],
            paths => paths.to_vec(),
        }
    }
}

impl Definitions {
    /// Is the command about this file?
    pub(crate) fn is_asked(&self, path: &str) -> bool {
        self.named.as_ref().is_none_or(|named| named.contains(path))
    }

    /// Those of the diagnostics that are about a file that was asked for.
    pub(crate) fn asked<'d>(&self, diagnostics: &'d [Diagnostic]) -> Vec<&'d Diagnostic> {
        let asked = diagnostics
            .iter()
            .filter(|told| self.is_asked(self.sources.path(told.place.file)));
        asked.collect()
    }
}

/// The folder of forms that a file belongs to.
pub(crate) fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().unwrap_or(Path::new(""));
    let is_inner = folder
        .file_name()
        .is_some_and(|name| INNER.iter().any(|inner| name == *inner));
    let folder = match folder.parent() {
        Some(above) if is_inner => above,
        _ => folder,
    };
    match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_owned(),
    }
}

/// A path as diagnostics write it.
pub(crate) fn name_of(path: &Path) -> String {
    let name = path.display().to_string().replace('\\', "/");
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// Reads every definition, case and list of published forms in a folder and the folders in it.
pub(crate) fn read_folder(root: &Path) -> Result<Sources> {
    let mut sources = Sources::default();
    let mut waiting = vec![root.to_owned()];
    while let Some(folder) = waiting.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry.with_context(|| format!("cannot read {}", folder.display()))?;
            let (path, name) = (entry.path(), name_of(&entry.path()));
            // A link to a folder is left alone: it may lead back.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push(path);
            } else if (name.ends_with(".kdl") || name.ends_with(".lock")) && !path.is_dir() {
                let text = fs::read_to_string(&path).with_context(|| format!("cannot read {name}"))?;
                sources.insert(name, text);
            }
        }
    }
    Ok(sources)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_belongs_to_the_forms_around_it() {
        for (file, folder) in [
            ("forms/home_visit.kdl", "forms"),
            ("forms/home_visit.cases.kdl", "forms"),
            ("forms/components/voice.kdl", "forms"),
            ("a/forms/codes/reasons.kdl", "a/forms"),
            ("home_visit.kdl", "."),
            ("components/voice.kdl", "."),
        ] {
            assert_eq!(folder_of(Path::new(file)), Path::new(folder), "{file}");
        }
    }
}
