//! The device: what it does to the page, and what the page may ask of it.

use gloo_timers::callback::Timeout;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CssStyleSheet, Event, EventTarget, HtmlAnchorElement, Url, VisibilityState};

/// Does something whenever this happens, for as long as the page is open.
pub(crate) fn whenever(target: &EventTarget, event: &str, act: impl Fn(Event) + 'static) {
    let act = Closure::<dyn Fn(Event)>::new(act);
    // Only a listener that is no function is refused.
    let _ = target.add_event_listener_with_callback(event, act.as_ref().unchecked_ref());
    act.forget();
}

/// Is there a network at all, as far as the device knows?
pub(crate) fn has_network() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Is the page in front of somebody?
pub(crate) fn is_visible() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    document.is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Asks the browser never to throw away what is kept here to make room (WHATWG Storage Standard). Says whether it
/// promises that; none if it cannot be asked.
pub(crate) async fn ask_to_persist() -> Option<bool> {
    let storage = web_sys::window()?.navigator().storage();
    // Pages that are not served securely have no storage manager, whatever its type says.
    if storage.is_undefined() {
        return None;
    }
    let answer = JsFuture::from(storage.persist().ok()?).await.ok()?;
    answer.as_bool()
}

/// Has this printed at the foot of every sheet of paper (CSS Paged Media, 4.2), until what it gives is called.
pub(crate) fn on_each_sheet(words: &str) -> impl FnOnce() + 'static {
    let sheet = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.style_sheets().item(0))
        .and_then(|sheet| sheet.dyn_into::<CssStyleSheet>().ok());
    let rule = format!("@page {{ @bottom-left {{ content: {} }} }}", quoted(words));
    let placed = sheet.and_then(|sheet| {
        let end = sheet.css_rules().ok()?.length();
        let index = sheet.insert_rule_with_index(&rule, end).ok()?;
        Some((sheet, index))
    });
    move || {
        if let Some((sheet, index)) = placed {
            // A rule that has gone already is not missed.
            let _ = sheet.delete_rule(index);
        }
    }
}

/// A text as a string of CSS (CSS Syntax, 4.3.5).
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        if letter.is_control() || matches!(letter, '"' | '\\' | '<') {
            quoted.push_str(&format!("\\{:x} ", u32::from(letter)));
        } else {
            quoted.push(letter);
        }
    }
    quoted.push('"');
    quoted
}

/// Gives the person a file.
pub(crate) fn offer_file(name: &str, file: &Blob) -> Result<(), JsValue> {
    let document = web_sys::window()
        .and_then(|window| window.document())
        .ok_or(JsValue::NULL)?;
    let address = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser reads the file after this function has returned.
    Timeout::new(60_000, move || drop(Url::revoke_object_url(&address))).forget();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_text_ends_the_string_it_stands_in() {
        assert_eq!(quoted("Home visit, version 1"), "\"Home visit, version 1\"");
        assert_eq!(quoted("a\"b\\c\nd</style>"), r#""a\22 b\5c c\a d\3c /style>""#);
    }
}
