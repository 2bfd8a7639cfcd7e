//! A press, with a finger or a mouse, from its beginning to its end.
//!
//! What moves under a finger is not hit. The focus goes when a press begins, and what is said of the question that one
//! has left may then push down the very thing that is being pressed; so it is said when the press is over.

use std::cell::RefCell;

use gloo_timers::callback::Timeout;
use leptos::prelude::window;

use crate::device::whenever;

/// How long after a finger has gone its click may come, in milliseconds. A press that scrolls or selects has none.
const CLICK_MS: u32 = 100;

/// A press under way, if there is one, and what waits for its end.
#[derive(Default)]
struct Press {
    is_listened_to: bool,
    is_down: bool,
    waiting: Vec<Box<dyn FnOnce()>>,
}

thread_local! {
    /// There is one page, and it is of this thread.
    static PRESS: RefCell<Press> = RefCell::default();
}

/// Listens to presses from now on.
pub(super) fn listen() {
    if PRESS.with_borrow_mut(|press| std::mem::replace(&mut press.is_listened_to, true)) {
        return;
    }
    let window = window();
    whenever(&window, "pointerdown", |_| {
        PRESS.with_borrow_mut(|press| press.is_down = true);
    });
    // Once whoever was pressed has been told.
    whenever(&window, "click", |_| end_after(0));
    whenever(&window, "pointerup", |_| end_after(CLICK_MS));
    whenever(&window, "pointercancel", |_| end());
}

/// Does something at once, or at the end of the press that is under way.
pub(super) fn after(act: impl FnOnce() + 'static) {
    let now = PRESS.with_borrow_mut(|press| {
        if press.is_down {
            press.waiting.push(Box::new(act));
            None
        } else {
            Some(act)
        }
    });
    if let Some(act) = now {
        act();
    }
}

fn end_after(millis: u32) {
    Timeout::new(millis, end).forget();
}

fn end() {
    let waiting = PRESS.with_borrow_mut(|press| {
        press.is_down = false;
        std::mem::take(&mut press.waiting)
    });
    for act in waiting {
        act();
    }
}
