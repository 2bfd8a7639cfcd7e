//! The workspace as cargo tells of it: where it lies, its packages, and what a build made.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The front end's package, whose one binary is the app.
pub(crate) const APP: &str = "firsthand-app";
/// The package of the page on which the front end is measured.
pub(crate) const BENCH: &str = "bench";
/// The package that tells what expressions and forms come to.
pub(crate) const CONFORMANCE: &str = "conformance";
/// The front end's target.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The folder of the workspace's Cargo.toml: of the checkout that cargo runs this program for, which need not be the
/// one it was built in. Several may share what is built.
pub(crate) fn root() -> &'static Path {
    static XTASK: LazyLock<PathBuf> = LazyLock::new(|| {
        let xtask = env::var_os("CARGO_MANIFEST_DIR");
        xtask.map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from)
    });
    XTASK.parent().unwrap_or(&XTASK)
}

/// The cargo that started this program, to be run in the workspace's root.
pub(crate) fn cargo(args: &[&str]) -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).args(args);
    cargo
}

/// Runs a program to its end, its output going to the terminal. Fails when it cannot start or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs a program to its end and gives what it printed. Fails as [`run`] does, with what it said on the error stream.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!(
            "`{}` failed ({})\n{}",
            shown(command),
            output.status,
            said.trim_end()
        );
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed what is not text", shown(command)))
}

/// A command as a person would type it.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    std::iter::once(program)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What `cargo metadata` says of the workspace.
#[derive(Deserialize)]
pub(crate) struct Metadata {
    /// Every package that some member needs, members included.
    pub(crate) packages: Vec<Package>,
    /// The members' package ids.
    pub(crate) workspace_members: Vec<String>,
    /// Which package uses which.
    pub(crate) resolve: Resolve,
    /// Where cargo puts what it builds.
    pub(crate) target_directory: PathBuf,
}

/// One package.
#[derive(Deserialize)]
pub(crate) struct Package {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) version: String,
}

/// The graph of packages.
#[derive(Deserialize)]
pub(crate) struct Resolve {
    pub(crate) nodes: Vec<Node>,
}

/// One package's dependencies.
#[derive(Deserialize)]
pub(crate) struct Node {
    pub(crate) id: String,
    pub(crate) deps: Vec<Dependency>,
}

/// One dependency of a package.
#[derive(Deserialize)]
pub(crate) struct Dependency {
    pub(crate) pkg: String,
    pub(crate) dep_kinds: Vec<DependencyKind>,
}

/// What a dependency is for: `None` for the program itself, else `build` or `dev`.
#[derive(Deserialize)]
pub(crate) struct DependencyKind {
    pub(crate) kind: Option<String>,
}

impl Metadata {
    /// Reads the workspace, bringing Cargo.lock up to date with the Cargo.toml files.
    pub(crate) fn read() -> Result<Self> {
        Self::read_with(&[])
    }

    /// Reads the workspace. A Cargo.lock that does not match the Cargo.toml files is an error.
    pub(crate) fn read_locked() -> Result<Self> {
        Self::read_with(&["--locked"])
    }

    /// Reads as much of the workspace as a target needs. A Cargo.lock that does not match is an error.
    pub(crate) fn read_locked_for(target: &str) -> Result<Self> {
        Self::read_with(&["--locked", "--filter-platform", target])
    }

    fn read_with(options: &[&str]) -> Result<Self> {
        let mut command = cargo(&["metadata", "--format-version=1"]);
        serde_json::from_str(&read(command.args(options))?)
            .context("cannot read what `cargo metadata` printed")
    }

    /// The workspace's own packages.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
    }

    /// The workspace's own package of this name.
    pub(crate) fn member(&self, name: &str) -> Option<&Package> {
        self.members().find(|package| package.name == name)
    }
}

/// What one `cargo build` of one binary made.
pub(crate) struct Built {
    /// The binary itself.
    pub(crate) binary: PathBuf,
    /// Where the package's build script wrote, if it has one.
    pub(crate) out_dir: Option<PathBuf>,
}

/// A line of `cargo build --message-format=json`; the kinds that matter here.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
    CompilerArtifact {
        package_id: String,
        target: Target,
        filenames: Vec<PathBuf>,
        executable: Option<PathBuf>,
    },
    BuildScriptExecuted {
        package_id: String,
        out_dir: PathBuf,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Builds one binary of one of the workspace's packages. The compiler's diagnostics go to the terminal.
pub(crate) fn build(metadata: &Metadata, package: &str, binary: &str, options: &[&str]) -> Result<Built> {
    let Some(Package { id, .. }) = metadata.member(package) else {
        bail!("this workspace has no package `{package}`");
    };
    let mut command = cargo(&["build", "--package", package, "--bin", binary]);
    command
        .args(options)
        .arg("--message-format=json-render-diagnostics")
        .stdout(Stdio::piped());
    let mut child = command.spawn().context("cannot start cargo")?;
    let stdout = child.stdout.take().context("cargo has no output")?;

    let (mut made, mut out_dir) = (None, None);
    for line in BufReader::new(stdout).lines() {
        // A build script of a dependency may print what is not JSON.
        let Ok(message) = serde_json::from_str::<Message>(&line?) else {
            continue;
        };
        match message {
            Message::CompilerArtifact {
                package_id,
                target,
                filenames,
                executable,
            } if package_id == *id
                && target.name == binary
                && target.kind.iter().any(|kind| kind == "bin") =>
            {
                let wasm = filenames
                    .into_iter()
                    .find(|file| file.extension().is_some_and(|ext| ext == "wasm"));
                made = wasm.or(executable);
            }
            Message::BuildScriptExecuted {
                package_id,
                out_dir: folder,
            } if package_id == *id => {
                out_dir = Some(folder);
            }
            _ => {}
        }
    }
    if !child.wait()?.success() {
        bail!("`{package}` does not build; the reasons are above");
    }
    let binary = made.with_context(|| format!("cargo built no `{binary}`"))?;
    Ok(Built { binary, out_dir })
}
