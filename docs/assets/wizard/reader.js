// The element <decision-reader>: takes a folder from the visitor and hands its files to the worker, in parts, so that the
// page stays quick. Inside a wizard it uses the wizard's worker, elsewhere a separate one.
import { startWorker } from "./runtime.js";

const PART = 20; // files that are handed over at once

export class DecisionReader extends HTMLElement {
  static define(name = "decision-reader") {
    if (!customElements.get(name)) customElements.define(name, this);
  }

  #listening = null;
  #worker = null;
  #round = 0;
  #never = new Set();

  connectedCallback() {
    this.#never = new Set(this.dataset.never.split(" "));
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.dataset.ready = "webkitdirectory" in document.createElement("input") ? "folder" : "command";
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.#over(event), { signal });
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.removeAttribute("data-over"), { signal });
    this.addEventListener("drop", (event) => this.#drop(event), { signal });
    this.addEventListener("change", (event) => this.#pick(event), { signal });
    this.addEventListener("click", (event) => event.target.closest("[data-cancel]") && this.#cancel(), { signal });
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#worker?.terminate();
    this.#worker = null;
  }

  get #wizard() {
    return this.closest("decision-wizard");
  }

  #over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    this.setAttribute("data-over", "");
  }

  #drop(event) {
    event.preventDefault();
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const { deepest, most } = this.dataset;
    this.#take(droppedFiles(entries, { never: this.#never, deepest: Number(deepest), most: Number(most) }));
  }

  #pick({ target }) {
    if (!target.matches("[data-pick]")) return;
    const picked = [...target.files];
    target.value = ""; // the same folder can be chosen again
    this.#take(pickedFiles(picked, this.#never));
  }

  /** parts: asynchronous, each a list of [path, File]. */
  async #take(parts) {
    const round = ++this.#round;
    this.#showProgress("Listing files", 0, 0);
    let listed = 0;
    let first = true;
    for await (const more of parts) {
      if (round !== this.#round) return;
      this.#post({ files: { round, more, first, last: false } });
      first = false;
      this.#showProgress(`Listing files: ${(listed += more.length).toLocaleString("en")}`, 0, 0);
    }
    if (round !== this.#round) return;
    if (!listed) return this.#end("No files were found in it.");
    this.#post({ files: { round, more: [], first: false, last: true } });
  }

  #post(message) {
    if (this.#wizard) return this.#wizard.readFiles(message);
    if (!this.#worker) {
      this.#worker = startWorker(new URL(this.dataset.runtime, document.baseURI).href);
      this.#worker.onmessage = ({ data }) => this.#onMessage(data);
      this.#worker.onerror = () => this.#end("The reader could not be loaded.");
    }
    this.#worker.postMessage(message);
  }

  #cancel() {
    this.#round += 1;
    this.#post({ cancel: true });
    this.#end("Cancelled. Nothing was kept.");
    this.querySelector("[data-pick]").focus();
  }

  // ---- what the worker says ----

  #onMessage({ files, failed, seq, ok, data }) {
    if (files) this.show(files);
    else if (failed) this.#end(failed.message);
    else if (seq === "found" && ok) this.#showFound(data);
  }

  /** How far reading is. A word on a folder that was cancelled may still be under way. */
  show({ round, state, done, total, bytes, error }) {
    if (round !== this.#round) return;
    if (state === "reading")
      this.#showProgress(`${done.toLocaleString("en")} of ${total.toLocaleString("en")} files, ${(bytes / 1e6).toFixed(1)} MB`, done, total);
    else if (state === "failed") this.#end(`Reading failed: ${error}`);
    else if (state === "read") {
      this.#end(done === 1 ? "1 file read." : `${done.toLocaleString("en")} files read.`);
      if (this.#wizard) this.#wizard.showFiles();
      else this.#post({ seq: "found", call: "found", payload: { fields: [] } });
    }
  }

  #showFound({ html }) {
    const region = this.querySelector('[data-region="found"]');
    region.innerHTML = html.found; // of our own templates, which escape
    for (const link of region.querySelectorAll("[data-continue]"))
      link.href = `${this.dataset.wizard}#${link.dataset.continue}`;
    const heading = region.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  }

  #showProgress(text, done, total) {
    const box = this.querySelector(".dw-reader-progress");
    box.hidden = false;
    box.querySelector("[data-reading]").textContent = text;
    const bar = box.querySelector("progress");
    if (total) {
      bar.max = total;
      bar.value = done;
    } else bar.removeAttribute("value");
    this.querySelector("[data-reader-said]").textContent = "";
  }

  #end(text) {
    this.querySelector(".dw-reader-progress").hidden = true;
    this.querySelector("[data-reader-said]").textContent = text;
  }
}

/** Without the folder that was chosen. */
function withoutTop(path) {
  return path.includes("/") ? path.slice(path.indexOf("/") + 1) : path;
}

const pause = () => new Promise((done) => setTimeout(done));

async function* pickedFiles(files, never) {
  for (let at = 0; at < files.length; at += PART) {
    const part = files.slice(at, at + PART).map((file) => [withoutTop(file.webkitRelativePath || file.name), file]);
    yield part.filter(([path]) => !path.split("/").slice(0, -1).some((folder) => never.has(folder)));
    await pause();
  }
}

/** Files below what was dropped. A single folder is the top; of several things dropped each keeps its name. Of what is
 * deeper than is read, only the first folder is named; after the most files it ends. Python says so to the visitor. */
async function* droppedFiles(entries, { never, deepest, most }) {
  const waiting = entries.map((entry) => [entry, entries.length === 1 && entry.isDirectory ? "" : entry.name]);
  let part = [];
  let count = 0;
  while (waiting.length && count <= most) {
    const [entry, path] = waiting.pop();
    if (entry.isFile) {
      const file = await new Promise((done) => entry.file(done, () => done(null)));
      if (file) part.push([path, file]);
      count += 1;
    } else if (path.split("/").length > deepest) {
      part.push([`${path}/`, null]);
    } else if (entry.isDirectory) {
      for (const inner of await entriesOf(entry))
        if (inner.isFile || !never.has(inner.name)) waiting.push([inner, path ? `${path}/${inner.name}` : inner.name]);
    }
    if (part.length >= PART) {
      yield part;
      part = [];
    }
  }
  if (part.length) yield part;
}

async function entriesOf(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (!some.length) return all;
    all.push(...some);
  }
}
