// The calculator: the worker that runs Python, whether it is there, and what the reader sees of that.
import { loadNewEdition } from "./edition.js";
import { formFields } from "./form.js";
import { startWorker } from "./runtime.js";

const PATIENCE_MS = 30_000; // for the worker's own file; its parts have limits of their own

export class Calculator {
  #wizard;
  #onReply;
  #worker = null;
  #timer = 0; // until the worker's file is here
  #again = false; // past all caches: the last try failed

  /** onReply: takes what the worker says, except about its state. */
  constructor(wizard, onReply) {
    this.#wizard = wizard;
    this.#onReply = onReply;
  }

  get state() {
    return this.#wizard.dataset.wizardState;
  }

  set state(state) {
    this.#wizard.dataset.wizardState = state;
  }

  /** Loads the calculator; a second call changes nothing, and after a failure only `reset` lets it try again. */
  start() {
    if (this.#worker || this.state === "failed") return;
    this.state = "loading";
    this.#wizard.querySelector(".dw-failed").hidden = true;
    const { tooOld } = document.documentElement.dataset; // as docs/overrides/main.html found
    if (tooOld) return this.fail(tooOld);
    if (typeof WebAssembly === "undefined") return this.fail("WebAssembly is turned off in this browser.");
    try {
      this.#worker = startWorker(new URL(this.#wizard.dataset.runtime, document.baseURI).href, this.#again);
    } catch (error) {
      return this.fail(`The web worker was blocked: ${error.message}`);
    }
    this.#worker.onmessage = ({ data }) => this.#onMessage(data);
    this.#worker.onerror = () => this.fail("The file assets/worker.js is missing or was blocked.");
    this.#timer = setTimeout(() => this.fail("The server did not send the file assets/worker.js."), PATIENCE_MS);
  }

  /** The page has priority: the calculator's files wait until the page is complete or the visitor reaches for it. */
  startWhenIdle(signal) {
    const idle = self.requestIdleCallback ?? ((call) => setTimeout(call, 200));
    const begin = () => idle(() => signal.aborted || this.start(), { timeout: 2000 });
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { signal, once: true });
  }

  stop() {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = null;
  }

  /** After a failure: the next start tries again, past all caches. */
  reset() {
    this.#again = true;
    this.state = "static";
  }

  post(message) {
    this.#worker?.postMessage(message);
  }

  fail(reason) {
    this.stop();
    this.state = "failed";
    this.#wizard.reveal();
    this.#wizard.querySelector("[data-why]").textContent = reason;
    this.#wizard.querySelector(".dw-failed").hidden = false;
  }

  #onMessage(message) {
    const { begun, progress, ready, failed } = message;
    if (begun) clearTimeout(this.#timer);
    else if (progress) this.#showProgress(progress);
    else if (ready) this.state = "ready";
    else if (failed?.outdated) this.#replacePage(failed.message);
    else if (failed) this.fail(failed.message);
    else this.#onReply(message);
  }

  // The host has a newer edition than this page, whose own parts it may have no more: the page is loaded anew, once.
  async #replacePage(reason) {
    const { dataset, result, form } = this.#wizard;
    if (await loadNewEdition(dataset.runtime, result ? null : formFields(form))) return;
    this.fail(`${reason} The site is being updated: please try again in a minute.`);
  }

  #showProgress({ loaded, total }) {
    const bar = this.#wizard.querySelector(".dw-loading progress");
    bar.max = total;
    bar.value = loaded;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    this.#wizard.querySelector("[data-loaded]").textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
  }
}
