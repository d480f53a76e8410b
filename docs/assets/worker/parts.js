// The runtime's parts. The one place that knows whether bytes come from the network or from the page.
import { PartError } from "./errors.js";

const STALL_MS = 30_000; // no byte for so long: the connection is dead, even if nobody says so
const PROGRESS_MS = 100;

export const parts = new Map(); // name -> {name, url, bytes}
let carried = null; // name -> base64, when the page brings the runtime along
const arrived = {}; // name -> compressed bytes so far
let lastProgress = 0;

/** True when the page brought the runtime along. */
export function isCarried() {
  return carried !== null;
}

function report(name, bytes) {
  arrived[name] = bytes;
  const now = Date.now();
  const loaded = Object.values(arrived).reduce((sum, n) => sum + n, 0);
  const total = [...parts.values()].reduce((sum, part) => sum + part.bytes, 0);
  if (now - lastProgress < PROGRESS_MS && loaded < total) return;
  lastProgress = now;
  postMessage({ progress: { loaded, total } });
}

function decodeBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

async function download(part, again) {
  if (carried) return new Blob([decodeBase64(carried[part.name])]).stream();
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error("no answer")), STALL_MS);
  const response = await fetch(part.url, { signal: abort.signal, cache: again ? "reload" : "default" });
  if (!response.ok) {
    clearTimeout(timer);
    throw new Error(`the server answered ${response.status}`);
  }
  let bytes = 0;
  const counter = new TransformStream({
    transform(chunk, controller) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(new Error("the connection stopped")), STALL_MS);
      report(part.name, (bytes += chunk.length));
      controller.enqueue(chunk);
    },
    flush() {
      clearTimeout(timer);
      if (bytes !== part.bytes) throw new Error(`${bytes} bytes instead of ${part.bytes}`);
    },
  });
  return response.body.pipeThrough(counter);
}

// Hands the part's content to `use` as a Response that is still arriving; one retry, past the caches.
export async function getPart(name, type, use) {
  const part = parts.get(name);
  if (!part) throw new PartError(name, "not in the list of parts");
  for (const again of [false, true]) {
    try {
      return await unzipped(await download(part, again), type, use);
    } catch (error) {
      report(name, 0);
      if (again) throw new PartError(name, error);
    }
  }
}

// A Response does not tell why its body broke off ("Failed to fetch"); the pipe into it does.
async function unzipped(stream, type, use) {
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

export const bytesOf = (name) => getPart(name, "application/octet-stream", (r) => r.arrayBuffer());
export const textOf = (name, use) => getPart(name, "text/plain", async (r) => use(await r.text()));

/** Learns which parts there are; gives the address that they are relative to. */
export async function readManifest(init) {
  let manifest = init.manifest;
  let base = self.location.href;
  if (typeof manifest === "string") {
    base = manifest;
    try {
      const response = await fetch(manifest);
      if (!response.ok) throw new Error(`the server answered ${response.status}`);
      manifest = await response.json();
    } catch (error) {
      throw new PartError("manifest", error);
    }
  }
  carried = init.files || null;
  for (const part of manifest.parts) {
    parts.set(part.name, { ...part, url: carried ? null : new URL(part.url, base).href });
  }
  return base;
}
