//! `cargo xtask ci`: every check that is not a test. All of them run, and the end lists those that failed.

mod budget;
mod direction;
mod files;

use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};

use crate::web::{self, Profile};
use crate::workspace::{APP, BENCH, CONFORMANCE, Metadata, WASM, cargo, root, run};

/// One check.
struct Check {
    /// What a person names to run it alone.
    name: &'static str,
    /// What to do when it fails.
    remedy: &'static str,
    /// Looks, and says in a line what was found to be right.
    run: fn() -> Result<String>,
}

/// The checks, the quick ones first.
const CHECKS: [Check; 10] = [
    Check {
        name: "lock",
        remedy: "run `cargo metadata` and commit Cargo.lock; make xtask/Cargo.toml ask for the locked wasm-bindgen",
        run: lock,
    },
    Check {
        name: "format",
        remedy: "run `rustfmt $(git ls-files '*.rs')`; `cargo fmt` passes by the modules that a macro names",
        run: format,
    },
    Check {
        name: "files",
        remedy: "split the file, or say why it is long; begin it with what it is and what it must not know",
        run: files::check,
    },
    Check {
        name: "direction",
        remedy: "turn the dependency round, or move what it is needed for to where it belongs",
        run: direction::check,
    },
    Check {
        name: "wasm",
        remedy: "keep clocks, files, threads and the network out of the crates that the browser shares",
        run: wasm,
    },
    Check {
        name: "forms",
        remedy: "mend what `firsthand check` and `firsthand test` tell, and run `firsthand fmt forms tests/flows`",
        run: forms,
    },
    Check {
        name: "clippy",
        remedy: "mend what clippy names, on every target",
        run: clippy,
    },
    Check {
        name: "clippy-wasm",
        remedy: "mend what clippy names in the front end, or in the pages that measure and test it",
        run: clippy_wasm,
    },
    Check {
        name: "docs",
        remedy: "mend the documentation that rustdoc names",
        run: docs,
    },
    Check {
        name: "budget",
        remedy: "find what grew (`cargo xtask web` prints the sizes) and leave it out, or load it later",
        run: size,
    },
];

/// The command.
pub(crate) fn ci(args: &[String]) -> Result<()> {
    let known = |name: &String| CHECKS.iter().any(|check| check.name == name);
    if let Some(unknown) = args.iter().find(|name| !known(name)) {
        bail!(
            "there is no check `{unknown}`: {}",
            CHECKS.map(|check| check.name).join(", ")
        );
    }
    let mut failed = Vec::new();
    for check in CHECKS
        .iter()
        .filter(|check| args.is_empty() || args.iter().any(|name| name == check.name))
    {
        println!("── {}", check.name);
        let start = Instant::now();
        match (check.run)() {
            Ok(found) => println!("   {found} ({:.1} s)", start.elapsed().as_secs_f32()),
            Err(error) => {
                println!("   failed: {error:#}");
                failed.push(check);
            }
        }
    }
    if failed.is_empty() {
        return Ok(());
    }
    println!("\nTo do:");
    for check in &failed {
        println!("  {}: {}", check.name, check.remedy);
    }
    bail!(
        "{} of the checks failed: {}",
        failed.len(),
        failed
            .iter()
            .map(|check| check.name)
            .collect::<Vec<_>>()
            .join(", ")
    )
}

fn lock() -> Result<String> {
    let metadata = Metadata::read_locked()?;
    let bindgen = web::bindgen_versions_agree(&metadata)?;
    Ok(format!(
        "Cargo.lock matches the workspace, and both halves of wasm-bindgen are {bindgen}"
    ))
}

fn format() -> Result<String> {
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.current_dir(root()).arg("--check").args(files::rust()?);
    let status = rustfmt.status().context("cannot start `rustfmt`")?;
    if !status.success() {
        bail!("rustfmt would change what it shows above ({status})");
    }
    Ok("rustfmt would change nothing".to_owned())
}

fn wasm() -> Result<String> {
    crate::setup::wasm_target()?;
    let metadata = Metadata::read_locked()?;
    let pure: Vec<&str> = direction::pure()
        .filter(|name| metadata.member(name).is_some())
        .collect();
    let mut check = cargo(&["clippy", "--locked", "--no-deps", "--target", WASM]);
    for name in &pure {
        check.args(["--package", name]);
    }
    check.args(["--", "--deny", "warnings"]);
    run(check.env("CLIPPY_CONF_DIR", root().join("xtask/pure")))?;
    Ok(format!(
        "{} compile for the browser, and touch nothing outside",
        pure.join(", ")
    ))
}

fn forms() -> Result<String> {
    let program = crate::run::server()?;
    for arguments in [
        &["check", "forms"][..],
        &["fmt", "--check", "forms", "tests/flows"],
    ] {
        run(Command::new(&program).current_dir(root()).args(arguments))?;
    }
    Ok("the forms have no mistakes, are laid out as usual and do what their cases say".to_owned())
}

fn clippy() -> Result<String> {
    crate::setup::cpp_compiler()?;
    run(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]))?;
    Ok("clippy has nothing to say of any crate, nor of its tests".to_owned())
}

fn clippy_wasm() -> Result<String> {
    crate::setup::wasm_target()?;
    run(&mut cargo(&[
        "clippy",
        "--package",
        APP,
        "--package",
        BENCH,
        "--package",
        CONFORMANCE,
        "--features",
        "bench/page,conformance/page",
        "--target",
        WASM,
        "--locked",
        "--",
        "--deny",
        "warnings",
    ]))?;
    Ok("clippy has nothing to say of the front end as the browser gets it".to_owned())
}

fn docs() -> Result<String> {
    crate::setup::cpp_compiler()?;
    run(cargo(&["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "--deny warnings"))?;
    Ok("rustdoc has no warnings".to_owned())
}

fn size() -> Result<String> {
    budget::check(&web::build(Profile::Release)?)
}
