//! `cargo xtask setup`: installs what building and testing need and this machine lacks. The other commands call the
//! parts that they need. What cannot be installed without asking is named, with what to do about it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use crate::refuse_rest;
use crate::workspace::{self, WASM, cargo, read, run};

/// The oldest Node.js that the browser tests' runner supports.
const NODE: u32 = 20;
/// What Chromium is called, the likeliest first.
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The command.
pub(crate) fn setup(args: &[String]) -> Result<()> {
    refuse_rest(args)?;
    wasm_target()?;
    cpp_compiler()?;
    let chromium = browser_tests()?;
    println!(
        "{WASM}, a C++ compiler and the browser tests' packages are there; the browser is {}",
        chromium.display()
    );
    Ok(())
}

/// Adds Rust's WebAssembly target when it is missing.
pub(crate) fn wasm_target() -> Result<()> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let libraries = read(Command::new(rustc).args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libraries.trim()).exists() {
        return Ok(());
    }
    println!("Rust cannot compile for {WASM} yet: adding it through rustup");
    run(Command::new("rustup").args(["target", "add", WASM])).with_context(|| {
        format!("install Rust with rustup, or the {WASM} standard library with whatever installed Rust here")
    })
}

/// Installs a C++ compiler when there is none: libFuzzer is written in C++.
pub(crate) fn cpp_compiler() -> Result<()> {
    let compiler = env::var_os("CXX").unwrap_or_else(|| "c++".into());
    let is_there = Command::new(compiler)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    // Visual C++ is found without being on the PATH.
    if is_there || cfg!(windows) {
        return Ok(());
    }
    install_from_debian(&["g++"], "the fuzz targets")
}

/// Installs the browser tests' packages, and Chromium with a font to show text in. Gives Chromium's path.
pub(crate) fn browser_tests() -> Result<PathBuf> {
    node()?;
    npm_packages()?;
    let chromium = find_chromium();
    let mut wanted = Vec::new();
    if chromium.is_none() {
        wanted.push("chromium");
    }
    if is_missing_from_debian("fonts-dejavu-core") {
        wanted.push("fonts-dejavu-core");
    }
    if !wanted.is_empty() {
        install_from_debian(&wanted, "the browser tests")?;
    }
    chromium
        .or_else(find_chromium)
        .context("Chromium is installed, but not on the PATH; name it in CHROMIUM")
}

fn node() -> Result<()> {
    let advice = || format!("install Node.js {NODE} or newer, with npm, for the browser tests");
    let version = read(Command::new("node").arg("--version")).with_context(advice)?;
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse().ok());
    ensure!(
        major >= Some(NODE),
        "this is Node.js {}; {}",
        version.trim(),
        advice()
    );
    Ok(())
}

/// Installs the packages of tests/e2e/package-lock.json, unless that was done since the lock last changed.
fn npm_packages() -> Result<()> {
    let folder = workspace::root().join("tests/e2e");
    let modified = |path: &str| {
        fs::metadata(folder.join(path))
            .and_then(|metadata| metadata.modified())
            .ok()
    };
    if modified("node_modules/.package-lock.json") >= modified("package-lock.json") {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
    run(Command::new(npm).args(options).current_dir(folder))
}

/// The browser that `CHROMIUM` names, or the first on the PATH under one of its usual names.
fn find_chromium() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    CHROMIUM
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

/// Whether this is a Debian without the package. Any other system is trusted to have its own.
fn is_missing_from_debian(package: &str) -> bool {
    match Command::new("dpkg-query")
        .args(["--show", "--showformat=${db:Status-Status}", package])
        .output()
    {
        Ok(output) => output.stdout != b"installed",
        Err(_) => false,
    }
}

/// Installs the Debian packages that something needs, when this is Debian and we may.
fn install_from_debian(packages: &[&str], what: &str) -> Result<()> {
    let listed = packages.join(" ");
    let is_root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let may_sudo = || {
        Command::new("sudo")
            .args(["--non-interactive", "true"])
            .output()
            .is_ok_and(|out| out.status.success())
    };
    let has_apt = Command::new("apt-get").arg("--version").output().is_ok();
    if !has_apt || !(is_root || may_sudo()) {
        bail!("{what} need {listed}; install it, on Debian with `sudo apt-get install {listed}`");
    }
    let apt = |args: &[&str]| {
        let (program, before): (_, &[&str]) = if is_root {
            ("apt-get", &[])
        } else {
            ("sudo", &["--non-interactive", "apt-get"])
        };
        run(Command::new(program)
            .args(before)
            .args(args)
            .env("DEBIAN_FRONTEND", "noninteractive"))
    };
    println!("{what} need {listed}: installing");
    apt(&["update", "--quiet"])?;
    apt(&[
        &["install", "--yes", "--quiet", "--no-install-recommends"],
        packages,
    ]
    .concat())
}

/// Whether cargo has this subcommand.
pub(crate) fn has_cargo_command(name: &str) -> bool {
    cargo(&[name, "--version"])
        .output()
        .is_ok_and(|output| output.status.success())
}
