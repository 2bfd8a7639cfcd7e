// Opens the app with no signal: keeps the app's own files on the device, and nothing else. What people write is kept by
// the app in IndexedDB, which this file never touches; nothing under /api/ passes through here.
//
// `cargo xtask web` writes `BUILD = { version, files }` above this text, so each build is a new worker. It becomes
// active only when every one of its files is on the device; until then, and if that fails, the build before it serves.
// A page is answered from the device at once and never waits for a weak signal; start.js shows a newer build.

const FAMILY = "firsthand-shell-";
const CACHE = FAMILY + BUILD.version;
const PAGE = "/";
const FILES = new Set(BUILD.files);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  const file = fileFor(event.request);
  if (file) event.respondWith(answer(file, event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(BUILD.files.map((file) => new Request(file, { cache: isNamedByContent(file) ? "default" : "no-cache" })));
  await self.skipWaiting();
}

async function activate() {
  // The build before this one stays: a page that was opened with it may still have to fetch parts of it.
  const older = (await caches.keys()).filter((name) => name.startsWith(FAMILY) && name !== CACHE);
  await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The file of this build that answers a request, or null when the request is the network's business. */
function fileFor(request) {
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return null;
  if (FILES.has(pathname) || isNamedByContent(pathname)) return pathname;
  return request.mode === "navigate" && isPage(pathname) ? PAGE : null;
}

/** Whether an address is one of the app's own pages: not the API, and not a file such as /openapi.json. */
function isPage(pathname) {
  return !pathname.startsWith("/api/") && !pathname.split("/").pop().includes(".");
}

/** Whether a file's name changes with its content, so that the browser's own cache cannot hold an old one. */
function isNamedByContent(file) {
  return file.startsWith("/assets/");
}

/** The kept copy; or the network's, should the browser have thrown the copy away. Only what is named by its content is
 * the same in every build. */
async function answer(file, request) {
  const kept = isNamedByContent(file) ? await caches.match(file) : await (await caches.open(CACHE)).match(file);
  return kept ?? fetch(request);
}
