//! Tells what an input comes to in a browser: gives the page (`page/start.js`) a function to call, `conformance`.

use conformance::results;
use js_sys::Reflect;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

fn main() {
    let tell = Closure::<dyn Fn(String) -> Result<String, JsValue>>::new(|input: String| {
        results(&input).map_err(|why| JsValue::from(why.to_string()))
    });
    // The window takes any property.
    let _ = Reflect::set(&js_sys::global(), &"conformance".into(), tell.as_ref());
    tell.forget();
}
