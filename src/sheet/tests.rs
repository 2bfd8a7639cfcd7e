//! The stories of a sheet: two devices, one record, and what each page shows. `laws.rs` has what holds in every order.

use engine::Edit;
use form::RowKey;
use record::{Action, Refusal, Role, Status};

use super::*;
use crate::testing::{Device, Network, Server, address, person, text};

fn two_devices() -> (Server, Device, Device) {
    let (ann, bob) = (person(1, Role::Practitioner), person(2, Role::Practitioner));
    let server = Server::with_record(&ann);
    let devices = (Device::open(ann, &server), Device::open(bob, &server));
    (server, devices.0, devices.1)
}

fn add_row(device: &mut Device, rows: &str, key: &str) {
    let rows = device.at(rows).unwrap();
    let key = RowKey::new(key).unwrap();
    device
        .sheet
        .edit(Edit::AddRow {
            rows,
            key,
            before: None,
        })
        .unwrap();
}

fn remove_row(device: &mut Device, rows: &str, key: &str) {
    let rows = device.at(rows).unwrap();
    let key = RowKey::new(key).unwrap();
    device.sheet.edit(Edit::RemoveRow { rows, key }).unwrap();
}

#[test]
fn what_is_typed_outlives_the_page_before_it_is_asked_for() {
    let (_, mut ann, _) = two_devices();
    ann.type_in("visit.note", "She was");
    ann.write().unwrap();
    ann.type_in("visit.note", "She was at home");
    ann.write().unwrap();
    ann.type_in("visit.note", "She was at home with");

    let ann = ann.crash();
    assert_eq!(ann.shown("visit.note"), text("She was at home"));
    assert_eq!(ann.sheet.ledger().unsent(), 1);
}

#[test]
fn an_answer_that_cannot_be_read_is_kept_as_it_was_typed() {
    let (mut server, mut ann, _) = two_devices();
    ann.type_in("visit.hours", "two and a bit");
    ann.write().unwrap();
    let mut ann = ann.crash();
    assert_eq!(ann.shown("visit.hours"), text("two and a bit"));
    ann.send_all(&mut server);
    assert_eq!(
        server.state().answers().values.get(&address("visit.hours")),
        text("two and a bit").as_ref()
    );
}

#[test]
fn keystrokes_between_pauses_are_one_command() {
    let (_, mut ann, _) = two_devices();
    for typed in ["S", "Sh", "She"] {
        ann.type_in("visit.note", typed);
    }
    ann.sheet.pause();
    ann.type_in("visit.note", "She was");
    ann.sheet.leave();
    assert_eq!(ann.sheet.ledger().queue().items().len(), 2);
}

#[test]
fn typing_and_undoing_it_asks_for_nothing() {
    let (mut server, mut ann, _) = two_devices();
    ann.type_in("visit.note", "At home");
    ann.send_all(&mut server);
    ann.type_in("visit.note", "At home!");
    ann.type_in("visit.note", "At home");
    ann.sheet.leave();
    assert_eq!(ann.sheet.ledger().unsent(), 0);
    ann.write().unwrap();
    assert_eq!(ann.crash().shown("visit.note"), text("At home"));
}

#[test]
fn what_others_write_elsewhere_appears() {
    let (mut server, mut ann, mut bob) = two_devices();
    bob.type_in("visit.reason", "Routine");
    add_row(&mut bob, "visit.people", "gran");
    bob.type_in("visit.people[gran].name", "Gran");
    bob.send_all(&mut server);

    ann.type_in("visit.note", "At ho");
    ann.refresh(&server);
    assert_eq!(ann.shown("visit.reason"), text("Routine"));
    assert_eq!(ann.shown("visit.people[gran].name"), text("Gran"));
    assert_eq!(ann.shown("visit.note"), text("At ho"));

    remove_row(&mut bob, "visit.people", "gran");
    bob.send_all(&mut server);
    ann.refresh(&server);
    assert_eq!(ann.at("visit.people[gran].name"), None);
}

#[test]
fn what_others_write_where_one_is_writing_does_not_disturb_and_both_are_kept() {
    let (mut server, mut ann, mut bob) = two_devices();
    ann.type_in("visit.note", "Ann was");
    ann.sheet.pause();
    bob.type_in("visit.note", "Bob was first");
    bob.send_all(&mut server);
    ann.refresh(&server);
    assert_eq!(
        ann.shown("visit.note"),
        text("Ann was"),
        "under the writer's hands"
    );
    ann.type_in("visit.note", "Ann was too");
    ann.send(&mut server, Network::Fine);
    assert_eq!(ann.shown("visit.note"), text("Ann was too"));
    let stands = ann.sheet.marks(&address("visit.note")).stands.unwrap();
    assert_eq!(stands.answer, text("Bob was first"), "not what is being written");

    ann.send_all(&mut server);
    let marks = ann.sheet.marks(&address("visit.note"));
    assert_eq!(ann.shown("visit.note"), text("Bob was first"));
    assert_eq!(marks.stands.unwrap().given.by.id, bob.actor.id);
    let rivals: Vec<_> = marks.rivals.iter().map(|rival| rival.answer.clone()).collect();
    assert_eq!(
        rivals,
        [text("Ann was too")],
        "one's own earlier words are not a second rival"
    );
}

#[test]
fn typing_on_over_what_another_has_put_in_its_place_meanwhile_keeps_both() {
    let (mut server, mut ann, mut bob) = two_devices();
    ann.type_in("visit.note", "Ann's");
    ann.sheet.pause();
    ann.send(&mut server, Network::Fine);
    bob.refresh(&server);
    bob.type_in("visit.note", "Bob's instead");
    bob.send_all(&mut server);

    ann.refresh(&server);
    assert_eq!(ann.shown("visit.note"), text("Ann's"), "she has not seen his");
    ann.type_in("visit.note", "Ann's, and more");
    ann.send_all(&mut server);
    let state = server.state();
    assert_eq!(
        state.answers().values.get(&address("visit.note")),
        text("Bob's instead").as_ref()
    );
    assert_eq!(
        state.draft().rivals(&address("visit.note"))[0].answer,
        text("Ann's, and more")
    );
}

#[test]
fn a_row_is_not_taken_out_with_what_another_has_written_where_one_is_writing() {
    let (mut server, mut ann, mut bob) = two_devices();
    add_row(&mut ann, "visit.people", "gran");
    ann.type_in("visit.people[gran].name", "Gran");
    ann.sheet.pause();
    while ann.send(&mut server, Network::Fine) {}
    bob.refresh(&server);
    bob.type_in("visit.people[gran].name", "Granny Weather");
    bob.send_all(&mut server);
    ann.refresh(&server);

    let rows = ann.at("visit.people").unwrap();
    let removal = Edit::RemoveRow {
        rows,
        key: RowKey::new("gran").unwrap(),
    };
    let refused = ann.sheet.edit(removal.clone());
    assert!(
        matches!(refused, Err(NotEdited::Refusal(Refusal::RowNotSeen(_)))),
        "{refused:?}"
    );
    ann.sheet.leave();
    assert_eq!(ann.shown("visit.people[gran].name"), text("Granny Weather"));
    ann.sheet.edit(removal).unwrap();
    ann.send_all(&mut server);
    assert!(server.state().answers().rows.is_empty(), "now she has seen it");
}

#[test]
fn going_on_where_a_page_died_shows_what_is_typed_there_now() {
    let (_, mut ann, _) = two_devices();
    ann.type_in("visit.note", "She was");
    ann.write().unwrap();
    let mut ann = ann.crash();
    ann.type_in("visit.hours", "2");
    ann.type_in("visit.note", "She was at home");
    assert_eq!(ann.shown("visit.note"), text("She was at home"));
}

#[test]
fn a_request_that_is_refused_as_a_whole_leaves_the_page_with_what_stands() {
    let (mut server, mut ann, _) = two_devices();
    ann.type_in("visit.note", "Not to be taken");
    ann.sheet.leave();
    ann.send(&mut server, Network::Rejected);
    assert_eq!(ann.refused().len(), 1);
    assert_eq!(ann.shown("visit.note"), None);
    assert_eq!(ann.sheet.ledger().state(), &server.state());
}

#[test]
fn a_row_that_comes_back_under_the_writer_comes_back_whole() {
    let (mut server, mut ann, mut bob) = two_devices();
    bob.type_in("visit.note", "Lost with the server");
    bob.send_all(&mut server);
    ann.refresh(&server);
    server.restore(1);
    add_row(&mut ann, "visit.people", "gran");
    ann.type_in("visit.people[gran].name", "Gran");
    ann.sheet.pause();
    ann.send(&mut server, Network::Fine);
    assert_eq!(ann.shown("visit.people[gran].name"), text("Gran"));
}

#[test]
fn typing_on_does_not_decide_a_conflict_and_a_person_does() {
    let (mut server, mut ann, mut bob) = two_devices();
    ann.type_in("visit.note", "Ann's");
    bob.type_in("visit.note", "Bob's");
    bob.send_all(&mut server);
    ann.send_all(&mut server);
    ann.refresh(&server);
    ann.type_in("visit.note", "Bob's, corrected by Ann");
    ann.send_all(&mut server);
    let rivals = |device: &Device| device.sheet.marks(&address("visit.note")).rivals.len();
    assert_eq!(rivals(&ann), 1);

    let both = text("Bob's and Ann's");
    let choice = both.clone();
    ann.sheet
        .ask(|state| Ok(Action::answer(state, address("visit.note"), choice)))
        .unwrap();
    assert_eq!(ann.shown("visit.note"), both);
    ann.send_all(&mut server);
    bob.refresh(&server);
    assert_eq!((rivals(&ann), rivals(&bob)), (0, 0));
    assert_eq!(bob.shown("visit.note"), both);
}

#[test]
fn what_was_left_unsent_over_an_older_answer_is_a_conflict_after_a_crash_too() {
    let (mut server, mut ann, mut bob) = two_devices();
    ann.type_in("visit.note", "Ann's, offline");
    ann.write().unwrap();
    bob.type_in("visit.note", "Bob's");
    bob.send_all(&mut server);

    let mut ann = ann.crash();
    ann.refresh(&server);
    assert_eq!(ann.shown("visit.note"), text("Ann's, offline"));
    ann.send_all(&mut server);
    let answers: Vec<_> = server.state().draft().rivals(&address("visit.note")).to_vec();
    assert_eq!(answers.len(), 1);
}

#[test]
fn an_answer_given_while_the_question_could_be_edited_is_followed_after_it_no_longer_can() {
    let (mut server, mut ann, mut bob) = two_devices();
    bob.type_in("visit.reason", "Bob's reason");
    bob.send_all(&mut server);
    let closed = ann.at("visit.closed").unwrap();
    let answer = Some(form::Answer::Code("yes".into()));
    ann.sheet.edit(Edit::Answer { at: closed, answer }).unwrap();
    let reason = ann.at("visit.reason").unwrap();
    let refused = ann.sheet.edit(Edit::Answer {
        at: reason,
        answer: text("Mine"),
    });
    assert_eq!(
        refused.unwrap_err(),
        NotEdited::Refused(engine::Refused::ReadOnly)
    );
    ann.refresh(&server);
    assert_eq!(ann.shown("visit.reason"), text("Bob's reason"));
}

#[test]
fn what_the_server_refuses_is_in_the_tray_with_the_reason_and_the_page_shows_what_stands() {
    let (mut server, mut ann, mut bob) = two_devices();
    add_row(&mut ann, "visit.people", "gran");
    ann.send_all(&mut server);
    bob.refresh(&server);
    bob.type_in("visit.people[gran].name", "Granny Weather");
    remove_row(&mut ann, "visit.people", "gran");
    ann.send_all(&mut server);
    bob.sheet.leave();
    bob.type_in("visit.note", "Bob's note");
    bob.send_all(&mut server);

    let [returned] = bob.refused().try_into().unwrap();
    assert_eq!(returned.refused.code, "no-such-row");
    assert!(format!("{returned:?}").contains("Granny Weather"));
    assert_eq!(bob.at("visit.people[gran].name"), None);
    assert_eq!(
        server.state().answers().values.get(&address("visit.note")),
        text("Bob's note").as_ref()
    );
}

#[test]
fn a_row_whose_removal_was_refused_comes_back_with_all_that_is_in_it() {
    let (mut server, mut ann, mut bob) = two_devices();
    add_row(&mut ann, "visit.people", "gran");
    add_row(&mut ann, "visit.people[gran].calls", "one");
    ann.type_in("visit.people[gran].calls[one].when", "Noon");
    ann.send_all(&mut server);
    bob.refresh(&server);
    bob.type_in("visit.people[gran].name", "Granny");
    bob.send_all(&mut server);
    remove_row(&mut ann, "visit.people", "gran");
    assert_eq!(ann.at("visit.people[gran].name"), None);

    ann.send_all(&mut server);
    assert_eq!(ann.refused()[0].refused.code, "row-not-seen");
    assert_eq!(ann.shown("visit.people[gran].name"), text("Granny"));
    assert_eq!(ann.shown("visit.people[gran].calls[one].when"), text("Noon"));
}

#[test]
fn rows_stand_in_the_order_of_the_record_whoever_added_them() {
    let (mut server, mut ann, mut bob) = two_devices();
    add_row(&mut ann, "visit.people", "a1");
    add_row(&mut bob, "visit.people", "b1");
    bob.send_all(&mut server);
    ann.send_all(&mut server);
    let keys = |device: &Device| device.sheet.keys(device.at("visit.people").unwrap());
    let wanted = server.state().answers().rows[&address("visit.people")].clone();
    assert_eq!(keys(&ann), wanted);
    bob.refresh(&server);
    assert_eq!(keys(&bob), wanted);
}

#[test]
fn a_record_started_and_written_without_a_server_arrives_whole() {
    let ann = person(1, Role::Practitioner);
    let mut server = Server::new();
    let mut device = Device::start(ann, &server);
    device.type_in("children[amy].words", "I like it here");
    device.sheet.leave();
    device.write().unwrap();
    let mut device = device.crash();
    assert_eq!(device.shown("children[amy].words"), text("I like it here"));
    device.send_all(&mut server);
    let words = address("children[amy].words");
    assert_eq!(
        server.state().answers().values.get(&words),
        text("I like it here").as_ref()
    );
    assert_eq!(device.sheet.ledger().state(), &server.state());
}

#[test]
fn sending_for_sign_off_takes_along_what_was_typed_a_moment_before() {
    let (mut server, mut ann, _) = two_devices();
    let missing = ann
        .sheet
        .ask(|state| Action::submit(state).map_err(Refusal::from));
    assert!(matches!(missing, Err(Refusal::NotReady(_))));
    ann.type_in("visit.note", "All well");
    ann.sheet
        .ask(|state| Action::submit(state).map_err(Refusal::from))
        .unwrap();
    assert!(matches!(
        ann.sheet.ledger().state().status(),
        Status::Waiting { .. }
    ));
    ann.send_all(&mut server);
    let state = server.state();
    let sent = state.last_round().unwrap().revision();
    assert_eq!(
        sent.answers.values.get(&address("visit.note")),
        text("All well").as_ref()
    );
}

#[test]
fn a_server_restored_from_a_backup_is_offered_again_what_it_lost() {
    let (mut server, mut ann, mut bob) = two_devices();
    ann.type_in("visit.note", "Before the backup");
    ann.send_all(&mut server);
    let backup = server.events.len();
    ann.type_in("visit.reason", "After the backup");
    ann.send_all(&mut server);
    ann.write().unwrap();
    let before = server.events.clone();
    server.events.truncate(backup);
    bob.refresh(&server);
    bob.type_in("visit.note", "Bob's, since");
    bob.send_all(&mut server);
    ann.type_in("visit.hours", "2");
    ann.sheet.leave();

    let told = server.after(ann.sheet.ledger().known());
    let (_, learned) = ann.sheet.learn(&told.events, told.head);
    assert!(learned.diverged);
    assert!(
        ann.sheet.relearn(&server.events[1..], &before).is_err(),
        "that is no record, and changes nothing"
    );
    assert_eq!(ann.shown("visit.reason"), text("After the backup"));
    ann.sheet.relearn(&server.events, &before).unwrap();
    ann.send_all(&mut server);
    let answers = server.state().answers().values.clone();
    assert_eq!(
        answers.get(&address("visit.reason")),
        text("After the backup").as_ref()
    );
    assert_eq!(answers.get(&address("visit.hours")), text("2").as_ref());
    assert_eq!(ann.shown("visit.note"), text("Bob's, since"));
    assert_eq!(ann.sheet.ledger().state(), &server.state());
    ann.write().unwrap();
    assert_eq!(ann.crash().sheet.ledger().state(), &server.state());
}
