//! The lists that pages of records show.

use std::cell::RefCell;
use std::rc::Rc;

use form::FormHash;
use leptos::task::spawn_local;
use wire::{Families, Forms, SignOffList};

use super::Drawers;
use crate::api;
use crate::clock::Clock;
use crate::keep::{Keep, Store};
use crate::lists::Shelf;
use crate::seat::Records;

/// How many forms are fetched at a time: enough to be quick, and few enough to leave room for what somebody waits for.
const AT_A_TIME: usize = 3;

/// The lists that pages of records show.
pub(crate) struct Lists {
    pub(crate) sign_off: Shelf<SignOffList>,
    pub(crate) families: Shelf<Families>,
    pub(crate) forms: Shelf<Forms>,
}

impl Lists {
    pub(super) fn new(keep: &Rc<Keep>, clock: &Rc<Clock>) -> Self {
        Self {
            sign_off: Shelf::new("sign_off", keep, clock),
            families: Shelf::new("families", keep, clock),
            forms: Shelf::new("forms", keep, clock),
        }
    }
}

impl Drawers {
    /// Looks again at the records that wait for the person's decision.
    pub(super) async fn look_at_sign_off(self: Rc<Self>) {
        Rc::clone(&self).look_at_unsent().await;
        let outcome = self.lists().sign_off.clone().refresh(api::sign_off()).await;
        self.seat().heard(&outcome.map(drop));
        Rc::clone(&self).look_at_unsent().await;
    }

    /// Looks again at the families that a record can be about.
    pub(super) async fn look_at_families(self: Rc<Self>) {
        let outcome = self.lists().families.clone().refresh(api::families()).await;
        self.seat().heard(&outcome.map(drop));
    }

    /// Looks again at the forms that a record can be started with, and keeps each on the device, so that one can be
    /// started where there is no signal.
    pub(super) async fn look_at_forms(self: Rc<Self>) {
        let outcome = self.lists().forms.clone().refresh(api::forms()).await;
        if let Ok(forms) = &outcome {
            self.keep_forms(forms);
        }
        self.seat().heard(&outcome.map(drop));
    }

    /// Has on the device all that a record is started with, so that one can be started where there is no signal, also
    /// by somebody who has never come to the page for it.
    pub(super) async fn prepare_to_start(self: Rc<Self>) {
        Rc::clone(&self).look_at_families().await;
        self.look_at_forms().await;
    }

    /// Keeps each form on the device, a few at a time.
    fn keep_forms(self: &Rc<Self>, forms: &Forms) {
        let waiting: Vec<FormHash> = forms.forms.iter().map(|entry| entry.hash).collect();
        let waiting = Rc::new(RefCell::new(waiting.into_iter()));
        for _ in 0..AT_A_TIME {
            let (drawers, waiting) = (Rc::clone(self), Rc::clone(&waiting));
            spawn_local(async move {
                let next = || waiting.borrow_mut().next();
                while let Some(hash) = next().filter(|_| !drawers.seat().is_left()) {
                    if !drawers.has_form(hash).await {
                        // What cannot be fetched now is fetched when it is needed, or the next time.
                        let _ = drawers.form(hash).await;
                    }
                }
            });
        }
    }

    async fn has_form(&self, hash: FormHash) -> bool {
        let place = self.seat().keep().place();
        let kept = place.read(Store::Forms, &hash.to_string()).await;
        self.form_at_hand(hash).is_some() || kept.is_ok_and(|kept| !kept.is_empty())
    }
}
