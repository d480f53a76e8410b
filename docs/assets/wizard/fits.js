/** Keeps what fits for the matrix, in this tab only. Text and meaning are Python's. */
export function rememberFits(text) {
  try {
    if (text) sessionStorage.setItem("fits", text);
    else sessionStorage.removeItem("fits");
  } catch {
    // this browser keeps nothing: the link below the ranking says it too
  }
}
