//! `cargo xtask test --only conformance`: has what expressions and forms come to told by this machine and, compiled to
//! WebAssembly, by a browser, and compares the two line by line.
//!
//! What is run is `tests/conformance/` and `forms/`. Whether it comes to what it should is tested elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

use crate::site::Site;
use crate::web::{self, Loading, Profile};
use crate::workspace::{self, CONFORMANCE, Metadata, WASM, read};
use crate::{refuse_rest, setup};

/// What is run, as the package `conformance` reads it.
#[derive(Serialize)]
struct Input {
    expressions: String,
    forms: BTreeMap<String, String>,
}

/// The part of the tests.
pub(crate) fn conformance(args: &[String]) -> Result<()> {
    refuse_rest(args)?;
    let input = serde_json::to_string(&input()?)?;
    let metadata = Metadata::read()?;
    let here = here(&metadata, &input)?;
    let there = there(&metadata, input)?;
    compare(&here, &there)?;
    println!(
        "{} lines are the same here and in the browser",
        here.lines().count()
    );
    Ok(())
}

fn input() -> Result<Input> {
    let expressions = workspace::root().join("tests/conformance/feel-cases.jsonl");
    let mut forms = BTreeMap::new();
    read_forms(Path::new("forms"), &mut forms)?;
    Ok(Input {
        expressions: fs::read_to_string(&expressions)
            .with_context(|| format!("cannot read {}", expressions.display()))?,
        forms,
    })
}

/// Reads the definitions in a folder and in the folders in it.
fn read_forms(folder: &Path, forms: &mut BTreeMap<String, String>) -> Result<()> {
    let entries = fs::read_dir(workspace::root().join(folder))
        .with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            read_forms(&path, forms)?;
        } else if path
            .extension()
            .is_some_and(|ending| ending == "kdl" || ending == "lock")
        {
            let text = fs::read_to_string(entry.path())
                .with_context(|| format!("cannot read {}", path.display()))?;
            forms.insert(path.display().to_string().replace('\\', "/"), text);
        }
    }
    Ok(())
}

/// What it comes to on this machine.
fn here(metadata: &Metadata, input: &str) -> Result<String> {
    let program = workspace::build(metadata, CONFORMANCE, "conformance", &[])?.binary;
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start `conformance`")?;
    // It reads all of its input before it writes. One that stops reading fails below.
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(input.as_bytes());
    }
    let output = child.wait_with_output()?;
    ensure!(
        output.status.success(),
        "`conformance` failed ({})",
        output.status
    );
    String::from_utf8(output.stdout).context("`conformance` wrote what is not text")
}

/// What it comes to in a browser.
fn there(metadata: &Metadata, input: String) -> Result<String> {
    setup::wasm_target()?;
    let chromium = setup::browser_tests()?;
    web::bindgen_versions_agree(metadata)?;
    let options = ["--features", "page", "--target", WASM];
    let built = workspace::build(metadata, CONFORMANCE, "conformance-page", &options)?;
    let staging = metadata.target_directory.join("conformance-page");
    web::bindgen(&built.binary, "page", Loading::AtOnce, &staging, Profile::Debug)?;
    let own = workspace::root().join("crates/conformance/page");
    let mut files = Vec::from([("input.json".to_owned(), input.into_bytes())]);
    for (folder, name) in [
        (&own, "index.html"),
        (&own, "start.js"),
        (&staging, "page.js"),
        (&staging, "page_bg.wasm"),
    ] {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.push((name.to_owned(), bytes));
    }
    let site = Site::serve(files)?;
    let mut browser = Command::new("node");
    browser
        .current_dir(workspace::root().join("tests/e2e"))
        .args(["conformance.js", &format!("{}/index.html", site.origin())])
        .env("CHROMIUM", chromium);
    read(&mut browser)
}

/// Refuses anything that is not the same in both, and says where they part.
fn compare(here: &str, there: &str) -> Result<()> {
    ensure!(!here.is_empty(), "nothing was run");
    let (mut here_lines, mut there_lines) = (here.lines(), there.lines());
    for number in 1.. {
        let (here, there) = (here_lines.next(), there_lines.next());
        if here.is_none() && there.is_none() {
            break;
        }
        let [here_shown, there_shown] = [here, there].map(|line| line.unwrap_or("(nothing more)"));
        ensure!(
            here == there,
            "line {number} is not the same\n  here:           {here_shown}\n  in the browser: {there_shown}"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_part_are_shown() {
        assert!(compare("1\n2\n", "1\n2\n").is_ok());
        for (here, there, line) in [
            ("1\n2\n", "1\n3\n", "2"),
            ("1\n", "1\n2\n", "2"),
            ("1\n", "", "1"),
        ] {
            let why = compare(here, there).unwrap_err().to_string();
            assert!(why.starts_with(&format!("line {line} is not the same")), "{why}");
        }
        assert!(compare("", "").is_err());
    }

    #[test]
    fn the_forms_and_their_cases_are_run() {
        let input = input().unwrap();
        assert!(input.expressions.lines().count() > 1_000);
        for path in [
            "forms/home_visit.kdl",
            "forms/home_visit.cases.kdl",
            "forms/published.lock",
        ] {
            assert!(input.forms.contains_key(path), "{path}");
        }
    }
}
