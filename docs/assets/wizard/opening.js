// A link is being opened: what is there until its answers are in is not theirs.

/** Says so at once; isFirst: nothing has been shown yet. */
export function beginOpening(wizard, isFirst) {
  wizard.dataset.opening = isFirst ? "first" : "next";
  wizard.querySelector("[data-working]").textContent = "Working out the result of this link…";
}

/** The answers are in; isLast: whether no newer link is being opened. */
export function endOpening(wizard, isLast) {
  wizard.querySelector("[data-working]").textContent = "";
  const show = () => isLast() && wizard.removeAttribute("data-opening");
  // What is filled while it is hidden moves for no one. A later result must be there at once, as it gets the focus.
  if (wizard.dataset.opening === "first") requestAnimationFrame(() => requestAnimationFrame(show));
  else show();
}
