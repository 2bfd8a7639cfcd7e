//! Every route lets in whom its line of the table says, and nobody else.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use record::{Permission, Role};
use server::{Access, Route, Verb};

use crate::office::{Office, PEOPLE, uuid};

/// The path of a route with something in each place.
fn filled(path: &str) -> String {
    path.replace("{form}", &"0".repeat(64))
        .replace("{sha256}", &"0".repeat(64))
        .replace("{record}", &uuid(9).to_string())
}

/// Did the guard let the request through? What the handler then made of it is another question.
fn is_let_in(status: StatusCode) -> bool {
    status != StatusCode::UNAUTHORIZED && status != StatusCode::FORBIDDEN
}

#[tokio::test]
async fn without_a_session_only_what_is_public_answers() {
    let office = Office::in_memory().await;
    let mut public = Vec::new();
    for route in &office.routes {
        let answer = office
            .browser()
            .ask(route.verb.method(), &filled(route.path))
            .await;
        match route.access {
            Access::Public { because } => {
                assert!(is_let_in(answer.status), "{route:?}: {answer:?}");
                assert!(because.len() > 20, "{route:?} says why");
                public.push((route.verb, route.path));
            }
            Access::Needs(_) => {
                assert_eq!(answer.code(), (401, "not-signed-in".into()), "{route:?}");
            }
        }
    }
    // Whoever makes another route public has to say so here too.
    assert_eq!(
        public,
        [
            (Verb::Get, "/api/health"),
            (Verb::Post, "/api/session"),
            (Verb::Delete, "/api/session"),
            (Verb::Get, "/api/session"),
            (Verb::Get, "/api/demonstration"),
        ]
    );
}

#[tokio::test]
async fn a_route_answers_exactly_those_whose_role_allows_it() {
    let office = Office::in_memory().await;
    let mut refused = 0;
    for (login, roles) in PEOPLE {
        let browser = office.as_person(login).await;
        // What is public is tried above; one of them would sign the person out.
        let guarded = |route: &&Route| !matches!(route.access, Access::Public { .. });
        for route in office.routes.iter().filter(guarded) {
            let answer = browser
                .clone()
                .ask(route.verb.method(), &filled(route.path))
                .await;
            let expected = match route.access {
                Access::Needs(permission) => {
                    roles.iter().any(|role| role.permissions().contains(&permission))
                }
                Access::Public { .. } => true,
            };
            assert_eq!(
                is_let_in(answer.status),
                expected,
                "{login} at {route:?}: {answer:?}"
            );
            if !expected {
                assert_eq!(answer.code(), (403, "forbidden".into()));
                refused += 1;
            }
        }
    }
    assert!(refused > 5, "only {refused} were refused");
}

#[tokio::test]
async fn the_table_names_each_route_once_and_every_role_is_tried() {
    let office = Office::in_memory().await;
    let routes: BTreeSet<String> = office
        .routes
        .iter()
        .map(|route| format!("{} {}", route.verb.method(), route.path))
        .collect();
    assert_eq!(routes.len(), office.routes.len());
    let tried: BTreeSet<Role> = PEOPLE
        .iter()
        .flat_map(|(_, roles)| roles.iter().copied())
        .collect();
    assert_eq!(tried, Role::ALL.into());
    let needed = office.routes.iter().filter_map(|route| match route.access {
        Access::Needs(permission) => Some(permission),
        _ => None,
    });
    assert!(needed.collect::<Vec<_>>().contains(&Permission::DecideSignOff));
}
