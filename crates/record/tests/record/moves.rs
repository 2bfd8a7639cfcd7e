//! A record goes on in a later version of its form: by whom, and what becomes of all that is in it.

use form::{Address, Answer, Loss, Mapping, Migration};
use record::{
    Acknowledgement, Action, Body, Command, Event, Move, Moved, Refusal, State, StillStands, Unfit,
};

use crate::desk::{Desk, asha, at, ben, code, dee, key, olu, tess, text};
use crate::small_form::small_form_in;

fn warning() -> Acknowledgement {
    Acknowledgement {
        address: at("visit.hours"),
        check: form::CheckId(0),
        message: "Check the hours: it was a long visit".to_owned(),
        reason: "It was".to_owned(),
    }
}

/// A record with something of everything in it.
fn full() -> Desk {
    let mut desk = Desk::new();
    let before = desk.state.clone();
    desk.answer(&asha(), "visit.why", text("Nobody in"));
    desk.answer(&asha(), "visit.hours", text("9"));
    desk.answer(&asha(), "visit.outcome", code("partly"));
    desk.answer(&asha(), "next.plan", text("Call the school"));
    desk.ask(
        &ben(),
        Action::answer(&before, at("next.plan"), text("Call the nurse")),
    )
    .unwrap();
    let add = Action::AddRow {
        address: at("visit.visitors"),
        key: key("v-1"),
        before: None,
    };
    desk.ask(&asha(), add).unwrap();
    desk.answer(&asha(), "visit.visitors[v-1].name", text("Gran"));
    desk.ask(&asha(), Action::Acknowledge(warning())).unwrap();
    desk
}

fn stands(state: &State, address: &str) -> Option<Answer> {
    state.answers().values.get(&at(address)).cloned()
}

fn last(desk: &Desk) -> &Moved {
    match &desk.events.last().unwrap().body {
        Body::Moved(moved) => moved,
        other => panic!("{other:?}"),
    }
}

#[test]
fn everything_goes_where_it_belongs_with_who_gave_it() {
    let mut desk = full();
    let before = desk.state.clone();
    desk.move_to(&asha(), 2).unwrap();
    let state = &desk.state;
    assert_eq!(stands(state, "visit.outcome"), code("some"));
    assert_eq!(stands(state, "next.steps"), text("Call the school"));
    assert_eq!(stands(state, "visit.callers[v-1].name"), text("Gran"));
    assert_eq!(stands(state, "visit.why"), None);
    let [rival] = state.draft().rivals(&at("next.steps")) else {
        panic!("{:?}", state.draft())
    };
    assert_eq!(
        (&rival.answer, rival.given.by.id),
        (&text("Call the nurse"), ben().id)
    );
    assert_eq!(
        state.standing(&at("next.steps")),
        before.standing(&at("next.plan")),
        "an edit over what was seen before the move is still over it"
    );
    assert_eq!(
        state.draft().given(&at("visit.outcome")),
        before.draft().given(&at("visit.outcome"))
    );
    let message = warning().message;
    assert!(
        state
            .draft()
            .acknowledgement(&at("visit.hours"), form::CheckId(1), &message)
            .is_some()
    );
    assert_eq!(state.draft().acknowledged().len(), 1);

    // What has no place is told word for word, and stays readable in the record.
    let [Move { from, moved, by, .. }] = state.moves() else {
        panic!("{:?}", state.moves())
    };
    assert_eq!((from.version, moved.form.version, by.id), (1, 2, asha().id));
    let [left] = moved.left.as_slice() else {
        panic!("{:?}", moved.left)
    };
    assert_eq!(
        (&left.at, &left.answer, left.why),
        (&at("visit.why"), &text("Nobody in"), Loss::Dropped)
    );
    assert_eq!(state.created().form.version, 1, "it began as it began");
}

#[test]
fn only_who_has_written_in_a_record_that_takes_writing_moves_it() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    for (who, expected) in [
        (ben(), Refusal::NotAnAuthor),
        (tess(), Refusal::NotAnAuthor),
        (olu(), Refusal::OtherTeam),
        (dee(), Refusal::NotAllowed),
    ] {
        assert_eq!(desk.move_to(&who, 2), Err(expected));
    }
    desk.answer(&ben(), "visit.hours", text("2"));
    let mut by_ben = desk.clone();
    by_ben.move_to(&ben(), 2).unwrap();

    desk.submit(&asha()).unwrap();
    assert_eq!(desk.move_to(&asha(), 2), Err(Refusal::Waiting));
    let mut returned = desk.clone();
    returned.send_back(&tess());
    returned.move_to(&asha(), 2).unwrap();
    desk.approve(&tess()).unwrap();
    assert_eq!(desk.move_to(&asha(), 2), Err(Refusal::Complete));
}

#[test]
fn it_moves_only_to_a_later_version_of_its_form() {
    let mut desk = full();
    assert_eq!(desk.move_to(&asha(), 1), Err(Refusal::NotLater));
    let mut ask = |form| {
        let seen = desk.state.head().hash;
        desk.ask(&asha(), Action::Move { form, seen })
    };
    let unknown = small_form_in(9, &[], Vec::new());
    assert_eq!(ask(unknown.hash()), Err(Refusal::NoSuchForm));
    desk.move_to(&asha(), 3).unwrap();
    assert_eq!(desk.move_to(&asha(), 2), Err(Refusal::NotLater));
    assert_eq!(desk.move_to(&asha(), 3), Err(Refusal::NotLater));
}

#[test]
fn what_was_agreed_to_is_what_was_seen() {
    let mut desk = full();
    let seen = desk.state.head().hash;
    let form = desk.version(2).hash();
    desk.answer(&ben(), "visit.why", text("Words that would be left behind"));
    assert_eq!(
        desk.ask(&asha(), Action::Move { form, seen }),
        Err(Refusal::ChangedSince)
    );
    assert_eq!(desk.state.form().version, 1);
}

#[test]
fn moving_again_is_the_same_move() {
    let mut desk = full();
    let (form, seen) = (desk.version(2).hash(), desk.state.head().hash);
    let command = desk.command(Action::Move { form, seen });
    let first = desk.send(&asha(), &command).unwrap();
    let after = desk.state.clone();
    assert_eq!(desk.send(&asha(), &command), Ok(first));
    assert_eq!(desk.state, after);
}

/// What a device that has not heard of the move asks for.
fn late(desk: &mut Desk, seen: &State, action: Action) -> Command {
    Command {
        form: Some(seen.form().hash),
        ..desk.command(action)
    }
}

#[test]
fn what_was_written_before_a_move_and_comes_after_goes_where_it_belongs() {
    let mut desk = full();
    let seen = desk.state.clone();
    desk.move_to(&asha(), 2).unwrap();
    // Over what its author saw, it takes its place; both rivals were before them.
    let plan = Action::answer(&seen, at("next.plan"), text("Call both"));
    let plan = late(&mut desk, &seen, plan);
    desk.send(&ben(), &plan).unwrap();
    assert_eq!(stands(&desk.state, "next.steps"), text("Call both"));
    assert_eq!(desk.state.draft().conflicts().len(), 0);
    // An option goes by its new code, a row by the new name of its repeat.
    let outcome = Action::answer(&seen, at("visit.outcome"), code("partly"));
    let outcome = late(&mut desk, &seen, outcome);
    desk.send(&ben(), &outcome).unwrap();
    assert_eq!(stands(&desk.state, "visit.outcome"), code("some"));
    let row = Action::AddRow {
        address: at("visit.visitors"),
        key: key("v-2"),
        before: Some(key("v-1")),
    };
    let row = late(&mut desk, &seen, row);
    desk.send(&ben(), &row).unwrap();
    let name = Action::answer(&seen, at("visit.visitors[v-2].name"), text("Aunt"));
    let name = late(&mut desk, &seen, name);
    desk.send(&ben(), &name).unwrap();
    assert_eq!(stands(&desk.state, "visit.callers[v-2].name"), text("Aunt"));
    assert_eq!(
        desk.state.answers().rows[&at("visit.callers")],
        [key("v-2"), key("v-1")]
    );
    let again = late(&mut desk, &seen, Action::Acknowledge(warning()));
    desk.send(&ben(), &again).unwrap();
    let acknowledged = desk.state.draft().acknowledged().next().unwrap();
    assert_eq!(
        (acknowledged.what.check, acknowledged.by.id),
        (form::CheckId(1), ben().id)
    );
    let gone = Action::remove_row(&seen, at("visit.visitors"), key("v-1"));
    let gone = late(&mut desk, &seen, gone);
    desk.send(&ben(), &gone).unwrap();
    assert_eq!(desk.state.answers().rows[&at("visit.callers")], [key("v-2")]);
}

#[test]
fn what_was_not_seen_is_not_replaced_across_a_move_either() {
    let mut desk = Desk::new();
    let seen = desk.state.clone();
    desk.answer(&asha(), "next.plan", text("Call the school"));
    desk.move_to(&asha(), 2).unwrap();
    let plan = Action::answer(&seen, at("next.plan"), text("Call the nurse"));
    let plan = late(&mut desk, &seen, plan);
    desk.send(&ben(), &plan).unwrap();
    assert_eq!(stands(&desk.state, "next.steps"), text("Call the school"));
    assert_eq!(
        desk.state.draft().rivals(&at("next.steps"))[0].answer,
        text("Call the nurse")
    );
}

#[test]
fn what_has_no_place_after_a_move_is_refused_so_that_its_author_has_it_back() {
    let mut desk = full();
    let seen = desk.state.clone();
    desk.move_to(&asha(), 2).unwrap();
    let why = Action::answer(&seen, at("visit.why"), text("They were at school"));
    let why = late(&mut desk, &seen, why);
    let refused = Err(Refusal::NoLongerAsked(at("visit.why")));
    assert_eq!(desk.send(&ben(), &why), refused);
    // The third version has a question of that name again, which asks something else.
    desk.move_to(&asha(), 3).unwrap();
    assert_eq!(desk.send(&ben(), &why), refused);
    assert_eq!(stands(&desk.state, "visit.why"), None);
    // It was checked by the rules of another version.
    let submit = Action::submit(&seen).unwrap();
    let submit = late(&mut desk, &seen, submit);
    assert_eq!(desk.send(&asha(), &submit), Err(Refusal::DraftChanged));
    // Nobody can have written in a version that the record was never in.
    let never = Command {
        form: Some(desk.version(2).hash()),
        ..desk.command(Action::answer(&seen, at("visit.hours"), text("1")))
    };
    let mut straight = full();
    straight.move_to(&asha(), 3).unwrap();
    assert_eq!(straight.send(&asha(), &never), Err(Refusal::OtherForm));
}

#[test]
fn comments_follow_and_what_was_sent_stays_in_its_version() {
    let mut desk = Desk::new();
    desk.fill(&asha());
    desk.submit(&asha()).unwrap();
    let comment = desk.send_back(&tess());
    let first = desk.state.rounds()[0].clone();
    desk.move_to(&asha(), 2).unwrap();
    let (round, returned) = desk.state.last_return().unwrap();
    assert_eq!(returned.about(&at("next.steps")).count(), 1);
    assert_eq!((round.hash(), round.revision()), (first.hash(), first.revision()));
    let reply = Action::Reply {
        comment,
        text: "On Monday".to_owned(),
    };
    desk.ask(&asha(), reply).unwrap();
    desk.answer(&asha(), "next.steps", text("Visit on Monday at nine"));
    desk.submit(&asha()).unwrap();
    let [one, other] = desk.state.rounds() else {
        panic!("{:?}", desk.state.rounds())
    };
    assert_eq!(one.revision().form, desk.version(1).hash());
    assert_eq!(other.revision().form, desk.version(2).hash());
    // Whoever reads it again reads what changed as the new version has it, and nothing that only moved.
    let changed = desk.state.changed_since_return(&desk.forms).unwrap();
    let changed: Vec<&Address> = changed.iter().map(|difference| &difference.address).collect();
    assert_eq!(changed, [&at("next.steps")]);
    desk.approve(&tess()).unwrap();
    let approval = &desk.state.rounds()[1].approvals()[0];
    assert_eq!(approval.signature.revision, desk.state.rounds()[1].hash());
}

#[test]
fn an_answer_whose_place_is_taken_is_left_behind_unless_only_a_blank_stands_there() {
    let rename = Mapping::Rename {
        old: at("next.plan"),
        new: at("visit.why"),
    };
    let migration = Migration {
        from: 1,
        steps: vec![rename],
    };
    let form = small_form_in(3, &["team_manager"], vec![migration]);
    let moved = |answers: &[(&str, Option<Answer>)]| {
        let mut desk = Desk::new();
        desk.forms.insert(form.hash(), form.clone());
        for (address, answer) in answers {
            desk.answer(&asha(), address, answer.clone());
        }
        let seen = desk.state.head().hash;
        let form = form.hash();
        desk.ask(&asha(), Action::Move { form, seen }).unwrap();
        desk
    };
    let (plan, why) = (("next.plan", text("Call")), ("visit.why", text("Nobody in")));
    let taken = moved(&[plan.clone(), why.clone()]);
    assert_eq!(stands(&taken.state, "visit.why"), text("Nobody in"));
    let [left] = last(&taken).left.as_slice() else {
        panic!("{:?}", last(&taken))
    };
    assert_eq!((left.why, &left.answer), (Loss::Taken, &text("Call")));

    let cleared = moved(&[why, ("visit.why", None), plan]);
    assert_eq!(stands(&cleared.state, "visit.why"), text("Call"));
    let left: Vec<_> = last(&cleared)
        .left
        .iter()
        .flat_map(|left| left.answers())
        .collect();
    assert_eq!(left, Vec::<&Answer>::new());
}

#[test]
fn a_move_that_forgets_or_changes_words_does_not_fold() {
    let mut desk = full();
    let before = desk.state.clone();
    desk.move_to(&asha(), 2).unwrap();
    let event = desk.events.last().unwrap().clone();
    let forged = |change: &dyn Fn(&mut Moved)| {
        let mut moved = last(&desk).clone();
        change(&mut moved);
        let body = Body::Moved(moved);
        let mut state = before.clone();
        let result = state.apply(&Event {
            body,
            ..event.clone()
        });
        if result.is_err() {
            assert_eq!(state, before, "what does not fold changed something");
        }
        result
    };
    assert_eq!(forged(&|_| {}), Ok(()));
    let changes: [&dyn Fn(&mut Moved); 9] = [
        &|moved| moved.left[0].answer = text("Something else"),
        &|moved| moved.left[0].answer = None,
        &|moved| moved.left[0].at = at("visit.nothing"),
        &|moved| moved.carried.push(moved.carried[0].clone()),
        &|moved| moved.carried[0].answer = None,
        &|moved| moved.carried[0].to = at("visit.hours"),
        &|moved| {
            for carried in &mut moved.carried {
                carried.rivals.clear();
            }
        },
        &|moved| moved.form.version = 1,
        &|moved| {
            moved.warnings = vec![StillStands {
                from: at("next.plan"),
                was: form::CheckId(7),
                to: at("next.steps"),
                is: form::CheckId(7),
            }];
        },
    ];
    for (index, change) in changes.iter().enumerate() {
        assert_eq!(forged(change), Err(Unfit::OutOfTurn), "{index}");
    }
    let stranger = Event {
        actor: (&tess()).into(),
        ..event.clone()
    };
    assert_eq!(before.clone().apply(&stranger), Err(Unfit::NotTheirs));
}
