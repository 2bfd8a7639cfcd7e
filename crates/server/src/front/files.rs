//! Where the built files lie: in the program itself, or in a folder that changes while someone works on it.

use std::path::{Path, PathBuf};

use axum::body::Bytes;
use form::Hash;

use super::media::media_type;

/// One file that was built into the program: its path below `dist/`, and its bytes.
pub type Embedded = (&'static str, &'static [u8]);

/// The front end's built files. Beside a file may lie its compressed forms, named `.br` and `.gz` in addition.
#[derive(Clone, Debug)]
pub enum Files {
    /// Built into the program, in order of path.
    Embedded(&'static [Embedded]),
    /// In a folder, read anew each time.
    Folder(PathBuf),
}

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

/// A file as it can be sent.
pub(super) struct Found {
    pub(super) bytes: Bytes,
    pub(super) coding: Option<Coding>,
    pub(super) media_type: &'static str,
    /// A strong entity tag, quotes included: another file, or another coding of it, has another.
    pub(super) tag: String,
}

impl Coding {
    /// Its name in HTTP (RFC 9110, section 8.4.1; RFC 7932).
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }
}

impl Files {
    /// The bytes of the file at this path below `dist/`, as it was built.
    ///
    /// `None` if there is no such file, or the path would lead out of the folder.
    pub async fn read(&self, path: &str) -> Option<Bytes> {
        if !stays_inside(path) {
            return None;
        }
        match self {
            Self::Embedded(files) => {
                let at = files.binary_search_by_key(&path, |(name, _)| name).ok()?;
                files.get(at).map(|(_, bytes)| Bytes::from_static(bytes))
            }
            Self::Folder(folder) => read(folder, path).await,
        }
    }

    /// The paths of the files directly in this folder below `dist/`, in order.
    pub(crate) async fn names(&self, folder: &str) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Embedded(files) => {
                let names = files.iter().map(|&(name, _)| name.to_owned());
                names
                    .filter(|name| name.rsplit_once('/').is_some_and(|(parent, _)| parent == folder))
                    .collect()
            }
            Self::Folder(root) => names_in(&root.join(folder))
                .await
                .into_iter()
                .map(|name| format!("{folder}/{name}"))
                .collect(),
        };
        names.sort();
        names
    }

    /// The file at this path, in the first of these codings that it is there in.
    pub(super) async fn find(&self, path: &str, codings: &[Coding]) -> Option<Found> {
        let plain = self.read(path).await?;
        let media_type = media_type(path);
        for &coding in codings {
            if let Some(bytes) = self.read(&format!("{path}{}", coding.ending())).await {
                return Some(found(bytes, Some(coding), media_type));
            }
        }
        Some(found(plain, None, media_type))
    }
}

fn found(bytes: Bytes, coding: Option<Coding>, media_type: &'static str) -> Found {
    let digest = Hash::of(&bytes).to_string();
    let tag = format!("\"{}\"", digest.get(..32).unwrap_or(&digest));
    Found {
        bytes,
        coding,
        media_type,
        tag,
    }
}

/// A folder is never left: each part of a path is a plain name, and hidden files stay hidden.
fn stays_inside(path: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
    };
    path.split('/').all(plain)
}

async fn read(folder: &Path, path: &str) -> Option<Bytes> {
    tokio::fs::read(folder.join(path)).await.ok().map(Bytes::from)
}

/// The names in a folder. One that is not there has none.
async fn names_in(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    let Ok(mut entries) = tokio::fs::read_dir(folder).await else {
        return names;
    };
    while let Ok(Some(entry)) = entries.next_entry().await {
        names.extend(entry.file_name().into_string());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_path_that_leads_out_of_the_folder_finds_nothing() {
        let outside = tempfile::tempdir().unwrap();
        std::fs::write(outside.path().join("secret.txt"), "kept").unwrap();
        let inside = outside.path().join("dist");
        std::fs::create_dir(&inside).unwrap();
        std::fs::write(inside.join(".hidden"), "kept").unwrap();
        std::fs::write(inside.join("seen.txt"), "shown").unwrap();
        let files = Files::Folder(inside);
        for path in [
            "../secret.txt",
            "..%2fsecret.txt",
            "./seen.txt",
            "//seen.txt",
            ".hidden",
            "seen.txt/",
            "a\\..\\..\\secret.txt",
            "",
        ] {
            assert_eq!(files.read(path).await, None, "{path:?}");
        }
        assert_eq!(files.read("seen.txt").await.unwrap(), "shown");
    }

    #[tokio::test]
    async fn a_compressed_form_is_sent_only_to_who_accepts_it_and_has_its_own_tag() {
        const FILES: [Embedded; 3] = [("a.js", b"plain"), ("a.js.br", b"brotli"), ("a.js.gz", b"gzip")];
        let files = Files::Embedded(&FILES);
        let mut tags = Vec::new();
        for (codings, expected) in [
            (&[][..], "plain"),
            (&[Coding::Brotli, Coding::Gzip][..], "brotli"),
            (&[Coding::Gzip][..], "gzip"),
        ] {
            let found = files.find("a.js", codings).await.unwrap();
            assert_eq!(found.bytes, expected);
            assert_eq!(found.coding, codings.first().copied());
            assert_eq!(found.media_type, "text/javascript; charset=utf-8");
            tags.push(found.tag);
        }
        tags.dedup();
        assert_eq!(tags.len(), 3, "each form is another entity: {tags:?}");
    }
}
