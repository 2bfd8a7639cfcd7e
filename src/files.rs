//! Files in the browser: their content as bytes, and as an address that holds all of it (RFC 2397), from which a
//! picture can be shown. Where they are kept, and what for, is not known here.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, FileReader};

/// The content of a file; none if it cannot be read, as when it is on a stick that was taken out.
pub(crate) async fn bytes(file: &Blob) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// These bytes as an address that holds them.
pub(crate) async fn address_of(bytes: &[u8], media_type: &str) -> Option<String> {
    let reader = FileReader::new().ok()?;
    let read = js_sys::Promise::new(&mut |resolve, _| {
        reader.set_onloadend(Some(&resolve));
    });
    reader.read_as_data_url(&blob(bytes, media_type).ok()?).ok()?;
    JsFuture::from(read).await.ok()?;
    reader.result().as_ref().ok().and_then(JsValue::as_string)
}

/// The bytes that an address holds.
pub(crate) fn bytes_of(address: &str) -> Option<Vec<u8>> {
    let (_, encoded) = address.strip_prefix("data:")?.split_once(";base64,")?;
    let decoded = web_sys::window()?.atob(encoded).ok()?;
    // Each character stands for a byte (WHATWG HTML, section 8.3).
    decoded.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

/// A file in the browser's memory.
pub(crate) fn blob(bytes: &[u8], media_type: &str) -> Result<Blob, JsValue> {
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &kind)
}
