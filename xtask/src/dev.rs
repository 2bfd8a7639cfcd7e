//! `cargo xtask dev`: as `run`, and on every change rebuilds, restarts the server if it changed, and lets the page
//! reload itself (see `src/shell/reload.js`). It looks at the files twice a second: no watcher to install or to trust.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::web::{self, Profile};
use crate::{refuse_rest, run, split_at_dashes, workspace};

/// What a build reads, below the workspace's root.
const WATCHED: [&str; 8] = [
    "Cargo.toml",
    "Cargo.lock",
    "build.rs",
    "index.html",
    "src",
    "style",
    "forms",
    "crates",
];
/// How long to wait between two looks.
const PAUSE: Duration = Duration::from_millis(500);

/// The files that a build reads, each with the time of its last change.
type Snapshot = BTreeMap<PathBuf, SystemTime>;

/// The command. It ends when it is interrupted, and the server with it; it fails only if it cannot read the files.
pub(crate) fn dev(args: &[String]) -> Result<()> {
    let (own, options) = split_at_dashes(args);
    refuse_rest(own)?;
    let mut server = Server { running: None };
    let mut built = Snapshot::new();
    loop {
        let found = snapshot(workspace::root())?;
        if found != built {
            built = found;
            // A mistake is for the person to mend: what ran before goes on.
            match rebuild(options, &mut server) {
                Ok(()) => println!("up to date; watching for changes"),
                Err(error) => eprintln!("error: {error:#}\nwatching for changes"),
            }
        }
        thread::sleep(PAUSE);
    }
}

fn rebuild(options: &[String], server: &mut Server) -> Result<()> {
    web::build(Profile::Dev)?;
    let binary = run::server()?;
    let built_at = fs::metadata(&binary)?.modified()?;
    server.keep_running(built_at, run::serve(&binary, options))
}

/// The running server, and when it was built.
struct Server {
    running: Option<(Child, SystemTime)>,
}

impl Server {
    /// Starts the server unless this very one is running.
    fn keep_running(&mut self, built_at: SystemTime, mut command: Command) -> Result<()> {
        if let Some((child, since)) = &mut self.running {
            if *since == built_at && child.try_wait()?.is_none() {
                return Ok(());
            }
            child.kill()?;
            child.wait()?;
        }
        let child = command.spawn().context("cannot start the server")?;
        self.running = Some((child, built_at));
        Ok(())
    }
}

fn snapshot(root: &Path) -> Result<Snapshot> {
    let mut found = Snapshot::new();
    let mut open: Vec<PathBuf> = WATCHED.iter().map(|name| root.join(name)).collect();
    while let Some(path) = open.pop() {
        // An editor may remove and rename files while we look: what is gone is simply not there.
        let Ok(metadata) = fs::metadata(&path) else {
            continue;
        };
        if metadata.is_dir() {
            let entries = fs::read_dir(&path).with_context(|| format!("cannot read {}", path.display()))?;
            open.extend(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())));
        } else {
            found.insert(path, metadata.modified()?);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_a_changed_and_a_removed_file_are_each_a_change() {
        let root = tempfile::tempdir().unwrap();
        let form = root.path().join("forms/home_visit.kdl");
        fs::create_dir_all(form.parent().unwrap()).unwrap();
        let nothing = snapshot(root.path()).unwrap();

        fs::write(&form, "form home_visit").unwrap();
        let written = snapshot(root.path()).unwrap();
        assert_ne!(written, nothing);
        assert_eq!(written, snapshot(root.path()).unwrap());

        let later = SystemTime::now() + Duration::from_secs(5);
        fs::File::options()
            .write(true)
            .open(&form)
            .unwrap()
            .set_modified(later)
            .unwrap();
        assert_ne!(snapshot(root.path()).unwrap(), written);

        fs::remove_file(&form).unwrap();
        assert_eq!(snapshot(root.path()).unwrap(), nothing);
    }

    #[test]
    fn what_a_build_writes_is_not_watched() {
        let root = tempfile::tempdir().unwrap();
        for written in ["dist/index.html", "target/debug/app", "data/firsthand.db"] {
            let path = root.path().join(written);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        assert_eq!(snapshot(root.path()).unwrap(), Snapshot::new());
    }
}
