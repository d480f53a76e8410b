// Runs Python off the page's thread. The only file that knows Pyodide in the browser.
//
// A classic worker, so that it also runs from a Blob on a page opened from disk.
//
//   page -> worker   {init: {manifest: URL}}                       fetch the runtime's parts
//                    {init: {manifest: {…}, files: {part: base64}}}  or take them from the message
//                    {seq, call, payload}                          one question to selector.web.respond
//   worker -> page   {progress: {loaded, total}}                   bytes over the wire
//                    {ready: true}
//                    {failed: {part, reason, message}}             the runtime cannot start; final
//                    {seq, ok: true, data}                         the answer
//                    {seq, ok: false, error}                       Python raised
//                    {seq, stale: true}                            a newer question made this one pointless
//
// "more" is answered several times, until its data says done: between two steps the worker looks at
// its messages, and a newer question ends the series.
"use strict";

const STALL_MS = 30_000; // no byte for so long: the connection is dead, even if nobody says so
const PROGRESS_MS = 100;
const KEEP_MS = 2_000; // after the first result, for what serves the next visit only
const VIRTUAL = "runtime:/"; // what Pyodide's loader believes to be its folder; nothing there is ever requested

class PartError extends Error {
  constructor(part, cause) {
    super(`${part}: ${cause && cause.message ? cause.message : cause}`);
    this.part = part;
  }
}

// ---- parts: the one place that knows whether bytes come from the network or from the page ----

const parts = new Map(); // name -> {name, url, bytes}
let carried = null; // name -> base64, when the page brings the runtime along
let arrived = {}; // name -> compressed bytes so far
let lastProgress = 0;

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

async function compressed(part, again) {
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
async function get(name, type, use) {
  const part = parts.get(name);
  if (!part) throw new PartError(name, "not in the list of parts");
  for (const again of [false, true]) {
    try {
      return await unpacked(await compressed(part, again), type, use);
    } catch (error) {
      report(name, 0);
      if (again) throw new PartError(name, error);
    }
  }
}

// A Response does not tell why its body broke off ("Failed to fetch"); the pipe into it does.
async function unpacked(stream, type, use) {
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

const bytesOf = (name) => get(name, "application/octet-stream", (r) => r.arrayBuffer());
const textOf = (name, use) => get(name, "text/plain", async (r) => use(await r.text()));

async function readManifest(init) {
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

// ---- Pyodide ----

let respond = null; // selector.web.respond

function runScript(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    importScripts(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Pyodide's loader fetches by name from a folder and reports a wasm failure to the console only.
// So each part is fetched and compiled here, and the loader waits at each door until the part is there.
function openDoors(module, stdlib) {
  const fetchOutside = self.fetch;
  const instantiateOutside = WebAssembly.instantiateStreaming;
  self.fetch = async (resource, options) => {
    const url = String(resource.url || resource);
    if (!url.startsWith(VIRTUAL)) return fetchOutside(resource, options);
    return new Response(url.endsWith(".zip") ? await stdlib : null);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
  };
  return () => {
    self.fetch = fetchOutside;
    WebAssembly.instantiateStreaming = instantiateOutside;
  };
}

async function startPython(module, stdlib, app, image) {
  const closeDoors = openDoors(module, stdlib);
  try {
    return await self.loadPyodide({
      indexURL: VIRTUAL,
      lockFileContents: self.pyodideLock,
      env: { PYTHONPATH: "/lib/app.zip", PYTHONDONTWRITEBYTECODE: "1" },
      fsInit: async (fs) => fs.writeFile("/lib/app.zip", new Uint8Array(await app)),
      ...(image ? { _loadSnapshot: image } : { _makeSnapshot: images.usable }),
    });
  } finally {
    closeDoors();
  }
}

// ---- a second visit: memory as it stood when Python was ready for the first question ----
// Kept by this browser, so it costs no byte on the wire. No answer of the visitor's is in it.

const images = {
  usable: false,
  fresh: null, // what is still to be kept

  async open(base) {
    if (carried) return null; // from disk: nothing to keep it in
    // An image fits one browser's compiler and one runtime only.
    this.key = new URL(`memory?${encodeURIComponent([...parts.values()].map((p) => p.url) + navigator.userAgent)}`, base);
    this.declined = `no copy ${new URL("../..", base)}`; // see offline.js: this visitor wants nothing kept
    try {
      if (await caches.has(this.declined)) return null;
      this.cache = await caches.open(`python ${new URL(".", base)}`);
      this.usable = true;
    } catch {
      return null; // storage is denied
    }
    try {
      const found = await this.cache.match(this.key);
      return found ? this.unpacked(await found.arrayBuffer()) : null;
    } catch {
      return null;
    }
  },

  async keep() {
    const image = this.fresh;
    this.fresh = null;
    try {
      if (await caches.has(this.declined)) return;
      for (const old of await this.cache.keys()) await this.cache.delete(old);
      await this.cache.put(this.key, new Response(this.packed(image)));
    } catch {
      // no room: the next visit starts as this one did
    }
  },

  // Most of the end is zero: left out.
  packed(image) {
    let end = image.length;
    while (end && image[end - 1] === 0) end--;
    return new Blob([new Uint32Array([image.length]), image.subarray(0, end)]);
  },

  unpacked(buffer) {
    const image = new Uint8Array(new Uint32Array(buffer, 0, 1)[0]);
    image.set(new Uint8Array(buffer, 4));
    return image;
  },
};

async function startFrom(image, module, stdlib, app, wizard) {
  const pyodide = await startPython(module, stdlib, app, image);
  const web = pyodide.pyimport("selector.web");
  if (!image) {
    web.start(new TextDecoder().decode(await wizard));
    if (images.usable) images.fresh = pyodide.makeMemorySnapshot();
  }
  return web.respond;
}

async function boot(init) {
  if (typeof WebAssembly === "undefined") throw new PartError("WebAssembly", "this browser has it switched off");
  if (typeof DecompressionStream === "undefined") throw new PartError("DecompressionStream", "this browser is too old");
  const base = await readManifest(init);
  const module = get("python", "application/wasm", (r) => WebAssembly.compileStreaming(r));
  const loader = textOf("loader", runScript);
  const [stdlib, app, wizard] = ["stdlib", "app", "wizard"].map((name) => bytesOf(name));
  const python = Promise.all([images.open(base), loader]).then(([image]) =>
    startFrom(image, module, stdlib, app, wizard).catch((error) => {
      if (!image) throw error;
      return startFrom(null, module, stdlib, app, wizard); // the image is spoilt; a new one will take its place
    }),
  );
  // Whichever part fails first is the one to tell of: the loader would wait for it for ever.
  [respond] = await Promise.all([python, module, stdlib, app, wizard]);
}

// ---- questions ----

const waiting = []; // {seq, call, payload}, oldest first
let working = false;
const doorbell = new MessageChannel();

// Lets messages that have already arrived be queued before work goes on.
function yieldToMessages() {
  return new Promise((resolve) => {
    doorbell.port1.onmessage = resolve;
    doorbell.port2.postMessage(null);
  });
}

function errorText(error) {
  const lines = String(error && error.message ? error.message : error).trim().split("\n");
  return lines[lines.length - 1];
}

function ask({ call, payload }) {
  return JSON.parse(respond(JSON.stringify({ call, payload })));
}

// Of several questions that all replace the page's answer only the newest is worth the work,
// and what was still being worked out for an older one is worth nothing.
const REPLACES = new Set(["open", "answer"]);

// A look at what an answer would change waits for all real questions, and only the newest look counts.
const LATER = { preview: 1, more: 2 };
const isOldLook = (q, index) => q.call === "preview" && waiting.some((other, at) => at > index && other.call === "preview");

function next() {
  const newest = Math.max(-1, ...waiting.filter((q) => REPLACES.has(q.call)).map((q) => q.seq));
  const isStale = (q, index) => isOldLook(q, index) || (q.seq < newest && (q.call === "more" || REPLACES.has(q.call)));
  for (const { seq } of waiting.filter(isStale)) postMessage({ seq, stale: true });
  const left = waiting.filter((q, index) => !isStale(q, index));
  waiting.splice(0, waiting.length, ...left.sort((a, b) => (LATER[a.call] ?? 0) - (LATER[b.call] ?? 0)));
  return waiting.shift();
}

async function answer(question) {
  for (;;) {
    const data = ask(question);
    postMessage({ seq: question.seq, ok: true, data });
    await yieldToMessages();
    if (question.call !== "more" || data.done) return;
    if (waiting.length) return void waiting.push(question); // goes on later, unless it is stale by then
  }
}

async function work() {
  if (working || !respond) return;
  working = true;
  while (waiting.length) {
    const question = next();
    try {
      await answer(question);
    } catch (error) {
      postMessage({ seq: question.seq, ok: false, error: errorText(error) });
    }
  }
  working = false;
  if (images.fresh) setTimeout(() => images.fresh && images.keep(), KEEP_MS);
}

async function init(settings) {
  try {
    await boot(settings);
    postMessage({ ready: true });
    await work();
  } catch (error) {
    const part = error instanceof PartError ? error.part : "Python";
    postMessage({ failed: { part, reason: errorText(error), message: `The part “${part}” did not load.` } });
  }
}

self.onmessage = ({ data }) => {
  if (data.init) init(data.init);
  else {
    waiting.push(data);
    work();
  }
};
