//! The secret that a signed-in browser holds, and the cookie it travels in (RFC 6265).

use std::fmt::Write;

use axum::http::HeaderMap;
use axum::http::header::{self, HeaderValue, InvalidHeaderValue};
use form::Hash;

/// The cookie's name over TLS. Browsers let no other host and no plain page set a cookie of such a name.
const NAME: &str = "__Host-firsthand";
/// Its name on this machine alone, where there is no TLS.
const LOOPBACK_NAME: &str = "firsthand";
/// How many bytes a secret has: nobody guesses 256 bits.
const LEN: usize = 32;

/// What only one browser knows.
pub(super) struct Secret(String);

impl Secret {
    /// A new secret.
    pub(super) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; LEN];
        getrandom::fill(&mut bytes)?;
        let mut text = String::with_capacity(LEN * 2);
        for byte in bytes {
            // Writing into a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(Self(text))
    }

    /// What the store knows it by.
    pub(super) fn key(&self) -> Hash {
        Hash::of(self.0.as_bytes())
    }

    /// The cookie that puts it into a browser: no script reads it, no other site sends it.
    pub(super) fn cookie(&self, is_tls: bool, hours: u32) -> Result<HeaderValue, InvalidHeaderValue> {
        let seconds = u64::from(hours) * 3_600;
        set(is_tls, &self.0, seconds)
    }
}

/// The cookie that takes a secret out of a browser.
pub(super) fn none(is_tls: bool) -> HeaderValue {
    set(is_tls, "", 0).unwrap_or(HeaderValue::from_static(""))
}

/// What the store knows the session of a request by, if it has one.
pub(super) fn key(headers: &HeaderMap, is_tls: bool) -> Option<Hash> {
    let mut secrets = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == self::name(is_tls))
        .map(|(_, secret)| secret);
    let secret = secrets.next()?;
    // Two of one name are somebody's attempt to put theirs before ours.
    let is_alone = secrets.next().is_none();
    (is_alone && secret.len() == LEN * 2).then(|| Hash::of(secret.as_bytes()))
}

fn name(is_tls: bool) -> &'static str {
    if is_tls { NAME } else { LOOPBACK_NAME }
}

fn set(is_tls: bool, secret: &str, seconds: u64) -> Result<HeaderValue, InvalidHeaderValue> {
    let secure = if is_tls { "; Secure" } else { "" };
    let name = name(is_tls);
    HeaderValue::from_str(&format!(
        "{name}={secret}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookies: &[&str]) -> HeaderMap {
        let cookies = cookies.iter().map(|text| (header::COOKIE, text.parse().unwrap()));
        cookies.collect()
    }

    #[test]
    fn a_secret_comes_back_as_the_key_it_was_kept_under() {
        for is_tls in [true, false] {
            let secret = Secret::random().unwrap();
            let cookie = secret.cookie(is_tls, 12).unwrap();
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            let headers = sent(&[&format!("theme=dark; {pair}")]);
            assert_eq!(key(&headers, is_tls), Some(secret.key()));
            assert_eq!(key(&headers, !is_tls), None, "the name tells the two apart");
        }
    }

    #[test]
    fn the_cookie_is_guarded() {
        let secret = Secret::random().unwrap();
        let over_tls = secret.cookie(true, 12).unwrap();
        let over_tls = over_tls.to_str().unwrap();
        assert!(over_tls.starts_with("__Host-firsthand="));
        for guard in [
            "; Path=/",
            "; HttpOnly",
            "; SameSite=Strict",
            "; Secure",
            "; Max-Age=43200",
        ] {
            assert!(over_tls.contains(guard), "{over_tls}");
        }
        let here = secret.cookie(false, 12).unwrap();
        assert!(!here.to_str().unwrap().contains("Secure"));
        assert!(none(true).to_str().unwrap().contains("Max-Age=0"));
    }

    #[test]
    fn what_is_not_one_secret_is_none() {
        let secret = "a".repeat(LEN * 2);
        for cookies in [
            &[][..],
            &["firsthand="],
            &["firsthand=short"],
            &[&format!("firsthand={secret}; firsthand={secret}")],
            &[&format!("firsthand={secret}"), &format!("firsthand={secret}")],
            &[&format!("xfirsthand={secret}")],
        ] {
            assert_eq!(key(&sent(cookies), false), None, "{cookies:?}");
        }
    }
}
