//! What happened to a record on its way to being signed, in order.

use record::{ActorRef, State, Status, Timestamp};

use super::moving;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    /// What: "Sent for sign-off", "Returned with 1 comment".
    pub(crate) what: String,
    /// Who did it.
    pub(crate) by: Option<ActorRef>,
    /// When.
    pub(crate) at: Timestamp,
}

/// The steps of a record so far.
pub(crate) fn trail(state: &State) -> Vec<Step> {
    let step = |what: &str, by: Option<&ActorRef>, at: Timestamp| Step {
        what: what.to_owned(),
        by: by.cloned(),
        at,
    };
    let mut steps = vec![step("Started", state.authors().first(), state.created_at())];
    for round in state.rounds() {
        let sent = round.revision();
        let what = if sent.number == 1 {
            "Sent for sign-off"
        } else {
            "Sent again"
        };
        steps.push(step(what, Some(&sent.by), sent.at));
        for approval in round.approvals() {
            steps.push(step(
                "Signed",
                Some(&approval.signature.by),
                approval.signature.at,
            ));
        }
        if let Some(returned) = round.returned() {
            let what = match returned.threads.len() {
                0 => "Returned".to_owned(),
                1 => "Returned with 1 comment".to_owned(),
                many => format!("Returned with {many} comments"),
            };
            steps.push(step(&what, Some(&returned.by), returned.at));
        }
    }
    for moved in state.moves() {
        let left = moved
            .moved
            .left
            .iter()
            .filter(|left| left.answers().next().is_some());
        let version = moved.moved.form.version;
        let what = match left.count() {
            0 => format!("Moved to version {version} of the form"),
            count => format!(
                "Moved to version {version} of the form, {} set aside",
                moving::answers(count)
            ),
        };
        steps.push(step(&what, Some(&moved.by), moved.at));
    }
    steps.sort_by_key(|step| step.at);
    match state.status() {
        Status::Filed { at, .. } => steps.push(step("Complete, without sign-off", None, at)),
        Status::Voided { at } => steps.push(step("Set aside as made in error", None, at)),
        Status::Draft | Status::Waiting { .. } | Status::Returned { .. } | Status::Approved { .. } => {}
    }
    steps
}
