// The element <decision-together>: people, or cases, are added, named and removed; the address holds them all. What links
// mean and what a comparison looks like is Python's business (selector/web/together.py, what_if.py).
import { mendQuery } from "../shared/fragment.js";
import { copyFrom } from "../wizard/actions.js";
import { currentLink, isForeign, isShareLink, writeLink } from "../wizard/address.js";
import { keptCases } from "../wizard/cases.js";
import { Calculator } from "../wizard/calculator.js";
import { saveFile } from "../wizard/clipboard.js";
import { morph } from "../wizard/morph.js";
import { Press } from "../wizard/press.js";
import { today } from "../wizard/today.js";

const LARGEST = 400_000; // bytes of a file that are read; more than a decision has, and Python says so
const MOST_FILES = 20;

export class DecisionTogether extends HTMLElement {
  static define(name = "decision-together") {
    if (!customElements.get(name)) customElements.define(name, this);
  }

  #press = new Press();
  #calculator = new Calculator(this, (reply) => this.#press.whenReleased(() => this.#onReply(reply)));
  #waiting = []; // changes that were not asked for yet: {change, history}
  #question = null; // the change that Python works on
  #seq = 0;
  #link = ""; // of what is shown
  #saves = []; // files asked for so far: for each the button that copies it, or null to save it
  #folded = [];
  #listening = null;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#press.listen(signal);
    this.addEventListener("submit", (event) => this.#onSubmit(event), { signal });
    this.addEventListener("change", (event) => this.#onChange(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    for (const name of ["dragenter", "dragover"]) this.addEventListener(name, (event) => this.#over(event), { signal });
    for (const name of ["dragleave", "drop"]) this.addEventListener(name, () => this.removeAttribute("data-over"), { signal });
    this.addEventListener("drop", (event) => this.#drop(event), { signal });
    addEventListener("hashchange", () => this.#onFragment(), { signal });
    addEventListener("beforeprint", () => this.#unfold(), { signal });
    addEventListener("afterprint", () => this.#refold(), { signal });
    mendQuery(["together", "what-if"]);
    const kept = "kept" in this.dataset ? keptCases() : ""; // those that were saved in the wizard
    if (isShareLink(location.hash) || isForeign(location.hash)) this.#change({}, "keep");
    else if (kept) this.#change({ link: kept }, "replace");
    else this.#calculator.startWhenIdle(signal);
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#calculator.stop();
  }

  // What the calculator asks of the element that it works for.

  get form() {
    return this.querySelector("form");
  }

  get result() {
    return this.#link; // the address holds everything: nothing is lost when a new edition is loaded
  }

  reveal() {
    this.removeAttribute("data-busy");
    this.querySelector("[data-working]").textContent = "";
  }

  // ---- what the reader does ----

  #onSubmit(event) {
    event.preventDefault();
    const { pasted } = this.form.elements;
    if (pasted.value.trim()) this.#change({ pasted: pasted.value });
    else pasted.focus();
  }

  #onChange({ target }) {
    if (target.matches("[data-group-files]")) {
      this.#read([...target.files]);
      target.value = ""; // the same file can be chosen again
    } else if (target.dataset.person !== undefined) this.#change({ rename: [target.dataset.person, target.value] });
  }

  #onClick({ target }) {
    const button = target.closest("button");
    if (!button) return;
    const { remove, save, copied, copyAddress, print, retry } = button.dataset;
    if (remove !== undefined) this.#change({ remove });
    else if (save) this.#save(save, copied === undefined ? null : button);
    else if (copyAddress !== undefined) copyFrom(this, button, location.href);
    else if (print !== undefined) window.print();
    else if (retry !== undefined) this.#retry();
  }

  #over(event) {
    if (![...event.dataTransfer.types].includes("Files")) return; // a dropped text goes into its field
    event.preventDefault();
    this.setAttribute("data-over", "");
  }

  #drop(event) {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    this.#read([...event.dataTransfer.files]);
  }

  async #read(several) {
    const read = several.slice(0, MOST_FILES).map(async (file) => [file.name, await file.slice(0, LARGEST).text().catch(() => "")]);
    this.#change({ files: await Promise.all(read) });
  }

  #onFragment() {
    const text = currentLink();
    if (text === this.#link) return;
    if (text === "" || isShareLink(text) || isForeign(text)) this.#change({ link: text }, "keep");
    else if (this.#link) writeLink(this.#link, "replace"); // an anchor on this page
  }

  #retry() {
    this.#calculator.reset();
    const { change, history } = this.#question ?? { change: {}, history: "keep" };
    this.#question = null;
    this.#change(change, history);
  }

  // ---- questions: one after the other, each about the people that the one before left ----

  #change(change, history = "push") {
    this.#waiting.push({ change, history });
    this.#next();
  }

  #next() {
    if (this.#question || !this.#waiting.length) return;
    this.#question = this.#waiting.shift();
    this.setAttribute("data-busy", this.#link ? "more" : "first");
    this.querySelector("[data-working]").textContent = "Working it out…";
    this.#calculator.start();
    const link = this.#link || currentLink();
    this.#calculator.post({ seq: ++this.#seq, call: this.dataset.call ?? "together", payload: { link, ...this.#question.change } });
  }

  #save(what, button) {
    const deciders = this.querySelector("[data-deciders]")?.value ?? "";
    this.#saves.push(button);
    const payload = { what, date: today(this.dataset.built), address: location.href.split("#")[0], deciders };
    this.#calculator.post({ seq: `save-${this.#saves.length - 1}`, call: "save", payload });
  }

  // ---- replies ----

  #onReply({ seq, ok, data, error }) {
    if (String(seq).startsWith("save-")) return void (ok && this.#deliver(this.#saves[Number(seq.slice(5))], data));
    if (seq !== this.#seq) return;
    if (error) return this.#calculator.fail(error);
    if (!ok) return; // a newer question took its place
    if (data.done === undefined) this.#show(data);
    else this.#put(data.html);
    if (data.done || !(data.more ?? true)) this.reveal();
  }

  #deliver(button, { name, text }) {
    if (button) copyFrom(this, button, text);
    else if (text) saveFile(name, text);
  }

  #show(data) {
    const { change, history } = this.#question;
    this.#question = null;
    const removed = change.remove !== undefined;
    this.#put(data.html);
    this.#link = data.link;
    writeLink(data.link, history);
    if (change.pasted !== undefined && !data.refused) this.form.elements.pasted.value = "";
    this.querySelector("[data-said]").textContent = data.said;
    if (removed) (this.querySelector("#dw-people-title") ?? this.form.elements.pasted).focus();
    this.dispatchEvent(new CustomEvent("together:people", { bubbles: true, detail: data.persons }));
    if (this.#waiting.length) this.#next();
    else if (data.more) this.#calculator.post({ seq: this.#seq, call: "more", payload: {} });
  }

  #put(html) {
    for (const [region, text] of Object.entries(html)) morph(this.querySelector(`[data-region="${region}"]`), text);
  }

  // ---- on paper everything is open, and the address can be read ----

  #unfold() {
    this.#folded = [...this.querySelectorAll("details:not([open])")];
    for (const fold of this.#folded) fold.open = true;
    const place = this.querySelector("[data-address]");
    if (place) place.textContent = location.href;
  }

  #refold() {
    for (const fold of this.#folded) fold.open = false;
  }
}
