//! The lists that a person works from, as last seen: shown from the device at once, then asked for again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use record::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wire::WorkList;

use crate::api::Trouble;
use crate::clock::Clock;
use crate::keep::entries::{read_text, write_text};
use crate::keep::{Keep, Store};
use crate::seat::Task;
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

/// What looks at a list again.
pub(crate) type Look = Rc<dyn Fn() -> Task>;

/// The lists that a person works from, as far as the first page has them; the [`cabinet`](crate::cabinet) has others.
pub(crate) struct Lists {
    pub(crate) work: Shelf<WorkList>,
    /// The records of which the server does not have everything.
    pub(crate) unsent: RwSignal<Arc<Vec<Unsent>>>,
    /// What the pages show, each by the number that [`Lists::show`] gave it.
    shown: RefCell<BTreeMap<u64, Look>>,
    last: Cell<u64>,
}

impl Lists {
    pub(crate) fn new(keep: &Rc<Keep>, clock: &Rc<Clock>) -> Self {
        Self {
            work: Shelf::new("work", keep, clock),
            unsent: RwSignal::default(),
            shown: RefCell::default(),
            last: Cell::default(),
        }
    }

    /// A page shows a list from now on, which `look` looks at again. The number is for [`Lists::hide`].
    pub(crate) fn show(&self, look: Look) -> u64 {
        let number = self.last.get() + 1;
        self.last.set(number);
        self.shown.borrow_mut().insert(number, look);
        number
    }

    /// A page that showed a list has gone.
    pub(crate) fn hide(&self, number: u64) {
        self.shown.borrow_mut().remove(&number);
    }

    /// What looks again at what the pages show.
    pub(crate) fn shown(&self) -> Vec<Look> {
        self.shown.borrow().values().map(Rc::clone).collect()
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
    /// A list that has not been seen yet. Under its name it is kept on the device.
    pub(crate) fn new(name: &'static str, keep: &Rc<Keep>, clock: &Rc<Clock>) -> Self {
        let seen = Seen {
            list: None,
            freshness: Freshness::Asking,
        };
        Self {
            name,
            seen: RwSignal::new(seen),
            keep: Rc::clone(keep),
            clock: Rc::clone(clock),
            asked: Rc::default(),
            answered: Rc::default(),
        }
    }

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
