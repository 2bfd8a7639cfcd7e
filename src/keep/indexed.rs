//! The browser's IndexedDB (W3C Indexed Database API 3.0) as a keeping place.
//!
//! Each store of ours is an object store of texts under text keys. A write is one transaction, handed to the browser
//! whole before the function returns: puts, then `commit`. From then on the page may die; the browser finishes it.
//!
//! INVARIANT: what an earlier release kept is opened by every later one. A version adds stores and never takes one
//! away or changes what is in it.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, EventTarget, IdbDatabase, IdbFactory, IdbKeyRange, IdbOpenDbRequest, IdbRequest,
    IdbTransaction,
};

use super::{Change, NotKept, Store};

const NAME: &str = "firsthand";
const VERSION: u32 = 2;

/// The database of this origin. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Indexed {
    database: IdbDatabase,
    /// A newer version of the app has asked for the database, so this page has let go of it.
    outdated: Rc<Cell<bool>>,
}

impl Indexed {
    /// Opens the database, and makes in it what an older version lacks.
    pub(crate) async fn open() -> Result<Self, NotKept> {
        let factory: IdbFactory = web_sys::window()
            .and_then(|window| window.indexed_db().ok().flatten())
            .ok_or(NotKept::Nowhere)?;
        let request = factory
            .open_with_u32(NAME, VERSION)
            .map_err(|_| NotKept::Nowhere)?;
        let upgrade = {
            let request = request.clone();
            Closure::<dyn FnMut()>::new(move || make_stores(&request))
        };
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        settled(&request, "success", "error")
            .await
            .map_err(|()| why_unopened(&request))?;
        let database: IdbDatabase = request.result().map_err(|_| NotKept::Nowhere)?.unchecked_into();
        let outdated = Rc::new(Cell::new(false));
        let let_go = {
            let (database, outdated) = (database.clone(), Rc::clone(&outdated));
            Closure::<dyn FnMut()>::new(move || {
                outdated.set(true);
                database.close();
            })
        };
        database.set_onversionchange(Some(let_go.as_ref().unchecked_ref()));
        // The database is open for as long as the page is.
        let_go.forget();
        Ok(Self { database, outdated })
    }

    /// Makes all of these changes or none. They have been handed over when this returns.
    pub(crate) fn write(&self, changes: &[Change]) -> impl Future<Output = Result<(), NotKept>> + use<> {
        let begun = self.begin_write(changes);
        let outdated = Rc::clone(&self.outdated);
        async move {
            let transaction = match begun {
                Ok(transaction) => transaction,
                Err(_) if outdated.get() => return Err(NotKept::Outdated),
                Err(error) => return Err(why_unwritten(error.dyn_into().ok())),
            };
            settled(&transaction, "complete", "abort")
                .await
                .map_err(|()| why_unwritten(transaction.error()))
        }
    }

    fn begin_write(&self, changes: &[Change]) -> Result<IdbTransaction, JsValue> {
        let names: Array = Store::ALL
            .iter()
            .filter(|&&store| changes.iter().any(|change| change.store == store))
            .map(|store| JsValue::from_str(store.name()))
            .collect();
        // What is to be sent must outlive a flat battery; a keystroke need not wait for the disk.
        let durable = changes.iter().any(|change| change.store == Store::Outbox);
        let options = Object::new();
        Reflect::set(
            &options,
            &"durability".into(),
            &if durable { "strict" } else { "relaxed" }.into(),
        )?;
        // By hand, because `web-sys` does not have the third argument yet.
        let begin: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        let transaction = begin.call3(&self.database, &names, &"readwrite".into(), &options)?;
        let transaction: IdbTransaction = transaction.dyn_into()?;
        for Change { store, key, text } in changes {
            let store = transaction.object_store(store.name())?;
            let key = JsValue::from_str(key);
            match text {
                Some(text) => store.put_with_key(&JsValue::from_str(text), &key)?,
                None => store.delete(&key)?,
            };
        }
        commit(&transaction)?;
        Ok(transaction)
    }

    /// The texts whose keys begin so, by key.
    pub(crate) async fn read(&self, store: Store, start: &str) -> Result<Vec<(String, String)>, NotKept> {
        let failed = |_| match self.outdated.get() {
            true => NotKept::Outdated,
            false => NotKept::Failed,
        };
        let (transaction, keys, texts) = self.begin_read(store, start).map_err(failed)?;
        settled(&transaction, "complete", "abort")
            .await
            .map_err(|()| NotKept::Failed)?;
        let (keys, texts) = (
            texts_of(&keys).map_err(failed)?,
            texts_of(&texts).map_err(failed)?,
        );
        Ok(keys.into_iter().zip(texts).collect())
    }

    /// Asks for the keys and for the texts in one transaction, so that they are of one moment.
    fn begin_read(
        &self,
        store: Store,
        start: &str,
    ) -> Result<(IdbTransaction, IdbRequest, IdbRequest), JsValue> {
        let end = format!("{start}\u{ffff}");
        let range = IdbKeyRange::bound(&JsValue::from_str(start), &JsValue::from_str(&end))?;
        let transaction = self.database.transaction_with_str(store.name())?;
        let store = transaction.object_store(store.name())?;
        let keys = store.get_all_keys_with_key(&range)?;
        let texts = store.get_all_with_key(&range)?;
        Ok((transaction, keys, texts))
    }
}

/// Ends a transaction: it is the browser's now, whatever becomes of the page.
#[expect(
    deprecated,
    reason = "web-sys reads an old draft; the standard has it, and so has every browser since 2021"
)]
fn commit(transaction: &IdbTransaction) -> Result<(), JsValue> {
    transaction.commit()
}

/// The list of texts that a request has found.
fn texts_of(request: &IdbRequest) -> Result<Vec<String>, JsValue> {
    let found: Array = request.result()?.unchecked_into();
    Ok(found
        .iter()
        .map(|text| text.as_string().unwrap_or_default())
        .collect())
}

/// Makes the stores that are not there yet.
fn make_stores(request: &IdbOpenDbRequest) {
    let Ok(database) = request.result() else { return };
    let database: IdbDatabase = database.unchecked_into();
    for store in Store::ALL {
        if !database.object_store_names().contains(store.name()) {
            // Should it fail, the version is not raised and opening fails, which is told.
            let made = database.create_object_store(store.name());
            if made.is_err() {
                return;
            }
        }
    }
}

fn why_unopened(request: &IdbOpenDbRequest) -> NotKept {
    match request.error() {
        Ok(Some(error)) if error.name() == "VersionError" => NotKept::Outdated,
        Ok(Some(error)) if error.name() == "QuotaExceededError" => NotKept::Full,
        _ => NotKept::Nowhere,
    }
}

fn why_unwritten(error: Option<DomException>) -> NotKept {
    match error {
        Some(error) if error.name() == "QuotaExceededError" => NotKept::Full,
        _ => NotKept::Failed,
    }
}

/// Waits for whichever of two events comes first: the good one or the bad one.
async fn settled(target: &EventTarget, good: &str, bad: &str) -> Result<(), ()> {
    let promise = Promise::new(&mut |resolve, reject| {
        for (name, heard) in [(good, resolve), (bad, reject)] {
            let listening = target.add_event_listener_with_callback(name, &heard);
            if listening.is_err() {
                // Nobody would ever hear of it. The promise stays as it is, and its await with it.
                web_sys::console::warn_1(&JsValue::from_str("cannot listen to the device's storage"));
            }
        }
    });
    let ended: Result<JsValue, JsValue> = JsFuture::from(promise).await;
    ended.map(drop).map_err(|event| {
        // An error that was dealt with here is no complaint of the page.
        if let Some(event) = event.dyn_ref::<Event>() {
            event.prevent_default();
        }
    })
}
