// The element <decision-wizard>: what is asked of Python and when, and what becomes of the replies.
import { buttonOf, closeMenu, pressed } from "./actions.js";
import { currentLink, isShareLink, mendAddress, writeLink } from "./address.js";
import { saveFile } from "./clipboard.js";
import { fieldsBefore, loadNewEdition } from "./edition.js";
import { clearAnswer, fillForm, formFields, nameSlider } from "./form.js";
import { rememberFits } from "./fits.js";
import { AnswerPreview } from "./preview.js";
import { Regions } from "./regions.js";
import { startWorker } from "./runtime.js";

export class DecisionWizard extends HTMLElement {
  static define(name = "decision-wizard") {
    if (!customElements.get(name)) customElements.define(name, this);
  }

  #worker = null;
  #form = null;
  #regions = null;
  #preview = null;
  #seq = 0;
  #question = {}; // the newest one: {seq, history, then}
  #link = ""; // the share link of what is shown
  #field = null; // the field that was changed last
  #result = null;
  #listening = null;
  #saves = 0; // files asked for so far
  #again = false; // past all caches: the last try failed

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#regions = new Regions(this);
    this.#preview = new AnswerPreview(this.#form, {
      isReady: () => this.state === "ready",
      ask: (message) => this.#post(message),
    });
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener("input", (event) => this.#onInput(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("toggle", (event) => this.#regions.releaseHeight(event.target), { signal, capture: true });
    this.#form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    this.#preview.listen(signal);
    addEventListener("hashchange", () => this.#onFragment(), { signal });
    addEventListener("beforeprint", () => this.#printAddress(), { signal });
    for (const intent of ["pointerover", "focusin", "touchstart"])
      this.addEventListener(intent, () => this.start(), { signal, once: true, passive: true });
    mendAddress();
    const before = fieldsBefore(); // answers given on the page of the edition before
    if (before) fillForm(this.#form, before);
    if (before) this.answer({ field: null });
    else if (isShareLink(location.hash)) this.open(currentLink(), "keep");
    else this.#startWhenIdle(signal);
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#worker?.terminate();
    this.#worker = null;
  }

  get state() {
    return this.dataset.wizardState;
  }

  set state(state) {
    this.dataset.wizardState = state;
  }

  get form() {
    return this.#form;
  }

  get result() {
    return this.#result;
  }

  // ---- the calculator ----

  /** Loads the calculator; a second call changes nothing, and after a failure only `retry` tries again. */
  start() {
    if (this.#worker || this.state === "failed") return;
    this.state = "loading";
    this.querySelector(".dw-failed").hidden = true;
    if (typeof WebAssembly === "undefined") return this.#fail("This browser has WebAssembly switched off.");
    try {
      this.#worker = startWorker(new URL(this.dataset.runtime, document.baseURI).href, this.#again);
    } catch (error) {
      return this.#fail(`The worker was blocked: ${error.message}`);
    }
    this.#worker.onmessage = ({ data }) => this.#onMessage(data);
    this.#worker.onerror = () => this.#fail("The script assets/worker.js is missing or was blocked.");
  }

  // The page comes first: the calculator's files wait until the page is complete or somebody reaches for it.
  #startWhenIdle(signal) {
    const idle = self.requestIdleCallback ?? ((call) => setTimeout(call, 200));
    const begin = () => idle(() => signal.aborted || this.start(), { timeout: 2000 });
    if (document.readyState === "complete") begin();
    else addEventListener("load", begin, { signal, once: true });
  }

  #fail(reason) {
    this.#worker?.terminate();
    this.#worker = null;
    this.state = "failed";
    this.#form.inert = false;
    this.querySelector("[data-why]").textContent = reason;
    this.querySelector(".dw-failed").hidden = false;
  }

  // The host has a newer edition than this page, whose own parts it may have no more: the page is loaded anew, once.
  async #replacePage(reason) {
    if (await loadNewEdition(this.dataset.runtime, this.#result ? null : formFields(this.#form))) return;
    this.#fail(`${reason} The site is being updated: please try again in a minute.`);
  }

  retry() {
    this.#again = true;
    this.state = "static";
    if (isShareLink(location.hash) && !this.#result) this.open(currentLink(), "keep");
    else this.answer({ field: null });
  }

  // ---- questions ----

  #post(message) {
    this.#worker?.postMessage(message);
  }

  /** history: push, replace or keep; then: the region to lead the reader to. */
  #ask(call, payload, { history, then = null }) {
    this.#preview.hide();
    this.#question = { seq: ++this.#seq, history, then };
    this.start();
    this.#post({ seq: this.#seq, call, payload });
  }

  /** Asks for the result of the form as it stands. */
  answer({ field, then }) {
    // Typing a number or pulling a slider is one step back, not twenty.
    const history = field === this.#field ? "replace" : "push";
    this.#field = field;
    this.#ask("answer", { fields: formFields(this.#form) }, { history, then });
  }

  /** Asks for the result of a share link. */
  open(link, history) {
    this.#field = null;
    // An answer given before the link's answers are in would wipe them out.
    if (this.state !== "ready" && this.state !== "failed") this.#form.inert = true;
    this.#ask("open", { link }, { history });
  }

  /** Takes an answer back. The button for it goes away; the question is where the reader was. */
  clear(name) {
    clearAnswer(this.#form, name).focus();
    this.answer({ field: `clear ${name}` });
  }

  /** Asks for a file. Python writes it; the day and the address are what only the page knows. */
  save(what) {
    const now = new Date();
    const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
    const today = [date.join("-"), this.dataset.built ?? ""].sort().at(-1); // a clock may be years behind
    const payload = { what, date: today, address: location.href.split("#")[0] };
    this.#post({ seq: `save-${++this.#saves}`, call: "save", payload });
  }

  #onInput({ target }) {
    nameSlider(target);
    if (target.form === this.#form && target.name) this.answer({ field: target.name });
  }

  #onClick(event) {
    const button = buttonOf(event);
    if (!button) return;
    const { link } = button.dataset;
    if (link === undefined) return pressed(this, button, event);
    event.preventDefault();
    closeMenu(button);
    this.open(link, "push");
  }

  #onFragment() {
    const text = currentLink();
    if (text === this.#link) return;
    if (text === "" || isShareLink(text)) this.open(text, "keep");
    // Somebody followed an anchor: keep the answers in the address, so that a reload keeps them too.
    else if (this.#link) writeLink(this.#link, "replace");
  }

  // ---- replies ----

  #onMessage({ seq, ok, data, error, progress, ready, failed }) {
    if (progress) this.#showProgress(progress);
    else if (ready) this.state = "ready";
    else if (failed?.outdated) this.#replacePage(`${failed.message} ${failed.reason}`);
    else if (failed) this.#fail(`${failed.message} ${failed.reason}`);
    else if (String(seq).startsWith("save-")) ok && saveFile(data.name, data.text);
    else if (String(seq).startsWith("preview-")) ok && this.#preview.show(seq, data.text);
    else if (seq !== this.#question.seq) return; // a newer answer is on its way
    else if (ok) this.#show(data);
    else if (error) this.#fail(error);
  }

  #showProgress({ loaded, total }) {
    const bar = this.querySelector("progress");
    bar.max = total;
    bar.value = loaded;
    const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
    this.querySelector("[data-loaded]").textContent = `${megabytes(loaded)} of ${megabytes(total)} MB`;
  }

  #show(data) {
    if (data.done !== undefined) return this.#regions.complete(data);
    const hadFocus = this.contains(document.activeElement);
    this.#regions.replace(data.html, data.more);
    for (const [question, asked] of Object.entries(data.visible))
      this.querySelector(`#dw-q-${CSS.escape(question)}`).dataset.asked = asked ? "yes" : "no";
    if (data.fields) fillForm(this.#form, data.fields);
    this.#form.inert = false;
    this.#result = data.result;
    this.toggleAttribute("data-crowned", data.result.crowned); // the style sheet keeps room for what comes later
    this.#link = data.link;
    writeLink(data.link, this.#question.history);
    rememberFits(data.fits);
    const { seq, then } = this.#question;
    if (then || (hadFocus && !this.contains(document.activeElement))) this.lead(then ?? "leader", Boolean(then));
    this.dispatchEvent(new CustomEvent("wizard:result", { bubbles: true, detail: data.result }));
    if (data.more) this.#post({ seq, call: "more", payload: {} });
  }

  /** Leads the reader to a region: focus, and the page scrolled there when asked for. */
  lead(region, scroll) {
    const heading = this.querySelector(`[data-region="${region}"] h2`);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (scroll) heading.scrollIntoView({ block: "start" });
  }

  // On paper the address must be read; on the screen it stands in the address bar.
  #printAddress() {
    const place = this.querySelector("[data-address]");
    if (place) place.textContent = location.href;
  }
}
