//! SHA-256 over canonical bytes: how forms, revisions and events are named by what they contain.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A SHA-256 digest (FIPS 180-4), written as 64 small hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash([u8; 32]);

/// The hash of a form's canonical bytes. Two forms with one hash ask exactly the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FormHash(pub self::Hash);

/// A text that is not 64 small hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 small hexadecimal digits")]
pub struct BadHash;

impl Hash {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

/// The canonical bytes of a value: JSON as the JSON Canonicalization Scheme (RFC 8785) writes it.
///
/// The values hashed here hold texts, whole numbers, booleans and lists, and their keys are ASCII; for those,
/// sorted keys and no white space are all that RFC 8785 asks. Anyone can recompute a hash from an export.
///
/// # Errors
/// When the value cannot be written as JSON at all, such as a map whose keys are not texts.
pub fn canonical_json<T: Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    Ok(sort_keys(&serde_json::to_vec(value)?))
}

/// The same JSON, which has no white space, with the keys of each object in order.
fn sort_keys(written: &[u8]) -> Vec<u8> {
    let mut sorter = Sorter {
        rest: written,
        sorted: Vec::with_capacity(written.len()),
    };
    sorter.value();
    sorter.sorted
}

/// Copies JSON that is known to be well made, value by value.
struct Sorter<'w> {
    rest: &'w [u8],
    sorted: Vec<u8>,
}

impl<'w> Sorter<'w> {
    /// Takes so many bytes from what is left to copy.
    fn take(&mut self, len: usize) -> &'w [u8] {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, &[]));
        self.rest = rest;
        taken
    }

    fn copy(&mut self, len: usize) {
        let copied = self.take(len);
        self.sorted.extend_from_slice(copied);
    }

    fn value(&mut self) {
        match self.rest.first() {
            Some(b'{') => self.object(),
            Some(b'[') => {
                self.copy(1);
                while !matches!(self.rest.first(), None | Some(b']')) {
                    self.value();
                    if self.rest.first() == Some(&b',') {
                        self.copy(1);
                    }
                }
                self.copy(1);
            }
            Some(b'"') => self.copy(self.text_len()),
            _ => {
                let ends = |byte: &u8| matches!(byte, b',' | b']' | b'}');
                self.copy(self.rest.iter().position(ends).unwrap_or(self.rest.len()));
            }
        }
    }

    /// How long the text is that comes next, with its quotes.
    fn text_len(&self) -> usize {
        let mut len = 1;
        loop {
            let rest = self.rest.get(len..).unwrap_or_default();
            match rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) {
                Some(at) if rest.get(at) == Some(&b'"') => return len + at + 1,
                // What stands behind a backslash closes nothing.
                Some(at) => len += at + 2,
                None => return self.rest.len(),
            }
        }
    }

    fn object(&mut self) {
        self.copy(1);
        let start = self.sorted.len();
        // Each key, and where its entry is copied to, from the key to before the comma.
        let mut entries = Vec::new();
        while !matches!(self.rest.first(), None | Some(b'}')) {
            let before = self.sorted.len();
            let key = self.take(self.text_len());
            self.sorted.extend_from_slice(key);
            self.copy(1);
            self.value();
            entries.push((key, before..self.sorted.len()));
            if self.rest.first() == Some(&b',') {
                self.copy(1);
            }
        }
        if !entries.is_sorted_by_key(|(key, _)| *key) {
            self.sort_entries(start, &entries);
        }
        self.copy(1);
    }

    /// Puts the entries of an object, which were copied to `start` and on, in the order of their keys.
    fn sort_entries(&mut self, start: usize, entries: &[(&[u8], Range<usize>)]) {
        let mut in_order: Vec<&(&[u8], Range<usize>)> = entries.iter().collect();
        in_order.sort_by_key(|(key, _)| *key);
        let mut sorted = Vec::with_capacity(self.sorted.len() - start);
        for (index, (_, entry)) in in_order.into_iter().enumerate() {
            if index > 0 {
                sorted.push(b',');
            }
            sorted.extend_from_slice(self.sorted.get(entry.clone()).unwrap_or_default());
        }
        self.sorted.truncate(start);
        self.sorted.append(&mut sorted);
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Hash {
    type Err = BadHash;
    fn from_str(text: &str) -> Result<Self, BadHash> {
        let digits: Vec<u8> = text
            .bytes()
            .map(|b| match b {
                b'0'..=b'9' => Ok(b - b'0'),
                b'a'..=b'f' => Ok(b - b'a' + 10),
                _ => Err(BadHash),
            })
            .collect::<Result<_, _>>()?;
        let (pairs, rest) = digits.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(BadHash);
        }
        let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
        bytes.try_into().map(Self).map_err(|_| BadHash)
    }
}

impl TryFrom<String> for Hash {
    type Error = BadHash;
    fn try_from(text: String) -> Result<Self, BadHash> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl fmt::Display for FormHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for FormHash {
    type Err = BadHash;
    fn from_str(text: &str) -> Result<Self, BadHash> {
        text.parse().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digest_is_sha_256() {
        // The one-block example message of FIPS 180-4.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of(b"abc").to_string(), expected);
        assert_eq!(expected.parse::<Hash>().unwrap(), Hash::of(b"abc"));
    }

    #[test]
    fn keys_are_sorted_at_every_depth() {
        let value = serde_json::json!({ "b": { "d": 1, "c": [true, null] }, "a": "é\n" });
        assert_eq!(
            canonical_json(&value).unwrap(),
            r#"{"a":"é\n","b":{"c":[true,null],"d":1}}"#.as_bytes()
        );
    }

    /// JSON without white space, its keys in any order.
    fn json() -> impl Strategy<Value = String> {
        let text = || {
            prop::sample::select(vec![
                r#""a""#,
                r#""ab""#,
                r#""a\"b""#,
                r#""\\""#,
                r#""b,}]""#,
                r#""é""#,
                r#""""#,
            ])
        };
        let leaf = prop_oneof![
            text().prop_map(str::to_owned),
            prop::sample::select(vec!["0", "-12", "true", "false", "null"]).prop_map(str::to_owned),
        ];
        leaf.prop_recursive(4, 32, 5, move |inner| {
            let list =
                prop::collection::vec(inner.clone(), 0..4).prop_map(|all| format!("[{}]", all.join(",")));
            let object = prop::collection::btree_map(text(), inner, 0..5).prop_flat_map(|entries| {
                let entries = entries.into_iter().map(|(key, value)| format!("{key}:{value}"));
                Just(entries.collect::<Vec<_>>())
                    .prop_shuffle()
                    .prop_map(|all| format!("{{{}}}", all.join(",")))
            });
            prop_oneof![list, object]
        })
    }

    proptest! {
        #[test]
        fn keys_are_sorted_as_a_tree_of_sorted_maps_would(json in json()) {
            let tree: serde_json::Value = serde_json::from_str(&json).unwrap();
            let sorted = String::from_utf8(sort_keys(json.as_bytes())).unwrap();
            prop_assert_eq!(sorted, serde_json::to_string(&tree).unwrap());
        }
    }
}
