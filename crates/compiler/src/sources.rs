//! The texts to be compiled.

/// The files to be compiled together, by their paths. They are kept in the order of their paths, so whatever is
/// told of them comes in the same order on every machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sources {
    // INVARIANT: in the order of their paths, each of which stands once.
    files: Vec<(String, String)>,
}

/// One of the files of [`Sources`]. Adding a file may change which one it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub(crate) u32);

impl Sources {
    /// Adds a file, or replaces the one at this path. Paths are written with `/`.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        let (path, text) = (path.into(), text.into());
        match self.files.binary_search_by(|(known, _)| known.cmp(&path)) {
            Ok(found) => {
                if let Some(file) = self.files.get_mut(found) {
                    file.1 = text;
                }
            }
            Err(between) => self.files.insert(between, (path, text)),
        }
    }

    /// The files in order.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &str, &str)> {
        (0..)
            .map(FileId)
            .zip(&self.files)
            .map(|(id, (path, text))| (id, path.as_str(), text.as_str()))
    }

    /// The file at this path.
    pub fn find(&self, path: &str) -> Option<FileId> {
        let found = self
            .files
            .binary_search_by(|(known, _)| known.as_str().cmp(path))
            .ok()?;
        u32::try_from(found).ok().map(FileId)
    }

    /// The path of a file; nothing but the empty text if it is none of these.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path)
    }

    /// The text of a file; nothing but the empty text if it is none of these.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(_, text)| text)
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Sources {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        let mut sources = Self::default();
        for (path, text) in files {
            sources.insert(path, text);
        }
        sources
    }
}
