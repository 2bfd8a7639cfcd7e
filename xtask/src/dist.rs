//! The folder of the built front end: names files by their content, compresses them, lists them in `manifest.json`,
//! and takes away what the build before left. It does not know what the files are for.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The list of a build's files, last to be written: who sees a new one sees the build that it lists.
const MANIFEST: &str = "manifest.json";

/// A build's files, not yet written. They are written in the order in which they were added: add a file after those
/// that it names, so that a page read meanwhile never names a file that is not there.
#[derive(Default)]
pub(crate) struct Dist {
    files: Vec<(String, Vec<u8>)>,
}

/// What a build consists of, as `manifest.json` has it.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest {
    /// Changes when any file does.
    pub(crate) version: String,
    /// The files, in order of path.
    pub(crate) files: Vec<Listed>,
}

/// One file of a build: its path below the folder, and its sizes in bytes.
#[derive(Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) path: String,
    pub(crate) raw: usize,
    /// The size of the `.gz` beside it, where there is one.
    pub(crate) gzip: Option<usize>,
    /// The size of the `.br` beside it, where there is one.
    pub(crate) brotli: Option<usize>,
}

/// Whether files are accompanied by what a browser would rather download.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compression {
    /// A `.br` and a `.gz` beside each file.
    Beside,
    /// Plain files alone, for a build that only this machine will see.
    None,
}

impl Dist {
    /// Adds a file under a name that everyone knows, such as `index.html`.
    pub(crate) fn add(&mut self, path: &str, bytes: impl Into<Vec<u8>>) {
        self.files.push((path.to_owned(), bytes.into()));
    }

    /// Adds a file under `assets/` with its content's hash in its name, so that a browser may keep it for ever.
    /// Gives its address on the server.
    pub(crate) fn add_by_content(
        &mut self,
        stem: &str,
        extension: &str,
        bytes: impl Into<Vec<u8>>,
    ) -> String {
        let bytes = bytes.into();
        let path = format!("assets/{stem}-{}.{extension}", hash([bytes.as_slice()]));
        let address = format!("/{path}");
        self.files.push((path, bytes));
        address
    }

    /// The addresses of the files so far, in the order in which they were added.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = String> {
        self.files.iter().map(|(path, _)| format!("/{path}"))
    }

    /// Changes when the name or the content of any file does.
    pub(crate) fn version(&self) -> String {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort();
        hash(
            files
                .into_iter()
                .flat_map(|(path, bytes)| [path.as_bytes(), bytes.as_slice()]),
        )
    }

    /// Makes `folder` hold these files and no others; a file that is there already stays untouched.
    pub(crate) fn write(&self, folder: &Path, compression: Compression) -> Result<Manifest> {
        let mut kept = BTreeSet::from([folder.join(MANIFEST)]);
        let mut files = Vec::new();
        for (path, bytes) in &self.files {
            let file = folder.join(path);
            if !kept.insert(file.clone()) {
                bail!("two files of the front end are both named {path}");
            }
            let is_new = !holds(&file, bytes);
            let mut beside = |ending: &str, compress: fn(&[u8]) -> Result<Vec<u8>>| {
                let companion = PathBuf::from(format!("{}.{ending}", file.display()));
                if is_new || !companion.exists() {
                    write(&companion, &compress(bytes)?)?;
                }
                let size = fs::metadata(&companion)?.len();
                kept.insert(companion);
                Ok::<_, anyhow::Error>(usize::try_from(size)?)
            };
            let (gzip, brotli) = match compression {
                Compression::Beside => (Some(beside("gz", gzip)?), Some(beside("br", brotli)?)),
                Compression::None => (None, None),
            };
            // After its companions: should this program be stopped between them, the next build makes all three anew.
            if is_new {
                write(&file, bytes)?;
            }
            files.push(Listed {
                path: path.clone(),
                raw: bytes.len(),
                gzip,
                brotli,
            });
        }
        remove_all_but(folder, &kept)?;

        files.sort_by(|one, other| one.path.cmp(&other.path));
        let manifest = Manifest {
            version: self.version(),
            files,
        };
        let listing = serde_json::to_vec_pretty(&manifest)?;
        if !holds(&folder.join(MANIFEST), &listing) {
            write(&folder.join(MANIFEST), &listing)?;
        }
        Ok(manifest)
    }
}

/// Twelve hexadecimal digits of SHA-256 over the parts, each preceded by its length: enough that two builds of one
/// product never share them by chance.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update((part.len() as u64).to_be_bytes());
        sha.update(part);
    }
    sha.finalize()
        .iter()
        .take(6)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Whether a file is there and consists of these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    fs::read(path).is_ok_and(|present| present == bytes)
}

/// Writes a file, and the folders in which it lies.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file lies in a folder")?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let parameters = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Removes every file below `folder` that is not to be kept, and the folders that this leaves empty.
fn remove_all_but(folder: &Path, kept: &BTreeSet<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_all_but(&path, kept)?;
            if fs::read_dir(&path)?.next().is_none() {
                fs::remove_dir(&path)?;
            }
        } else if !kept.contains(&path) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn listing(folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(listing(&path));
            } else {
                found.push(path.display().to_string());
            }
        }
        found.sort();
        found
    }

    #[test]
    fn what_is_compressed_reads_back_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let text = "What children told us. ".repeat(500);
        let mut dist = Dist::default();
        let address = dist.add_by_content("app", "js", text.as_str());
        let manifest = dist.write(folder.path(), Compression::Beside).unwrap();

        let file = |ending: &str| fs::read(folder.path().join(format!("{}{ending}", &address[1..]))).unwrap();
        let (gz, br) = (file(".gz"), file(".br"));
        let mut from_gzip = String::new();
        flate2::read::GzDecoder::new(gz.as_slice())
            .read_to_string(&mut from_gzip)
            .unwrap();
        let mut from_brotli = Vec::new();
        brotli::BrotliDecompress(&mut br.as_slice(), &mut from_brotli).unwrap();

        assert_eq!(file(""), text.as_bytes());
        assert_eq!(from_gzip, text);
        assert_eq!(from_brotli, text.as_bytes());
        let [listed] = manifest.files.as_slice() else {
            panic!("one file, not {:?}", manifest.files)
        };
        assert_eq!(
            (listed.raw, listed.gzip, listed.brotli),
            (text.len(), Some(gz.len()), Some(br.len()))
        );
    }

    #[test]
    fn a_second_build_leaves_nothing_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let build = |app: &str, form: Option<&str>, compression| {
            let mut dist = Dist::default();
            let address = dist.add_by_content("app", "js", app);
            form.inspect(|form| dist.add(&format!("forms/{form}.json"), "{}"));
            dist.add("index.html", format!("<script src={address}>"));
            dist.write(folder.path(), compression).unwrap();
            listing(folder.path())
        };
        let first = build("1", Some("home_visit"), Compression::Beside);
        let second = build("2", None, Compression::None);
        assert_eq!(
            first.len(),
            10,
            "three files, each with two companions, and the manifest: {first:?}"
        );
        assert_eq!(second.len(), 3, "two files and the manifest: {second:?}");
        assert!(
            !folder.path().join("forms").exists(),
            "an emptied folder goes too"
        );
        assert_eq!(
            build("1", Some("home_visit"), Compression::Beside),
            first,
            "the same build has the same names"
        );
    }

    #[test]
    fn changed_content_under_the_same_name_is_compressed_anew() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["one", "two"] {
            let mut dist = Dist::default();
            dist.add("index.html", text);
            dist.write(folder.path(), Compression::Beside).unwrap();
            let mut page = Vec::new();
            let br = fs::read(folder.path().join("index.html.br")).unwrap();
            brotli::BrotliDecompress(&mut br.as_slice(), &mut page).unwrap();
            assert_eq!(page, text.as_bytes());
        }
    }

    #[test]
    fn the_version_follows_names_and_content_but_not_the_order() {
        let version = |files: &[(&str, &str)]| {
            let mut dist = Dist::default();
            files.iter().for_each(|(path, text)| dist.add(path, *text));
            dist.version()
        };
        let original = version(&[("a", "1"), ("b", "2")]);
        assert_eq!(original, version(&[("b", "2"), ("a", "1")]));
        assert_ne!(original, version(&[("a", "2"), ("b", "1")]));
        assert_ne!(original, version(&[("a", "1"), ("c", "2")]));
        assert_ne!(
            original,
            version(&[("a", "1b"), ("", "2")]),
            "parts do not run into each other"
        );
    }

    #[test]
    fn two_files_of_one_name_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut dist = Dist::default();
        dist.add("index.html", "one");
        dist.add("index.html", "two");
        let refusal = dist.write(folder.path(), Compression::None).unwrap_err();
        assert!(refusal.to_string().contains("index.html"), "{refusal}");
    }
}
