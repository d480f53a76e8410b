// Keeps the site in the visitor's browser, so that it opens without a network. EDITION stands above this line.
//
// With a network, pages and their files come from it, so facts are never older than the site, and the copy stays packed.
// Without one, a page comes from the copy, and then all its files do: a page is never put together from two editions.
"use strict";

const SCOPE = self.registration.scope;
const PREFIX = `site ${SCOPE} `; // caches are shared by everything on this origin
const CURRENT = PREFIX + EDITION.version;
const VERSIONS = new URL("assets/offline/versions", SCOPE).href; // in each cache, with the versions of its files
const PATIENCE_MS = 4000; // then a page that the network does not bring comes from the copy

let forgotten = false;

const address = (path) => new URL(path, SCOPE).href;

// ---- what comes in ----

const OWN_DIGEST = /-([0-9a-f]{12})\.bin$/;

// A login page of a café's network must not be kept as a file of ours: what a name promises is checked. Where a proxy
// on the way has unpacked the file, its content is another, and known as well.
async function fetchedWhole(path) {
  const response = await fetch(address(path), { priority: "low" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  const content = await response.arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (![path.match(OWN_DIGEST)[1], EDITION.unpacked[path]].includes(hex.slice(0, 12))) throw new Error(`${path}: another content`);
  return new Response(content, { headers: { "Content-Type": "application/octet-stream" } });
}

// An edition is complete or absent: were a file missing, installing would fail and the old edition would stay.
async function install() {
  const cache = await caches.open(CURRENT);
  try {
    for (const path of [EDITION.bundle, ...EDITION.parts])
      await cache.put(address(path), (await caches.match(address(path))) ?? (await fetchedWhole(path)));
    await cache.put(VERSIONS, new Response(JSON.stringify(EDITION.versions)));
  } catch (error) {
    await caches.delete(CURRENT);
    throw error;
  }
  await self.skipWaiting();
}

// The edition before stays: a page that is still open may ask for its files.
async function activate() {
  const others = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// ---- what an edition holds: hooks/offline/copy.py writes it ----

const opened = new Map(); // name of a cache -> promise of its edition

function edition(name) {
  if (!opened.has(name)) opened.set(name, unpacked(name));
  return opened.get(name).catch((error) => {
    opened.delete(name);
    throw error;
  });
}

async function unpacked(name) {
  if (!(await caches.has(name))) throw new Error("forgotten, or cleared by the browser");
  const cache = await caches.open(name);
  const bundle = (await cache.keys()).find(({ url }) => url.startsWith(address("assets/offline/site-")));
  let bytes = new Uint8Array(await (await cache.match(bundle)).arrayBuffer());
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  }
  const text = (from, to) => new TextDecoder().decode(bytes.subarray(from, to));
  let at = 4 + new DataView(bytes.buffer).getUint32(0);
  const { files, pages } = JSON.parse(text(4, at));
  const found = new Map();
  for (const file of files) {
    const from = at;
    at += file.bytes;
    found.set(address(file.path), { type: file.type, body: () => bytes.subarray(from, from + file.bytes) });
  }
  const count = pages.reduce((sum, { lines }) => sum + lines, 0);
  const steps = new Int32Array(bytes.slice(at, (at += 4 * count)).buffer);
  const lines = text(at).split("\n");
  let row = 0;
  for (const page of pages) {
    const mine = steps.subarray(row, (row += page.lines));
    found.set(address(page.path), { type: "text/html; charset=utf-8", body: () => pageOf(mine, lines) });
  }
  return found;
}

function pageOf(steps, lines) {
  let line = -1;
  return Array.from(steps, (step) => lines[(line += 1 + step)]).join("\n");
}

// ---- what goes out ----

// /matrix/ and /matrix/index.html are one file.
function placeOf(url) {
  const place = new URL(url);
  place.search = place.hash = "";
  if (place.pathname.endsWith("/")) place.pathname += "index.html";
  return place.href;
}

async function versionsOf(name) {
  if (name === CURRENT) return EDITION.versions;
  return (await (await caches.open(name)).match(VERSIONS))?.json() ?? [];
}

async function from(name, url) {
  const version = new URL(url).searchParams.get("v");
  if (version && !(await versionsOf(name)).includes(version)) return undefined;
  const file = (await edition(name)).get(placeOf(url));
  return file && new Response(file.body(), { headers: { "Content-Type": file.type } });
}

// A page of the edition before that is still open may ask for a file that no host has any more.
async function fromBefore(url) {
  const version = new URL(url).searchParams.get("v");
  if (!version || EDITION.versions.includes(version)) return undefined;
  const before = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  for (const name of before) if ((await versionsOf(name)).includes(version)) return from(name, url);
  return undefined;
}

// /matrix is what a host would send on to /matrix/.
async function copyOfPage(url) {
  const page = await from(CURRENT, url);
  if (page) return page;
  const folder = new URL(url);
  folder.pathname += "/";
  return (await from(CURRENT, folder.href)) && Response.redirect(folder.href);
}

async function noSuchPage() {
  const page = await from(CURRENT, address("404.html")).catch(() => undefined);
  return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
}

function soon(response) {
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("the network is slow")));
  return Promise.race([response, late]);
}

const copied = new Set(); // ids of the pages and workers that came from the copy

function fromCopy(event, response) {
  if (response && event.resultingClientId) copied.add(event.resultingClientId);
  return response;
}

// No navigation preload: in Firefox 153 a page that cannot be preloaded fails, copy or no copy.
async function page(event) {
  const network = fetch(event.request);
  try {
    return await soon(network);
  } catch {
    const copy = await copyOfPage(event.request.url).catch(() => undefined);
    return fromCopy(event, copy) ?? network.catch(noSuchPage);
  }
}

async function ahead({ clientId, request: { url, cache } }) {
  if (cache === "reload" || cache === "no-store") return undefined; // the page asks for a fresh copy
  if (OWN_DIGEST.test(url)) return caches.match(url);
  return copied.has(clientId) ? from(CURRENT, url) : fromBefore(url);
}

async function file(event) {
  const copy = await ahead(event).catch(() => undefined);
  if (copy) return fromCopy(event, copy);
  try {
    return await fetch(event.request);
  } catch {
    return fromCopy(event, await from(CURRENT, event.request.url).catch(() => undefined)) ?? Response.error();
  }
}

// ---- going away: the page that asks for it deletes the caches ----

async function forget() {
  forgotten = true;
  await self.registration.unregister();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forget().finally(() => event.ports[0].postMessage("forgotten")));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (forgotten || request.method !== "GET" || !request.url.startsWith(SCOPE) || request.url.endsWith(".zip")) return;
  event.respondWith(request.mode === "navigate" ? page(event) : file(event));
});
