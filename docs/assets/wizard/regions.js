// The regions of the result: their HTML, and the room that is kept for them.
import { morph } from "./morph.js";

const HOLE = 120; // pixels of empty room in the card of the verdict; below that, what comes later may need it

export class Regions {
  #wizard;
  #html = {}; // region -> what was last put in
  #unfit = false; // a result came whose card was not measured yet

  constructor(wizard) {
    this.#wizard = wizard;
    // On a narrow screen the card may be out of sight when its result comes.
    new ResizeObserver(() => this.#fit()).observe(wizard.querySelector("[data-region=leader]"));
  }

  /** Puts in the HTML of a new result; more: parts of it are still to come, and what is there until then is stale. */
  replace(html, more) {
    for (const region of this.#all()) {
      region.toggleAttribute("data-stale", more);
      region.style.minHeight = "";
    }
    this.#put(html);
    this.#unfit = true;
    requestAnimationFrame(() => this.#fit());
  }

  /** The room that is kept for a card of the usual size would be a hole below a much smaller one. */
  #fit() {
    const card = this.#wizard.querySelector("[data-region=leader] > .dw-leader");
    const last = card?.lastElementChild;
    if (!this.#unfit || !card?.offsetHeight) return;
    this.#unfit = false;
    this.#wizard.removeAttribute("data-small-card");
    if (card.matches(".dw-leader-open")) return;
    const hole = card.getBoundingClientRect().bottom - last.getBoundingClientRect().bottom;
    this.#wizard.toggleAttribute("data-small-card", hole > HOLE);
  }

  /** Puts in a later part of the same result. It comes while the reader reads, so no region shrinks for it. */
  complete({ html, done }) {
    this.#fit();
    for (const region of this.#all()) region.style.minHeight = `${region.offsetHeight}px`;
    this.#put(html);
    if (done) for (const region of this.#all()) region.removeAttribute("data-stale");
  }

  /** Puts in what changed without a new result. */
  update(html) {
    this.#put(html);
  }

  /** The reader folds something in a region: the room kept for it would be a hole. */
  releaseHeight(element) {
    const region = element.closest("[data-region]");
    if (region) region.style.minHeight = "";
  }

  #all() {
    return this.#wizard.querySelectorAll(".dw-result [data-region]");
  }

  #put(html) {
    for (const [region, text] of Object.entries(html)) {
      const target = this.#wizard.querySelector(`[data-region="${region}"]`);
      target?.removeAttribute("data-stale");
      target?.removeAttribute("data-foretold");
      if (this.#html[region] === text) continue;
      if (target) morph(target, text);
      this.#html[region] = text;
    }
  }
}
