// A save loads the open page again. Scroll, open folds and answers stay, also when the next save comes while the page
// still fills: what could not be put back yet is kept for the page after it.
(() => {
  const STATE = `kept over a save: ${location.pathname}`;
  const FIELDS = "fields before a new edition"; // edition.js fills the form from it
  const isReload = performance.getEntriesByType("navigation")[0]?.type === "reload";
  if (!isReload) for (const key of [STATE, FIELDS]) sessionStorage.removeItem(key);

  if (!document.querySelector(".problems")) localStorage.removeItem("closed problems"); // see problems.js

  let { scroll, folds } = JSON.parse(sessionStorage.getItem(STATE)) ?? { scroll: null, folds: {} };
  const folded = () => [...document.querySelectorAll("details")];
  const nameOf = (fold) => {
    const near = fold.closest("[id]") ?? document.body;
    return `${near.id} ${fold.dataset.key ?? [...near.querySelectorAll("details")].indexOf(fold)}`;
  };

  function putBack() {
    for (const fold of folded()) {
      const name = nameOf(fold);
      if (name in folds) fold.open = folds[name];
      delete folds[name];
    }
    if (scroll !== null) scrollTo({ top: scroll, behavior: "instant" });
  }

  const filling = new MutationObserver(putBack);
  function settle() {
    filling.disconnect();
    [scroll, folds] = [null, {}];
  }

  putBack();
  filling.observe(document.body, { childList: true, subtree: true });
  for (const intent of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(intent, settle, { once: true, passive: true }); // from now on the reader says where to be
  addEventListener("pagehide", () => {
    const open = Object.fromEntries(folded().map((fold) => [nameOf(fold), fold.open]));
    sessionStorage.setItem(STATE, JSON.stringify({ scroll: scroll ?? scrollY, folds: { ...folds, ...open } }));
    const form = document.querySelector("decision-wizard form");
    const fields = form && !location.hash ? [...new FormData(form)].filter(([name, value]) => value && name !== "rival") : [];
    if (fields.length) sessionStorage.setItem(FIELDS, JSON.stringify(fields));
  });
})();
