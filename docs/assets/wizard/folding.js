// Answered core questions fold into the list of answers; the one that is being answered stays as long as it is.

import { listAnswers } from "./given.js";

/** The question that a control belongs to. */
const questionOf = (control) => control?.closest?.(".dw-question");

const isGiven = (control) => (control.type === "number" ? control.value !== "" : control.checked);

const isAnswered = (question) => [...question.querySelectorAll("[data-question]")].some(isGiven);

export class Folding {
  #form;

  constructor(form) {
    this.#form = form;
  }

  /** The reader answers this question: it stays open, and the page does not move under the pointer. */
  stay(control) {
    const question = questionOf(control);
    if (!question) return;
    const before = question.getBoundingClientRect().top;
    this.#open(question);
    const moved = question.getBoundingClientRect().top - before;
    if (moved) scrollBy({ top: moved, behavior: "instant" });
  }

  /** Folds every answered question; without one, all of them are to be answered. */
  update() {
    for (const question of this.#form.querySelectorAll(".dw-question"))
      question.toggleAttribute("data-given", isAnswered(question));
    listAnswers(this.#form);
  }

  /** The form was filled with other answers: no question is being answered. */
  reset() {
    this.#open(null);
  }

  /** Opens a question to change its answer, with the fold that it is in. */
  reopen(id) {
    const question = this.#form.querySelector(`#${CSS.escape(id)}`);
    this.#open(question);
    const fold = question.closest("details");
    if (fold) fold.open = true;
    return question;
  }

  #open(question) {
    for (const other of this.#form.querySelectorAll("[data-current]"))
      if (other !== question) other.removeAttribute("data-current");
    question?.setAttribute("data-current", "");
    this.update();
  }
}

/** "None of these" and "not sure" go with no other answer: ticking one unticks the others, and the reverse. */
export function untickOthers(control) {
  if (!control.dataset.question || !isGiven(control) || control.type === "radio") return;
  const alone = "alone" in control.dataset;
  for (const other of questionOf(control).querySelectorAll("[data-question]"))
    if (other !== control && (alone || "alone" in other.dataset)) empty(other);
}

function empty(control) {
  if (control.type === "number") control.value = "";
  else control.checked = false;
}
