// Cases that the visitor saves, in this tab only. What they are and how they are listed is Python's business.

const KEY = "cases";

let held = ""; // where the browser keeps nothing, they last as long as the page

/** The text that holds all saved cases: an address of the page that compares them. */
export function keptCases() {
  try {
    return sessionStorage.getItem(KEY) ?? held;
  } catch {
    return held;
  }
}

/** True when the browser keeps them over a reload: not where storage is denied or full. */
function keepCases(text) {
  held = text;
  try {
    sessionStorage.setItem(KEY, text);
    return sessionStorage.getItem(KEY) === text; // denied storage takes everything and keeps nothing
  } catch {
    return false;
  }
}

/** What the wizard does with them. */
export class SavedCases {
  #wizard;
  #post;
  #changes = 0; // the first one asks for the cases of an earlier page

  /** post: sends a message to the calculator. */
  constructor(wizard, post) {
    this.#wizard = wizard;
    this.#post = post;
  }

  /** There is a result: cases of an earlier page are listed beside it. */
  remember() {
    if (!this.#changes && keptCases()) this.change();
  }

  /** Saves what is shown as a case, {case: name}, or forgets one, {drop: name}. */
  change(change = {}) {
    this.#post({ seq: `cases-${++this.#changes}`, call: "cases", payload: { kept: keptCases(), ...change } });
  }

  onSubmit(event) {
    event.preventDefault();
    const name = event.target.querySelector("[data-case-name]");
    if (!name) return;
    this.change({ case: name.value });
  }

  /** Shows what became of a change, and keeps it. */
  show({ html, kept, said, refused }, regions) {
    const lasting = keepCases(kept);
    const hadFocus = this.#wizard.contains(document.activeElement);
    regions.update(html);
    const name = this.#wizard.querySelector("[data-case-name]");
    if (name && !refused) name.value = ""; // it keeps what is typed in it, also what was saved
    if (refused) name?.focus();
    if (hadFocus && !this.#wizard.contains(document.activeElement)) this.#wizard.querySelector("[data-case-name]")?.focus();
    this.#wizard.querySelector("[data-said]").textContent = said;
    const place = this.#wizard.querySelector("[data-not-kept]");
    if (place) place.hidden = lasting || !kept;
  }
}
