//! A keeping place in the page's memory: what a browser without IndexedDB has, and the double of it in tests.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{Change, NotKept, Store};

/// Texts in memory. Clones are the same memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory {
    texts: Rc<RefCell<BTreeMap<(Store, String), String>>>,
    fails: Rc<Cell<Option<NotKept>>>,
}

impl Memory {
    /// One that keeps nothing, and says why.
    pub(crate) fn failing(why: NotKept) -> Self {
        let memory = Self::default();
        memory.fails.set(Some(why));
        memory
    }

    /// Makes all of these changes or none.
    pub(crate) fn write(&self, changes: Vec<Change>) -> Result<(), NotKept> {
        if let Some(why) = self.fails.get() {
            return Err(why);
        }
        let mut texts = self.texts.borrow_mut();
        for Change { store, key, text } in changes {
            match text {
                Some(text) => texts.insert((store, key), text),
                None => texts.remove(&(store, key)),
            };
        }
        Ok(())
    }

    /// The texts whose keys begin so, by key.
    pub(crate) fn read(&self, store: Store, start: &str) -> Vec<(String, String)> {
        let texts = self.texts.borrow();
        let from_here = texts.range((store, start.to_owned())..);
        from_here
            .take_while(|((found, key), _)| *found == store && key.starts_with(start))
            .map(|((_, key), text)| (key.clone(), text.clone()))
            .collect()
    }
}

#[cfg(test)]
impl Memory {
    /// From now on every write fails, or none does.
    pub(crate) fn fail(&self, why: Option<NotKept>) {
        self.fails.set(why);
    }
}
