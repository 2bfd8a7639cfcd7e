//! Passwords: kept only as argon2id hashes (RFC 9106), checked a few at a time.
//!
//! It does not know whose they are.

use std::sync::Arc;
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use tokio::sync::Semaphore;

/// How many characters a new password has at least: what NIST SP 800-63B-4, section 3.1.1.2 asks of a password that
/// stands alone. Three random words, as the NCSC advises, are as long.
pub const SHORTEST: usize = 15;
/// How many it has at most, so that hashing stays bounded.
pub const LONGEST: usize = 256;

/// How long someone waits for their turn before being told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hashes and checks passwords.
///
/// Each costs 19 MiB and two passes, the parameters of the OWASP Password Storage Cheat Sheet, which are the `argon2`
/// crate's defaults; no more run at once than this machine has cores, so that a flood of attempts exhausts nothing.
#[derive(Clone, Debug)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// The hash of a password that nobody knows: checking against it takes as long as against a real one.
    decoy: Arc<str>,
}

/// Why a password could not be hashed or checked.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// Too many people are signing in at once.
    #[error("too many passwords are being checked at once")]
    Busy,
    /// The hash in the store is not one, or the hashing failed. Nothing a person typed leads here.
    #[error("a password could not be hashed or checked: {0}")]
    Broken(String),
}

impl Passwords {
    /// Makes ready to check passwords.
    ///
    /// # Errors
    /// [`Failed::Broken`] if the system has no randomness to give.
    pub fn new() -> Result<Self, Failed> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let mut unknown = [0; 32];
        getrandom::fill(&mut unknown).map_err(|error| Failed::Broken(error.to_string()))?;
        Ok(Self {
            turns: Arc::new(Semaphore::new(cores)),
            decoy: hash(&unknown)?.into(),
        })
    }

    /// The hash to keep, in the PHC string format, with a salt of its own.
    ///
    /// # Errors
    /// [`Failed`] if there are too many at once, or hashing fails.
    pub async fn hash(&self, password: String) -> Result<String, Failed> {
        self.in_turn(move || hash(password.as_bytes())).await
    }

    /// Whether this is the password that was hashed. Without a hash, as for a name that nobody has, it is not; and
    /// finding that out takes as long.
    ///
    /// # Errors
    /// [`Failed`] if there are too many at once, or the hash is none.
    pub async fn matches(&self, password: String, hash: Option<String>) -> Result<bool, Failed> {
        let decoy = Arc::clone(&self.decoy);
        self.in_turn(move || {
            let known = hash.is_some();
            let hash = hash.as_deref().unwrap_or(&decoy);
            let hash = PasswordHash::new(hash).map_err(|error| Failed::Broken(error.to_string()))?;
            Ok(Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
                && known)
        })
        .await
    }

    /// Runs what keeps a core busy on a thread of its own, when it is its turn.
    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Failed> + Send + 'static,
    ) -> Result<T, Failed> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.turns).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(Failed::Busy);
        };
        // The turn ends with the work, even if whoever asked has gone away meanwhile.
        let worked = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        worked.await.map_err(|error| Failed::Broken(error.to_string()))?
    }
}

fn hash(password: &[u8]) -> Result<String, Failed> {
    Argon2::default()
        .hash_password(password)
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| Failed::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_itself_matches_its_hash() {
        let passwords = Passwords::new().unwrap();
        let hash = passwords.hash("three random words".into()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "the parameters OWASP asks for: {hash}"
        );
        for (password, expected) in [
            ("three random words", true),
            ("three random words ", false),
            ("Three random words", false),
            ("", false),
        ] {
            let matches = passwords.matches(password.into(), Some(hash.clone())).await;
            assert_eq!(matches.unwrap(), expected, "{password:?}");
        }
    }

    #[tokio::test]
    async fn one_password_is_hashed_differently_each_time() {
        let passwords = Passwords::new().unwrap();
        let first = passwords.hash("three random words".into()).await.unwrap();
        let second = passwords.hash("three random words".into()).await.unwrap();
        assert_ne!(first, second);
    }

    #[tokio::test]
    async fn nothing_matches_where_there_is_no_hash() {
        let passwords = Passwords::new().unwrap();
        assert!(!passwords.matches("anything at all".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_damaged_hash_is_a_failure_and_not_a_wrong_password() {
        let passwords = Passwords::new().unwrap();
        let matches = passwords.matches("anything".into(), Some("plain".into())).await;
        assert!(matches!(matches, Err(Failed::Broken(_))), "{matches:?}");
    }
}
