//! Where people's browsers reach the server, which decides how cookies are guarded.

use std::fmt;
use std::str::FromStr;

use axum::http::Uri;
use axum::http::uri::Authority;

/// What a browser shows before the first slash of our addresses (RFC 6454): `https://records.example.gov.uk`, or
/// plain `http` where the browser is on the same machine as the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    text: String,
    is_tls: bool,
}

/// Why a text cannot be an [`Origin`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadOrigin {
    /// It is not of the right form.
    #[error("write the address as https://records.example.gov.uk, with no path after it")]
    Form,
    /// What people write would cross a network in the clear.
    #[error("records about children are only sent over TLS: the address must begin with https://")]
    Plain,
}

impl Origin {
    /// Whether people reach the server over TLS.
    pub(crate) fn is_tls(&self) -> bool {
        self.is_tls
    }

    /// The origin as a browser writes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Origin {
    type Err = BadOrigin;
    fn from_str(text: &str) -> Result<Self, BadOrigin> {
        let uri: Uri = text.parse().map_err(|_| BadOrigin::Form)?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err(BadOrigin::Form);
        };
        // A browser sends the origin as scheme, host and port, and nothing else.
        if !text.eq_ignore_ascii_case(&format!("{scheme}://{authority}")) || authority.as_str().contains('@')
        {
            return Err(BadOrigin::Form);
        }
        let is_tls = match scheme {
            "https" => true,
            "http" if is_loopback(authority) => false,
            "http" => return Err(BadOrigin::Plain),
            _ => return Err(BadOrigin::Form),
        };
        Ok(Self {
            text: text.to_ascii_lowercase(),
            is_tls,
        })
    }
}

/// Whether only this machine is reached by it.
fn is_loopback(authority: &Authority) -> bool {
    matches!(authority.host(), "localhost" | "127.0.0.1" | "[::1]")
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_tls_or_this_machine() {
        for (text, is_tls) in [
            ("https://records.example.gov.uk", true),
            ("HTTPS://Records.Example.gov.uk:8443", true),
            ("http://localhost:8080", false),
            ("http://127.0.0.1", false),
            ("http://[::1]:80", false),
        ] {
            let origin: Origin = text.parse().unwrap();
            assert_eq!(origin.is_tls(), is_tls, "{text}");
            assert_eq!(origin.as_str(), text.to_ascii_lowercase());
        }
    }

    #[test]
    fn what_a_browser_would_never_send_is_refused() {
        for (text, reason) in [
            ("http://records.example.gov.uk", BadOrigin::Plain),
            ("http://127.0.0.1.example.com", BadOrigin::Plain),
            ("https://records.example.gov.uk/", BadOrigin::Form),
            ("https://records.example.gov.uk/app", BadOrigin::Form),
            ("https://someone@records.example.gov.uk", BadOrigin::Form),
            ("ftp://records.example.gov.uk", BadOrigin::Form),
            ("records.example.gov.uk", BadOrigin::Form),
            ("/", BadOrigin::Form),
            ("", BadOrigin::Form),
        ] {
            assert_eq!(text.parse::<Origin>(), Err(reason), "{text:?}");
        }
    }
}
