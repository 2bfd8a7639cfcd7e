//! How much a person may have to download. Measured on what `cargo xtask web` builds, compressed by brotli.

use std::fmt::Write;

use anyhow::{Context, Result, bail};

use crate::dist::Manifest;

/// A limit for some of the front end's files together.
struct Budget {
    what: &'static str,
    covers: fn(&str) -> bool,
    /// In bytes, after brotli.
    limit: usize,
}

const BUDGETS: [Budget; 2] = [
    // What it is with every kind of question, files that are sent, moves to later versions and reasons, rounded up:
    // under four seconds on a phone's weak 3G signal at 1.5 Mbit/s. Two seconds would be 350,000 bytes.
    Budget {
        what: "the practitioner's app",
        covers: |path| !path.starts_with("forms/"),
        limit: 680_000,
    },
    Budget {
        what: "its style sheet",
        covers: |path| path.ends_with(".css"),
        limit: 20_000,
    },
];

/// Compares a release build with the budgets.
pub(super) fn check(manifest: &Manifest) -> Result<String> {
    let (mut within, mut over) = (String::new(), String::new());
    for budget in &BUDGETS {
        let files = manifest.files.iter().filter(|file| (budget.covers)(&file.path));
        let size: Option<usize> = files.map(|file| file.brotli).sum();
        let size = size.context("the front end is not compressed")?;
        let said = if size <= budget.limit {
            &mut within
        } else {
            &mut over
        };
        let between = if said.is_empty() { "" } else { "; " };
        write!(said, "{between}{}: {size} of {} bytes", budget.what, budget.limit)?;
    }
    if !over.is_empty() {
        bail!("over budget: {over}");
    }
    Ok(within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dist::Listed;

    fn build(files: &[(&str, usize)]) -> Manifest {
        let listed = |&(path, size): &(&str, usize)| Listed {
            path: path.to_owned(),
            raw: size * 3,
            gzip: Some(size),
            brotli: Some(size),
        };
        Manifest {
            version: String::new(),
            files: files.iter().map(listed).collect(),
        }
    }

    #[test]
    fn a_budget_is_for_all_its_files_together() {
        let limit = BUDGETS[0].limit;
        let app = |script| {
            [
                ("assets/app.wasm", limit - 60_000),
                ("assets/app.js", script),
                ("forms/visit.json", 90_000),
            ]
        };
        assert!(check(&build(&app(60_000))).is_ok());
        let refusal = check(&build(&app(60_001))).unwrap_err().to_string();
        let over = format!("the practitioner's app: {} of {limit}", limit + 1);
        assert!(refusal.contains(&over), "{refusal}");
    }

    #[test]
    fn a_build_without_sizes_passes_no_budget() {
        let mut manifest = build(&[("assets/app.wasm", 1)]);
        manifest.files[0].brotli = None;
        assert!(check(&manifest).is_err());
    }
}
