//! Whatever is sent, the server answers with something other than a fault of its own.

use axum::body::Body;
use axum::http::{Request, header};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use server::Verb;

use crate::office::{Browser, Office, uuid};

/// Values of every shape, in which the words of real requests turn up as often as others.
fn any_json() -> impl Strategy<Value = Value> {
    let word = prop_oneof![
        Just("visit.note".to_owned()),
        Just("children[c-1].seen".to_owned()),
        Just(uuid(7).to_string()),
        Just("0".repeat(64)),
        Just("2026-11-19T14:02:11.250Z".to_owned()),
        Just("c-1".to_owned()),
        any::<String>(),
    ];
    let key = prop_oneof![
        prop::sample::select(vec![
            "id",
            "record",
            "noted_at",
            "form",
            "subjects",
            "after",
            "commands",
            "action",
            "answer",
            "address",
            "over",
            "text",
            "login",
            "password",
            "submit",
            "draft",
            "approve",
            "revision",
            "oversight",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|pairs| Value::from(Map::from_iter(pairs))),
        ]
    })
}

/// Requests of the right shape, with anything in the places that a person's device fills.
fn any_request() -> impl Strategy<Value = Value> {
    let action = prop_oneof![
        any_json(),
        (any_json(), any_json()).prop_map(
            |(address, answer)| json!({ "answer": { "address": address, "answer": answer, "over": [] } })
        ),
        any::<String>().prop_map(|text| json!({
            "answer": { "address": "visit.note", "answer": { "text": text } }
        })),
        any_json().prop_map(|row| json!({ "add_row": { "address": row, "key": "k" } })),
        any::<String>().prop_map(|reason| json!({ "void": { "reason": reason } })),
    ];
    let command = (any::<u32>(), action).prop_map(|(id, action)| {
        json!({ "id": uuid(u128::from(id)), "noted_at": "2026-11-19T14:02:11.250Z", "action": action })
    });
    prop_oneof![
        any_json(),
        prop::collection::vec(command, 0..4).prop_map(|commands| json!({ "after": 0, "commands": commands })),
    ]
}

/// Sends these bytes to every route that takes any.
async fn post_everywhere(office: &Office, browser: &mut Browser, record: &str, body: &[u8]) {
    let takes_any = |route: &&server::Route| matches!(route.verb, Verb::Post | Verb::Put);
    for route in office.routes.iter().filter(takes_any) {
        let hash = form::Hash::of(body).to_string();
        let path = route.path.replace("{record}", record).replace("{sha256}", &hash);
        let kind = match route.verb {
            Verb::Put => "text/plain",
            _ => "application/json",
        };
        let request = Request::builder().method(route.verb.method()).uri(&path);
        let request = request.header(header::CONTENT_TYPE, kind);
        let answer = browser
            .clone()
            .send(request.body(Body::from(body.to_vec())).unwrap())
            .await;
        assert!(
            answer.status.as_u16() < 500,
            "{path}: {answer:?} to {:?}",
            String::from_utf8_lossy(body)
        );
        if !answer.status.is_success() {
            answer.problem();
        }
    }
}

fn run<T: std::fmt::Debug>(cases: u32, bodies: impl Strategy<Value = T>, bytes: impl Fn(T) -> Vec<u8>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (office, mut asha, record) = runtime.block_on(async {
        let office = Office::in_memory().await;
        let mut asha = office.as_person("asha").await;
        let record = office.record_of(&mut asha).await.to_string();
        (office, asha, record)
    });
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(cases));
    let outcome = runner.run(&bodies, |body| {
        let body = bytes(body);
        runtime.block_on(post_everywhere(&office, &mut asha.clone(), &record, &body));
        Ok(())
    });
    outcome.unwrap();
    // What it was asked has not harmed it.
    let answer = runtime.block_on(asha.get("/api/work"));
    assert_eq!(answer.status, 200);
}

#[test]
fn json_of_any_shape_is_never_a_fault_of_ours() {
    run(400, any_request(), |body| body.to_string().into_bytes());
}

#[test]
fn bytes_of_any_kind_are_never_a_fault_of_ours() {
    run(200, prop::collection::vec(any::<u8>(), 0..200), |bytes| bytes);
}

#[test]
fn paths_of_any_kind_are_never_a_fault_of_ours() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let (office, asha) = runtime.block_on(async {
        let office = Office::in_memory().await;
        let asha = office.as_person("asha").await;
        (office, asha)
    });
    assert!(!office.routes.is_empty());
    let part = prop_oneof![
        Just("api".to_owned()),
        Just("records".to_owned()),
        Just("events".to_owned()),
        Just("assets".to_owned()),
        Just("%00".to_owned()),
        Just("%ff".to_owned()),
        Just("..%2f".to_owned()),
        "[a-z0-9%.~-]{0,12}",
    ];
    let path = prop::collection::vec(part, 0..6).prop_map(|parts| format!("/{}", parts.join("/")));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(400));
    let outcome = runner.run(&path, |path| {
        let Ok(request) = Request::get(&path).body(Body::empty()) else {
            return Ok(());
        };
        let answer = runtime.block_on(asha.clone().send(request));
        prop_assert!(answer.status.as_u16() < 500, "{path}: {answer:?}");
        Ok(())
    });
    outcome.unwrap();
}
