//! What went wrong, as RFC 9457 (Problem Details for HTTP APIs) writes it.

use record::{Fault, Refusal};
use serde::{Deserialize, Serialize};
use validator::{ValidationErrors, ValidationErrorsKind};

use crate::records::Posted;

/// Why a request was not carried out. Sent as `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// A relative reference made of the code, `/problems/not-ready`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is, in a few words that are always the same.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is wrong this time, as a sentence for a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Names this one occurrence, so that it can be found in the server's log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// For programs: of a [`ProblemCode`], or [`Refusal::code`]. Never changed.
    pub code: String,
    /// Which parts of the request are not as they should be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// What is to be put right in the record, if that is why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<Fault>,
    /// What came of each command, where none was carried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted: Option<Box<Posted>>,
}

/// A part of a request that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    /// Where in the request, as a JSON Pointer (RFC 6901).
    pub pointer: String,
    /// What is wrong, as a sentence. What was sent is not repeated: it may be a password.
    pub detail: String,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $title:literal)*) => {
        /// What can be wrong with a request, apart from what a record refuses.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)*
        }

        impl ProblemCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The code by which programs know it.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// What kind of problem it is.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The request cannot be read.
    Malformed "malformed" 400 "The request cannot be read"
    /// Nobody is signed in, or no longer.
    NotSignedIn "not-signed-in" 401 "Sign in first"
    /// The user name or the password is wrong. Which one is not told.
    WrongPassword "wrong-password" 401 "The user name or password is wrong"
    /// The person may not do this.
    Forbidden "forbidden" 403 "You may not do this"
    /// There is nothing here, or nothing the person may know of.
    NotFound "not-found" 404 "There is nothing here"
    /// The path does not take this method.
    WrongMethod "wrong-method" 405 "This cannot be done here"
    /// The request is too large.
    TooLarge "too-large" 413 "The request is too large"
    /// The request is not of the type it should be.
    WrongType "wrong-type" 415 "The request is not of the right type"
    /// The request can be read, but is not as it should be.
    Invalid "invalid" 422 "The request is not as it should be"
    /// A file is not the one that was announced.
    OtherContent "other-content" 422 "This is another file"
    /// The server keeps no such form.
    NoSuchForm "no-such-form" 422 "There is no such form"
    /// A child is not on file.
    NoSuchChild "no-such-child" 422 "There is no such child on file"
    /// Too many tries; wait.
    TooMany "too-many" 429 "Too many tries; wait a little"
    /// A fault of the server. Nothing is told of it but where to look.
    Internal "internal" 500 "Something went wrong on the server"
    /// The server cannot keep anything at present, such as with a full disk.
    Unavailable "unavailable" 503 "The server cannot keep work at present"
}

impl Problem {
    /// A problem with a request.
    pub fn new(code: ProblemCode) -> Self {
        Self::titled(code.code(), code.status(), code.title())
    }

    fn titled(code: &str, status: u16, title: &str) -> Self {
        Self {
            kind: format!("/problems/{code}"),
            title: title.to_owned(),
            status,
            detail: None,
            instance: None,
            code: code.to_owned(),
            errors: Vec::new(),
            faults: Vec::new(),
            posted: None,
        }
    }

    /// The problem with what is wrong this time.
    pub fn detail(self, detail: impl Into<String>) -> Self {
        Self {
            detail: Some(detail.into()),
            ..self
        }
    }

    /// The problem with a name for this occurrence of it.
    pub fn instance(self, instance: impl Into<String>) -> Self {
        Self {
            instance: Some(instance.into()),
            ..self
        }
    }
}

/// The HTTP status that goes with a refusal.
pub fn status_of(refusal: &Refusal) -> u16 {
    match refusal {
        Refusal::NotAllowed
        | Refusal::OtherTeam
        | Refusal::OwnWork
        | Refusal::DecidedBefore
        | Refusal::OtherRole
        | Refusal::NotAnAuthor => 403,
        Refusal::Waiting
        | Refusal::Complete
        | Refusal::Voided
        | Refusal::NotWaiting
        | Refusal::NotReturned
        | Refusal::RowExists(_)
        | Refusal::RowNotSeen(_)
        | Refusal::CommentExists
        | Refusal::DraftChanged
        | Refusal::RevisionChanged
        | Refusal::ChangedSince
        | Refusal::IdTaken
        | Refusal::OtherForm => 409,
        Refusal::NoSuchPlace(_)
        | Refusal::NoSuchRow(_)
        | Refusal::NotAQuestion(_)
        | Refusal::NotARepeat(_)
        | Refusal::TooManyRows(_)
        | Refusal::NoSuchWarning(_)
        | Refusal::Blank(_)
        | Refusal::NoReason
        | Refusal::NoSuchComment
        | Refusal::NotReady(_)
        | Refusal::NotApprovable(_)
        | Refusal::FilesMissing(_)
        | Refusal::NoSuchForm
        | Refusal::NotLater
        | Refusal::NoLongerAsked(_)
        | Refusal::WrongChildren => 422,
        Refusal::Unwritable(_) => 500,
    }
}

impl From<&Refusal> for Problem {
    fn from(refusal: &Refusal) -> Self {
        let problem = Self::titled(
            refusal.code(),
            status_of(refusal),
            "This cannot be done to the record",
        );
        Self {
            faults: refusal.faults().to_vec(),
            ..problem.detail(refusal.to_string())
        }
    }
}

impl From<&ValidationErrors> for Problem {
    fn from(invalid: &ValidationErrors) -> Self {
        let mut errors = Vec::new();
        collect(invalid, "", &mut errors);
        errors.sort_by(|one, other| one.pointer.cmp(&other.pointer));
        Self {
            errors,
            ..Self::new(ProblemCode::Invalid)
        }
    }
}

fn collect(invalid: &ValidationErrors, at: &str, errors: &mut Vec<FieldError>) {
    for (field, kind) in invalid.errors() {
        let pointer = format!("{at}/{field}");
        match kind {
            ValidationErrorsKind::Struct(inner) => collect(inner, &pointer, errors),
            ValidationErrorsKind::List(entries) => {
                for (index, inner) in entries {
                    collect(inner, &format!("{pointer}/{index}"), errors);
                }
            }
            ValidationErrorsKind::Field(found) => errors.extend(found.iter().map(|error| FieldError {
                pointer: pointer.clone(),
                detail: error.message.as_ref().unwrap_or(&error.code).to_string(),
            })),
        }
    }
}
