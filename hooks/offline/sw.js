// Keeps the site in the visitor's browser, so that it opens without a network. EDITION stands above this line.
//
// With a network, pages come from it, so facts are never older than the site. Files whose address tells their
// content come from the copy, of whichever edition. Without a network, everything comes from one edition.
"use strict";

const SCOPE = self.registration.scope;
const PREFIX = `site ${SCOPE} `; // caches are shared by everything on this origin
const CURRENT = PREFIX + EDITION.version;
const PATIENCE_MS = 4000; // then a page that the network does not bring comes from the copy
const FORGOTTEN = "forgotten";

let forgotten = false;

const address = (path) => new URL(path, SCOPE).href;

async function unpacked(response) {
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const length = new DataView(bytes.buffer).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let at = 4 + length;
  return list.map((file) => ({ ...file, body: bytes.subarray(at, (at += file.bytes)) }));
}

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

// An edition is complete or absent: were a file missing, installing would fail and the old edition would stay.
async function install() {
  const cache = await caches.open(CURRENT);
  const files = await unpacked(await fetched(address(EDITION.bundle)));
  await Promise.all(
    files.map(({ path, type, body }) => cache.put(address(path), new Response(body, { headers: { "Content-Type": type } }))),
  );
  for (const path of EDITION.parts) {
    const url = address(path);
    await cache.put(url, (await caches.match(url)) ?? (await fetched(url)));
  }
  await self.skipWaiting();
}

// The edition before stays: a page that is still open may ask for its files.
async function activate() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CURRENT);
  await Promise.all(ours.slice(0, -1).map((name) => caches.delete(name)));
  await self.clients.claim();
}

// /matrix/ and /matrix/index.html are one file; /matrix is what a host would send on to /matrix/.
async function copyOf(url) {
  const cache = await caches.open(CURRENT);
  const plain = new URL(url);
  plain.search = plain.hash = "";
  if (plain.pathname.endsWith("/")) plain.pathname += "index.html";
  return cache.match(plain.href);
}

async function copyOfPage(url) {
  const found = await copyOf(url);
  if (found) return found;
  const folder = new URL(url);
  folder.pathname += "/";
  if (await copyOf(folder.href)) return Response.redirect(folder.href);
  return (await copyOf(address("404.html"))) ?? Response.error();
}

function patient(request) {
  return Promise.race([
    fetch(request),
    new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("the network is slow"))),
  ]);
}

async function page(request) {
  try {
    return await patient(request);
  } catch {
    return copyOfPage(request.url);
  }
}

const TELLS_CONTENT = /[.-][0-9a-f]{8,}(\.min)?\.[a-z0-9]+$/;

async function file(request) {
  const known = TELLS_CONTENT.test(request.url) && (await caches.match(request.url));
  if (known) return known;
  try {
    return await fetch(request);
  } catch {
    return (await copyOf(request.url)) ?? Response.error();
  }
}

async function forget() {
  forgotten = true;
  const ours = (await caches.keys()).filter((name) => name.startsWith(PREFIX) || name.startsWith(`python ${SCOPE}`));
  await Promise.all(ours.map((name) => caches.delete(name)));
  await self.registration.unregister();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => {
  if (event.data === "forget") event.waitUntil(forget().then(() => event.ports[0]?.postMessage(FORGOTTEN)));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (forgotten || request.method !== "GET" || !request.url.startsWith(SCOPE)) return;
  event.respondWith(request.mode === "navigate" ? page(request) : file(request));
});
