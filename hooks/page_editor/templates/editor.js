// Edits the guide on the page that shows it, under `mkdocs serve`. What is where, and what may stand there, the server
// says; this script collects the texts of the page, opens forms and sends them back.
"use strict";
(() => {
  const token = document.currentScript.dataset.token;
  const KEPT = "guide-editor";
  const MOST = 400; // texts in one request
  const AWAY = "script, style, svg, nav, .visually-hidden, .headerlink, .page-foot, .provenance, .source-fold, thead, button:not(:has(.level)), .ge-edit, [aria-hidden=true], [hidden]";
  const OWN = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, summary, label, legend, pre, div, .cell-text, .level, small";
  const WEIGHT = /^\d+ points?$/; // in a sentence
  const PENCIL = '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false"><path d="M2 14l.9-3.8 8-8a1.3 1.3 0 0 1 1.9 0l1 1a1.3 1.3 0 0 1 0 1.9l-8 8z" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linejoin="round"/></svg>';
  if (self !== top || !document.querySelector("article")) return;

  const COMES_BACK = "The page loads again in a moment. Your form comes back with what you typed.";
  let loadsAgain = false; // a change was written, and the site is being built
  let seen = new WeakMap(); // texts that were asked for, each with its button
  const state = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  const keep = (more) => sessionStorage.setItem(KEPT, JSON.stringify(Object.assign(state, more)));

  async function ask(name, body) {
    const answer = await fetch(`/_editor/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Editor-Token": token },
      body: JSON.stringify(body),
    }).catch(() => null);
    if (!answer) return { words: "The server does not answer. Is mkdocs serve still running?" };
    return { ok: answer.ok, ...(await answer.json()) };
  }

  // Texts of the page, and a button at each that the file has

  function blocks() {
    const texts = new Map();
    const nodes = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      const parent = nodes.currentNode.parentElement;
      if (!nodes.currentNode.data.trim() || parent.closest(AWAY) || !parent.checkVisibility()) continue;
      const block = WEIGHT.test(parent.textContent) ? parent : parent.closest(OWN);
      if (block) texts.set(block, (texts.get(block) ?? "") + nodes.currentNode.data);
    }
    for (const [block, text] of texts) if (isOnlyLink(block) || isKnown(block, text)) texts.delete(block);
    return [...texts].map(([block, text]) => ({ block, text: text.replace(/\s+/g, " ").trim(), near: near(block), level: block.matches(".level") }));
  }

  /** A region of the page may have been written anew, without its buttons or with other texts. */
  function isKnown(block, text) {
    const known = seen.get(block);
    if (known?.text === text && known.button?.isConnected !== false) return true;
    known?.button?.remove();
    seen.set(block, { text });
    return false;
  }

  function isOnlyLink(block) {
    const link = block.querySelector("a:not(.headerlink)");
    return !/^H\d$/.test(block.tagName) && link?.origin === location.origin && !/\p{L}{2}/u.test(block.textContent.replace(link.textContent, ""));
  }

  /** Ids and addresses around a text: they tell equal texts apart. */
  function near(block) {
    const words = location.pathname.split("/");
    for (let up = block; up && up.tagName !== "ARTICLE"; up = up.parentElement) {
      words.push(up.id, up.id.replace(/^[a-z]+-/, ""), ...Object.values(up.dataset));
    }
    const cell = block.closest("td");
    const head = cell?.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
    if (head) words.push(head.textContent.trim(), ...Object.values(head.dataset));
    const around = cell ? [cell, head, ...cell.parentElement.querySelectorAll("th")] : [block.closest("tr, li, dl > div")];
    const links = around.flatMap((one) => [...(one?.querySelectorAll("a[href]") ?? [])]).slice(0, 4);
    for (const { pathname, hash, origin } of links) if (origin === location.origin) words.push(...pathname.split("/"), hash.slice(1));
    return [...new Set(words)].filter((word) => word && word.length < 100);
  }

  async function addButtons() {
    const found = blocks();
    if (!found.length) return;
    for (let start = 0; start < found.length; start += MOST) {
      const some = found.slice(start, start + MOST);
      const said = await ask("find", { blocks: some.map(({ text, near, level }) => ({ text, near, level })) });
      if (!said.ok) return tell(said.words);
      said.places.forEach((places, index) => places.length && addButton(some[index].block, places));
    }
    tell(document.querySelector(".ge-edit") ? "" : "No text of this page is in the file.");
    const last = [...document.querySelectorAll(".ge-edit")].find((button) => button.dataset.first === state.focus);
    if (last) keep({ focus: null });
    last?.focus();
  }

  function addButton(block, places) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "ge-edit", innerHTML: PENCIL });
    seen.get(block).button = button;
    button.setAttribute("aria-label", `Edit ${places[0].name}`);
    button.title = places[0].name;
    button.dataset.first = places[0].path;
    button.onclick = (event) => {
      event.preventDefault();
      open(places.map(({ path }) => path), block);
    };
    const outer = block.closest("a, button");
    if (outer ?? block.matches("pre, .level, strong")) (outer ?? block).after(button);
    else block.insertBefore(button, block.querySelector(":scope > .headerlink"));
  }

  // The bar that turns editing on

  const bar = Object.assign(document.createElement("div"), { className: "ge-bar" });
  bar.innerHTML = '<p class="ge-said" role="status"></p><button type="button" class="ge-button" aria-pressed="false">Edit this page</button>';
  const toggle = bar.querySelector("button");
  const tell = (words) => { bar.querySelector("p").textContent = words; };

  async function turn(on) {
    keep({ on });
    toggle.setAttribute("aria-pressed", String(on));
    toggle.textContent = on ? "Stop editing" : "Edit this page";
    tell(on ? "Looking for texts …" : "");
    if (on) return addButtons();
    for (const button of document.querySelectorAll(".ge-edit")) button.remove();
    seen = new WeakMap();
  }

  // The form

  const dialog = Object.assign(document.createElement("dialog"), { className: "ge-dialog" });
  dialog.setAttribute("aria-labelledby", "ge-title");
  let opened = null; // what is edited: paths, base, and the text on the page
  let draft = state.draft; // what was typed before the page loaded again, until its form is open

  async function open(paths, block, values = {}) {
    const said = await ask("form", { paths });
    if (!said.ok) return tell(said.words);
    draft = null;
    dialog.innerHTML = said.html;
    opened?.block?.classList.remove("ge-edited");
    opened = { paths, base: said.base, block };
    block?.classList.add("ge-edited");
    if (!dialog.open) dialog.showModal();
    if (loadsAgain) part("status").textContent = COMES_BACK;
    for (const field of fields()) if (field.key in values) field.control.value = values[field.key];
    (dialog.querySelector("[data-focus] [data-field]") ?? dialog.querySelector("#ge-title")).focus();
    block?.scrollIntoView({ block: "center" });
  }

  const fields = () => [...dialog.querySelectorAll("[data-field]")].map((control) => ({ control, row: control.closest("[data-path]"), key: control.closest("[data-path]").dataset.path }));
  const first = (control) => control.defaultValue ?? [...control.options].find((option) => option.defaultSelected)?.value;
  const changes = () => fields().filter(({ control }) => control.value !== first(control)).map(({ control, key }) => ({ path: key, value: control.value }));
  const part = (name) => dialog.querySelector(`[data-${name}]`);

  function atFields(said) {
    for (const { control, row, key } of fields()) {
      const html = said.at?.[key] ?? "";
      row.querySelector(".ge-problems").innerHTML = html;
      control.toggleAttribute("aria-invalid", html.includes("ge-problem"));
    }
    dialog.querySelector("[aria-invalid]")?.closest("details")?.setAttribute("open", "");
  }

  function reset() {
    for (const name of ["change", "checked"]) part(name).replaceChildren();
    part("write").hidden = true;
    part("show").hidden = false;
    part("status").textContent = loadsAgain ? COMES_BACK : "";
  }

  async function show() {
    reset();
    atFields({});
    const wanted = { base: opened.base, changes: changes() };
    if (!wanted.changes.length) return void (part("status").textContent = "Nothing is different yet.");
    const asked = (opened.asked = JSON.stringify(wanted));
    const said = await ask("show", wanted);
    if (asked !== opened?.asked) return;
    atFields(said);
    part("status").textContent = said.ok ? "Checking …" : said.words;
    if (!said.ok) return void dialog.querySelector("[aria-invalid]")?.focus();
    part("change").innerHTML = said.html;
    part("change").scrollIntoView();
    const checked = await ask("check", wanted);
    if (asked === opened?.asked) judged(checked);
  }

  function judged(said) {
    atFields(said);
    part("checked").innerHTML = said.html ?? "";
    part("status").textContent = said.ok ? "" : said.words;
    part("write").hidden = !said.html;
    part("show").hidden = !!said.html;
    part("write").textContent = said.stops ? "Write with problems" : "Write";
    opened.despite = said.stops === true;
    part("change").scrollIntoView(); // the difference and, below it, the problems
    (dialog.querySelector("[aria-invalid]") ?? part("write")).focus();
  }

  async function write() {
    const { asked, despite } = opened;
    part("write").disabled = true;
    const said = await ask("write", { ...JSON.parse(asked), despite });
    if (!said.ok) {
      part("write").disabled = false;
      return judged(said);
    }
    keep({ focus: opened.paths[0], draft: null });
    opened.done = loadsAgain = true;
    dialog.close();
    tell(said.words);
  }

  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  dialog.addEventListener("input", () => {
    opened.asked = null;
    reset();
  });
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) dialog.close();
    else if (target.closest("[data-write]")) write();
    else if (target.closest("[data-open]")) open([target.closest("[data-open]").dataset.open], opened.block);
  });
  dialog.addEventListener("close", () => {
    opened?.block?.classList.remove("ge-edited");
    opened = null;
  });

  // A page that loads again goes on where it was

  addEventListener("pagehide", () => {
    const values = Object.fromEntries(opened ? changes().map(({ path, value }) => [path, value]) : []);
    keep({ draft: opened && !opened.done && Object.keys(values).length ? { page: location.pathname, paths: opened.paths, values } : draft?.page === location.pathname ? draft : null });
  });

  document.body.append(bar, dialog);
  toggle.onclick = () => turn(!state.on);
  document.addEventListener("toggle", () => state.on && addButtons(), true); // folds and cards that open
  document.addEventListener("wizard:result", () => state.on && setTimeout(addButtons, 200));
  if (state.on) turn(true);
  if (draft?.page === location.pathname) {
    tell("Your form comes back …");
    open(draft.paths, null, draft.values).then(() => dialog.open && tell(""));
  }
})();
