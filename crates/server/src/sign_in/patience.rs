//! How long a name must wait after wrong passwords. Pure: the counting is the store's.

use record::Timestamp;
use store::Attempts;

/// How many wrong passwords are forgiven at once: people mistype.
const FORGIVEN: u32 = 5;
/// The wait after the first that is not, in seconds.
const FIRST_WAIT: u64 = 30;
/// The longest wait, in seconds: long enough to make guessing hopeless, short enough that locking someone else out
/// is a poor weapon.
const LONGEST_WAIT: u64 = 15 * 60;
/// After this long without an attempt, all are forgotten.
pub(super) const MEMORY_HOURS: u32 = 24;

/// An attempt that comes too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    /// How many seconds too early: at least one.
    pub(super) seconds: u64,
}

/// How many wrong passwords still stand against a name.
///
/// # Errors
/// [`Wait`] if the next attempt may not be made yet.
pub(super) fn standing(attempts: Option<Attempts>, now: Timestamp) -> Result<u32, Wait> {
    let Some(Attempts { wrong, last }) = attempts else {
        return Ok(0);
    };
    if now >= last.after_hours(MEMORY_HOURS) {
        return Ok(0);
    }
    let since = u64::try_from(now.as_millis() - last.as_millis()).unwrap_or(0) / 1_000;
    match wait(wrong).checked_sub(since) {
        None | Some(0) => Ok(wrong),
        Some(seconds) => Err(Wait { seconds }),
    }
}

/// The wait after so many wrong passwords, in seconds: each doubles it.
fn wait(wrong: u32) -> u64 {
    match wrong.checked_sub(FORGIVEN) {
        None => 0,
        Some(beyond) => FIRST_WAIT
            .saturating_mul(2_u64.saturating_pow(beyond))
            .min(LONGEST_WAIT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_790_000_000_000 + seconds * 1_000).unwrap()
    }

    #[test]
    fn the_wait_doubles_up_to_its_longest() {
        let waits: Vec<u64> = (0..=12).map(wait).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn an_attempt_is_let_through_when_its_wait_is_over() {
        let attempts = |wrong| Some(Attempts { wrong, last: at(0) });
        assert_eq!(standing(None, at(0)), Ok(0));
        assert_eq!(standing(attempts(4), at(0)), Ok(4));
        assert_eq!(standing(attempts(5), at(0)), Err(Wait { seconds: 30 }));
        assert_eq!(standing(attempts(5), at(29)), Err(Wait { seconds: 1 }));
        assert_eq!(standing(attempts(5), at(30)), Ok(5));
        assert_eq!(
            standing(attempts(5), at(-10)),
            Err(Wait { seconds: 30 }),
            "a clock set back"
        );
        assert_eq!(standing(attempts(50), at(24 * 3_600 - 1)), Ok(50));
        assert_eq!(
            standing(attempts(50), at(24 * 3_600)),
            Ok(0),
            "forgotten after a day"
        );
    }
}
