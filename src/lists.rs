//! The lists that a person works from, as last seen: shown from the device at once, then asked for again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use record::{Calendar, Summary, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::{Families, Forms, SignOffList, WorkItem, WorkList};

use crate::api::{self, Trouble};
use crate::clock::Clock;
use crate::keep::entries::{read_text, write_text};
use crate::keep::{Keep, Store};
use crate::unsent::Unsent;

/// A list as it was last seen.
#[derive(Clone, Debug, PartialEq)]
pub struct Seen<T> {
    /// The list, and when the server gave it; none if it has never been seen on this device.
    pub list: Option<(Arc<T>, Timestamp)>,
    /// Whether it is as the server has it.
    pub freshness: Freshness,
}

/// Whether something is as the server has it.
#[derive(Clone, Debug, PartialEq)]
pub enum Freshness {
    /// The server is being asked.
    Asking,
    /// It was, a moment ago.
    Fresh,
    /// The server could not be asked, so it may be out of date.
    Unknown(Trouble),
}

/// The person's lists.
pub(crate) struct Lists {
    pub(crate) work: Shelf<WorkList>,
    pub(crate) sign_off: Shelf<SignOffList>,
    pub(crate) families: Shelf<Families>,
    pub(crate) forms: Shelf<Forms>,
    /// The records of which the server does not have everything.
    pub(crate) unsent: RwSignal<Arc<Vec<Unsent>>>,
    /// How many pages show each of them.
    shown: RefCell<BTreeMap<Which, usize>>,
}

impl Lists {
    pub(crate) fn new(keep: Rc<Keep>, clock: Rc<Clock>) -> Self {
        fn shelf<T: Send + Sync + 'static>(
            name: &'static str,
            keep: &Rc<Keep>,
            clock: &Rc<Clock>,
        ) -> Shelf<T> {
            let seen = Seen {
                list: None,
                freshness: Freshness::Asking,
            };
            Shelf {
                name,
                seen: RwSignal::new(seen),
                keep: Rc::clone(keep),
                clock: Rc::clone(clock),
                asked: Rc::default(),
                answered: Rc::default(),
            }
        }
        Self {
            work: shelf("work", &keep, &clock),
            sign_off: shelf("sign_off", &keep, &clock),
            families: shelf("families", &keep, &clock),
            forms: shelf("forms", &keep, &clock),
            unsent: RwSignal::default(),
            shown: RefCell::default(),
        }
    }

    /// A page shows this list from now on.
    pub(crate) fn show(&self, which: Which) {
        *self.shown.borrow_mut().entry(which).or_default() += 1;
    }

    /// A page that showed this list has gone.
    pub(crate) fn hide(&self, which: Which) {
        if let Some(pages) = self.shown.borrow_mut().get_mut(&which) {
            *pages = pages.saturating_sub(1);
        }
    }

    /// The lists that some page shows.
    pub(crate) fn shown(&self) -> Vec<Which> {
        let shown = self.shown.borrow();
        let shown = shown.iter().filter(|(_, pages)| **pages > 0);
        shown.map(|(which, _)| *which).collect()
    }
}

/// One list: as last seen, and how to see it again.
#[derive(Clone)]
pub(crate) struct Shelf<T: Send + Sync + 'static> {
    name: &'static str,
    seen: RwSignal<Seen<T>>,
    keep: Rc<Keep>,
    clock: Rc<Clock>,
    /// The number of the last question how the list is now.
    asked: Rc<Cell<u64>>,
    /// The number of the question whose answer is shown. An answer that was overtaken on its way is none.
    answered: Rc<Cell<u64>>,
}

/// A list as it is kept on the device.
#[derive(Serialize, Deserialize)]
struct KeptList<T> {
    at: Timestamp,
    list: T,
}

impl<T: Serialize + DeserializeOwned + Send + Sync + 'static> Shelf<T> {
    /// The list as last seen.
    pub(crate) fn seen(&self) -> ReadSignal<Seen<T>> {
        self.seen.read_only()
    }

    /// Takes in an answer to the question how the list is now. Where nothing has been seen yet, looks on the device
    /// before the answer is waited for.
    pub(crate) async fn refresh(
        self,
        ask: impl Future<Output = Result<T, Trouble>>,
    ) -> Result<Arc<T>, Trouble> {
        let number = self.asked.get() + 1;
        self.asked.set(number);
        if self.seen.read_untracked().list.is_none() {
            let kept = self.keep.read(Store::Lists, self.name).await.unwrap_or_default();
            let kept = kept.first().and_then(|(_, text)| read_text::<KeptList<T>>(text));
            if let Some(KeptList { at, list }) = kept.filter(|_| self.answered.get() == 0) {
                self.seen.update(|seen| seen.list = Some((Arc::new(list), at)));
            }
        }
        match ask.await {
            Ok(list) => {
                let kept = KeptList {
                    at: self.clock.now(),
                    list,
                };
                let text = write_text(&kept);
                let list = Arc::new(kept.list);
                if number > self.answered.replace(number.max(self.answered.get())) {
                    self.keep.set(Store::Lists, self.name, Some(text));
                    self.seen.set(Seen {
                        list: Some((Arc::clone(&list), kept.at)),
                        freshness: Freshness::Fresh,
                    });
                }
                Ok(list)
            }
            Err(trouble) => {
                self.seen
                    .update(|seen| seen.freshness = Freshness::Unknown(trouble.clone()));
                Err(trouble)
            }
        }
    }
}

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Which {
    Work,
    SignOff,
    Families,
    Forms,
}

impl crate::seat::Seat {
    /// Looks at a list again.
    pub(crate) async fn look_at(self: Rc<Self>, which: Which) {
        let lists = self.lists();
        let result = match which {
            Which::Work => lists.work.clone().refresh(api::work()).await.map(drop),
            Which::SignOff => lists.sign_off.clone().refresh(api::sign_off()).await.map(drop),
            Which::Families => lists.families.clone().refresh(api::families()).await.map(drop),
            Which::Forms => match lists.forms.clone().refresh(api::forms()).await {
                Ok(forms) => {
                    // So that a record can be started where there is no signal.
                    for entry in &forms.forms {
                        let _ = self.form(entry.hash).await;
                    }
                    Ok(())
                }
                Err(trouble) => Err(trouble),
            },
        };
        self.heard(&result);
        if matches!(which, Which::Work | Which::SignOff) {
            self.look_at_unsent().await;
        }
    }

    /// Looks again at the lists that some page shows: what is in them may have changed.
    pub(crate) async fn look_at_shown(self: &Rc<Self>) {
        for which in self.lists().shown() {
            Rc::clone(self).look_at(which).await;
        }
    }

    /// Looks again at the records of which the server does not have everything.
    pub(crate) async fn look_at_unsent(self: &Rc<Self>) {
        let (calendar, now) = (Calendar::new(), self.clock().now());
        let mut found = Vec::new();
        for (record, load) in self.keep().unsent().await.unwrap_or_default() {
            let Ok(device) = self.keep().record(record).await else {
                continue;
            };
            // One that cannot be read here is in the list as the server tells of it.
            if let Some(ledger) = self.ledger_as_kept(device).await {
                let summary = Summary::of(ledger.state(), ledger.form());
                let item = WorkItem::of(&summary, &calendar, now);
                found.push(Unsent { item, load });
            }
        }
        self.lists().unsent.set(Arc::new(found));
    }
}
