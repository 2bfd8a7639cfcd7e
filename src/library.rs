//! The forms that this page has read, by their hash. A record may need several: the one that it is filled in with and,
//! for what was written before it moved to a later version, those that it was filled in with until then.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use form::{Form, FormHash};
use record::Forms;

/// Forms that are at hand.
#[derive(Default)]
pub(crate) struct Library(RefCell<BTreeMap<FormHash, Arc<Form>>>);

impl Library {
    /// Puts a form where it is found from now on.
    pub(crate) fn put(&self, form: &Arc<Form>) {
        self.0.borrow_mut().insert(form.hash(), Arc::clone(form));
    }
}

impl Forms for Library {
    fn find(&self, hash: FormHash) -> Option<Arc<Form>> {
        self.0.borrow().get(&hash).cloned()
    }
}
