//! The device's clock and its dice: the only place that reads either, so that a test can be both.

use std::cell::Cell;

use feel::Date;
use record::{CommentId, EventId, RecordId, Timestamp};
use uuid::Uuid;

/// Where the moment and new ids come from.
#[derive(Debug)]
pub struct Clock {
    now: fn() -> Timestamp,
    dice: fn() -> [u8; 10],
    /// The last moment an id was made of: ids of one device never go back, even if its clock does.
    last: Cell<u64>,
}

impl Clock {
    /// The browser's own clock and cryptographic dice.
    pub fn of_the_device() -> Self {
        Self::new(browser_now, browser_dice)
    }

    /// A clock that reads and rolls as told.
    pub fn new(now: fn() -> Timestamp, dice: fn() -> [u8; 10]) -> Self {
        Self {
            now,
            dice,
            last: Cell::new(0),
        }
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    /// The day it is in England and Wales, wherever the device is.
    pub fn today(&self) -> Date {
        self.now().day_in_london()
    }

    /// A new event's id.
    pub fn event_id(&self) -> EventId {
        EventId(self.uuid())
    }

    /// A new record's id.
    pub fn record_id(&self) -> RecordId {
        RecordId(self.uuid())
    }

    /// A new comment's id.
    pub fn comment_id(&self) -> CommentId {
        CommentId(self.uuid())
    }

    /// A UUID version 7 (RFC 9562), for a row's key or anything else that is new.
    pub fn uuid(&self) -> Uuid {
        let now = u64::try_from(self.now().as_millis()).unwrap_or(0);
        self.last.set(self.last.get().max(now));
        uuid::Builder::from_unix_timestamp_millis(self.last.get(), &(self.dice)()).into_uuid()
    }

    /// A number to spread retries with, 0 to 255.
    pub fn chance(&self) -> u8 {
        (self.dice)().into_iter().fold(0, |all, one| all ^ one)
    }
}

fn browser_now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64).unwrap_or(Timestamp::FIRST)
}

fn browser_dice() -> [u8; 10] {
    let mut bytes = [0; 10];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let rolled = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    if rolled.is_none() {
        // No browser that runs WebAssembly is without; if one were, ids that differ are still better than none.
        for byte in &mut bytes {
            *byte = roll();
        }
    }
    bytes
}

fn roll() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
}

#[cfg(test)]
pub(crate) mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        static NOW: Cell<i64> = const { Cell::new(1_790_000_000_000) };
        static ROLLS: Cell<u64> = const { Cell::new(0) };
    }

    /// A clock that stands still until [`wait`], with dice that never fall the same way twice.
    pub(crate) fn still() -> Clock {
        let dice = || {
            ROLLS.set(ROLLS.get() + 1);
            let mut bytes = [0; 10];
            bytes[2..].copy_from_slice(&ROLLS.get().to_be_bytes());
            bytes
        };
        Clock::new(|| Timestamp::from_millis(NOW.get()).unwrap(), dice)
    }

    /// Lets time pass on every clock of this test.
    pub(crate) fn wait(millis: i64) {
        NOW.set(NOW.get() + millis);
    }

    #[test]
    fn ids_never_go_back_even_if_the_clock_does() {
        let clock = still();
        let first = clock.event_id();
        wait(-60_000);
        assert!(clock.event_id() > first);
        assert_eq!(first.0.get_version_num(), 7);
    }
}
