// Starts the packed runtime in Node as docs/assets/worker/python.js does in a browser, answers the empty form once, and
// writes Python's memory as it is then. With a fixed clock and fixed "random" bytes, so it comes out the same each time.
//   node image.cjs <folder with the unpacked parts> <file to write>
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [folder, target] = process.argv.slice(2);
const part = (name) => fs.readFileSync(path.join(folder, name));
const VIRTUAL = "runtime:/";
const APP = "/lib/app.zip";

// Pyodide and its loader must take this for a worker of a browser.
function actAsWorker() {
  process.browser = true;
  Object.defineProperty(process, "type", { value: "renderer" });
  globalThis.self = globalThis;
  globalThis.location = new URL("https://localhost/worker.js");
  globalThis.importScripts = () => {};
  globalThis.WorkerGlobalScope = class {
    static [Symbol.hasInstance]() {
      return true;
    }
  };
}

function actTheSameEachTime() {
  Date.now = () => 1e12;
  performance.now = () => 0;
  let state = 1;
  const next = () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) >> 16;
  const getRandomValues = (array) => array.map((_, index) => (array[index] = next()));
  Object.defineProperty(globalThis, "crypto", { value: { getRandomValues } });
  Math.random = () => next() / 0x8000;
}

function serveParts() {
  const module = new WebAssembly.Module(part("python"));
  self.fetch = async (resource) => new Response(String(resource.url || resource).endsWith(".zip") ? part("stdlib") : null);
  WebAssembly.instantiateStreaming = async (_, imports) => {
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };
}

async function main() {
  actAsWorker();
  actTheSameEachTime();
  serveParts();
  vm.runInThisContext(part("loader").toString());
  const pyodide = await self.loadPyodide({
    indexURL: VIRTUAL,
    lockFileContents: self.pyodideLock,
    env: { PYTHONDONTWRITEBYTECODE: "1", PYTHONHASHSEED: "0" },
    _makeSnapshot: true,
  });
  pyodide.FS.writeFile(APP, new Uint8Array(part("app")));
  pyodide.pyimport("sys").path.insert(0, APP);
  const web = pyodide.pyimport("selector.web");
  web.start(part("wizard").toString());
  web.respond('{"call":"answer","payload":{"fields":[]}}');
  fs.writeFileSync(target, pyodide.makeMemorySnapshot());
  process.exit(0);
}

main().catch((error) => {
  process.stderr.write(`${String(error && error.stack).slice(-2000)}\n`); // what comes before is a script in one line
  process.exit(1);
});
