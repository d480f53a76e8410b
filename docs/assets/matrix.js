// The matrix with tools: order, groups, options, differences, and what fits a visitor's answers. Without this file the
// whole table is there, in the order of names. Rows and cells are moved and hidden, never made: all text comes from
// the page.
//
// What is set is in the address, so that it survives a reload and can be shared. All parts may be left out:
//   #sort=criterion&hide=option+option&without=criterion+criterion&groups=group+group&show=differences+highlight+fits
//   &fits=option+option&answers=link     what fits, and the wizard's link that it fits; the wizard writes these two
// `groups` are those left out; with `fits` and no `show`, only what fits is shown. What the page does not know is ignored; nothing of the address becomes markup.
import { bareAddress, fragmentParts, listOf, mendQuery, splitKnown } from "./shared/fragment.js";

(() => {
  const table = document.querySelector("[data-matrix]");
  const tools = document.querySelector("[data-matrix-tools]");
  if (!table || !tools) return;
  const COMPARED = [2, 4]; // options that the page of comparisons takes
  const FEW = 4; // options that fit beside each other where there is little room
  const narrow = matchMedia("(max-width: 44.9375em)");

  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const rows = all(table, "tr[data-criterion]");
  const lines = [...all(table, "thead tr"), ...rows];
  const names = all(table, "thead [data-option]").map((cell) => cell.dataset.option);
  const tool = (name) => tools.querySelector(`[data-matrix-${name}]`);
  const boxes = (name) => all(tools, `[data-matrix-${name}]`);
  const idOf = (box, name) => box.getAttribute(`data-matrix-${name}`);
  const ticked = (name) => new Set(boxes(name).filter((box) => box.checked).map((box) => idOf(box, name)));
  const unticked = (name) => boxes(name).filter((box) => !box.checked).map((box) => idOf(box, name));

  // Lines keep their cells by option: looking each up anew would make every change slow.
  const cells = new Map(lines.map((line) => [line, new Map(all(line, "[data-option]").map((cell) => [cell.dataset.option, cell]))]));
  const cellOf = (line, option) => cells.get(line).get(option);
  const bounds = (row, option) => `${cellOf(row, option).dataset.low}-${cellOf(row, option).dataset.high}`;
  const middle = (row, option) => Number(cellOf(row, option).dataset.low) + Number(cellOf(row, option).dataset.high);

  let fits = new Set(); // options in what fits the answers; empty: nothing is known of answers
  let answers = "";
  let shared = false; // true when the address says what fits: then it goes on saying so

  // ---- order and filters ----

  let sorted = "";

  function order(criterion) {
    if (criterion === sorted) return;
    sorted = criterion;
    const row = rows.find((candidate) => candidate.dataset.criterion === criterion);
    // Sorting is stable: equals stay in the order of their names.
    const wanted = row ? [...names].sort((a, b) => middle(row, b) - middle(row, a)) : names;
    for (const line of lines) line.append(...wanted.map((option) => cellOf(line, option)));
    for (const other of rows) {
      if (other === row) other.firstElementChild.setAttribute("aria-sort", "descending");
      else other.firstElementChild.removeAttribute("aria-sort");
    }
  }

  // A cell stands out when its level is rarer than the row's most common one, or when all are equally common.
  function highlight(row, shown, on) {
    const counts = new Map();
    for (const option of shown) counts.set(bounds(row, option), (counts.get(bounds(row, option)) ?? 0) + 1);
    const [rare, common] = [Math.min(...counts.values()), Math.max(...counts.values())];
    row.classList.toggle("matrix-same", on && counts.size < 2);
    for (const option of names) {
      const count = counts.get(bounds(row, option));
      const apart = counts.size > 1 && (count < common || rare === common);
      cellOf(row, option).classList.toggle("matrix-differs", on && apart);
    }
    return counts.size > 1;
  }

  function show() {
    order(tool("sort").value);
    const options = ticked("option");
    const groups = ticked("group");
    const criteria = ticked("criterion");
    const onlyFits = tool("fits").checked && fits.size > 0;
    const shown = names.filter((option) => options.has(option) && (!onlyFits || fits.has(option)));
    for (const line of lines) for (const option of names) cellOf(line, option).hidden = !shown.includes(option);
    for (const box of boxes("option")) box.disabled = narrow.matches && !box.checked && options.size >= FEW;
    for (const part of all(tools, "[data-matrix-wide]")) part.hidden = narrow.matches;
    table.parentElement.hidden = !shown.length;
    document.querySelector("[data-matrix-empty]").hidden = shown.length > 0;
    let count = 0;
    for (const row of rows) {
      const differs = highlight(row, shown, tool("highlight").checked);
      row.hidden = !groups.has(row.parentElement.dataset.group) || !criteria.has(row.dataset.criterion)
        || (tool("differences").checked && !differs);
      if (!row.hidden) count += 1;
    }
    for (const body of all(table, "tbody")) body.hidden = all(body, "tr[data-criterion]").every((row) => row.hidden);
    for (const head of all(table, ".matrix-group th")) head.colSpan = shown.length + 1;
    const things = names.length > 1 ? tools.dataset.options : tools.dataset.optionWord;
    const criteriaWord = rows.length > 1 ? "criteria" : "criterion";
    tool("status").textContent = `${shown.length} of ${names.length} ${things}, ${count} of ${rows.length} ${criteriaWord}`;
    const compare = tool("compare");
    if (!compare) return; // a guide with one option
    compare.hidden = shown.length < COMPARED[0] || shown.length > COMPARED[1];
    compare.hash = `compare=${shown.join("+")}`;
  }

  // ---- the address ----

  function write() {
    const keep = fits.size > 0 && (shared || tool("fits").checked);
    const shows = ["differences", "highlight", "fits"].filter((name) => tool(name).checked && (name !== "fits" || fits.size));
    const parts = {
      sort: tool("sort").value,
      hide: unticked("option").join("+"),
      without: unticked("criterion").join("+"),
      groups: unticked("group").join("+"),
      show: shows.join("+") || (keep ? "all" : ""),
      fits: keep ? [...fits].join("+") : "",
      answers: keep ? encodeURIComponent(answers) : "",
    };
    const text = Object.entries(parts).filter(([, value]) => value).map((pair) => pair.join("=")).join("&");
    history.replaceState(null, "", text ? `#${text}` : bareAddress());
  }

  function clipped(words) {
    const shown = words.slice(0, 4).map((word) => (word.length > 24 ? `${word.slice(0, 23)}…` : word));
    return shown.join(", ") + (words.length > 4 ? ", …" : "");
  }

  // What the wizard found in this tab; nothing where the browser keeps nothing.
  function remembered() {
    try {
      return sessionStorage.getItem("fits") ?? "";
    } catch {
      return "";
    }
  }

  function read() {
    const given = fragmentParts(location.hash);
    const lost = [];
    const list = (name, known, from = given) => {
      const ids = splitKnown(listOf(from.get(name)), new Set(known));
      lost.push(...ids.unknown);
      return new Set(ids.known);
    };
    shared = given.has("fits");
    const source = shared ? given : new Map(new URLSearchParams(remembered()));
    const told = list("fits", names, source);
    fits = new Set(names.filter((option) => told.has(option)));
    answers = source.get("answers") ?? "";
    const sort = tool("sort");
    const wanted = list("sort", [...sort.options].map(({ value }) => value));
    [sort.value] = [...wanted, ""];
    for (const [name, key] of [["option", "hide"], ["criterion", "without"], ["group", "groups"]]) {
      const left = list(key, boxes(name).map((box) => idOf(box, name)));
      for (const box of boxes(name)) box.checked = !left.has(idOf(box, name));
    }
    // Where there is little room, a reader picks: nothing is ticked before, or the first that fit the answers.
    if (narrow.matches && !given.has("hide") && names.length > FEW) {
      const first = [...fits].slice(0, FEW);
      for (const box of boxes("option")) box.checked = first.includes(idOf(box, "option"));
      tools.querySelector("[data-matrix-picker]").open = true;
    }
    const shows = list("show", ["differences", "highlight", "fits", "all"]);
    for (const name of ["differences", "highlight"]) tool(name).checked = shows.has(name);
    tool("fits").checked = shared && fits.size > 0 && (!given.has("show") || shows.has("fits"));
    for (const part of all(tools, "[data-when]")) part.hidden = (part.dataset.when === "fits") !== fits.size > 0;
    tool("fitting").textContent = fits.size;
    if (tool("answers")) tool("answers").hash = answers;
    show();
    if (lost.length) tool("status").append(`. ${lost.length} of the names in the address ${lost.length > 1 ? "are" : "is"} not known here and left out: ${clipped(lost)}`);
  }

  // ---- the reader's hand ----

  tools.addEventListener("change", ({ target }) => {
    show();
    write();
    // With all chosen that fit, the list makes room for what it was chosen for.
    const picker = target.closest("[data-matrix-picker]");
    if (!picker || !narrow.matches || names.length <= FEW || ticked("option").size < FEW) return;
    picker.open = false;
    picker.querySelector("summary").focus({ preventScroll: true });
  });

  tools.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-matrix-every]");
    if (!button) return;
    const [name, on] = button.dataset.matrixEvery.split(" ");
    for (const box of boxes(name)) box.checked = on === "on";
    show();
    write();
  });

  addEventListener("hashchange", () => fragmentParts(location.hash).size && location.hash.includes("=") && read());
  narrow.addEventListener("change", read);
  mendQuery(["sort", "hide", "without", "groups", "show", "fits"]);
  read();
  table.dataset.ready = "";
})();
