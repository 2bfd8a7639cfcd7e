//! The files that answers name: nothing is sent or signed without them, and nobody is kept from giving one.

use form::Hash;
use record::{FilesAtHand, Refusal, Why, decide, files_named, may_give_file};

use crate::desk::{Desk, asha, at, ben, code, dee, files, olu, tess};

/// A record that names a letter, filled in.
fn with_a_letter() -> Desk {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.answer(&asha(), "next.files", files(&["a letter", "a picture"]));
    desk
}

fn may_give(desk: &Desk, who: &record::Actor, content: &str) -> Result<(), Refusal> {
    may_give_file(&desk.state, &desk.forms, who, &Hash::of(content.as_bytes()))
}

#[test]
fn a_record_is_sent_once_every_file_that_it_names_has_arrived() {
    let mut desk = with_a_letter();
    desk.arrive("a picture");
    desk.arrive("something that nobody names");
    let Err(Refusal::FilesMissing(faults)) = desk.submit(&asha()) else {
        panic!("it was sent")
    };
    assert_eq!((faults.len(), faults[0].why), (1, Why::Wrong));
    assert_eq!(faults[0].address, at("next.files"));
    assert!(faults[0].message.contains("“a letter”"), "{}", faults[0].message);

    desk.arrive("a letter");
    desk.submit(&asha()).unwrap();
    let sent = desk.state.last_round().unwrap().revision();
    let named: Vec<String> = files_named(&desk.form, &sent.answers)
        .map(|(_, file)| file.name)
        .collect();
    assert_eq!(named, ["a letter", "a picture"]);
}

#[test]
fn a_device_foresees_that_what_it_sends_first_has_arrived() {
    let mut desk = with_a_letter();
    let command = desk.command(record::Action::submit(&desk.state).unwrap());
    let at_hand = FilesAtHand::Any;
    assert!(decide(&desk.state, &desk.forms, at_hand, &command, &asha(), desk.now).is_ok());
}

#[test]
fn a_file_that_is_named_no_more_is_not_waited_for() {
    let mut desk = with_a_letter();
    desk.answer(&asha(), "next.files", None);
    desk.submit(&asha()).unwrap();
}

#[test]
fn what_names_a_file_that_is_gone_is_not_signed() {
    let mut desk = with_a_letter();
    desk.arrive("a letter");
    desk.arrive("a picture");
    desk.submit(&asha()).unwrap();
    // As after a restore from a backup that did not have it.
    let arrived = std::mem::take(&mut desk.files);
    assert!(matches!(desk.approve(&tess()), Err(Refusal::FilesMissing(faults)) if faults.len() == 2));
    desk.files = arrived;
    desk.approve(&tess()).unwrap();
}

#[test]
fn whoever_may_write_gives_files_while_the_record_takes_changes_and_afterwards_what_it_names() {
    let mut desk = with_a_letter();
    assert_eq!(may_give(&desk, &ben(), "anything"), Ok(()));
    assert_eq!(may_give(&desk, &dee(), "a letter"), Err(Refusal::NotAllowed));
    assert_eq!(may_give(&desk, &olu(), "a letter"), Err(Refusal::OtherTeam));

    desk.arrive("a letter");
    desk.arrive("a picture");
    desk.submit(&asha()).unwrap();
    assert_eq!(may_give(&desk, &asha(), "a letter"), Ok(()));
    assert_eq!(may_give(&desk, &asha(), "anything"), Err(Refusal::Waiting));
    assert_eq!(may_give(&desk, &olu(), "a letter"), Err(Refusal::OtherTeam));

    desk.send_back(&tess());
    desk.answer(&asha(), "next.files", None);
    desk.answer(&asha(), "visit.outcome", code("no_answer"));
    desk.ask(
        &tess(),
        record::Action::Void {
            reason: "Twice".into(),
        },
    )
    .unwrap();
    // The draft names it no more, and what was sent still does.
    assert_eq!(may_give(&desk, &ben(), "a letter"), Ok(()));
    assert_eq!(may_give(&desk, &ben(), "anything"), Err(Refusal::Voided));
}
