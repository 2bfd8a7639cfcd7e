//! `firsthand diff`: compares two versions of forms, and says what each difference means for the records that are open.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use compiler::{Change, Class, differences};
use form::{Form, Name};

use crate::definitions::Paths;
use crate::terminal::{complain, say};

/// What to compare.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The old version: a form, a folder of forms, or a compiled form in JSON.
    old: PathBuf,
    /// The new version.
    new: PathBuf,
}

/// The command. It ends with 1 if a difference breaks something, or needs a migration that is not there.
pub(crate) fn diff(options: &Options) -> Result<ExitCode> {
    let (mut old, mut new) = (forms(&options.old)?, forms(&options.new)?);
    // Two files are compared, whatever they are called.
    if let (1, 1, Some(name)) = (old.len(), new.len(), new.keys().next())
        && let Some((_, was)) = old.pop_first()
    {
        old.insert(name.clone(), was);
    }
    let mut harm = false;
    let mut apart = Vec::new();
    for (name, was) in &old {
        match new.remove(name) {
            Some(is) => harm |= compare(was, &is),
            None => {
                harm = true;
                apart.push(format!("{name} is gone"));
            }
        }
    }
    apart.extend(new.keys().map(|name| format!("{name} is new")));
    for line in apart {
        say(&line);
    }
    Ok(ExitCode::from(u8::from(harm)))
}

/// Tells how two versions of a form differ, and says whether that does harm.
fn compare(was: &Form, is: &Form) -> bool {
    let changes = differences(was, is);
    for change in &changes {
        say(&format!("{:16} {change}", change.class));
    }
    let count = |class: Class| changes.iter().filter(|change| change.class == class).count();
    let classes = [
        Class::Breaking,
        Class::NeedsMigration,
        Class::Migrated,
        Class::Safe,
    ];
    let counts = classes.into_iter().map(|class| (count(class), class));
    let counts: Vec<String> = counts
        .filter(|(count, _)| *count > 0)
        .map(|(count, class)| format!("{count} {class}"))
        .collect();
    let told = match counts.is_empty() {
        true => "no difference".to_owned(),
        false => counts.join(", "),
    };
    say(&format!("{} {} to {}: {told}", is.name, was.version, is.version));
    let is_harm = |change: &Change| matches!(change.class, Class::Breaking | Class::NeedsMigration);
    changes.iter().any(is_harm)
}

/// The forms at a path, by name.
fn forms(path: &Path) -> Result<BTreeMap<Name, Form>> {
    if path.extension().is_some_and(|ending| ending == "json") {
        let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        let form = Form::from_json(&bytes).with_context(|| format!("cannot use {}", path.display()))?;
        return Ok(BTreeMap::from([(form.name.clone(), form)]));
    }
    let mut forms = BTreeMap::new();
    for definitions in Paths::from(path).read()? {
        let compiled = compiler::compile(&definitions.sources);
        let asked = definitions.asked(&compiled.diagnostics);
        let mut errors = asked.iter().filter(|told| told.is_error()).peekable();
        let failed = errors.peek().is_some();
        for told in errors {
            complain(&format!("{}\n", told.render(&definitions.sources)));
        }
        if failed {
            bail!("{} has mistakes, so it cannot be compared", path.display());
        }
        let asked = |file| definitions.is_asked(definitions.sources.path(file));
        let compiled = compiled.forms.into_iter().filter(|compiled| asked(compiled.file));
        forms.extend(compiled.map(|compiled| (compiled.form.name.clone(), compiled.form)));
    }
    if forms.is_empty() {
        bail!("{} has no form in it that can be used", path.display());
    }
    Ok(forms)
}
