//! Several tabs of one browser: who may write in a record, and what one tab tells the others.
//!
//! A record is written in by one tab at a time, which holds a lock of its name (W3C Web Locks API); the browser frees
//! the lock when the tab is closed or dies. Where there are no locks every tab may write, which loses nothing:
//! commands have ids and are kept one by one, and the server takes each once.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use record::RecordId;
use serde::{Deserialize, Serialize};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::keep::entries::{read_text, write_text};

/// A lock, until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    /// None where there are no locks.
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // It resolves a promise, which cannot fail.
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits for a lock.
pub(crate) async fn hold(name: &str) -> Held {
    let held = request(name, &Object::new()).await;
    held.unwrap_or(Held { release: None })
}

/// Takes a lock if no tab holds it.
pub(crate) async fn hold_if_free(name: &str) -> Option<Held> {
    let options = Object::new();
    // A new object takes any property.
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    request(name, &options).await
}

/// Does any tab hold a lock of this name, this one included?
pub(crate) async fn is_held(name: &str) -> bool {
    let snapshot = async {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        let query: Function = Reflect::get(&locks, &"query".into()).ok()?.dyn_into().ok()?;
        let asked: Promise = query.call0(&locks).ok()?.dyn_into().ok()?;
        let snapshot = JsFuture::from(asked).await.ok()?;
        let held: Array = Reflect::get(&snapshot, &"held".into()).ok()?.dyn_into().ok()?;
        Some(held)
    };
    let held = snapshot.await;
    held.is_some_and(|held| {
        let named = |lock: JsValue| Reflect::get(&lock, &"name".into()).ok()?.as_string();
        held.iter().any(|lock| named(lock).as_deref() == Some(name))
    })
}

/// Asks for a lock; none if it was not to be had.
async fn request(name: &str, options: &Object) -> Option<Held> {
    let free = Some(Held { release: None });
    let navigator = web_sys::window()?.navigator();
    let Ok(locks) = Reflect::get(&navigator, &"locks".into()) else {
        return free;
    };
    let Some(request) = Reflect::get(&locks, &"request".into())
        .ok()
        .and_then(|found| found.dyn_into::<Function>().ok())
    else {
        return free;
    };
    // Resolved with the function that frees the lock, or with null if another tab holds it.
    let granted = Promise::new(&mut |resolve, reject| {
        let on_grant = Closure::once_into_js(move |lock: JsValue| grant(&lock, &resolve));
        let asked = request.call3(&locks, &name.into(), options, &on_grant);
        let asked = asked.and_then(|asked| asked.dyn_into::<Promise>());
        match asked {
            Ok(asked) => {
                // As `asked.catch(reject)`.
                let catch: Option<Function> = Reflect::get(&asked, &"catch".into())
                    .ok()
                    .and_then(|it| it.dyn_into().ok());
                let _ = catch.map(|catch| catch.call1(&asked, &reject));
            }
            Err(why) => drop(reject.call1(&JsValue::UNDEFINED, &why)),
        }
    });
    match JsFuture::from(granted).await {
        Ok(release) if release.is_null() => None,
        Ok(release) => Some(Held {
            release: release.dyn_into().ok(),
        }),
        // The page may not use locks, as in a sandbox.
        Err(_) => free,
    }
}

/// Tells that a lock has been granted, and gives the browser the promise for as long as which it is held.
fn grant(lock: &JsValue, told: &Function) -> Promise {
    let mut release = JsValue::NULL;
    let held = Promise::new(&mut |resolve, _| release = resolve.into());
    if lock.is_null() {
        let _ = told.call1(&JsValue::UNDEFINED, &JsValue::NULL);
        return Promise::resolve(&JsValue::UNDEFINED);
    }
    let _ = told.call1(&JsValue::UNDEFINED, &release);
    held
}

/// What one tab tells the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Word {
    /// Somebody has signed in or out.
    Account,
    /// A person wants to write in this record where the word comes from.
    HandOver(RecordId),
    /// There is something new to be sent, or something was sent.
    Outbox,
}

type Listeners = Rc<RefCell<Vec<Rc<dyn Fn(Word)>>>>;

/// The way from each tab to the others.
#[derive(Clone)]
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
    hear: Listeners,
}

impl Tabs {
    /// Joins the others.
    pub(crate) fn join() -> Self {
        let channel = BroadcastChannel::new("firsthand").ok();
        let hear: Listeners = Rc::default();
        if let Some(channel) = &channel {
            let hear = Rc::clone(&hear);
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                // A tab with another release may say what this one does not know.
                let Some(word) = read_text(&text) else {
                    return;
                };
                let listeners = hear.borrow().clone();
                listeners.iter().for_each(|listener| listener(word));
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            // Listens for as long as the page is open.
            heard.forget();
        }
        Self { channel, hear }
    }

    /// Tells the others.
    pub(crate) fn tell(&self, word: Word) {
        if let Some(channel) = &self.channel {
            let text = write_text(&word);
            // A closed channel belongs to a page that is going away.
            let _ = channel.post_message(&text.into());
        }
    }

    /// Listens to the others.
    pub(crate) fn listen(&self, listener: impl Fn(Word) + 'static) {
        self.hear.borrow_mut().push(Rc::new(listener));
    }
}
