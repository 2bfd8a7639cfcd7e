//! `attachment`: files, told by their name, type, size and content.

use feel::{ListId, Type, Value};
use serde::{Deserialize, Serialize};

use super::text::fits;
use super::{as_entered, compound, wrong_shape};
use crate::answer::Answer;
use crate::compound::{Compound, Entry, Named};
use crate::field::{FieldKind, SettingError, SettingKind, SettingSpec, Settings};
use crate::hash::Hash;
use crate::ids::Table;
use crate::lists::CodeList;

/// Files, an entry for each. The parts are `name`, `type` (its media type), `size` in bytes, `sha256` of its content,
/// which tells it from every other file, and `shows`, what is to be seen in it. The content itself is no part of the
/// answer: it is kept beside the record, under its hash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// The most files there may be.
    pub most: u32,
}

/// A file as an answer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedFile {
    /// The hash of its content, which tells it from every other file.
    pub hash: Hash,
    /// What it was called where it was chosen.
    pub name: String,
    /// Its media type (RFC 6838), as the device told it.
    pub media_type: String,
    /// How many bytes it has.
    pub size: u64,
    /// What is to be seen in it, in words.
    pub shows: String,
}

/// The most files that a form may ask for, and the most bytes of one.
const MAX_FILES: u32 = 50;
const MAX_BYTES: u64 = 20_000_000;
/// The most characters of a name, and of what is to be seen in a file.
const MAX_LENGTH: usize = 500;

const MOST: SettingSpec = SettingSpec {
    name: "most",
    kind: SettingKind::Whole,
    required: false,
    doc: "The most files there may be; 10 if not given.",
};

impl Attachment {
    /// The most bytes that one file may have.
    pub const MAX_BYTES: u64 = MAX_BYTES;
}

/// A size as people say it: "1.4 MB", "820 kB".
pub fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

impl NamedFile {
    /// The file that the parts of an entry name; none unless they say what it is called, how large it is and what its
    /// hash is.
    pub fn of(named: &Named) -> Option<Self> {
        let name = named.get("name");
        let file = Self {
            hash: named.get("sha256").parse().ok()?,
            name: name.to_owned(),
            media_type: named.get("type").to_owned(),
            size: named.get("size").parse().ok()?,
            shows: named.get("shows").to_owned(),
        };
        (!name.is_empty()).then_some(file)
    }
}

fn read_file(named: &Named) -> Result<Value, String> {
    let file = NamedFile::of(named).ok_or_else(wrong_shape)?;
    let NamedFile {
        name, size, shows, ..
    } = &file;
    fits(name, MAX_LENGTH, "the name of the file")?;
    fits(shows, MAX_LENGTH, &format!("what “{name}” shows"))?;
    if *size > MAX_BYTES {
        return Err(format!(
            "Choose a smaller file than “{name}”: {} at most",
            size_in_words(MAX_BYTES)
        ));
    }
    if shows.is_empty() {
        return Err(format!("Write what “{name}” shows"));
    }
    Ok(Value::text(name.as_str()))
}

fn tell_file(named: &Named) -> String {
    let size = named.get("size").parse::<u64>().map(size_in_words);
    let mut told = named.get("name").to_owned();
    if let Ok(size) = size {
        told = format!("{told} ({size})");
    }
    match named.get("shows") {
        "" => told,
        shows => format!("{told}: {shows}"),
    }
}

impl FieldKind for Attachment {
    const NAME: &'static str = "attachment";
    const DOC: &'static str = "Photographs and other files, each with what it shows, and with a hash that tells whether it \
        is still the same. In expressions it is the list of their names.";
    const SETTINGS: &'static [SettingSpec] = &[MOST];

    fn build(settings: &dyn Settings) -> Result<Self, SettingError> {
        let most = settings.whole(MOST.name).unwrap_or(10);
        if (1..=MAX_FILES).contains(&most) {
            return Ok(Self { most });
        }
        Err(SettingError {
            setting: MOST.name,
            message: format!("there can be between 1 and {MAX_FILES} files"),
        })
    }

    fn value_type(&self) -> Type {
        Type::Text.list()
    }

    fn read(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> Result<Value, String> {
        let parts = compound(answer)?;
        if parts.entries.len() > self.most as usize {
            return Err(match self.most {
                1 => "Keep to one file".to_owned(),
                most => format!("Keep to {most} files"),
            });
        }
        let files = parts.entries.iter().map(|entry| read_file(&entry.named));
        files.collect::<Result<Vec<_>, _>>().map(Value::list)
    }

    fn tell(&self, answer: &Answer, _: &Table<ListId, CodeList>) -> String {
        let Ok(parts) = compound(answer) else {
            return as_entered(answer);
        };
        let files = parts.entries.iter().map(|entry| tell_file(&entry.named));
        let told = files
            .filter(|told| !told.is_empty())
            .collect::<Vec<_>>()
            .join("\n");
        if told.is_empty() { as_entered(answer) } else { told }
    }

    fn ask(&self) -> &'static str {
        "Add a file"
    }

    fn files(&self, answer: &Answer) -> Vec<NamedFile> {
        let entries = compound(answer)
            .map(|parts| &parts.entries[..])
            .unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| NamedFile::of(&entry.named))
            .collect()
    }

    fn samples() -> Vec<(Self, Answer, &'static str)> {
        let hash = Hash::of(b"a picture").to_string();
        let file = Entry::new(
            "1",
            [
                ("name", "kitchen.jpg"),
                ("type", "image/jpeg"),
                ("size", "1430000"),
                ("sha256", &hash),
                ("shows", "The kitchen after it was repaired"),
            ],
        );
        let answer = Answer::Compound(Compound::entries([file]));
        vec![(
            Self { most: 10 },
            answer,
            "kitchen.jpg (1.4 MB): The kitchen after it was repaired",
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_size_a_hash_and_words_that_say_what_it_shows() {
        let hash = Hash::of(b"x").to_string();
        let read = |size: &str, hash: &str, shows: &str| {
            let parts = [
                ("name", "a.png"),
                ("size", size),
                ("sha256", hash),
                ("shows", shows),
            ];
            let answer = Compound::entries([Entry::new("1", parts)]);
            Attachment { most: 1 }.read(&Answer::Compound(answer), &Table::default())
        };
        assert_eq!(
            read("12", &hash, "A wall"),
            Ok(Value::list([Value::text("a.png")]))
        );
        assert_eq!(read("12", &hash, ""), Err("Write what “a.png” shows".into()));
        assert_eq!(read("12", "abc", "A wall"), Err(wrong_shape()));
        assert_eq!(read("many", &hash, "A wall"), Err(wrong_shape()));
        assert_eq!(
            read("99999999", &hash, "A wall"),
            Err("Choose a smaller file than “a.png”: 20.0 MB at most".into())
        );
    }

    #[test]
    fn the_files_of_an_answer_are_those_that_can_be_told_apart() {
        let hash = Hash::of(b"x").to_string();
        let file =
            |id: &str, hash: &str| Entry::new(id, [("name", "a.png"), ("size", "1"), ("sha256", hash)]);
        let answer = Compound::entries([
            file("1", &hash),
            file("2", "abc"),
            Entry::new("3", [("shows", "A wall")]),
        ]);
        let files = Attachment { most: 9 }.files(&Answer::Compound(answer));
        assert_eq!(
            files.iter().map(|file| file.hash).collect::<Vec<_>>(),
            [Hash::of(b"x")]
        );
        assert_eq!(Attachment { most: 9 }.files(&Answer::Text(hash)), []);
    }
}
