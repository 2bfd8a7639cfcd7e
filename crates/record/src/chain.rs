//! Whether a record's events are all there, in order and as they were.

use crate::event::{Event, Head};
use crate::ids::{EventId, Seq};

/// The first event that is not what its record says it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("event {seq} ({id}) {fault}")]
pub struct Broken {
    /// The place at which an event was expected.
    pub seq: Seq,
    /// The event found there.
    pub id: EventId,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with an event of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It belongs to another record.
    #[error("belongs to another record")]
    OtherRecord,
    /// It says that it has another place, so one is missing, repeated or moved.
    #[error("is not at its place")]
    OutOfPlace,
    /// It was not sealed to the event before it.
    #[error("does not follow from the event before it")]
    Unlinked,
    /// It is not what its hash was made of.
    #[error("has been altered")]
    Altered,
}

/// Checks a whole record: every event is there, follows from the one before and is as it was sealed.
///
/// Gives the head of the record, or none if there are no events. Whoever knows from elsewhere what the head was
/// also knows from this that none has been cut off at the end.
///
/// # Errors
/// [`Broken`] with the first event that is not right.
pub fn verify(events: &[Event]) -> Result<Option<Head>, Broken> {
    let mut head: Option<Head> = None;
    let record = events.first().map(|event| event.record);
    for event in events {
        let seq = head.map_or(Seq::NONE, |head| head.seq).next();
        let fault = if Some(event.record) != record {
            Some(Fault::OtherRecord)
        } else if event.seq != seq {
            Some(Fault::OutOfPlace)
        } else if event.prev != head.map(|head| head.hash) {
            Some(Fault::Unlinked)
        } else if event.content_hash() != Ok(event.hash) {
            Some(Fault::Altered)
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(Broken {
                seq,
                id: event.id,
                fault,
            });
        }
        head = Some(event.head());
    }
    Ok(head)
}
