//! How much a request may hold. Beyond it a request is refused whole, before anything in it is looked at.
//!
//! The limits keep a server safe from what no person writes. What a person may write is set by each form, and there
//! an answer that is too long is kept and told of, never refused.

use std::borrow::Cow;

use form::Answer;
use record::{Action, Command, EventId};
use uuid::Uuid;
use validator::ValidationError;

/// The most bytes in one request. An outbox that holds more is sent in parts.
pub const MAX_BODY_BYTES: usize = 8 << 20;
/// The most commands in one request.
pub const MAX_COMMANDS: u64 = 500;
/// The most bytes of one attached file: as many as a question takes.
pub const MAX_FILE_BYTES: usize = form::kinds::Attachment::MAX_BYTES as usize;
/// The most bytes of text in one answer: four for each of the 100,000 characters that a form may allow.
pub const MAX_ANSWER_BYTES: usize = 400_000;
/// The most characters in a reason, a note, an oversight or a comment.
pub const MAX_TEXT_CHARS: usize = 20_000;
/// The most codes, quotes or other entries in one answer.
const MAX_ENTRIES: usize = 1_000;
/// The most edits that one command may be made over.
const MAX_OVER: usize = 5_000;
/// The most comments in one return.
const MAX_COMMENTS: usize = 500;
/// The most reasons in one return: each of the codes, and then some that say the same.
const MAX_REASONS: usize = 50;

/// Is this an id that a device made for something new?
pub(crate) fn made_by_device(id: &Uuid) -> Result<(), ValidationError> {
    check(id.get_version_num() == 7, "uuid-7", "An id is a UUID version 7")
}

/// [`made_by_device`], of an event.
pub(crate) fn event_id(id: &EventId) -> Result<(), ValidationError> {
    made_by_device(&id.0)
}

/// [`made_by_device`], of a record.
pub(crate) fn record_id(id: &record::RecordId) -> Result<(), ValidationError> {
    made_by_device(&id.0)
}

/// Does every command keep to the limits, and has none the id of another?
pub(crate) fn commands(commands: &[Command]) -> Result<(), ValidationError> {
    let mut ids: Vec<EventId> = commands.iter().map(|command| command.id).collect();
    ids.sort_unstable();
    let apart = ids.is_sorted_by(|one, other| one != other);
    check(apart, "unique", "No two commands have the same id")?;
    commands.iter().try_for_each(|command| {
        event_id(&command.id)?;
        action(&command.action)
    })
}

fn action(action: &Action) -> Result<(), ValidationError> {
    match action {
        Action::Answer {
            answer: given, over, ..
        } => {
            given.as_ref().map_or(Ok(()), answer)?;
            few(over, MAX_OVER)
        }
        Action::AddRow { .. } | Action::Submit { .. } | Action::Move { .. } => Ok(()),
        Action::RemoveRow { over, .. } => few(over, MAX_OVER),
        Action::Acknowledge(what) => {
            text(&what.message)?;
            text(&what.reason)
        }
        Action::Return {
            reasons,
            note,
            comments,
            ..
        } => {
            few(reasons, MAX_REASONS)?;
            few(comments, MAX_COMMENTS)?;
            text(note)?;
            comments.iter().try_for_each(|comment| {
                made_by_device(&comment.id.0)?;
                text(&comment.text)
            })
        }
        Action::Reply { text: reply, .. } => text(reply),
        Action::Approve { oversight, .. } => text(oversight),
        Action::Void { reason } => text(reason),
    }
}

fn answer(answer: &Answer) -> Result<(), ValidationError> {
    let bytes = match answer {
        Answer::Text(text) | Answer::Code(text) => text.len(),
        Answer::Codes(codes) => {
            few(codes, MAX_ENTRIES)?;
            codes.iter().map(String::len).sum()
        }
        Answer::Date(parts) => parts.day.len() + parts.month.len() + parts.year.len(),
        Answer::Quotes(quotes) => {
            few(quotes, MAX_ENTRIES)?;
            quotes
                .iter()
                .map(|quote| quote.id.len() + quote.words.len() + quote.asked.len())
                .sum()
        }
        Answer::Compound(parts) => {
            few(&parts.entries, MAX_ENTRIES)?;
            parts.texts().map(str::len).sum()
        }
    };
    check(
        bytes <= MAX_ANSWER_BYTES,
        "length",
        "An answer has at most 400,000 bytes",
    )
}

fn text(text: &str) -> Result<(), ValidationError> {
    // Bytes are counted first, so that a text of megabytes is not read to its end.
    let fits = text.len() <= MAX_TEXT_CHARS * 4 && text.chars().count() <= MAX_TEXT_CHARS;
    check(fits, "length", "A text has at most 20,000 characters")
}

fn few<T>(entries: &[T], most: usize) -> Result<(), ValidationError> {
    check(
        entries.len() <= most,
        "count",
        "There are too many entries in a list",
    )
}

fn check(holds: bool, code: &'static str, message: &'static str) -> Result<(), ValidationError> {
    if holds {
        Ok(())
    } else {
        Err(ValidationError::new(code).with_message(Cow::Borrowed(message)))
    }
}
