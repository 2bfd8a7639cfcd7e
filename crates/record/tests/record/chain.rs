//! A record's events cannot be altered, reordered or left out without its being seen.

use proptest::prelude::*;
use record::{ChainFault, Event, verify};

use crate::desk::{Desk, asha, tess};

/// A record that went all the way.
fn events() -> Vec<Event> {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    desk.send_back(&tess());
    desk.answer(
        &asha(),
        "next.plan",
        crate::desk::text("Visit again on Monday at four"),
    );
    desk.submit(&asha()).unwrap();
    desk.approve(&tess()).unwrap();
    desk.events
}

#[test]
fn what_happened_verifies() {
    let events = events();
    assert_eq!(verify(&events).unwrap(), events.last().map(Event::head));
    assert_eq!(verify(&[]).unwrap(), None);
}

#[test]
fn an_event_left_out_moved_or_repeated_is_found() {
    let events = events();
    let fault = |events: &[Event]| verify(events).unwrap_err().fault;
    for index in 0..events.len() - 1 {
        let mut without = events.clone();
        without.remove(index);
        assert_eq!(fault(&without), ChainFault::OutOfPlace, "{index}");
        let mut swapped = events.clone();
        swapped.swap(index, index + 1);
        assert_eq!(fault(&swapped), ChainFault::OutOfPlace, "{index}");
        let mut repeated = events.clone();
        repeated.insert(index, events[index].clone());
        assert_eq!(fault(&repeated), ChainFault::OutOfPlace, "{index}");
    }
    // One that is cut off at the end is missed by whoever knows the head.
    let shorter = verify(&events[..events.len() - 1]).unwrap();
    assert_ne!(shorter, events.last().map(Event::head));
}

#[test]
fn an_event_of_another_history_does_not_fit() {
    let (one, mut other) = (events(), Desk::new());
    other.answer(&asha(), "next.plan", crate::desk::text("Something else"));
    let mut mixed = one.clone();
    mixed[1] = other.events[1].clone();
    let broken = verify(&mixed).unwrap_err();
    assert_eq!((broken.seq.0, broken.fault), (3, ChainFault::Unlinked));
    mixed[1].record = record::RecordId(crate::desk::uuid(9));
    assert_eq!(verify(&mixed).unwrap_err().fault, ChainFault::OtherRecord);
}

proptest! {
    #[test]
    fn any_byte_that_says_something_else_is_found(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let events = events();
        let mut bytes = serde_json::to_vec(&events).unwrap();
        let place = place.index(bytes.len());
        bytes[place] = byte;
        // What cannot be read is found by reading it.
        if let Ok(read) = serde_json::from_slice::<Vec<Event>>(&bytes) && read != events {
            prop_assert!(verify(&read).is_err());
        }
    }
}
