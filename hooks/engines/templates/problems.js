// The panel of problems. It stays closed, on this page and on the next, until the problems are others.
(() => {
  const CLOSED = "closed problems";
  const [panel, opener] = [".problems", ".problems-open"].map((name) => document.querySelector(name));
  const isElsewhere = (focus) => document.querySelector("dialog[open]") || (!panel.contains(focus) && focus.matches("input, textarea, select"));

  function show(open) {
    panel.hidden = !open;
    opener.hidden = open;
    if (open) localStorage.removeItem(CLOSED);
    else localStorage.setItem(CLOSED, panel.dataset.problems);
  }

  function close() {
    const hadFocus = panel.contains(document.activeElement);
    show(false);
    if (hadFocus) opener.focus();
  }

  new ResizeObserver(() => document.body.style.setProperty("--problems", `${panel.offsetHeight}px`)).observe(panel);
  panel.querySelector(".problems-close").onclick = close;
  opener.onclick = () => {
    show(true);
    panel.querySelector(".problems-close").focus();
  };
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !isElsewhere(document.activeElement)) close();
  });
  show(localStorage.getItem(CLOSED) !== panel.dataset.problems);
})();
