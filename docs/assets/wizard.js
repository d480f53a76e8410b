// The wizard's thin half. It collects the form's fields, asks the worker, and swaps the HTML that comes back
// into the page's regions. What fields mean and what results look like is Python's business (selector/web).
//
// State is on the outside, for tests and for pages that embed it:
//   data-wizard-state   static (as printed), loading, ready, failed
//   wizard:result       event with the result as detail, after each change
"use strict";

(() => {
  const SCRIPT = document.currentScript.src;
  const SHARE_LINK = /^#?[^#]*=/; // the fragment holds a link's text; an anchor never has a "="

  const LOOK_MS = 180; // a pointer that only passes by asks nothing

  // ---- the worker ----

  function startWorker(manifest) {
    const carried = self.carriedRuntime; // only in a build that is opened from disk, see worker.js
    const url = carried
      ? URL.createObjectURL(new Blob([carried.worker], { type: "text/javascript" }))
      : new URL(`worker.js${new URL(manifest).search}`, SCRIPT); // of the same edition as the runtime
    const worker = new Worker(url);
    worker.postMessage({ init: carried ? { manifest: carried.manifest, files: carried.files } : { manifest } });
    return worker;
  }

  // ---- the element ----

  class DecisionWizard extends HTMLElement {
    static define(name = "decision-wizard") {
      if (!customElements.get(name)) customElements.define(name, this);
    }

    #worker = null;
    #form = null;
    #seq = 0;
    #asked = {}; // the newest question: {seq, history, then}
    #shown = {}; // region -> the HTML last swapped in
    #link = ""; // the share link of what is shown
    #field = null; // the field that was changed last
    #result = null;
    #listening = null;
    #saving = 0; // files asked for so far
    #considered = null; // the answer that is looked at: its element
    #looks = 0; // how often Python was asked what an answer would change
    #pause = 0; // the timer before it is asked

    connectedCallback() {
      this.#form = this.querySelector("form");
      this.#listening = new AbortController();
      const { signal } = this.#listening;
      this.addEventListener("input", (event) => this.#onInput(event), { signal });
      this.addEventListener("click", (event) => this.#onClick(event), { signal });
      this.addEventListener("toggle", (event) => this.#onToggle(event), { signal, capture: true });
      this.#form.addEventListener("submit", (event) => event.preventDefault(), { signal });
      for (const [come, go] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
        this.#form.addEventListener(come, (event) => this.#consider(event), { signal });
        this.#form.addEventListener(go, (event) => this.#forget(event), { signal });
      }
      addEventListener("scroll", () => this.#onScroll(), { signal, capture: true, passive: true });
      addEventListener("keydown", ({ key }) => key === "Escape" && this.#unsay(), { signal });
      addEventListener("hashchange", () => this.#onFragment(), { signal });
      addEventListener("beforeprint", () => this.#printAddress(), { signal });
      for (const intent of ["pointerover", "focusin", "touchstart"])
        this.addEventListener(intent, () => this.start(), { signal, once: true, passive: true });
      if (SHARE_LINK.test(location.hash)) this.#open(location.hash.slice(1), "keep");
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

    /** Loads the calculator; a second call changes nothing, and after a failure only #retry tries again. */
    start() {
      if (this.#worker || this.state === "failed") return;
      this.state = "loading";
      this.querySelector(".dw-failed").hidden = true;
      if (typeof WebAssembly === "undefined") return this.#fail("This browser has WebAssembly switched off.");
      try {
        this.#worker = startWorker(new URL(this.dataset.runtime, document.baseURI).href);
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

    #retry() {
      this.state = "static";
      if (SHARE_LINK.test(location.hash) && !this.#result) this.#open(location.hash.slice(1), "keep");
      else this.#answer({ field: null });
    }

    // ---- asking ----

    /** history: push, replace or keep; then: the region to lead the reader to. */
    #ask(call, payload, { history, then = null }) {
      this.#unsay();
      this.#asked = { seq: ++this.#seq, history, then };
      this.start();
      this.#worker?.postMessage({ seq: this.#seq, call, payload });
    }

    #answer({ field, then }) {
      // Typing a number or pulling a slider is one step back, not twenty.
      const history = field === this.#field ? "replace" : "push";
      this.#field = field;
      this.#ask("answer", { fields: [...new FormData(this.#form)] }, { history, then });
    }

    #open(link, history) {
      this.#field = null;
      // An answer given before the link's answers are in would wipe them out.
      if (this.state !== "ready" && this.state !== "failed") this.#form.inert = true;
      this.#ask("open", { link }, { history });
    }

    #onInput({ target }) {
      // A slider counts from the moment it is moved.
      if (target.dataset.name) target.name = target.dataset.name;
      if (target.form === this.#form && target.name) this.#answer({ field: target.name });
    }

    #onToggle({ target }) {
      const region = target.closest("[data-region]");
      if (region) region.style.minHeight = ""; // the reader folds something: room kept for it would be a hole
    }

    #onFragment() {
      const text = location.hash.slice(1);
      if (text === this.#link) return;
      if (text === "" || SHARE_LINK.test(text)) this.#open(text, "keep");
      // Somebody followed an anchor: keep the answers in the address, so that a reload keeps them too.
      else if (this.#link) history.replaceState(null, "", `#${this.#link}`);
    }

    // ---- what an answer would change, shown while it is hovered or focused ----

    #consider({ target, pointerType = "mouse" }) {
      const answer = target.closest(".dw-answer, [data-band]");
      if (pointerType !== "mouse" || this.state !== "ready" || !answer || answer === this.#considered) return;
      this.#unsay();
      this.#considered = answer;
      this.#pause = setTimeout(() => {
        const question = answer.closest("fieldset").querySelector("[data-question]").dataset.question;
        const payload = { question, answer: answer.dataset.band ?? answer.querySelector("input").dataset.answer };
        this.#worker?.postMessage({ seq: `look-${++this.#looks}`, call: "preview", payload });
      }, LOOK_MS);
    }

    #forget({ relatedTarget }) {
      const over = relatedTarget instanceof Element ? relatedTarget : null; // or on what is said of it
      if (!this.#considered?.contains(over) && !over?.matches("[data-look]")) this.#unsay();
    }

    // What is said stands where its answer stood.
    #onScroll() {
      if (this.#considered && this.#preview().textContent) this.#unsay();
    }

    #preview() {
      return this.#considered.closest("fieldset").querySelector("[data-look]");
    }

    // Nothing is said of an answer that is no longer looked at, nor of a look that an answer has overtaken.
    #unsay() {
      clearTimeout(this.#pause);
      this.#looks += 1;
      if (this.#considered) this.#preview().textContent = "";
      this.#considered = null;
    }

    #say(seq, text) {
      if (seq !== `look-${this.#looks}` || !this.#considered) return;
      const { right, top } = this.#considered.getBoundingClientRect();
      const place = this.#preview();
      place.style.setProperty("--x", `${right}px`); // the style sheet decides whether there is room beside it
      place.style.setProperty("--y", `${top}px`);
      place.textContent = text;
    }

    // ---- replies ----

    #onMessage({ seq, ok, data, error, progress, ready, failed }) {
      if (progress) this.#showProgress(progress);
      else if (ready) this.state = "ready";
      else if (failed) this.#fail(`${failed.message} ${failed.reason}`);
      else if (String(seq).startsWith("save-")) ok && this.#download(data.name, data.text);
      else if (String(seq).startsWith("look-")) ok && this.#say(seq, data.text);
      else if (seq !== this.#asked.seq) return; // a newer answer is on its way
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
      if (data.done !== undefined) return this.#showMore(data);
      const hadFocus = this.contains(document.activeElement);
      for (const region of this.#regions()) {
        region.toggleAttribute("data-stale", data.more);
        region.style.minHeight = "";
      }
      this.#swap(data.html);
      for (const [question, asked] of Object.entries(data.visible))
        this.querySelector(`#dw-q-${CSS.escape(question)}`).dataset.asked = asked ? "yes" : "no";
      if (data.fields) this.#fill(data.fields);
      this.#form.inert = false;
      this.#result = data.result;
      this.toggleAttribute("data-crowned", data.result.crowned); // the style sheet keeps room for what comes later
      this.#remember(data.link);
      keepFitting(data.fits);
      const { seq, then } = this.#asked;
      if (then || (hadFocus && !this.contains(document.activeElement))) this.#lead(then ?? "leader", Boolean(then));
      this.dispatchEvent(new CustomEvent("wizard:result", { bubbles: true, detail: data.result }));
      if (data.more) this.#worker.postMessage({ seq, call: "more", payload: {} });
    }

    // A later part of the same answer: nothing but HTML. It comes while the reader reads, so no region shrinks for it.
    #showMore({ html, done }) {
      for (const region of this.#regions()) region.style.minHeight = `${region.offsetHeight}px`;
      this.#swap(html);
      if (done) for (const region of this.#regions()) region.removeAttribute("data-stale");
    }

    #regions() {
      return this.querySelectorAll(".dw-result > [data-region]");
    }

    #swap(html) {
      for (const [region, text] of Object.entries(html)) {
        const target = this.querySelector(`[data-region="${region}"]`);
        target?.removeAttribute("data-stale");
        if (this.#shown[region] === text) continue;
        if (target) swapHtml(target, text);
        this.#shown[region] = text;
      }
    }

    // Inputs inside the regions need no filling: they come as the result says.
    #fill(fields) {
      const wanted = new Set(fields.map(([name, value]) => `${name}=${value}`));
      const numbers = new Map(fields.filter(([, value]) => /^\d+$/.test(value)));
      for (const control of this.#form.elements) {
        if (control.name === "rival") control.value = "";
        if (!control.dataset.question) continue;
        if (control.type === "number") control.value = numbers.get(control.name) ?? "";
        else control.checked = wanted.has(`${control.name}=${control.value}`);
      }
    }

    #remember(link) {
      this.#link = link;
      const how = this.#asked.history;
      if (how === "keep" || location.hash.slice(1) === link) return;
      const address = link ? `#${link}` : location.pathname + location.search;
      if (how === "push") history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    }

    // ---- buttons ----

    #onClick(event) {
      const button = event.target.closest("[data-link], [data-clear], [data-rival], [data-show], [data-copy],"
        + " [data-copy-link], [data-download], [data-print], [data-retry], [data-save], [data-goto]");
      if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { link, clear, rival, show, copy, copyLink, download, print, save, goto } = button.dataset;
      if (link !== undefined) {
        event.preventDefault();
        closeMenu(button);
        this.#open(link, "push");
      } else if (clear) this.#clear(clear);
      else if (rival !== undefined) {
        this.#form.elements.rival.value = rival;
        this.#answer({ field: "rival", then: "reasons" });
      } else if (show) this.#lead(show, true);
      else if (copy !== undefined) this.#copy(button, button.closest("figure").querySelector("pre").textContent);
      else if (copyLink !== undefined) this.#copy(button, new URL(`#${copyLink}`, location.href).href);
      else if (download) this.#download(download, JSON.stringify(this.#result, null, 2));
      else if (save) this.#save(save);
      else if (goto) {
        event.preventDefault(); // the fragment holds the answers
        this.#goTo(goto);
      } else if (print !== undefined) window.print();
      else this.#retry();
    }

    // On paper the address must be read; on the screen it stands in the address bar.
    #printAddress() {
      const place = this.querySelector("[data-address]");
      if (place) place.textContent = location.href;
    }

    #clear(name) {
      for (const control of this.#form.elements) {
        if (control.name !== name) continue;
        if (control.type === "number") control.value = "";
        else control.checked = false;
      }
      // The button goes away with the answer; the question is where the reader was.
      this.#form.querySelector(`[name="${CSS.escape(name)}"]`).focus();
      this.#answer({ field: `clear ${name}` });
    }

    #lead(region, scroll) {
      const heading = this.querySelector(`[data-region="${region}"] h2`);
      if (!heading) return;
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      if (scroll) heading.scrollIntoView({ block: "start" });
    }

    async #copy(button, text) {
      let done = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        done = copyTheOldWay(text); // no clipboard outside https, from disk for example
      }
      this.querySelector("[data-said]").textContent = done ? "Copied." : "Copying was refused by the browser.";
      button.dataset.done = done ? "yes" : "no";
      setTimeout(() => button.removeAttribute("data-done"), 2000);
    }

    // Python writes the file; the day and the address are what only the page knows.
    #save(what) {
      const now = new Date();
      const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
      const payload = { what, date: date.join("-"), address: location.href.split("#")[0] };
      this.#worker.postMessage({ seq: `save-${++this.#saving}`, call: "save", payload });
    }

    #goTo(question) {
      const place = this.querySelector(`#${CSS.escape(question)}`);
      place.scrollIntoView({ block: "center" });
      place.querySelector("input").focus({ preventScroll: true });
    }

    #download(name, text) {
      const anchor = document.createElement("a");
      anchor.href = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
      anchor.download = name;
      anchor.click();
      setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
    }
  }

  // A list that was opened to choose from closes behind the choice; focus stays where the list was.
  function closeMenu(chosen) {
    const menu = chosen.closest("details.dw-presets");
    if (!menu) return;
    menu.querySelector("summary").focus();
    menu.open = false;
  }

  // For the matrix, in this tab only. Text and meaning are Python's.
  function keepFitting(text) {
    try {
      if (text) sessionStorage.setItem("fits", text);
      else sessionStorage.removeItem("fits");
    } catch {
      // this browser keeps nothing: the link below the ranking says it too
    }
  }

  function copyTheOldWay(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "dw-hidden";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }

  DecisionWizard.define();
})();
