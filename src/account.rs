//! Who is signed in on this device, and the way in and out.
//!
//! Whoever signed in last is remembered until they sign out, so that their work opens where there is no signal and
//! after the server has forgotten the session. Nobody else sees it: another's sign-in takes another seat.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wire::{Demonstration, Me, SignIn};

use crate::api::{self, Trouble};
use crate::clock::Clock;
use crate::desk::Desk;
use crate::device;
use crate::keep::entries::{read_text, write_text};
use crate::keep::{Change, Place, Store};
use crate::link::Link;
use crate::seat::Seat;
use crate::tabs::{Tabs, Word};

/// Under this key is who is signed in.
const WHO: &str = "who";
/// Under this key is that the server has still to be told of a sign-out.
const SIGNED_OUT: &str = "signed_out";

/// Whether anybody is signed in on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// Not known yet: the page has just been opened.
    Opening,
    /// Nobody is.
    Nobody,
    /// This desk's person is.
    Somebody(Desk),
}

/// The way in and out. Copies are the same door; `use_door()` finds it.
#[derive(Clone, Copy, Debug)]
pub struct Door(StoredValue<Rc<Inner>, LocalStorage>);

/// The way in and out.
pub fn use_door() -> Door {
    expect_context()
}

struct Inner {
    account: RwSignal<Account>,
    persisted: RwSignal<Option<bool>>,
    clock: Rc<Clock>,
    tabs: Tabs,
    place: RefCell<Option<Place>>,
    owner: Owner,
}

impl Door {
    /// Opens the door: finds out who is signed in, and listens to the device.
    pub(crate) fn open() -> Self {
        let inner = Inner {
            account: RwSignal::new(Account::Opening),
            persisted: RwSignal::new(None),
            clock: Rc::new(Clock::of_the_device()),
            tabs: Tabs::join(),
            place: RefCell::default(),
            owner: Owner::current().unwrap_or_default(),
        };
        let door = Self(StoredValue::new_local(Rc::new(inner)));
        door.listen();
        spawn_local(async move {
            let place = Place::of_the_device().await;
            *door.inner().place.borrow_mut() = Some(place);
            door.look().await;
        });
        door
    }

    fn inner(self) -> Rc<Inner> {
        self.0.get_value()
    }

    /// Whether anybody is signed in on this device.
    pub fn account(self) -> ReadSignal<Account> {
        self.inner().account.read_only()
    }

    /// Does the browser promise to keep what is on this device? None while it has not been asked, or cannot be.
    pub fn persisted(self) -> ReadSignal<Option<bool>> {
        self.inner().persisted.read_only()
    }

    /// The people of the demonstration, if the server runs one.
    ///
    /// # Errors
    /// [`Trouble`]; not found if the server runs none.
    pub async fn demonstration(self) -> Result<Demonstration, Trouble> {
        api::demonstration().await
    }

    /// Signs in. Whoever was signed in before has left; what is kept for them stays.
    ///
    /// # Errors
    /// [`Trouble`]; then whoever was signed in still is.
    pub async fn sign_in(self, login: String, password: String) -> Result<(), Trouble> {
        let me = api::sign_in(&SignIn { login, password }).await?;
        // Only now has the session ended of whoever left while the server was out of reach.
        self.inner().set(SIGNED_OUT, None).await;
        self.inner().set(WHO, Some(write_text(&me))).await;
        self.inner().tabs.tell(Word::Account);
        self.seat(me, Link::Up).await;
        Ok(())
    }

    /// Signs out. What is not sent stays on this device until the same person signs in again: [`Desk::unsent`] says
    /// how much that is, to be told before this is called.
    pub async fn sign_out(self) {
        let inner = self.inner();
        if let Account::Somebody(desk) = inner.account.get_untracked() {
            desk.seat().leave().await;
        }
        inner.set(SIGNED_OUT, Some("true".to_owned())).await;
        inner.set(WHO, None).await;
        inner.account.set(Account::Nobody);
        inner.tabs.tell(Word::Account);
        self.tell_of_sign_out().await;
    }

    /// Ends the session at the server, now or when it can be reached.
    async fn tell_of_sign_out(self) {
        if let Ok(()) | Err(Trouble::SignedOut(_)) = api::sign_out().await {
            self.inner().set(SIGNED_OUT, None).await;
        }
    }

    /// Finds out who is signed in: from this device at once, then from the server.
    async fn look(self) {
        let inner = self.inner();
        let Some(place) = inner.place.borrow().clone() else {
            return;
        };
        if has(&place, SIGNED_OUT).await {
            inner.account.set(Account::Nobody);
            return self.tell_of_sign_out().await;
        }
        let remembered = remembered(&place).await;
        if let Some(me) = remembered.clone() {
            self.seat(me, Link::Up).await;
        }
        match (api::me().await, remembered) {
            (Ok(Some(me)), _) => {
                inner.set(WHO, Some(write_text(&me))).await;
                self.seat(me, Link::Up).await;
            }
            (Ok(None), Some(me)) => self.seat(me, Link::SignedOut).await,
            (Err(_), Some(me)) => self.seat(me, Link::Down).await,
            (Ok(None) | Err(_), None) => inner.account.set(Account::Nobody),
        }
    }

    /// Gives the person a seat, unless they sit there already.
    async fn seat(self, me: Me, link: Link) {
        let inner = self.inner();
        if let Account::Somebody(desk) = inner.account.get_untracked() {
            let seat = desk.seat();
            if **seat.me() == me {
                seat.set_link(link);
                seat.hurry();
                return;
            }
            seat.leave().await;
        }
        let Some(place) = inner.place.borrow().clone() else {
            return;
        };
        let desk = inner.owner.with(|| {
            let seat = Seat::take(Arc::new(me), place, Rc::clone(&inner.clock), inner.tabs.clone());
            seat.set_link(link);
            Desk::new(seat)
        });
        inner.account.set(Account::Somebody(desk));
        inner.persisted.set(device::ask_to_persist().await);
    }

    fn listen(self) {
        let Some(window) = web_sys::window() else { return };
        let seat = move || match self.inner().account.get_untracked() {
            Account::Somebody(desk) => Some(desk.seat()),
            Account::Opening | Account::Nobody => None,
        };
        device::whenever(&window, "online", move |_| spawn_local(self.come_back()));
        device::whenever(&window, "offline", move |_| {
            if let Some(seat) = seat() {
                seat.set_link(Link::Down);
            }
        });
        device::whenever(&window, "pagehide", move |_| {
            if let Some(seat) = seat() {
                seat.hurry_to_keep();
            }
        });
        device::whenever(&window, "beforeunload", move |event| {
            if seat().is_some_and(|seat| seat.would_lose()) {
                event.prevent_default();
            }
        });
        if let Some(document) = window.document() {
            device::whenever(&document, "visibilitychange", move |_| {
                if device::is_visible() {
                    spawn_local(self.come_back());
                } else if let Some(seat) = seat() {
                    seat.hurry_to_keep();
                }
            });
        }
        self.inner().tabs.listen(move |word| {
            if word == Word::Account {
                spawn_local(self.look_again());
            }
        });
    }

    /// The network is back, or the person is.
    async fn come_back(self) {
        match self.inner().account.get_untracked() {
            Account::Somebody(desk) => {
                let seat = desk.seat();
                seat.hurry();
                seat.refresh_all().await;
            }
            Account::Nobody => self.look().await,
            Account::Opening => {}
        }
    }

    /// Somebody signed in or out in another tab.
    async fn look_again(self) {
        let inner = self.inner();
        let Some(place) = inner.place.borrow().clone() else {
            return;
        };
        match remembered(&place).await {
            Some(me) => self.seat(me, Link::Up).await,
            None => {
                if let Account::Somebody(desk) = inner.account.get_untracked() {
                    desk.seat().leave().await;
                }
                inner.account.set(Account::Nobody);
            }
        }
    }
}

impl Inner {
    async fn set(&self, key: &str, text: Option<String>) {
        let place = self.place.borrow().clone();
        if let Some(place) = place {
            let store = Store::Device;
            let key = key.to_owned();
            // Where the device keeps nothing, nobody is remembered. The page says that nothing is kept.
            let _ = place.write(vec![Change { store, key, text }]).await;
        }
    }
}

/// Who is signed in on this device, if anybody is remembered.
pub(crate) async fn remembered(place: &Place) -> Option<Me> {
    let kept = place.read(Store::Device, WHO).await.ok()?;
    read_text(&kept.first()?.1)
}

async fn has(place: &Place, key: &str) -> bool {
    place
        .read(Store::Device, key)
        .await
        .is_ok_and(|found| !found.is_empty())
}
