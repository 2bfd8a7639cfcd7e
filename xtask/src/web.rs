//! `cargo xtask web`: builds the front end into `dist/`.
//!
//! cargo compiles the root package to WebAssembly, wasm-bindgen makes it loadable, and the rest is files: the style,
//! the shell and the compiled forms, which the root package's build script leaves in `OUT_DIR/forms/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::dist::{Compression, Dist, Manifest};
use crate::shell::{self, Parts};
use crate::workspace::{self, APP, Metadata, WASM};
use crate::{parts, refuse_rest, setup, style};

/// How the front end is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// What people get: small, compressed, and slow to build.
    Release,
    /// Quick to build, large, with names in its backtraces.
    Debug,
    /// As `Debug`, and the page reloads itself when there is a newer build.
    Dev,
}

impl Profile {
    /// Takes `--release` or `--debug` from the front of a command's arguments.
    pub(crate) fn from_args(args: &[String]) -> (Self, &[String]) {
        match args.split_first() {
            Some((flag, rest)) if flag == "--debug" => (Self::Debug, rest),
            Some((flag, rest)) if flag == "--release" => (Self::Release, rest),
            _ => (Self::Release, args),
        }
    }

    /// The profile's name to cargo.
    pub(crate) fn cargo_name(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Debug | Self::Dev => "dev",
        }
    }
}

/// Where the built front end lies.
pub(crate) fn folder() -> PathBuf {
    workspace::root().join("dist")
}

/// The command.
pub(crate) fn web(args: &[String]) -> Result<()> {
    let (profile, rest) = Profile::from_args(args);
    refuse_rest(rest)?;
    let start = Instant::now();
    let manifest = build(profile)?;
    print_sizes(&manifest);
    println!("\ndist/ is ready after {:.1} s", start.elapsed().as_secs_f32());
    Ok(())
}

/// Builds the front end and says what it consists of.
pub(crate) fn build(profile: Profile) -> Result<Manifest> {
    setup::wasm_target()?;
    let metadata = Metadata::read()?;
    bindgen_versions_agree(&metadata)?;
    let built = workspace::build(
        &metadata,
        APP,
        "app",
        &["--target", WASM, "--profile", profile.cargo_name()],
    )?;
    let staging = metadata
        .target_directory
        .join("front-end")
        .join(profile.cargo_name());
    bindgen(&built.binary, "app", Loading::InParts, &staging, profile)?;

    let mut dist = Dist::default();
    let parts = Parts {
        style: style::join(&workspace::root().join("style"))?,
        script: text(&staging.join("app.js"))?,
        wasm: bytes(&staging.join("app_bg.wasm"))?,
        later: parts::later(&staging, "app")?,
        reloads: profile == Profile::Dev,
    };
    ensure!(
        !staging.join("snippets").exists(),
        "a dependency brings JavaScript files of its own (see {}), for which the page has no place",
        staging.join("snippets").display()
    );
    shell::add(&mut dist, workspace::root(), parts)?;
    // After the shell, which keeps on every device what was added before it. These are for the server: it publishes
    // the forms, which a device asks it for, and in a demonstration the other as well.
    if let Some(out_dir) = &built.out_dir {
        for name in ["forms", "demonstration"] {
            add_folder(&mut dist, name, &out_dir.join(name))?;
        }
    }
    let compression = if profile == Profile::Release {
        Compression::Beside
    } else {
        Compression::None
    };
    dist.write(&folder(), compression)
}

/// wasm-bindgen's two halves speak a private format to each other: one runs in the app, one here.
pub(crate) fn bindgen_versions_agree(metadata: &Metadata) -> Result<&str> {
    let version = |name: &str| {
        let mut found = metadata.packages.iter().filter(|package| package.name == name);
        found.next().map(|package| package.version.as_str())
    };
    let app = version("wasm-bindgen").context("the app does not use wasm-bindgen")?;
    let tool = version("wasm-bindgen-cli-support").context("xtask does not use wasm-bindgen-cli-support")?;
    ensure!(
        app == tool,
        "Cargo.lock has wasm-bindgen {app}, but xtask/Cargo.toml asks for wasm-bindgen-cli-support {tool}; \
         make the latter \"={app}\""
    );
    Ok(app)
}

/// How a page loads its WebAssembly.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loading {
    /// All of it at once.
    AtOnce,
    /// What is needed first, then the rest.
    InParts,
}

/// Makes cargo's `wasm` loadable by a browser: `<name>.js` and `<name>_bg.wasm` in `staging`, beside the later parts if
/// there are any, unless they are there already.
pub(crate) fn bindgen(
    wasm: &Path,
    name: &str,
    loading: Loading,
    staging: &Path,
    profile: Profile,
) -> Result<()> {
    let this_program = std::env::current_exe().context("cannot tell where this program lies")?;
    let made_at = modified(&staging.join(format!("{name}_bg.wasm")));
    if made_at > modified(wasm) && made_at > modified(&this_program) {
        return Ok(());
    }
    if staging.exists() {
        fs::remove_dir_all(staging).with_context(|| format!("cannot empty {}", staging.display()))?;
    }
    fs::create_dir_all(staging).with_context(|| format!("cannot make {}", staging.display()))?;
    let first = match loading {
        Loading::AtOnce => bytes(wasm)?,
        Loading::InParts => parts::cut(wasm, name, staging)?,
    };
    Bindgen::new()
        .input_bytes(name, first)
        .out_name(name)
        .web(true)?
        .keep_lld_exports(true)
        .demangle(false)
        .typescript(false)
        .omit_default_module_path(true)
        .remove_name_section(profile == Profile::Release)
        .remove_producers_section(true)
        .generate(staging)
        .with_context(|| format!("wasm-bindgen cannot read {}", wasm.display()))?;
    if profile == Profile::Release {
        let made = staging.join(format!("{name}_bg.wasm"));
        fs::write(&made, parts::without_custom(&bytes(&made)?)?)
            .with_context(|| format!("cannot write {}", made.display()))?;
    }
    Ok(())
}

/// A file's content.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// A file's text.
pub(crate) fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// When a file was last written; `None`, which comes before any time, when it is not there.
fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// Adds every file of a folder, in order of name. A folder that is not there holds nothing.
fn add_folder(dist: &mut Dist, name: &str, folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    let mut files = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        dist.add(
            &format!(
                "{name}/{}",
                file.file_name().unwrap_or_default().to_string_lossy()
            ),
            bytes,
        );
    }
    Ok(())
}

/// Prints the files with their sizes, and what a first visit costs.
fn print_sizes(manifest: &Manifest) {
    let width = manifest
        .files
        .iter()
        .map(|file| file.path.len())
        .max()
        .unwrap_or_default();
    let shown = |size: Option<usize>| size.map_or("-".to_owned(), |size| size.to_string());
    println!("{:width$} {:>10} {:>10} {:>10}", "bytes", "raw", "gzip", "brotli");
    for file in &manifest.files {
        println!(
            "{:width$} {:>10} {:>10} {:>10}",
            file.path,
            file.raw,
            shown(file.gzip),
            shown(file.brotli)
        );
    }
    println!(
        "{:width$} {:>10} {:>10} {:>10}",
        "in all",
        manifest.files.iter().map(|file| file.raw).sum::<usize>(),
        shown(manifest.files.iter().map(|file| file.gzip).sum()),
        shown(manifest.files.iter().map(|file| file.brotli).sum()),
    );
}
