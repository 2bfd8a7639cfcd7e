//! How things are told: ages, days, deadlines, names, progress, answers and changes, in words and in order.
//!
//! Everything here is a function of what it is given. It knows no signals, no browser and no markup, and is tested
//! without them; the pages beside it do the rest.

pub(crate) mod age;
pub(crate) mod answers;
pub(crate) mod blank;
pub(crate) mod changes;
pub(crate) mod checks;
pub(crate) mod day;
pub(crate) mod difference;
pub(crate) mod due;
pub(crate) mod moving;
pub(crate) mod names;
pub(crate) mod needed;
pub(crate) mod outline;
pub(crate) mod progress;
pub(crate) mod room;
pub(crate) mod status;
pub(crate) mod trail;
pub(crate) mod why;
