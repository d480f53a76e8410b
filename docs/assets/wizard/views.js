// On a narrow screen questions and result are two views. One switch, and each view is left where it was. On a wide one
// the verdict is in the bar at the foot of the window while its card is out of sight.

const HEADER = 56; // pixels that the page's header covers, and a little air

export class Views {
  #wizard;
  #places = {}; // view -> where the page was scrolled to

  constructor(wizard) {
    this.#wizard = wizard;
  }

  /** Watches whether the card with the verdict is in sight. */
  watch(signal) {
    const seen = new IntersectionObserver(([{ isIntersecting }]) =>
      this.#wizard.toggleAttribute("data-past-leader", !isIntersecting));
    seen.observe(this.#wizard.querySelector("[data-region=leader]"));
    signal.addEventListener("abort", () => seen.disconnect());
  }

  get current() {
    return this.#wizard.dataset.view;
  }

  /** Shows a view; place: scroll to where the reader left it, or to its top the first time. */
  show(view, { place = true } = {}) {
    if (view === this.current) return;
    this.#places[this.current] = scrollY;
    this.#wizard.dataset.view = view;
    if (place) this.place(view);
  }

  /** On a narrow screen: scrolls to where the reader left a view, or to its top the first time. Questions begin with the
      page. */
  place(view) {
    if (!this.isNarrow) return;
    scrollTo({ top: this.#places[view] ?? (view === "questions" ? 0 : this.#topOfResult()), behavior: "instant" });
  }

  #topOfResult() {
    const { top } = this.#wizard.querySelector(".dw-columns").getBoundingClientRect();
    return Math.max(0, top + scrollY - HEADER);
  }

  /** Shows the view that an element is in. */
  showWith(element) {
    this.show(element.closest(".dw-form") ? "questions" : "result", { place: false });
  }

  /** Leads the reader to a region: focus, and the page scrolled there when asked for. */
  lead(region, scroll) {
    const heading = this.#wizard.querySelector(`[data-region="${region}"] h2`);
    if (!heading) return;
    if (scroll) this.showWith(heading);
    const fold = heading.closest("details");
    if (fold && scroll) fold.open = true;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    if (scroll) heading.scrollIntoView({ block: "start" });
  }

  /** Other answers: their result is read from the top. */
  forget() {
    delete this.#places.result;
  }

  get isNarrow() {
    return matchMedia("(max-width: 59.984375em)").matches;
  }
}
