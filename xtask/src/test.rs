//! `cargo xtask test`: every test there is, in parts that can be run alone.

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::web::{self, Profile};
use crate::workspace::{self, cargo, run};
use crate::{conformance, fuzz, refuse_rest, setup, split_at_dashes};

/// A part of the tests: its name, and what runs it with further arguments.
struct Part {
    name: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const PARTS: [Part; 5] = [
    Part {
        name: "rust",
        run: rust,
    },
    Part {
        name: "doc",
        run: doc,
    },
    Part {
        name: "conformance",
        run: conformance::conformance,
    },
    Part {
        name: "e2e",
        run: e2e,
    },
    Part {
        name: "fuzz",
        run: fuzz::briefly,
    },
];

/// The command.
pub(crate) fn test(args: &[String]) -> Result<()> {
    let (own, passed_on) = split_at_dashes(args);
    let parts: Vec<&Part> = match own.split_first() {
        Some((flag, rest)) if flag == "--only" => {
            let (name, rest) = rest
                .split_first()
                .context("--only wants a part: rust, doc, conformance, e2e or fuzz")?;
            refuse_rest(rest)?;
            let part = PARTS.iter().find(|part| part.name == name);
            Vec::from([part.with_context(|| {
                format!("there is no part `{name}`: rust, doc, conformance, e2e or fuzz")
            })?])
        }
        _ => {
            refuse_rest(own)?;
            if !passed_on.is_empty() {
                bail!(
                    "which part are these arguments for? Say `--only rust`, `doc`, `conformance`, `e2e` or `fuzz`"
                );
            }
            PARTS.iter().collect()
        }
    };
    for part in parts {
        let start = Instant::now();
        (part.run)(passed_on)?;
        println!(
            "{} tests passed in {:.0} s",
            part.name,
            start.elapsed().as_secs_f32()
        );
    }
    Ok(())
}

/// Unit and integration tests of every crate, the app's natively.
fn rust(args: &[String]) -> Result<()> {
    if setup::has_cargo_command("nextest") {
        run(cargo(&["nextest", "run", "--workspace", "--locked"]).args(args))
    } else {
        run(cargo(&["test", "--workspace", "--locked", "--tests"]).args(args))
    }
}

/// The examples in the crates' documentation.
fn doc(args: &[String]) -> Result<()> {
    run(cargo(&["test", "--workspace", "--locked", "--doc"]).args(args))
}

/// What a person sees and does, in a real browser, against the front end as people get it.
fn e2e(args: &[String]) -> Result<()> {
    let chromium = setup::browser_tests()?;
    web::build(Profile::Release)?;
    let mut playwright = Command::new("node");
    playwright
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .args(args);
    playwright
        .current_dir(workspace::root().join("tests/e2e"))
        .env("CHROMIUM", chromium);
    run(playwright.env("FIRSTHAND", crate::run::server()?))
}
