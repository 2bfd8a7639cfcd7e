//! Wakes a task that waits for something to do.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// A bell that one task listens to. Rung while nobody listens, it is heard the next time.
#[derive(Default)]
pub(crate) struct Bell {
    rung: Cell<bool>,
    listener: RefCell<Option<Waker>>,
}

impl Bell {
    /// Rings it.
    pub(crate) fn ring(&self) {
        self.rung.set(true);
        if let Some(listener) = self.listener.borrow_mut().take() {
            listener.wake();
        }
    }

    /// Waits until it has been rung since the last time.
    pub(crate) async fn wait(&self) {
        poll_fn(|context| {
            if self.rung.replace(false) {
                return Poll::Ready(());
            }
            *self.listener.borrow_mut() = Some(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
