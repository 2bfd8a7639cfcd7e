//! `cargo xtask bench`: builds the page on which Firsthand is measured, serves it, and has the side-by-side benchmark
//! drive it, beside its peers, in a browser. The figures are kept in `bench/RESULTS.md`.
//!
//! How a long page scrolls on a phone is measured here too, by `bench/scroll.mjs`, which has no need of them.
//!
//! The driver and the peers are no part of this repository: `--peers` names the folder in which they lie. Without it,
//! the page is served until the command is interrupted.

mod results;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::bench::results::{Measured, Run};
use crate::site::Site;
use crate::web::{self, Loading, Profile};
use crate::workspace::{self, BENCH, Metadata, WASM, cargo, read, run};
use crate::{setup, split_at_dashes, style};

/// By how much the browser's main thread is slowed down, when nobody says otherwise: not at all, and as much as makes
/// this machine a phone in the middle of the market.
const THROTTLES: [&str; 2] = ["1", "4"];

/// What the command was told.
#[derive(Debug, Default, PartialEq, Eq)]
struct Wanted<'args> {
    quick: bool,
    /// Only how a long page scrolls.
    scroll: bool,
    peers: Option<&'args str>,
    /// For the driver.
    options: &'args [String],
}

impl<'args> Wanted<'args> {
    fn of(args: &'args [String]) -> Result<Self> {
        let (own, options) = split_at_dashes(args);
        let mut wanted = Self {
            options,
            ..Self::default()
        };
        let mut rest = own.iter();
        while let Some(arg) = rest.next() {
            match arg.as_str() {
                "--quick" => wanted.quick = true,
                "--scroll" => wanted.scroll = true,
                "--peers" => wanted.peers = Some(rest.next().context("--peers wants a folder")?),
                unknown => bail!("`bench` does not understand `{unknown}`"),
            }
        }
        Ok(wanted)
    }

    /// The throttles to measure at, one run for each.
    fn throttles(&self) -> Vec<&str> {
        let given = |option: &String| option == "--throttle" || option.starts_with("--throttle=");
        if let Some(at) = self.options.iter().position(given) {
            let option = self.options.get(at).and_then(|option| option.split_once('='));
            let next = self.options.get(at + 1).map(String::as_str);
            return option.map(|(_, value)| value).or(next).into_iter().collect();
        }
        let most = if self.quick { 1 } else { THROTTLES.len() };
        THROTTLES.into_iter().take(most).collect()
    }
}

/// The command.
pub(crate) fn bench(args: &[String]) -> Result<()> {
    let wanted = Wanted::of(args)?;
    // Measuring takes long, and others may commit meanwhile.
    let commit = commit()?;
    let site = Site::serve(build()?)?;
    let page = format!("{}/bench.html", site.origin());
    if wanted.scroll {
        print!("{}", scroll(&page)?);
        return Ok(());
    }
    let Some(peers) = wanted.peers else {
        println!(
            "{page} answers to the benchmark's driver until this is interrupted:\n  \
             node drive.mjs --engine firsthand={page}"
        );
        return site.wait();
    };
    let peers = fs::canonicalize(peers).with_context(|| format!("there is no folder {peers}"))?;
    let mut runs = Vec::new();
    for throttle in wanted.throttles() {
        let report = drive(&peers, &page, throttle, &wanted)?;
        runs.push(Run {
            throttle: throttle.to_owned(),
            report,
        });
    }
    if wanted.quick {
        println!("a quick run is a first impression: bench/RESULTS.md stays as it was");
        return Ok(());
    }
    let path = workspace::root().join("bench/RESULTS.md");
    let measured = Measured {
        runs,
        scroll: scroll(&page)?,
        alone: alone()?,
    };
    // There is none the first time.
    let before = fs::read_to_string(&path).unwrap_or_default();
    fs::write(&path, results::page(&commit, &day()?, &measured, &before))
        .with_context(|| format!("cannot write {}", path.display()))?;
    println!("bench/RESULTS.md has the figures");
    Ok(())
}

/// Builds the page as people get the product, and gives its files by name.
fn build() -> Result<Vec<(String, Vec<u8>)>> {
    setup::wasm_target()?;
    let metadata = Metadata::read()?;
    web::bindgen_versions_agree(&metadata)?;
    let profile = Profile::Release;
    let options = [
        "--features",
        "page",
        "--target",
        WASM,
        "--profile",
        profile.cargo_name(),
    ];
    let built = workspace::build(&metadata, BENCH, "page", &options)?;
    let staging = metadata.target_directory.join("bench-page");
    web::bindgen(&built.binary, "page", Loading::AtOnce, &staging, profile)?;
    let own = workspace::root().join("bench");
    let mut files = Vec::new();
    for (folder, name) in [
        (&own, "bench.html"),
        (&own, "start.js"),
        (&staging, "page.js"),
        (&staging, "page_bg.wasm"),
    ] {
        let path = folder.join(name);
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        files.push((name.to_owned(), bytes));
    }
    let style = style::join(&workspace::root().join("style"))?;
    files.push(("style.css".to_owned(), style.into_bytes()));
    Ok(files)
}

/// Measures once, and gives the driver's report.
fn drive(peers: &Path, page: &str, throttle: &str, wanted: &Wanted<'_>) -> Result<String> {
    let out = Metadata::read()?
        .target_directory
        .join(format!("bench-results/throttle-{throttle}"));
    let mut driver = Command::new("node");
    driver
        .current_dir(peers)
        .args(["drive.mjs", "--engine", &format!("firsthand={page}")])
        .args(wanted.options)
        .args(["--throttle", throttle])
        .arg("--out")
        .arg(&out);
    if wanted.quick {
        driver.arg("--quick");
    }
    run(&mut driver).context("the folder of --peers wants `npm ci` once, and Node.js 20.11 or later")?;
    let report = out.with_extension("md");
    fs::read_to_string(&report).with_context(|| format!("cannot read {}", report.display()))
}

/// Measures how a long page scrolls and takes letters on a phone, and gives the table.
fn scroll(page: &str) -> Result<String> {
    let chromium = setup::browser_tests()?;
    let mut driver = Command::new("node");
    driver
        .current_dir(workspace::root().join("bench"))
        .args(["scroll.mjs", page])
        .env("CHROMIUM", chromium);
    read(&mut driver)
}

/// Measures the compiler and the engine without a browser, and gives what they print.
fn alone() -> Result<String> {
    let timed = [
        "bench",
        "--quiet",
        "--package",
        BENCH,
        "--bench",
        "compile",
        "--bench",
        "engine",
        "--",
        "--output-format",
        "bencher",
    ];
    let counted = ["bench", "--quiet", "--package", BENCH, "--bench", "memory"];
    let mut printed = String::new();
    for line in read(&mut cargo(&timed))?
        .lines()
        .filter(|line| line.starts_with("test "))
    {
        printed.push_str(line);
        printed.push('\n');
    }
    printed.push('\n');
    printed.push_str(&read(&mut cargo(&counted))?);
    Ok(printed)
}

/// What is measured, as git names it; says so if not all of it is committed.
fn commit() -> Result<String> {
    let mut git = Command::new("git");
    git.current_dir(workspace::root())
        .args(["describe", "--always", "--dirty= with changes", "--exclude=*"]);
    Ok(read(&mut git)?.trim().to_owned())
}

/// Today, in UTC. The driver needs Node.js, so it is there to be asked.
fn day() -> Result<String> {
    let script = "console.log(new Date().toISOString().slice(0, 10))";
    Ok(read(Command::new("node").args(["--eval", script]))?
        .trim()
        .to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words;

    #[test]
    fn what_stands_after_the_dashes_is_for_the_driver() {
        let args = words(&["--quick", "--peers", "there", "--", "--sizes", "500"]);
        let wanted = Wanted::of(&args).unwrap();
        assert!(wanted.quick);
        assert_eq!(wanted.peers, Some("there"));
        assert_eq!(wanted.options, words(&["--sizes", "500"]));
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for args in [
            &["--quick", "500"][..],
            &["--peers"],
            &["--slow"],
            &["--scroll", "500"],
        ] {
            assert!(Wanted::of(&words(args)).is_err(), "{args:?}");
        }
    }

    #[test]
    fn it_measures_at_both_speeds_unless_told_otherwise() {
        let throttles = |args: &[&str]| {
            let args = words(args);
            let wanted = Wanted::of(&args).unwrap();
            words(&wanted.throttles())
        };
        assert_eq!(throttles(&[]), ["1", "4"]);
        assert_eq!(throttles(&["--quick"]), ["1"]);
        assert_eq!(throttles(&["--", "--throttle", "6"]), ["6"]);
        assert_eq!(throttles(&["--", "--sizes", "500", "--throttle=2"]), ["2"]);
    }
}
