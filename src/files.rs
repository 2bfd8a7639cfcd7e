//! Files that a person chooses, read in the browser. Where they are kept, and what for, is not known here.

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FileReader};

/// The content of a file; none if it cannot be read, as when it is on a stick that was taken out.
pub(crate) async fn bytes(file: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The content of a file as an address that holds all of it (RFC 2397), which a picture can be shown from.
pub(crate) async fn data_url(file: &Blob) -> Option<String> {
    let reader = FileReader::new().ok()?;
    let read = js_sys::Promise::new(&mut |resolve, _| {
        reader.set_onloadend(Some(&resolve));
    });
    reader.read_as_data_url(file).ok()?;
    JsFuture::from(read).await.ok()?;
    reader.result().as_ref().ok().and_then(JsValue::as_string)
}
