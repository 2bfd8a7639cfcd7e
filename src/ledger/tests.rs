//! What the ledger makes of a device and a server that do not say the same. `laws.rs` has what holds in every order.

use engine::Edit;
use form::{Compound, Entry};
use record::{Action, Head, Role, Seq};

use super::*;
use crate::clock;
use crate::testing::{Device, Network, Server, form, later_form, now, person, text};

fn ann() -> (Server, Device) {
    let ann = person(1, Role::Practitioner);
    let server = Server::with_record(&ann);
    let device = Device::open(ann, &server);
    (server, device)
}

fn open(device: &Device, form: &Arc<Form>, kept: OnDevice) -> Result<Ledger, Unopened> {
    let library = Library::default();
    library.put(form);
    Ledger::open(
        Rc::clone(&device.keep),
        Rc::new(clock::tests::still()),
        device.actor.clone(),
        Rc::new(library),
        kept,
    )
}

#[test]
fn an_item_whose_receipt_was_read_when_the_page_died_is_taken_out_when_it_opens_again() {
    let (mut server, mut device) = ann();
    device.type_in("visit.note", "At home");
    device.sheet.leave();
    let item = device.sheet.ledger().queue().items().next().unwrap().clone();
    device.send_all(&mut server);
    device.keep.keep_item(device.record(), &item);
    device.write().unwrap();

    let device = device.crash();
    assert_eq!(device.sheet.ledger().unsent(), 0);
    device.write().unwrap();
    assert_eq!(now(device.keep.record(device.record())).unwrap().items, []);
}

#[test]
fn what_is_neither_started_nor_to_be_started_here_is_not_opened_and_neither_is_another_forms() {
    let (_, device) = ann();
    let kept = now(device.keep.record(device.record())).unwrap();
    assert!(open(&device, &form(), kept.clone()).is_ok());
    assert!(open(&device, &form(), OnDevice::default()).is_err());
    assert!(open(&device, &later_form(), kept).is_err());
}

#[test]
fn a_server_that_tells_a_part_at_a_time_is_followed() {
    let (mut server, mut device) = ann();
    let mut other = Device::open(person(2, Role::Practitioner), &server);
    for words in ["One", "Two", "Three"] {
        device.type_in("visit.note", words);
        device.send_all(&mut server);
    }
    let told = server.after(Seq(1));
    for part in told.events.chunks(1) {
        let (_, learned) = other.sheet.learn(part, told.head);
        assert!(!learned.diverged);
    }
    // Heard twice, it has happened once.
    let (_, learned) = other.sheet.learn(&told.events, told.head);
    assert!(!learned.diverged);
    assert_eq!(other.sheet.ledger().state(), &server.state());
}

#[test]
fn a_head_that_cannot_be_shows_that_the_server_was_restored() {
    let (mut server, mut device) = ann();
    device.type_in("visit.note", "At home");
    device.send_all(&mut server);
    let [started, answered] = server.events.as_slice() else {
        panic!("{:?}", server.events)
    };
    let another = Head {
        hash: started.head().hash,
        ..answered.head()
    };
    for (head, expected) in [(answered.head(), false), (started.head(), true), (another, true)] {
        let (_, learned) = device.sheet.learn(&[], head);
        assert_eq!(learned.diverged, expected, "{head:?}");
    }
}

#[test]
fn whoever_is_told_nothing_goes_on_with_what_there_is() {
    let (mut server, mut device) = ann();
    device.type_in("visit.note", "At home");
    device.sheet.leave();
    let foreseen = device.sheet.ledger().state().clone();
    for network in [Network::Lost, Network::Busy, Network::SignedOut, Network::Broken] {
        clock::tests::wait(3_600_000);
        assert!(device.send(&mut server, network));
        assert_eq!(
            (device.sheet.ledger().state(), device.sheet.ledger().unsent()),
            (&foreseen, 1)
        );
    }
}

#[test]
fn a_record_that_was_moved_elsewhere_is_gone_on_with_in_its_new_version() {
    let (mut server, mut device) = ann();
    let mut other = Device::open(person(2, Role::Practitioner), &server);
    device.type_in("visit.note", "At home");
    device.type_in("visit.hours", "2");
    device.send_all(&mut server);
    other.refresh(&server);
    // Written without a signal, and then at a question that the later version does not have.
    other.type_in("visit.note", "At home, with Gran");
    other.type_in("visit.hours", "3");
    assert!(device.move_on(&mut server));
    assert_eq!(device.sheet.ledger().form().version, 2);
    assert_eq!(device.shown("visit.account"), text("At home"));

    other.refresh(&server);
    assert_eq!(other.sheet.ledger().form().version, 2);
    assert_eq!(other.shown("visit.account"), text("At home, with Gran"));
    other.send_all(&mut server);
    assert_eq!(other.sheet.ledger().state(), &server.state());
    let [returned] = &other.refused()[..] else {
        panic!("{:?}", other.refused())
    };
    assert_eq!(returned.refused.code, "no-longer-asked");
    assert_eq!(
        returned.item.form,
        form().hash(),
        "it can be told in the words of its form"
    );
}

#[test]
fn what_was_typed_before_a_move_that_another_tab_heard_of_is_asked_for_as_it_was_typed() {
    let (mut server, mut device) = ann();
    let other = Device::open(person(1, Role::Practitioner), &server);
    other.write().unwrap();
    device.move_on(&mut server);
    // One tab types; another hears of the move and keeps it; the first dies.
    let mut typing = other;
    typing.type_in("visit.note", "At home");
    for event in &server.events {
        typing.keep.keep_event(event);
    }
    typing.write().unwrap();
    let opened = typing.crash();
    assert_eq!(opened.sheet.ledger().typed().len(), 0);
    assert_eq!(opened.shown("visit.account"), text("At home"));
    assert_eq!(opened.sheet.ledger().unsent(), 1);
}

#[test]
fn nothing_is_moved_while_anything_is_unsent_or_after_somebody_else_has_written() {
    let (mut server, mut device) = ann();
    device.type_in("visit.note", "At home");
    assert!(!device.move_on(&mut server));
    device.send_all(&mut server);
    let mut other = Device::open(person(2, Role::Practitioner), &server);
    other.type_in("visit.hours", "2");
    other.send_all(&mut server);
    assert!(
        !device.move_on(&mut server),
        "it was not seen what would become of that"
    );
    device.refresh(&server);
    assert!(device.move_on(&mut server));
}

#[test]
fn a_record_is_sent_after_its_files_and_by_nobody_while_one_is_on_another_device() {
    let (mut server, mut device) = ann();
    let named = device.attach("Dear Ann");
    device.attach("Dear Ann");
    assert_eq!(
        device.sheet.ledger().load().files,
        1,
        "what is added twice is sent once"
    );
    let letter = Entry {
        id: "1".to_owned(),
        named,
    };
    let at = device.at("visit.papers").unwrap();
    let answer = Some(Answer::Compound(Compound::entries([letter])));
    device.sheet.edit(Edit::Answer { at, answer }).unwrap();
    device.type_in("visit.note", "At home");
    device.sheet.leave();
    let files = device.sheet.ledger().files_named();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].hash, form::Hash::of(b"Dear Ann"));
    let submit = |state: &State| Action::submit(state).map_err(Refusal::from);
    device.sheet.ask(submit).unwrap();
    device.send(&mut server, Network::Fine);
    assert!(
        !device.send(&mut server, Network::Fine),
        "its file has not gone yet"
    );

    let mut other = Device::open(person(2, Role::Practitioner), &server);
    other.sheet.ask(submit).unwrap();
    other.send(&mut server, Network::Fine);
    assert_eq!(other.refused()[0].refused.code, "files-missing");
    assert!(server.state().status().takes_edits());

    device.send_all(&mut server);
    assert!(matches!(server.state().status(), record::Status::Waiting { .. }));
}
