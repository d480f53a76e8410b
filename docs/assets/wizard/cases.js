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

export function keepCases(text) {
  held = text;
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // storage is denied
  }
}
