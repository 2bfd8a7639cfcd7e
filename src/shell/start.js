// The page's first script: starts the app's WebAssembly, then the service worker that opens the app with no signal.
// `cargo xtask web` writes two names above this text: `init`, which wasm-bindgen made, and `WASM`, an address.

let inUse = false;
for (const sign of ["pointerdown", "keydown", "input"]) {
  addEventListener(sign, () => (inUse = true), { capture: true, once: true });
}

const opening = document.getElementById("opening");
try {
  await init({ module_or_path: WASM });
  opening.remove();
} catch (reason) {
  opening.textContent = "Firsthand could not start. Reload this page. Nothing you have written is lost.";
  throw reason;
}

if ("serviceWorker" in navigator) {
  // This page may have come from what an older build left on the device. When a newer one takes over, show it, unless
  // the person has begun to use the page: then it waits until they next open or reload one.
  if (navigator.serviceWorker.controller) {
    navigator.serviceWorker.addEventListener("controllerchange", () => inUse || location.reload());
  }
  navigator.serviceWorker
    .register("/service_worker.js", { updateViaCache: "none" })
    .catch((reason) => console.warn("Firsthand will not open without a network on this device:", reason));
}
