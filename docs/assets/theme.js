// What has to be fixed after the theme's script. It runs before that script and works without it.
"use strict";

// The index of the search weighs more than a page, and the theme asks for it on every page. The request waits until
// a reader turns to the search, or has come from it (then the words to mark are in the address).
(() => {
  const { open, send } = XMLHttpRequest.prototype;
  const indexes = new WeakSet();

  const wanted = new Promise((resolve) => {
    if (/[?&][hq]=/.test(location.search)) resolve();
    const near = ({ target }) => target?.closest?.("[data-md-component=search], [for=__search]") && resolve();
    for (const name of ["focusin", "pointerover", "click", "input"]) addEventListener(name, near);
    near({ target: document.activeElement }); // the reader was quicker than this script
  });

  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    if (String(url).endsWith("/search/search_index.json")) indexes.add(this);
    return open.call(this, method, url, ...rest);
  };

  XMLHttpRequest.prototype.send = function (...body) {
    if (indexes.has(this)) wanted.then(() => send.apply(this, body));
    else send.apply(this, body);
  };
})();

// "x vs y" asks for the page of x and y. The theme looks for all that begins with each word, and what begins with "vs"
// has nothing to do with it.
(() => {
  const QUERY = 2; // the theme's number for what it asks its worker
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (message, ...rest) {
    const asks = message?.type === QUERY && typeof message.data === "string";
    const data = asks ? message.data.replace(/(?<=\S\s+)(vs|versus)\.?\s+(?=\S)/gi, "") : null;
    return postMessage.call(this, asks ? { ...message, data } : message, ...rest);
  };
})();

// The button that copies a file. The theme would put one after the other and lay out the page for each, and its landmark
// has no name; here all come at once. The theme numbers the blocks in this order, and its script does the copying.
(() => {
  const { translations } = JSON.parse(document.getElementById("__config").textContent);
  document.querySelectorAll("pre:not(.mermaid) > code").forEach((code, number) => {
    if (code.closest(".no-copy")) return; // an excerpt of the guide's file, with the number of its line
    const nav = document.createElement("nav");
    const button = nav.appendChild(document.createElement("button"));
    Object.assign(nav, { className: "md-code__nav", role: "none" });
    Object.assign(button, { className: "md-code__button", title: translations["clipboard.copy"] });
    Object.assign(button.dataset, { clipboardTarget: `#__code_${number} > code`, mdType: "copy" });
    code.before(nav);
  });
})();

// The theme turns pages and opens the search by single letters, and takes only text fields for fields. While any control
// has the focus, letters are the control's.
(() => {
  const controls = "input, select, textarea, button, summary, [contenteditable]";
  document.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, target } = event;
    if (key.length === 1 && !altKey && !ctrlKey && !metaKey && target.closest?.(controls)) event.stopPropagation();
  });
})();

// While the menu of a narrow screen lies over the page, keys stay out of what is below it; Escape closes it.
(() => {
  const box = document.getElementById("__drawer");
  const narrow = matchMedia("(max-width: 76.234375em)");
  const below = document.querySelectorAll(".md-header, .md-content, .md-footer, .md-skip");
  const update = () => below.forEach((part) => (part.inert = box.checked && narrow.matches));
  box.addEventListener("change", update);
  narrow.addEventListener("change", update);
  addEventListener("keydown", (event) => event.key === "Escape" && box.checked && (box.click(), box.focus()));
})();

// A link to a rating opens what is behind it: its source, and where to report an error.
(() => {
  const open = () => {
    const row = document.getElementById(location.hash.slice(1))?.closest("tr");
    row?.querySelectorAll("details.source-fold").forEach((fold) => (fold.open = true));
  };
  addEventListener("hashchange", open);
  open();
})();
