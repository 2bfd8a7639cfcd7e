//! A power cut: whatever was acknowledged is there afterwards, and what was half done is not there at all.

use std::sync::mpsc;
use std::thread;

use record::{EventId, Seq};
use wire::{Events, Outcome, PostCommands, Posted, paths};

use crate::program::{Place, notes, run, said};

/// How many notes are sent in one request.
const BATCH: usize = 5;
/// How many requests are acknowledged before the server is killed.
const BEFORE_THE_CUT: usize = 15;

#[test]
fn what_was_acknowledged_survives_being_killed_and_a_batch_is_whole_or_absent() {
    let place = Place::new();
    let mut running = place.serve(&["--demo"]);
    let mut browser = running.browser();
    browser.sign_in("alex", "demonstration only");
    let record = browser.start_record();
    let mut sent: Vec<Vec<EventId>> = Vec::new();
    let mut acknowledged: Vec<EventId> = Vec::new();
    for round in 0..3 {
        let (tell, told) = mpsc::channel();
        let writers = [0, 1, 2].map(|writer| {
            let (mut browser, tell) = (browser.before(&running), tell.clone());
            thread::spawn(move || {
                let mut sent: Vec<PostCommands> = Vec::new();
                loop {
                    let texts: Vec<String> = (0..BATCH)
                        .map(|note| format!("{round}.{writer}.{note}"))
                        .collect();
                    let request = notes(&texts);
                    sent.push(request.clone());
                    let Some(answer) = browser.post(&paths::commands(record), &request) else {
                        return sent;
                    };
                    // A server that is about to be killed may have to say that it is busy; nothing else.
                    if answer.status == 200 {
                        let posted: Posted = answer.json();
                        let taken: Vec<EventId> = posted.outcomes.iter().map(Outcome::id).collect();
                        let _ = tell.send(taken);
                    } else {
                        assert_eq!(answer.status, 503, "{answer:?}");
                    }
                }
            })
        });
        for _ in 0..BEFORE_THE_CUT {
            acknowledged.extend(told.recv().unwrap());
        }
        running.kill();
        for writer in writers {
            let requests = writer.join().unwrap();
            sent.extend(requests.iter().map(|request| {
                let ids = request.commands.iter().map(|command| command.id);
                ids.collect()
            }));
        }
        // What was acknowledged while the server was being killed counts too.
        acknowledged.extend(told.try_iter().flatten());

        let (exit, output, errors) = said(&run(&["verify", "--data", &place.data()], ""));
        assert_eq!(exit, Some(0), "{output}{errors}");
        running = place.serve(&["--demo"]);
        let mut again = browser.before(&running);
        let events: Events = again.get(&paths::events(record, Seq::NONE)).json();
        let kept: Vec<EventId> = events.events.iter().map(|event| event.id).collect();
        for id in &acknowledged {
            assert!(kept.contains(id), "{id} was acknowledged and is gone");
        }
        for batch in &sent {
            let found = batch.iter().filter(|&id| kept.contains(id)).count();
            assert!(
                found == 0 || found == BATCH,
                "{found} of {BATCH} of a request are there"
            );
        }
    }
    assert!(acknowledged.len() >= 3 * BEFORE_THE_CUT * BATCH);
}
