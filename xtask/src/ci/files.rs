//! What every Rust file of the project has in common: a header that says what it is, and a length that can be read at
//! one sitting.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::workspace::{read, root};

/// Past this many lines a file says in its header why it is long.
const LONG: usize = 500;
/// How that reason begins.
const REASON: &str = "Long because";

/// Looks at every Rust file that git would commit.
pub(super) fn check() -> Result<String> {
    let names = rust()?;
    let mut faults = Vec::new();
    for name in &names {
        let text = fs::read_to_string(root().join(name)).with_context(|| format!("cannot read {name}"))?;
        faults.extend(fault(Path::new(name), &text));
    }
    if !faults.is_empty() {
        bail!("{}", faults.join("\n   "));
    }
    Ok(format!(
        "{} Rust files have a header and are no longer than they should be",
        names.len()
    ))
}

/// The Rust files that git would commit, from the root on.
pub(super) fn rust() -> Result<Vec<String>> {
    let mut git = std::process::Command::new("git");
    git.current_dir(root())
        .args(["ls-files", "--cached", "--others", "--exclude-standard", "*.rs"]);
    let listed = read(&mut git)?;
    let names = listed.lines().map(str::to_owned);
    // A file that is deleted but not yet committed as such is still listed.
    Ok(names.filter(|name| root().join(name).exists()).collect())
}

/// What is wrong with a file, if anything is.
fn fault(path: &Path, text: &str) -> Option<String> {
    let mut header = text.lines().take_while(|line| line.starts_with("//!")).peekable();
    if header.peek().is_none() {
        return Some(format!("{}: does not begin with `//!`", path.display()));
    }
    let lines = text.lines().count();
    if lines > LONG && !header.any(|line| line.contains(REASON)) {
        return Some(format!(
            "{}: {lines} lines, and no `{REASON} …` in its header",
            path.display()
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(header: &str, lines: usize) -> Option<String> {
        fault(
            Path::new("lib.rs"),
            &format!("{header}\n{}", "fn f() {}\n".repeat(lines - 1)),
        )
    }

    #[test]
    fn a_file_has_a_header_and_a_readable_length() {
        assert_eq!(file("//! What this is.", LONG), None);
        assert_eq!(
            file("use std::fs;", 3),
            Some("lib.rs: does not begin with `//!`".into())
        );
        assert!(file("//! What this is.", LONG + 1).is_some_and(|fault| fault.contains("501 lines")));
    }

    #[test]
    fn a_long_file_may_say_why() {
        assert_eq!(file("//! A table. Long because the statute is.", LONG + 1), None);
        let reason_elsewhere = "//! What this is.\nuse x; // Long because";
        assert!(file(reason_elsewhere, LONG + 1).is_some());
    }
}
