// What an answer would change, shown while the answer is hovered or focused.

const DELAY_MS = 180; // a pointer that only passes by asks nothing

export class AnswerPreview {
  #form;
  #isReady;
  #ask;
  #answer = null; // the element that is hovered or focused
  #count = 0; // how often Python was asked, or an answer left
  #timer = 0;

  /** isReady: whether Python could answer; ask: sends it a question. */
  constructor(form, { isReady, ask }) {
    this.#form = form;
    this.#isReady = isReady;
    this.#ask = ask;
  }

  listen(signal) {
    for (const [enter, leave] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
      this.#form.addEventListener(enter, (event) => this.#onEnter(event), { signal });
      this.#form.addEventListener(leave, (event) => this.#onLeave(event), { signal });
    }
    addEventListener("scroll", () => this.#onScroll(), { signal, capture: true, passive: true });
    addEventListener("keydown", ({ key }) => key === "Escape" && this.hide(), { signal });
  }

  #onEnter({ target, pointerType = "mouse" }) {
    const answer = target.closest(".dw-answer, [data-band]");
    if (pointerType !== "mouse" || !this.#isReady() || !answer || answer === this.#answer) return;
    this.hide();
    this.#answer = answer;
    this.#timer = setTimeout(() => {
      const question = answer.closest("fieldset").querySelector("[data-question]").dataset.question;
      const payload = { question, answer: answer.dataset.band ?? answer.querySelector("input").dataset.answer };
      this.#ask({ seq: `preview-${++this.#count}`, call: "preview", payload });
    }, DELAY_MS);
  }

  #onLeave({ relatedTarget }) {
    const over = relatedTarget instanceof Element ? relatedTarget : null; // or on the preview itself
    if (!this.#answer?.contains(over) && !over?.matches("[data-look]")) this.hide();
  }

  // A preview keeps its place on the screen, and its answer would scroll away from it.
  #onScroll() {
    if (this.#answer && this.#place().textContent) this.hide();
  }

  #place() {
    return this.#answer.closest("fieldset").querySelector("[data-look]");
  }

  /** Says what the last answer changed to those who can't point at it before: on a touch screen. */
  tell(text) {
    const question = this.#form.querySelector("[data-current]");
    if (!question || !matchMedia("(hover: none)").matches) return;
    for (const place of this.#form.querySelectorAll("[data-look]")) place.textContent = "";
    question.querySelector("[data-look]").textContent = text;
  }

  /** Nothing is shown for an answer that was left, nor for one that a real question has overtaken. */
  hide() {
    clearTimeout(this.#timer);
    this.#count += 1;
    if (this.#answer) this.#place().textContent = "";
    this.#answer = null;
  }

  /** Shows Python's reply, unless it comes too late. */
  show(seq, text) {
    if (seq !== `preview-${this.#count}` || !this.#answer) return;
    const { right, top } = this.#answer.getBoundingClientRect();
    const place = this.#place();
    place.style.setProperty("--x", `${right}px`); // the style sheet decides whether there is room beside it
    place.style.setProperty("--y", `${top}px`);
    place.textContent = text;
  }
}
