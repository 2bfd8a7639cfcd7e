//! What the page says when the app itself has failed: what happened, that nothing is lost, and what to do.

use std::panic::PanicHookInfo;

use web_sys::Document;

/// Prepares for the worst: from now on a panic is told to the person as well as to the console.
pub fn prepare() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        tell(info);
    }));
}

fn tell(_: &PanicHookInfo<'_>) {
    let document = web_sys::window().and_then(|window| window.document());
    // Whatever cannot be shown is in the console.
    let _ = document.and_then(|document| show(&document));
}

fn show(document: &Document) -> Option<()> {
    let notice = document.create_element("div").ok()?;
    notice.set_attribute("role", "alert").ok()?;
    notice.set_class_name("stopped");
    let heading = document.create_element("h1").ok()?;
    heading.set_text_content(Some("Firsthand has stopped"));
    let words = document.create_element("p").ok()?;
    words.set_text_content(Some(
        "Something went wrong in this page. What you wrote is kept on this device. Reload the page to go on.",
    ));
    notice.append_child(&heading).ok()?;
    notice.append_child(&words).ok()?;
    // What is below answers no more, but it can still be read and copied.
    document.body()?.prepend_with_node_1(&notice).ok()?;
    heading.scroll_into_view();
    Some(())
}
