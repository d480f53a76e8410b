// On a narrow screen questions and result are two views. One switch, and each view is left where it was.

const HEADER = 56; // pixels that the page's header covers, and a little air

export class Views {
  #wizard;
  #places = {}; // view -> where the page was scrolled to

  constructor(wizard) {
    this.#wizard = wizard;
  }

  get current() {
    return this.#wizard.dataset.view;
  }

  /** Shows a view; place: scroll to where the reader left it, or to its top the first time. */
  show(view, { place = true } = {}) {
    if (view === this.current) return;
    this.#places[this.current] = scrollY;
    this.#wizard.dataset.view = view;
    if (!place || !this.isNarrow) return;
    const top = this.#wizard.querySelector(".dw-columns").getBoundingClientRect().top + scrollY;
    scrollTo({ top: this.#places[view] ?? Math.max(0, top - HEADER), behavior: "instant" });
  }

  /** Shows the view that an element is in. */
  showWith(element) {
    this.show(element.closest(".dw-form") ? "questions" : "result", { place: false });
  }

  /** Other answers: their result is read from the top. */
  forget() {
    delete this.#places.result;
  }

  get isNarrow() {
    return matchMedia("(max-width: 59.984375em)").matches;
  }
}
