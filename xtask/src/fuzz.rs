//! `cargo xtask fuzz`: gives what reads texts and bytes all manner of them, and tells when one of its laws is broken.
//!
//! What is tried, and what must hold, stands in `fuzz/`. cargo-fuzz wants nightly Rust for its sanitizers; the code
//! here is safe, so libFuzzer's own watch over coverage is enough, and stable Rust has that.

mod seeds;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::setup;
use crate::split_at_dashes;
use crate::workspace::{self, Metadata, cargo, read, run};

/// The package of the targets, and the profile that it is built with.
const FUZZ: &str = "fuzz";
/// What lets libFuzzer see where an input led: counters on every branch, and what is compared with what.
const WATCHED: [&str; 7] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Cllvm-args=-simplifycfg-branch-fold-threshold=0",
    "--cfg=fuzzing",
];
/// How many megabytes an input may need, and how many bytes it may have, from the start on.
const LIMITS: [&str; 3] = ["-rss_limit_mb=1024", "-max_len=20000", "-len_control=0"];
/// How many seconds one input may take.
const PATIENCE: u32 = 20;
/// How many it may take as a test, on a machine that others use too and that may stand still for a minute.
const PATIENCE_OF_A_TEST: u32 = 180;
/// How many seconds a target is run for when nobody says.
const USUAL: u32 = 60;
/// How many seconds a target is run for as a test, at most, and how many inputs it is given: the same ones wherever the
/// same code is tested, unless the machine is slow.
const BRIEF: u32 = 30;
const INPUTS: u32 = 3_000;

/// The command.
pub(crate) fn fuzz(args: &[String]) -> Result<()> {
    let (own, passed_on) = split_at_dashes(args);
    let (named, seconds) = wanted(own)?;
    let targets = Targets::build()?;
    let chosen = targets.named(&named)?;
    ensure!(
        passed_on.is_empty() || chosen.len() == 1,
        "which target are these arguments for? Name one"
    );
    for name in chosen {
        println!("── {name}");
        let mut command = targets.command(name, seconds, PATIENCE)?;
        let is_input = |arg: &String| !arg.starts_with('-');
        if !passed_on.iter().any(is_input) {
            let corpus = workspace::root().join(FUZZ).join("corpus").join(name);
            fs::create_dir_all(&corpus)?;
            command.arg(corpus).arg(targets.seeds(name)?);
        }
        run(command.args(passed_on)).with_context(|| advice(name))?;
    }
    Ok(())
}

/// The test: every target, for a short while and always from the same seeds.
pub(crate) fn briefly(args: &[String]) -> Result<()> {
    let targets = Targets::build()?;
    for name in targets.named(args)? {
        let mut command = targets.command(name, BRIEF, PATIENCE_OF_A_TEST)?;
        let output = command
            .args(["-seed=1", "-print_final_stats=1"])
            .arg(format!("-runs={INPUTS}"))
            .arg(targets.seeds(name)?)
            .output()
            .with_context(|| format!("cannot start the fuzz target `{name}`"))?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            eprintln!("{}", last_lines(&said, 60));
            bail!(advice(name));
        }
        let tried = said
            .lines()
            .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
        println!(
            "{name}: {} inputs tried",
            tried.unwrap_or(" an unknown number of").trim()
        );
    }
    Ok(())
}

fn advice(name: &str) -> String {
    format!(
        "`{name}` does not hold for an input, which is kept in {FUZZ}/artifacts/{name}/; \
         `cargo xtask fuzz {name} -- FILE` tries it alone"
    )
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(count);
    lines.get(from..).unwrap_or_default().join("\n")
}

/// The targets that are named, and how many seconds each is to be run for.
fn wanted(args: &[String]) -> Result<(Vec<String>, u32)> {
    let mut named = Vec::new();
    let mut seconds = USUAL;
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--seconds" {
            let number = args.next().and_then(|number| number.parse().ok());
            seconds = number
                .filter(|seconds| *seconds > 0)
                .context("--seconds wants a number of seconds, 1 or more")?;
        } else if arg.starts_with('-') {
            bail!("`{arg}` is not understood here: cargo xtask fuzz [TARGET ...] [--seconds N] [-- OPTIONS]");
        } else {
            named.push(arg.clone());
        }
    }
    Ok((named, seconds))
}

/// The targets, built.
struct Targets {
    names: Vec<String>,
    /// Where the programs are.
    programs: PathBuf,
    /// Where what can be made again is kept.
    scratch: PathBuf,
}

impl Targets {
    fn build() -> Result<Self> {
        setup::cpp_compiler()?;
        let version = read(Command::new("rustc").arg("-vV"))?;
        let host = version.lines().find_map(|line| line.strip_prefix("host: "));
        let host = host.context("rustc does not say which machine this is")?;
        let built = Metadata::read()?.target_directory;
        // With a target named, only what runs in the end is watched, and not what builds it.
        let options = [
            "--package",
            FUZZ,
            "--bins",
            "--profile",
            FUZZ,
            "--target",
            host,
            "--locked",
        ];
        let flags = WATCHED.join("\u{1f}");
        run(cargo(&["build"])
            .args(options)
            .env("CARGO_ENCODED_RUSTFLAGS", flags))?;
        Ok(Self {
            names: names()?,
            programs: built.join(host).join(FUZZ),
            scratch: built.join("fuzz-seeds"),
        })
    }

    /// The targets of these names, or all if there are none.
    fn named<'t>(&'t self, wanted: &'t [String]) -> Result<Vec<&'t String>> {
        if let Some(unknown) = wanted.iter().find(|name| !self.names.contains(name)) {
            bail!("there is no fuzz target `{unknown}`: {}", self.names.join(", "));
        }
        let all = if wanted.is_empty() { &self.names } else { wanted };
        Ok(all.iter().collect())
    }

    fn command(&self, name: &str, seconds: u32, patience: u32) -> Result<Command> {
        let artifacts = Path::new(FUZZ).join("artifacts").join(name);
        fs::create_dir_all(workspace::root().join(&artifacts))?;
        let mut command = Command::new(self.programs.join(name));
        command
            .current_dir(workspace::root())
            .args(LIMITS)
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-timeout={patience}"))
            // libFuzzer wants the sign between the folders at the end.
            .arg(format!("-artifact_prefix={}/", artifacts.display()));
        Ok(command)
    }

    /// The folder of a target's seeds, written anew.
    fn seeds(&self, name: &str) -> Result<PathBuf> {
        let folder = self.scratch.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        for (index, seed) in seeds::of(name)?.into_iter().enumerate() {
            fs::write(folder.join(index.to_string()), seed)?;
        }
        Ok(folder)
    }
}

/// The targets that there are, each a file.
fn names() -> Result<Vec<String>> {
    let folder = workspace::root().join(FUZZ).join("fuzz_targets");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn targets_and_seconds_come_in_any_order() {
        assert_eq!(wanted(&[]).unwrap(), (Vec::new(), USUAL));
        for args in [
            &["feel", "--seconds", "5", "kdl"],
            &["--seconds", "5", "feel", "kdl"],
        ] {
            assert_eq!(wanted(&words(args)).unwrap(), (words(&["feel", "kdl"]), 5));
        }
        for args in [
            &["--seconds"][..],
            &["--seconds", "0"],
            &["--seconds", "x"],
            &["--second", "5"],
        ] {
            assert!(wanted(&words(args)).is_err(), "{args:?}");
        }
    }

    #[test]
    fn every_target_is_built_and_has_something_to_begin_with() {
        let manifest = fs::read_to_string(workspace::root().join(FUZZ).join("Cargo.toml")).unwrap();
        let names = names().unwrap();
        assert!(names.len() > 5, "{names:?}");
        for name in names {
            assert!(
                manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
                "{name}"
            );
            assert!(!seeds::of(&name).unwrap().is_empty(), "{name}");
        }
    }
}
