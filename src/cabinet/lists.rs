//! The lists that pages of records show.

use std::rc::Rc;

use wire::{Families, Forms, SignOffList};

use super::Drawers;
use crate::api;
use crate::clock::Clock;
use crate::keep::Keep;
use crate::lists::Shelf;
use crate::seat::Records;

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
            for entry in &forms.forms {
                let _ = self.form(entry.hash).await;
            }
        }
        self.seat().heard(&outcome.map(drop));
    }
}
