//! What time it is. Tests bring their own clock.

use std::fmt;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use record::Timestamp;

/// Tells the time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// This machine's clock.
    pub fn system() -> Self {
        Self::that_reads(|| {
            let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            let millis = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
            Timestamp::from_millis(millis).unwrap_or(Timestamp::LAST)
        })
    }

    /// A clock that reads what `read` gives.
    pub fn that_reads(read: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// The moment.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machines_clock_goes_on() {
        let clock = Clock::system();
        let first = clock.now();
        assert!(
            first > Timestamp::from_millis(1_700_000_000_000).unwrap(),
            "{first:?} is before this was written"
        );
        assert!(clock.now() >= first);
    }
}
