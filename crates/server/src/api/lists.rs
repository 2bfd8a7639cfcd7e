//! What people choose and work from: families, their own records, and those that wait for their decision.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use form::Name;
use record::{Actor, Permission, Summary};
use store::{Mark, Reach, Slice, Sought};
use wire::{Families, Family, FamilyId, SignOffList, WorkList};

use crate::access::Person;
use crate::app::App;
use crate::failure::Failure;

/// How many summaries are read at a time.
const AT_A_TIME: u32 = 500;
/// How many finished records a person's own list goes back. Unfinished ones are all in it.
const FINISHED: usize = 200;

pub(super) async fn families(State(app): State<Arc<App>>) -> Result<Json<Families>, Failure> {
    let families = app.store.families().await?.into_iter().map(|family| Family {
        id: FamilyId(family.id.0),
        name: family.name,
        children: family.children,
    });
    let families = families.collect();
    Ok(Json(Families { families }))
}

pub(super) async fn work(
    State(app): State<Arc<App>>,
    Person(actor): Person,
) -> Result<Json<WorkList>, Failure> {
    let own = |finished| Sought {
        author: Some(actor.id),
        finished: Some(finished),
        ..Sought::default()
    };
    let mut records = found(&app, &own(false), usize::MAX).await?;
    records.extend(found(&app, &own(true), FINISHED).await?);
    Ok(Json(WorkList::of(
        &actor,
        &records,
        &app.calendar,
        app.clock.now(),
    )))
}

pub(super) async fn sign_off(
    State(app): State<Arc<App>>,
    Person(actor): Person,
) -> Result<Json<SignOffList>, Failure> {
    let roles = actor.roles.iter().filter_map(|role| Name::new(role.name()).ok());
    let sought = Sought {
        seen_by: reach(&actor),
        awaits: Some(roles.collect()),
        ..Sought::default()
    };
    let records = found(&app, &sought, usize::MAX).await?;
    Ok(Json(SignOffList::of(
        &actor,
        &records,
        &app.calendar,
        app.clock.now(),
    )))
}

/// How far a person sees.
fn reach(actor: &Actor) -> Reach {
    if actor.may(Permission::SeeEveryTeam) {
        Reach::EveryTeam
    } else {
        Reach::Team {
            team: actor.team,
            person: actor.id,
        }
    }
}

/// The records sought, up to so many.
async fn found(app: &App, sought: &Sought, most: usize) -> Result<Vec<Summary>, Failure> {
    let mut records: Vec<Summary> = Vec::new();
    while records.len() < most {
        let left = u32::try_from(most - records.len()).unwrap_or(u32::MAX);
        let slice = Slice {
            after: records.last().map(Mark::of),
            limit: left.min(AT_A_TIME),
        };
        let next = app.store.summaries(sought, slice).await?;
        let is_last = next.len() < slice.limit as usize;
        records.extend(next);
        if is_last {
            break;
        }
    }
    Ok(records)
}
