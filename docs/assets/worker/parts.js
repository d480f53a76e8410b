// The runtime's parts. The one place that knows whether bytes come from the network or from the page.
import { PartError } from "./errors.js";

const STALL_MS = 30_000; // no byte for so long: the connection is dead, even without an error
const PROGRESS_MS = 100;
const SAMPLE = 200_000; // bytes that show how fast more will come; the first ones are left out, which waited for an answer

export const parts = new Map(); // name -> {name, url, bytes}
let carried = null; // name -> base64, when the page brings the runtime along
const arrived = {}; // name -> compressed bytes so far
let lastProgress = 0;
const rates = new Map(); // name -> {promise, resolve}: bytes in a millisecond
const arrivals = new Map(); // name -> {promise, resolve}

/** True when the page brought the runtime along. */
export function isCarried() {
  return carried !== null;
}

function report(name, bytes) {
  arrived[name] = bytes;
  const now = Date.now();
  const loaded = Object.values(arrived).reduce((sum, n) => sum + n, 0);
  const wanted = [...parts.values()].filter((part) => part.name !== "image" || arrived.image);
  const total = wanted.reduce((sum, part) => sum + part.bytes, 0);
  if (now - lastProgress < PROGRESS_MS && loaded < total) return;
  lastProgress = now;
  postMessage({ progress: { loaded, total } });
}

function promised(map, name) {
  if (!map.has(name)) map.set(name, Promise.withResolvers?.() ?? withResolvers());
  return map.get(name);
}

function withResolvers() {
  const made = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made;
}

/** Bytes in a millisecond at which a part arrives, as soon as that shows; 0 when it came too soon to an end. */
export const rateOf = (name) => promised(rates, name).promise;

/** When the last byte of a part has come over the wire; never, for a part that the page brought along. */
export const arrivalOf = (name) => promised(arrivals, name).promise;

function decodeBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

async function download(part, again, patience) {
  if (carried) return new Response(decodeBase64(carried[part.name])).body; // WebKit reads no Blob of a page from disk
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error("no answer")), STALL_MS);
  if (patience) setTimeout(() => abort.abort(new Error("too slow")), patience);
  const response = await fetch(part.url, { signal: abort.signal, cache: again ? "reload" : "default" });
  if (!response.ok) {
    clearTimeout(timer);
    throw new Error(`the server answered ${response.status}`);
  }
  let bytes = 0;
  let expected = part.bytes;
  let begun = 0;
  let first = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(new Error("the connection stopped")), STALL_MS);
      if (!bytes && isPage(chunk)) throw new Error("a web page came in its place, from a proxy or a login page for example");
      if (!bytes && !isPacked(chunk)) expected = part.unpacked;
      bytes += chunk.length;
      begun ||= performance.now();
      first ||= bytes;
      if (bytes - first >= SAMPLE) promised(rates, part.name).resolve((bytes - first) / Math.max(performance.now() - begun, 1));
      report(part.name, Math.round((bytes * part.bytes) / expected));
      controller.enqueue(chunk);
    },
    flush() {
      clearTimeout(timer);
      promised(rates, part.name).resolve(0);
      promised(arrivals, part.name).resolve();
      if (bytes !== expected) throw new Error(`${bytes} bytes instead of ${expected}`);
    },
  });
  return response.body.pipeThrough(counter);
}

// A host or a proxy may have unpacked a part already, or say of its packed bytes that they are how it sends them, so that
// the browser unpacks them. The bytes tell: GZIP begins like no other part.
const isPacked = (chunk) => chunk[0] === 0x1f && (chunk.length < 2 || chunk[1] === 0x8b);

const isPage = (chunk) => /^\s*<(?:!doctype|html|head|\?xml)/i.test(new TextDecoder("latin1").decode(chunk.subarray(0, 60)));

// Hands the part's content to `use` as a Response that is still arriving; one retry, past the caches, unless there is
// only so much patience, in milliseconds.
export async function getPart(name, type, use, patience = 0) {
  const part = parts.get(name);
  if (!part) throw new PartError(name, "not in the list of parts");
  for (const again of [false, true]) {
    try {
      return await unzipped(await download(part, again, patience), type, use);
    } catch (error) {
      report(name, 0);
      if (again || patience) throw new PartError(name, error);
    }
  }
}

// A Response does not tell why its body broke off ("Failed to fetch"); the pipe into it does.
async function unzipped(given, type, use) {
  const { packed, stream } = await looked(given);
  if (!packed) return use(new Response(stream, { headers: { "Content-Type": type } }));
  const unzip = new DecompressionStream("gzip");
  let fault = null;
  const flow = stream.pipeTo(unzip.writable).catch((error) => (fault = error));
  try {
    return await use(new Response(unzip.readable, { headers: { "Content-Type": type } }));
  } catch (error) {
    if (error instanceof TypeError) await Promise.race([flow, new Promise((done) => setTimeout(done, 100))]);
    throw (error instanceof TypeError && fault) || error;
  }
}

// The first chunk is looked at, and comes again. What breaks off breaks off here too.
async function looked(given) {
  const reader = given.getReader();
  const first = await reader.read();
  const stream = new ReadableStream({
    start: (controller) => void (first.done || controller.enqueue(first.value)),
    async pull(controller) {
      const { done, value } = first.done ? first : await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: (reason) => reader.cancel(reason),
  });
  return { packed: !first.done && isPacked(first.value), stream };
}

export const bytesOf = (name, patience) => getPart(name, "application/octet-stream", (r) => r.arrayBuffer(), patience);
export const textOf = (name, use) => getPart(name, "text/plain", async (r) => use(await r.text()));

/**
 * True when the host has another edition than the page that asked: part of what the browser keeps is older than the rest.
 * A host that is asked for a file by name sends the newest, whatever edition was asked for.
 */
export async function isOutdated(init) {
  if (typeof init.manifest !== "string") return false;
  try {
    const { edition } = await (await fetch(init.manifest, { cache: "reload" })).json();
    return edition !== new URL(init.manifest).searchParams.get("v");
  } catch {
    return false;
  }
}

function listIn(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("only a part of it came");
  }
}

async function fetchedManifest(address, again) {
  try {
    const signal = AbortSignal.timeout?.(STALL_MS);
    const response = await fetch(address, { signal, cache: again ? "reload" : "default" });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const text = await response.text();
    if (text.trimStart().startsWith("<")) throw new Error("a web page came in its place, from a proxy or a login page for example");
    return listIn(text);
  } catch (error) {
    throw new PartError("manifest", error);
  }
}

/** Learns which parts there are; gives the address that they are relative to. */
export async function readManifest(init) {
  let manifest = init.manifest;
  let base = self.location.href;
  if (typeof manifest === "string") {
    base = manifest;
    manifest = await fetchedManifest(base, init.again).catch(() => fetchedManifest(base, true)); // one retry, as for each part
  }
  carried = init.files || null;
  const wanted = new URL(base).searchParams.get("v");
  if (!carried && wanted && manifest.edition !== wanted) throw new PartError("manifest", "it is of another edition than the page");
  for (const part of manifest.parts) {
    parts.set(part.name, { ...part, url: carried ? null : new URL(part.url, base).href });
  }
  return base;
}
