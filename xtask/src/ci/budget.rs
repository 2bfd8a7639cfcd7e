//! How much a person may have to download. Measured on what `cargo xtask web` builds, compressed by brotli.

use std::fmt::Write;

use anyhow::{Context, Result, bail};

use crate::dist::Manifest;
use crate::shell;

/// A limit for some of the front end's files together.
struct Budget {
    what: &'static str,
    covers: fn(&str) -> bool,
    /// In bytes, after brotli.
    limit: usize,
}

const BUDGETS: [Budget; 3] = [
    // Until one sees one's work: two seconds on a phone's weak 3G signal at 1.5 Mbit/s.
    Budget {
        what: "the practitioner's first load",
        covers: |path| is_app(path) && !path.starts_with(&format!("assets/{}", shell::LATER)),
        limit: 350_000,
    },
    // What is fetched behind it, so that all of it opens without a signal, included.
    Budget {
        what: "the practitioner's whole app",
        covers: is_app,
        limit: 780_000,
    },
    Budget {
        what: "its style sheet",
        covers: |path| path.ends_with(".css"),
        limit: 20_000,
    },
];

/// Not a form, each of which is fetched when it is needed, and nothing that is for demonstrations alone.
fn is_app(path: &str) -> bool {
    !path.starts_with("forms/") && !path.starts_with("demonstration/")
}

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
        let over = format!("the practitioner's first load: {} of {limit}", limit + 1);
        assert!(refusal.contains(&over), "{refusal}");
    }

    #[test]
    fn what_is_loaded_later_counts_for_the_whole_app_alone() {
        let limit = BUDGETS[1].limit;
        let app = |later| {
            build(&[
                ("assets/app-1.wasm", 10_000),
                ("assets/later-writing-1.wasm", later),
            ])
        };
        assert!(check(&app(limit - 10_000)).is_ok());
        let refusal = check(&app(limit)).unwrap_err().to_string();
        assert!(refusal.contains("the practitioner's whole app"), "{refusal}");
        assert!(!refusal.contains("first load"), "{refusal}");
    }

    #[test]
    fn a_build_without_sizes_passes_no_budget() {
        let mut manifest = build(&[("assets/app.wasm", 1)]);
        manifest.files[0].brotli = None;
        assert!(check(&manifest).is_err());
    }
}
