// Pyodide, from parts that are here already. The only file that knows it in the browser.
import { PartError } from "./errors.js";
import { arrivalOf, bytesOf, getPart, isCarried, readManifest, textOf } from "./parts.js";
import { image, imageComesInTime } from "./image.js";
import { memorySnapshot } from "./snapshot.js";

const VIRTUAL = "runtime:/"; // what Pyodide's loader believes to be its folder; nothing there is ever requested
const APP = "/lib/app.zip";

function runScript(source) {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    importScripts(url);
  } finally {
    URL.revokeObjectURL(url);
  }
}

// Pyodide's loader fetches by name from a folder and reports a wasm failure to the console only.
// So each part is fetched and compiled here, and the loader waits at each of them until the part is there.
function redirectLoader(module, stdlib) {
  const ownFetch = self.fetch;
  const ownInstantiate = WebAssembly.instantiateStreaming;
  self.fetch = async (resource, options) => {
    const url = String(resource.url || resource);
    if (!url.startsWith(VIRTUAL)) return ownFetch(resource, options);
    return new Response(url.endsWith(".zip") ? await stdlib : null);
  };
  WebAssembly.instantiateStreaming = async (_, imports) => {
    return { module: await module, instance: await WebAssembly.instantiate(await module, imports) };
  };
  return () => {
    self.fetch = ownFetch;
    WebAssembly.instantiateStreaming = ownInstantiate;
  };
}

async function startPython(module, stdlib, snapshot) {
  const restore = redirectLoader(module, stdlib);
  try {
    return await self.loadPyodide({
      indexURL: VIRTUAL,
      lockFileContents: self.pyodideLock,
      env: { PYTHONDONTWRITEBYTECODE: "1" },
      ...(snapshot ? { _loadSnapshot: snapshot } : { _makeSnapshot: memorySnapshot.usable }),
    });
  } finally {
    restore();
  }
}

const EMPTY = JSON.stringify({ call: "answer", payload: { fields: [] } });

// Python starts without what is not its own: on a slow wire that still comes meanwhile.
// What the first answer works out for all later ones is worked out before memory is kept. No answer of the visitor's is in it.
async function startAnew(module, stdlib, app, wizard) {
  const pyodide = await startPython(module, stdlib, null);
  pyodide.FS.writeFile(APP, new Uint8Array(await app));
  pyodide.pyimport("sys").path.insert(0, APP);
  const web = pyodide.pyimport("selector.web");
  web.start(new TextDecoder().decode(await wizard));
  if (memorySnapshot.usable) {
    web.respond(EMPTY);
    memorySnapshot.fresh = pyodide.makeMemorySnapshot();
  }
  return web;
}

async function startFrom(snapshot, module, stdlib, app) {
  const pyodide = await startPython(module, stdlib, snapshot);
  pyodide.FS.writeFile(APP, new Uint8Array(await app)); // that it is on Python's path is in its memory
  return pyodide.pyimport("selector.web");
}

// A part that is waited for later: that it did not come is told there.
function needed(name) {
  const part = bytesOf(name);
  part.catch(() => {});
  return part;
}

// From memory that this browser kept, else from memory over the wire, else anew.
async function started(base, module, loader, stdlib) {
  const kept = await memorySnapshot.open(base);
  const sent = !kept && (await imageComesInTime());
  if (!kept && !sent) await Promise.race([arrivalOf("python"), module]); // the rest comes while Python starts
  const app = needed("app");
  const memory = kept ?? (sent ? await image() : null);
  const wizard = memory ? null : needed("wizard");
  await loader;
  if (!memory) return startAnew(module, stdlib, app, wizard);
  try {
    const web = await startFrom(memory, module, stdlib, app);
    if (memory !== kept && memorySnapshot.usable) memorySnapshot.fresh = memory;
    return web;
  } catch {
    return startAnew(module, stdlib, app, bytesOf("wizard")); // it is spoilt; a new one will take its place
  }
}

/** Starts Python; gives the module selector.web. */
export async function bootPython(init) {
  if (typeof WebAssembly === "undefined") throw new PartError("WebAssembly", "this browser has it switched off");
  const base = await readManifest(init);
  const module = getPart("python", "application/wasm", (r) => WebAssembly.compileStreaming(r));
  const loader = isCarried() ? null : textOf("loader", runScript); // from disk it is in the worker's own file
  const stdlib = bytesOf("stdlib");
  // Whichever part fails first is the one to tell of: Python would wait for it for ever.
  const [web] = await Promise.all([started(base, module, loader, stdlib), module, loader, stdlib]);
  return web;
}
