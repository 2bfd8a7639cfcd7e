//! Where things are. The constants are patterns for a router; the functions make the address of one thing.
//!
//! | Path | Method | Takes | Gives |
//! | --- | --- | --- | --- |
//! | [`SESSION`] | `POST` | [`crate::SignIn`] | [`crate::Me`] and a cookie |
//! | [`SESSION`] | `GET` | | [`crate::Me`], or `null` while nobody is signed in |
//! | [`SESSION`] | `DELETE` | | nothing |
//! | [`DEMONSTRATION`] | `GET` | | [`crate::Demonstration`] |
//! | [`FORMS`] | `GET` | | [`crate::Forms`] |
//! | [`FORM`] | `GET` | | the form's canonical bytes, which never change |
//! | [`FAMILIES`] | `GET` | | [`crate::Families`] |
//! | [`RECORDS`] | `POST` | [`crate::StartRecord`] | [`crate::Posted`] |
//! | [`EVENTS`] | `GET` | `?after=` the last known place | [`crate::Events`] |
//! | [`COMMANDS`] | `POST` | [`crate::PostCommands`] | [`crate::Posted`] |
//! | [`FILES`] | `GET` | | [`crate::Files`] |
//! | [`FILE`] | `PUT` | the file, of a [`crate::MediaType`] | nothing; sent again, it changes nothing |
//! | [`FILE`] | `GET` | | the file, which never changes |
//! | [`WORK`] | `GET` | | [`crate::WorkList`] |
//! | [`SIGN_OFF`] | `GET` | | [`crate::SignOffList`] |
//!
//! Whatever goes wrong is told by a [`crate::Problem`].

use form::{FormHash, Hash};
use record::{RecordId, Seq};

/// Signing in and out, and who is signed in.
pub const SESSION: &str = "/api/session";
/// The people of the demonstration. Not found unless the server runs one.
pub const DEMONSTRATION: &str = "/api/demonstration";
/// The forms that a record can be started with.
pub const FORMS: &str = "/api/forms";
/// One form, by its hash.
pub const FORM: &str = "/api/forms/{form}";
/// The families that a record can be about.
pub const FAMILIES: &str = "/api/families";
/// Starting records.
pub const RECORDS: &str = "/api/records";
/// The events of a record.
pub const EVENTS: &str = "/api/records/{record}/events";
/// Asking for something to be done to a record.
pub const COMMANDS: &str = "/api/records/{record}/commands";
/// Which files of a record have arrived.
pub const FILES: &str = "/api/records/{record}/files";
/// One file of a record, by the SHA-256 of its content.
pub const FILE: &str = "/api/records/{record}/files/{sha256}";
/// One's own records.
pub const WORK: &str = "/api/work";
/// The records that wait for one's decision.
pub const SIGN_OFF: &str = "/api/sign-off";

/// The name of the parameter of [`EVENTS`] that says which events are known: all up to and with this place.
pub const AFTER: &str = "after";

/// The address of a form.
pub fn form(form: FormHash) -> String {
    FORM.replace("{form}", &form.to_string())
}

/// The address of a record's events, without those that are known.
pub fn events(record: RecordId, after: Seq) -> String {
    format!(
        "{}?{AFTER}={after}",
        EVENTS.replace("{record}", &record.to_string())
    )
}

/// The address to which a record's commands are sent.
pub fn commands(record: RecordId) -> String {
    COMMANDS.replace("{record}", &record.to_string())
}

/// The address at which it is told which files of a record have arrived.
pub fn files(record: RecordId) -> String {
    FILES.replace("{record}", &record.to_string())
}

/// The address of a file of a record.
pub fn file(record: RecordId, content: Hash) -> String {
    FILE.replace("{record}", &record.to_string())
        .replace("{sha256}", &content.to_string())
}
