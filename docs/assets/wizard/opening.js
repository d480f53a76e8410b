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

const PATIENCE = 500; // milliseconds

/** The preview of a link has been painted, or there is none: on a slow phone the wizard's own start takes a while. */
export async function afterPreview(wizard) {
  if (!wizard?.foretold || document.hidden) return; // a hidden page is not painted
  const painted = wizard.foretold.then(() => new Promise(requestAnimationFrame)).then(nextTask);
  await Promise.race([painted, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}

/** What follows the frame that is being made. */
function nextTask() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}
