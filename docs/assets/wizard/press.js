// While a button or finger is down nothing is redrawn: what is pressed must still be there when it is released.

const LONGEST_PRESS = 10_000; // milliseconds: a release that the page never hears of must not hold everything back

export class Press {
  #isDown = false;
  #waiting = [];
  #timer = 0;

  /** Watches the whole page. */
  listen(signal) {
    const options = { signal, capture: true, passive: true };
    addEventListener("pointerdown", () => this.#press(), options);
    for (const end of ["pointerup", "pointercancel", "dragend"]) addEventListener(end, () => this.#release(), options);
    addEventListener("blur", () => this.#release(), { signal }); // of the window alone: a press takes the focus from fields
  }

  /** Calls now, or as soon as nothing is pressed; in the order asked for. */
  whenReleased(call) {
    if (this.#isDown || this.#waiting.length) this.#waiting.push(call);
    else call();
  }

  #press() {
    this.#isDown = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), LONGEST_PRESS);
  }

  // The click comes right after the release, and belongs to what was pressed.
  #release() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#flush(), 0);
  }

  #flush() {
    this.#isDown = false;
    for (const call of this.#waiting.splice(0)) call();
  }
}
