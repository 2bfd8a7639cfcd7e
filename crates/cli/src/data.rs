//! The folder that everything is kept in. Nobody but the account that runs the program may look into it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use store::SqliteStore;

/// Which folder that is.
#[derive(clap::Args)]
pub(crate) struct Data {
    /// The folder that everything is kept in.
    #[arg(long = "data", value_name = "FOLDER", default_value = "data")]
    folder: PathBuf,
}

impl Data {
    /// Opens the store, making the folder and the database if they are not there.
    pub(crate) async fn open_or_make(&self) -> Result<SqliteStore> {
        make_folder(&self.folder).with_context(|| format!("cannot make {}", self.folder.display()))?;
        let file = self.file();
        make_file(&file).with_context(|| format!("cannot write to {}", file.display()))?;
        self.open_file().await
    }

    /// Opens the store that is there.
    pub(crate) async fn open(&self) -> Result<SqliteStore> {
        let file = self.file();
        if !file.is_file() {
            bail!("there is no database in {}", self.folder.display());
        }
        self.open_file().await
    }

    async fn open_file(&self) -> Result<SqliteStore> {
        let file = self.file();
        SqliteStore::open(&file)
            .await
            .with_context(|| format!("cannot open {}", file.display()))
    }

    fn file(&self) -> PathBuf {
        self.folder.join("firsthand.db")
    }
}

/// Makes a folder that only its owner may enter. One that is there is left as it is.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Makes an empty file that only its owner may read. SQLite gives the files beside it the same permissions.
fn make_file(file: &Path) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(file).map(drop)
}
