// Only in `cargo xtask dev`: reloads the page when there is a newer build.

let shown;
const poll = setInterval(async () => {
  // While the server restarts there is nothing to read.
  const manifest = await fetch("/manifest.json", { cache: "no-store" }).then((response) => response.json()).catch(() => null);
  shown ??= manifest?.version;
  if (!manifest || manifest.version === shown) return;
  clearInterval(poll);
  // Without its service worker the page is read from the server, which is what someone changing it wants to see.
  const worker = await navigator.serviceWorker?.getRegistration();
  await worker?.unregister();
  location.reload();
}, 500);
