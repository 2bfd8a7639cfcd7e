//! The page of the side-by-side benchmark: Firsthand behind the contract that every engine's page answers to.
//!
//! A form takes the way that a user's takes. The compiler reads it; a record is started with it and opened from the
//! device, so what is typed goes through the sheet and the ledger and is kept; the product's own widgets show it. What
//! is missing is what stands around a form in the app, as it is for every engine, and the server.
//!
//! It gives the page's script (`bench/start.js`) what it needs to answer for it: `prepare` and `mount`.

use std::sync::Arc;

use bench::{Prepared, Spec, prepare};
use compiler::{Sources, compile};
use engine::{Edit, Subject};
use firsthand_app::cabinet::Cabinet;
use firsthand_app::filling::Filling;
use firsthand_app::{Opened, last_words, pages};
use form::{Address, Form, RowKey};
use js_sys::{Object, Promise, Reflect};
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use record::{Actor, PersonId, RecordId, Role, TeamId};
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::{Closure, IntoWasmClosure, WasmClosure};
use wasm_bindgen_futures::future_to_promise;
use wire::Me;

fn main() {
    last_words::prepare();
    mount_to_body(|| {
        let shown = RwSignal::new(None);
        let opening = future_to_promise(async move { Ok(offers(Cabinet::alone(me()).await, shown).into()) });
        // The window takes any property.
        let _ = Reflect::set(&js_sys::global(), &"firsthand".into(), &opening);
        move || shown.get().map(|shown| show(&shown))
    });
}

/// A record that is to be shown.
#[derive(Clone)]
struct Shown {
    cabinet: Cabinet,
    record: RecordId,
    rows: Option<(String, u32)>,
}

/// What the page's script calls.
fn offers(cabinet: Cabinet, shown: RwSignal<Option<Shown>>) -> Object {
    let offers = Object::new();
    offer::<dyn Fn(String) -> Result<String, JsValue>>(&offers, "prepare", |spec: String| {
        let spec: Spec = serde_json::from_str(&spec).map_err(told)?;
        serde_json::to_string(&prepare(&spec)).map_err(told)
    });
    offer::<dyn Fn(String) -> Promise>(&offers, "mount", move |prepared: String| {
        future_to_promise(async move {
            shown.set(Some(begun(cabinet, &prepared).await?));
            Ok(JsValue::UNDEFINED)
        })
    });
    offers
}

/// Puts a function into an object, for good.
fn offer<F: ?Sized + WasmClosure>(offers: &Object, name: &str, function: impl IntoWasmClosure<F> + 'static) {
    let function = Closure::<F>::new(function);
    // A new object takes any property.
    let _ = Reflect::set(offers, &name.into(), function.as_ref());
    function.forget();
}

/// Compiles a form and starts a record with it.
async fn begun(cabinet: Cabinet, prepared: &str) -> Result<Shown, JsValue> {
    let Prepared { text, rows, .. } = serde_json::from_str(prepared).map_err(told)?;
    let form = Arc::new(compiled(&text)?);
    cabinet.know(Arc::clone(&form));
    let record = cabinet.start(form.hash(), vec![child()?]).await.map_err(told)?;
    Ok(Shown {
        cabinet,
        record,
        rows,
    })
}

/// The form that a definition defines.
fn compiled(text: &str) -> Result<Form, JsValue> {
    let mut sources = Sources::default();
    sources.insert("bench.kdl", text);
    let compiled = compile(&sources);
    let told = compiled
        .diagnostics
        .first()
        .map(|first| first.render(&sources).to_string());
    let form = compiled.forms.into_iter().next().map(|compiled| compiled.form);
    form.ok_or_else(|| told.unwrap_or_default().into())
}

/// A record, once it is open.
fn show(shown: &Shown) -> AnyView {
    let Shown {
        cabinet,
        record,
        rows,
    } = shown.clone();
    let opened = cabinet.open(record);
    let page = move || match opened.get() {
        Opened::Opening => ().into_any(),
        Opened::Missing(why) => why.to_string().into_any(),
        Opened::Open(filling) => untrack(|| {
            add_rows(cabinet, filling, rows.as_ref());
            let part = filling.with_session(|session| session.sections().first().copied());
            let questions = part.map(|part| pages::questions(cabinet, filling, part));
            view! { <main class="main flow">{questions}</main> }.into_any()
        }),
    };
    page.into_any()
}

/// Adds the rows that there are at first, as a person would.
fn add_rows(cabinet: Cabinet, filling: Filling, rows: Option<&(String, u32)>) {
    let Some((repeat, count)) = rows else { return };
    let address = repeat.parse::<Address>().ok();
    let rows = address.and_then(|address| filling.with_session(|session| session.find(&address)));
    for _ in 0..*count {
        if let (Some(rows), Ok(key)) = (rows, RowKey::new(&cabinet.desk().new_id().to_string())) {
            // A row that is missing is noticed by the driver, which looks for its questions.
            let _ = filling.edit(Edit::AddRow {
                rows,
                key,
                before: None,
            });
        }
    }
}

/// Somebody who may write records.
fn me() -> Me {
    Me {
        actor: Actor {
            id: PersonId(Uuid::from_u128(1)),
            name: "Somebody".into(),
            roles: vec![Role::Practitioner],
            team: TeamId(Uuid::from_u128(2)),
        },
        team_name: "A team".to_owned(),
    }
}

/// The child that the record is about.
fn child() -> Result<Subject, JsValue> {
    Ok(Subject {
        id: RowKey::new("child").map_err(told)?,
        first_name: "A".to_owned(),
        family_name: "Child".to_owned(),
        born: None,
        expected: None,
    })
}

fn told(why: impl std::fmt::Display) -> JsValue {
    why.to_string().into()
}
