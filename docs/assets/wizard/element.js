// The element <decision-wizard>: what is asked of Python and when, and what becomes of the replies.
import { buttonOf, closeMenu, copyFrom, pressed } from "./actions.js";
import { currentLink, isForeign, isShareLink, writeLink } from "./address.js";
import { mendQuery } from "../shared/fragment.js";
import { SavedCases } from "./cases.js";
import { Calculator } from "./calculator.js";
import { saveFile } from "./clipboard.js";
import { Folding, untickOthers } from "./folding.js";
import { showExample } from "./example.js";
import { clearAnswer, fillAnswer, fillForm, formFields, keepOwnFacts, nameSlider } from "./form.js";
import { fieldsBefore } from "./edition.js";
import { listAnswers } from "./given.js";
import { rememberFits } from "./fits.js";
import { beginOpening, endOpening } from "./opening.js";
import { AnswerPreview } from "./preview.js";
import { Press } from "./press.js";
import { Regions } from "./regions.js";
import { today } from "./today.js";
import { Views } from "./views.js";

export class DecisionWizard extends HTMLElement {
  static define(name = "decision-wizard") {
    if (!customElements.get(name)) customElements.define(name, this);
  }

  #press = new Press();
  #calculator = new Calculator(this, (reply) => this.#press.whenReleased(() => this.#onReply(reply)));
  #form = null;
  #regions = null;
  #preview = null;
  #seq = 0;
  #question = {}; // the newest one: {seq, history, then}
  #link = ""; // the share link of what is shown
  #field = null; // the field that was changed last
  #result = null;
  #listening = null;
  #saves = []; // files asked for so far: for each the button that copies it, or null to save it
  #folding = null;
  #views = null;
  #confirms = 0; // answers confirmed so far
  #cases = new SavedCases(this, (message) => this.#calculator.post(message));

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#regions = new Regions(this);
    this.#folding = new Folding(this.#form);
    this.#views = new Views(this);
    this.#preview = new AnswerPreview(this.#form, {
      isReady: () => this.#calculator.state === "ready",
      ask: (message) => this.#calculator.post(message),
    });
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener("input", (event) => this.#onInput(event), { signal });
    this.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.addEventListener("toggle", ({ target }) => this.#onToggle(target), { signal, capture: true });
    this.addEventListener("submit", (event) => this.#cases.onSubmit(event), { signal });
    this.#preview.listen(signal);
    this.#press.listen(signal);
    this.#views.watch(signal);
    addEventListener("hashchange", () => this.#onFragment(), { signal });
    addEventListener("beforeprint", () => this.#printAddress(), { signal });
    for (const intent of ["pointerover", "focusin", "touchstart"])
      this.addEventListener(intent, () => this.#calculator.start(), { signal, once: true, passive: true });
    mendQuery(["v", ...new Set([...this.querySelectorAll("[data-question]")].map(({ dataset }) => dataset.question))]);
    const before = fieldsBefore(); // answers given on the page of the edition before
    if (before) {
      fillForm(this.#form, before);
      keepOwnFacts(this.#form, before);
      this.answer({ field: null });
    } else if (isShareLink(location.hash) || isForeign(location.hash)) this.open(currentLink(), "keep");
    else this.#calculator.startWhenIdle(signal);
  }

  disconnectedCallback() {
    this.#listening.abort();
    this.#calculator.stop();
  }

  get form() {
    return this.#form;
  }

  get result() {
    return this.#result;
  }

  get folding() {
    return this.#folding;
  }

  get cases() {
    return this.#cases;
  }

  get views() {
    return this.#views;
  }

  // ---- questions ----

  /** After a failure: tries again, past all caches. */
  retry() {
    this.#calculator.reset();
    if (isShareLink(location.hash) && !this.#result) this.open(currentLink(), "keep");
    else this.answer({ field: null });
  }

  /** history: push, replace or keep; then: the region to lead the reader to. */
  #ask(call, payload, { history, then = null }) {
    this.#preview.hide();
    this.#question = { seq: ++this.#seq, history, then };
    this.#calculator.start();
    this.#calculator.post({ seq: this.#seq, call, payload });
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
    const { state } = this.#calculator; // an answer given before the link's answers are in would wipe them out
    if (state !== "ready" && state !== "failed") this.#form.inert = true;
    if (link) beginOpening(this, !this.#result);
    this.#views.forget();
    this.#ask("open", { link }, { history });
    if (link && state !== "ready") this.#foretell(link);
  }

  /** Python takes a while to start: what the build knows of the link is shown until then. */
  async #foretell(link) {
    const { seq } = this.#question;
    const isWanted = () => !this.#result && seq === this.#seq;
    const early = this.foretold; // for the link that the page was opened with, see inline/opening.js
    this.foretold = null;
    if (await (early ?? showExample(this, link, isWanted))) this.#views.show("result");
  }

  /** Takes an answer back. The button for it goes away; the question is where the reader was. */
  clear(name) {
    clearAnswer(this.#form, name).focus();
    this.#folding.update();
    this.answer({ field: `clear ${name}` });
  }

  /** Asks for a file, to save it or, with a button, to copy its text. Python writes it; the day and the address are
      what only the page knows. */
  save(what, button = null) {
    const deciders = this.querySelector("[data-deciders]")?.value ?? "";
    const payload = { what, date: today(this.dataset.built), address: location.href.split("#")[0], deciders };
    this.#saves.push(button);
    this.#calculator.post({ seq: `save-${this.#saves.length - 1}`, call: "save", payload });
  }

  /** Hands a folder's files to the worker. They are read there, and the result comes as an answer does. */
  readFiles(message) {
    this.#calculator.start();
    this.#calculator.post(message);
  }

  /** All files were read: asks what they say, over which the answers of the form count. */
  showFiles() {
    this.#field = null;
    this.#ask("found", { fields: formFields(this.#form) }, { history: "push", then: "found" });
  }

  /** Says an answer that was read. */
  confirm(question) {
    this.#calculator.post({ seq: `confirm-${++this.#confirms}`, call: "confirm", payload: { question } });
  }

  /** Sets a field, as "field=answer,answer", with none to nothing; then: the region to lead the reader to. */
  set(text, then) {
    const [name, values] = text.split("=");
    fillAnswer(this.#form, name, values.split(","));
    this.answer({ field: `set ${name}`, then });
  }

  #markRead(questions) {
    for (const place of this.querySelectorAll("fieldset[data-read]")) place.removeAttribute("data-read");
    for (const question of questions) this.querySelector(`#dw-q-${CSS.escape(question)}`)?.setAttribute("data-read", "");
    listAnswers(this.#form);
  }

  /** Python makes the content of such a fold, as long as it is open. */
  #onToggle(fold) {
    this.#regions.releaseHeight(fold);
    if (fold.matches("[data-charts]")) this.#askCharts(fold.open ? (fold.querySelector("select")?.value ?? "") : null);
  }

  #askCharts(criterion) {
    if (!this.#result) return;
    const { seq } = this.#question;
    this.#calculator.post({ seq, call: "sensitivity", payload: { criterion } });
    this.#calculator.post({ seq, call: "more", payload: {} });
  }

  #onInput({ target }) {
    if (target.matches("[data-charts] select")) return this.#askCharts(target.value);
    if (target.matches("[data-pick]")) return; // the reader's
    nameSlider(target);
    untickOthers(target);
    this.#folding.stay(target);
    if (target.form === this.#form && target.name) this.answer({ field: target.name });
  }

  #onClick(event) {
    // The theme opens every fold to print it; the charts are printed where the reader opened them.
    const fold = event.target.closest("[data-charts] > summary")?.parentElement;
    if (fold) fold.dataset.charts = fold.open ? "" : "opened"; // a click comes before what it does
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
    if (text === "" || isShareLink(text) || isForeign(text)) this.open(text, "keep");
    // The visitor followed an anchor: keep the answers in the address, so that a reload keeps them too.
    else if (this.#link) writeLink(this.#link, "replace");
  }

  // ---- replies ----

  #onReply({ seq, ok, data, error, files }) {
    if (files) return void this.querySelector("decision-reader")?.show(files);
    if (String(seq).startsWith("confirm-")) return void (ok && this.#showConfirmed(data));
    if (String(seq).startsWith("cases-")) return void (ok && this.#cases.show(data, this.#regions));
    if (String(seq).startsWith("save-")) ok && this.#deliver(this.#saves[Number(seq.slice(5))], data);
    else if (String(seq).startsWith("preview-")) ok && this.#preview.show(seq, data.text);
    else if (seq !== this.#question.seq) return; // a newer answer is on its way
    else if (ok) this.#show(data);
    else if (error) this.#calculator.fail(error);
  }

  /** A file came: into the clipboard when a button asked for that, else to disk. */
  #deliver(button, { name, text }) {
    if (button) copyFrom(this, button, text);
    else if (text) saveFile(name, text);
  }

  /** The form takes answers, and what is shown belongs to them: not while a link's answers have still to come. */
  reveal() {
    this.#form.inert = this.#calculator.state === "failed" && !this.#result && isShareLink(location.hash);
    this.querySelector("[data-waiting]").hidden = !this.#form.inert;
    const { seq } = this.#question;
    endOpening(this, () => seq === this.#question.seq);
  }

  #show(data) {
    if (data.done !== undefined) return this.#regions.complete(data);
    const hadFocus = this.contains(document.activeElement);
    this.#regions.replace(data.html, data.more);
    for (const [question, asked] of Object.entries(data.visible))
      this.querySelector(`#dw-q-${CSS.escape(question)}`).dataset.asked = asked ? "yes" : "no";
    if (data.fields) this.#fill(data);
    this.#markRead(data.read);
    this.#folding.update();
    this.reveal();
    this.#result = data.result;
    this.toggleAttribute("data-named", data.named); // the style sheet keeps room for what comes later
    this.#link = data.link;
    writeLink(data.link, this.#question.history);
    rememberFits(data.fits);
    this.#preview.tell(data.effect);
    const { seq, then } = this.#question;
    if (then || (hadFocus && !this.contains(document.activeElement))) this.#views.lead(then ?? "leader", Boolean(then));
    this.dispatchEvent(new CustomEvent("wizard:result", { bubbles: true, detail: data.result }));
    this.#cases.remember();
    if (data.more) this.#calculator.post({ seq, call: "more", payload: {} });
  }

  /** The answers of a link. On a narrow screen a result is shown, and where there is none yet the questions. */
  #fill({ fields, named }) {
    fillForm(this.#form, fields);
    this.#folding.reset();
    this.#views.show(named ? "result" : "questions");
  }

  #showConfirmed({ html, read }) {
    this.#regions.update(html);
    this.#markRead(read);
  }

  #printAddress() { // on the screen it is in the address bar
    const place = this.querySelector("[data-address]");
    if (place) place.textContent = location.href;
  }
}
