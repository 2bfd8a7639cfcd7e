//! The front end that this program was built with.

use std::path::PathBuf;

use anyhow::{Result, bail};
use server::{Embedded, Files};

/// Made by build.rs, in order of path; empty unless this is a release that was built after the front end.
static FRONT: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/front.rs"));

/// The front end: of a folder, if one is named, else the program's own.
pub(crate) async fn files(folder: Option<PathBuf>) -> Result<Files> {
    let files = match &folder {
        Some(folder) => Files::Folder(folder.clone()),
        None => Files::Embedded(FRONT),
    };
    if files.read("index.html").await.is_none() {
        match folder {
            Some(folder) => bail!(
                "{} holds no built front end; `cargo xtask web` makes one in dist/",
                folder.display()
            ),
            None => bail!(
                "this program was built without the front end; name its folder with --dist, \
                 which `cargo xtask web` makes"
            ),
        }
    }
    Ok(files)
}
