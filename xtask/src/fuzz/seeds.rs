//! What a fuzz target begins with: the repository's own forms, the manual's examples and the conformance cases.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::workspace::root;

/// What stands between two files of one text; `fuzz/src/files.rs` cuts there.
const BETWEEN: &str = "===";

/// The inputs that a target begins with.
pub(super) fn of(target: &str) -> Result<Vec<String>> {
    match target {
        "feel" => expressions(),
        "form_json" => Ok(Vec::from([read(Path::new(
            "crates/compiler/tests/snapshots/every_part.json",
        ))?])),
        // Its bytes are choices of what to do next, so any will do.
        "engine" => Ok((0..8_u32).map(|nth| format!("{nth}").repeat(200)).collect()),
        _ => definitions(),
    }
}

/// The conformance cases' expressions, and what the manual has in quotes.
fn expressions() -> Result<Vec<String>> {
    let mut found = Vec::new();
    for line in read(Path::new("tests/conformance/feel-cases.jsonl"))?.lines() {
        let case: Value = serde_json::from_str(line).context("a conformance case is not JSON")?;
        found.extend(case.get("expression").and_then(Value::as_str).map(str::to_owned));
    }
    for example in definitions()? {
        let quoted = example
            .lines()
            .flat_map(|line| line.split('"').skip(1).step_by(2));
        found.extend(quoted.map(str::to_owned));
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The forms of the repository with all they use, and the manual's definitions that belong together.
fn definitions() -> Result<Vec<String>> {
    let mut shipped = String::new();
    for path in files(Path::new("forms"), "kdl")? {
        let name = path.strip_prefix("forms").unwrap_or(&path);
        shipped += &format!("{BETWEEN} {}\n{}", name.display(), read(&path)?);
    }
    let mut found = Vec::from([shipped]);
    for folder in ["tests/flows", "crates/compiler/tests/snapshots"] {
        for path in files(Path::new(folder), "kdl")? {
            found.push(read(&path)?);
        }
    }
    for page in files(Path::new("tests/lang"), "md")? {
        found.extend(examples(&read(&page)?));
    }
    Ok(found)
}

/// The definitions of a page of the manual, those under one heading in one text.
fn examples(page: &str) -> Vec<String> {
    let mut found = Vec::from([String::new()]);
    let mut is_inside = false;
    for line in page.lines() {
        let fence = line.strip_prefix("```");
        if is_inside && fence.is_none() {
            if let Some(example) = found.last_mut() {
                *example += &format!("{line}\n");
            }
        } else if line.starts_with('#') {
            found.push(String::new());
        }
        let Some(info) = fence else { continue };
        is_inside = !is_inside
            && info
                .split(' ')
                .next()
                .is_some_and(|kind| ["kdl", "lock"].contains(&kind));
        if let (true, Some(example)) = (is_inside, found.last_mut()) {
            *example += &format!("{BETWEEN} {}\n", info.split(' ').nth(1).unwrap_or_default());
        }
    }
    found.retain(|example| !example.is_empty());
    found
}

/// The files of a folder and of those in it whose names end so, in order; from the root on.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(root().join(folder));
    for entry in entries.with_context(|| format!("cannot read {}", folder.display()))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|has| has == ending) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_under_one_heading_is_one_text() {
        let page = "# One\n```kdl\na\n# b\n```\nwords\n```\nout\n```\n```kdl codes/c.kdl\nc\n```\n## Two\n```lock d\nd\n```\n";
        assert_eq!(
            examples(page),
            ["=== \na\n# b\n=== codes/c.kdl\nc\n", "=== d\nd\n"]
        );
    }

    #[test]
    fn every_source_is_drawn_from() {
        let definitions = definitions().unwrap();
        let starts = definitions.first().unwrap();
        assert!(starts.contains("=== components/voice.kdl\n") && starts.contains("\nform home_visit "));
        assert!(definitions.len() > 60, "{}", definitions.len());
        let expressions = expressions().unwrap();
        for known in [".872", "visit_date <= today()"] {
            assert!(expressions.iter().any(|one| one == known), "{known}");
        }
    }
}
