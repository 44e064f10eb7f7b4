// The service worker: keeps the studio's files in the browser and serves them, so that it works without a network.
//
// The build puts `STUDIO` in front: the version, and each file with the hash of its content. All files of a version are kept
// together or none of them; a page that a version started gets that version's files. Answers of a server are never kept.

const BEFORE = "statecraft-";
const CURRENT = `${BEFORE}${STUDIO.version}`;
const PAGE = "/";
/** Marks a version that has been in use; one that was only installed has started no page. */
const USED = "/.used";

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("message", (event) => event.data === "take over" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const path = wanted(event.request);
  if (path) event.respondWith(answer(path, event.request));
});

/** Keeps every file of this version; a file that is not of this version ends it, and the browser tries again another day. */
async function keepAll() {
  // A version that is here already is whole, and may be in use.
  if (await caches.has(CURRENT)) return;
  const cache = await caches.open(CURRENT);
  try {
    await cache.addAll(STUDIO.files.map(({ path, integrity }) => new Request(path, { integrity, cache: "no-cache" })));
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
}

/** Forgets all versions but this one and the one in use before, whose pages may still be open. */
async function takeOver() {
  await (await caches.open(CURRENT)).put(USED, new Response());
  const older = (await caches.keys()).filter((name) => name.startsWith(BEFORE) && name !== CURRENT);
  const used = await Promise.all(older.map((name) => caches.match(USED, { cacheName: name })));
  const before = older.filter((_, i) => used[i]).at(-1);
  await Promise.all(older.filter((name) => name !== before).map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** The path of the file that answers a request; none for what a server must answer. */
function wanted(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || url.pathname.startsWith("/api/")) return undefined;
  if (request.mode === "navigate") return /^\/(open|pipelines|reviews)?(\/|$)/.test(url.pathname) ? PAGE : undefined;
  return /\.(css|js|json|png|svg|wasm|webmanifest|woff2)$/.test(url.pathname) ? url.pathname : undefined;
}

async function answer(path, request) {
  const current = await caches.open(CURRENT);
  const kept = (await current.match(path, { ignoreVary: true })) ?? (await caches.match(path, { ignoreVary: true }));
  return kept ?? fetch(request);
}
