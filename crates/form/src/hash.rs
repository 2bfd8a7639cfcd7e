//! SHA-256 over canonical bytes: how forms, revisions and events are named by what they contain.

use std::fmt;
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
    // A `serde_json::Value` keeps the keys of an object sorted, at every depth.
    serde_json::to_vec(&serde_json::to_value(value)?)
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
}
