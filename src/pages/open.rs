//! A record that is open on a page, and what pages tell of it: what it is called, when what is due.

use feel::Date;
use record::{Calendar, Left, RecordId, Running, Timestamp};

use super::known::Deadline;
use super::telling::day;
use crate::cabinet::Cabinet;
use crate::filling::Filling;

/// A record open on a page. Copies are the same record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Book {
    /// Which record.
    pub(crate) record: RecordId,
    /// The cabinet that it is from.
    pub(crate) cabinet: Cabinet,
    /// How it is read and written.
    pub(crate) filling: Filling,
}

impl Book {
    /// What the record is: "Home visit".
    pub(crate) fn title(self) -> String {
        self.filling.form().title.clone()
    }

    /// What the record is called: "Home visit, Thursday 19 November". Tracks.
    pub(crate) fn name(self) -> String {
        match self.happened() {
            Some(on) => format!("{}, {}", self.title(), day::day(on, self.today())),
            None => self.title(),
        }
    }

    /// The day the record is about: that on which its first clock starts. Tracks.
    pub(crate) fn happened(self) -> Option<Date> {
        self.settled();
        self.filling.with_session(record::happened)
    }

    /// What is due while the record is written, the first of it first. Tracks.
    pub(crate) fn clocks(self) -> Vec<Deadline> {
        let (calendar, now) = (Calendar::new(), self.now());
        let mut clocks: Vec<Deadline> = self
            .running()
            .into_iter()
            .map(|clock| deadline(&clock, &calendar, now))
            .collect();
        clocks.sort_by_key(|clock| clock.due.passes_at());
        clocks
    }

    fn running(self) -> Vec<Running> {
        self.settled();
        self.filling.with_session(record::clocks)
    }

    /// Tracks the record as it is kept: what is being typed starts nothing before.
    fn settled(self) {
        self.filling.with_state(|_| ());
    }

    /// The moment.
    pub(crate) fn now(self) -> Timestamp {
        self.cabinet.desk().now()
    }

    /// The day it is in England and Wales.
    pub(crate) fn today(self) -> Date {
        self.now().day_in_london()
    }
}

fn deadline(clock: &Running, calendar: &Calendar, now: Timestamp) -> Deadline {
    let due = clock.due(calendar);
    Deadline {
        what: clock.label.clone(),
        due,
        left: Left::until(calendar, due, now),
    }
}
