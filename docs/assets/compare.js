// Two to four options side by side. Every cell, card and sentence is printed in the page's <template>; here they are
// only chosen, put in order and copied. Without this file the pages of the pairs are there.
//
// What is compared is in the address: #compare=a+b+c, ids of options, at most four. Ids that the page does not
// know are left out and counted; nothing of the address ever becomes markup.
import { bareAddress, fragmentParts, listOf, mendQuery, splitKnown } from "./shared/fragment.js";

(() => {
  const root = document.querySelector("[data-compare]");
  if (!root) return;
  const KEY = "#compare=";

  const all = (from, selector) => [...from.querySelectorAll(selector)];
  const parts = root.querySelector("template").content;
  const slots = all(root, "select");
  const status = root.querySelector("[data-status]");
  const place = (name) => root.querySelector(`[data-place="${name}"]`);
  const copy = (selector) => parts.querySelector(selector).cloneNode(true);
  const of = (element, option) => element.querySelector(`[data-option="${option}"]`);
  const words = (text) => text.split(" ");

  const known = new Map(); // an id, or a former one, to the id of today
  for (const { dataset } of all(parts, "[data-head]"))
    for (const name of words(dataset.names)) known.set(name, dataset.head);

  // ---- the address ----

  function read(fragment) {
    const names = splitKnown(listOf(fragmentParts(fragment).get("compare")), known);
    const found = [...new Set(names.known.map((name) => known.get(name)))];
    return {
      options: found.slice(0, slots.length),
      unknown: names.unknown.length,
      more: Math.max(0, found.length - slots.length),
    };
  }

  function write(options) {
    const address = options.length ? KEY + options.join("+") : bareAddress();
    history.pushState(null, "", address);
  }

  // ---- what the numbers say: order, and who is ahead ----

  const bounds = (cell) => [Number(cell.dataset.low), Number(cell.dataset.high)];

  function judge(row, options) {
    const cells = options.map((option) => bounds(of(row, option)));
    const middles = cells.map(([low, high]) => low + high);
    const differs = new Set(cells.map(String)).size > 1;
    const gap = Math.max(...middles) - Math.min(...middles);
    // Ahead is what is at least as good as each other one, whatever an unknown turns out to be, and better than one.
    const ahead = cells.map(
      ([low], mine) => cells.every(([, high], other) => mine === other || low >= high) && cells.some(([, high]) => low > high),
    );
    return { row, cells, ahead, size: differs ? Math.max(gap, 1) : 0 };
  }

  // ---- filling the page ----

  function fill(name, elements) {
    place(name).replaceChildren(...elements);
    return elements.length;
  }

  function when(name, shown) {
    for (const element of all(root, `[data-when="${name}"]`)) element.hidden = !shown;
  }

  function mark(element, index) {
    element.textContent = slots[index].dataset.slot;
    element.classList.add(`slot-${index}`);
  }

  function tableRow({ row, ahead }, options) {
    const line = row.cloneNode(false);
    line.append(row.querySelector("th").cloneNode(true));
    options.forEach((option, index) => {
      const cell = of(row, option).cloneNode(true);
      if (ahead[index]) {
        cell.classList.add("better");
        cell.querySelector(".level").after(" ", copy(`[data-mark="${options.length > 2 ? "more" : "two"}"]`));
      }
      line.append(cell);
    });
    return line;
  }

  function table(name, judged, options) {
    fill(`${name}-head`, [copy("[data-corner]"), ...options.map((option) => copy(`th[data-option="${option}"]`))]);
    fill(name, judged.map((item) => tableRow(item, options)));
  }

  // One scale for each criterion, a lane for each option.
  function scale({ row, cells }, options) {
    const LANE = 18, LEFT = 10, WIDTH = 220;
    const item = document.createElement("li");
    const drawing = copy("[data-scale]");
    const height = LANE * options.length;
    drawing.setAttribute("viewBox", `0 0 240 ${height}`);
    drawing.setAttribute("height", height);
    const said = [];
    cells.forEach(([low, high], index) => {
      const line = drawing.querySelector("path");
      const dot = copy("[data-dot]");
      const at = (value) => LEFT + (WIDTH * value) / 1000;
      const y = LANE * index + LANE / 2;
      dot.setAttribute("transform", `translate(0 ${y})`);
      dot.classList.add(`slot-${index}`);
      const bar = dot.querySelector("line");
      bar.setAttribute("x1", at(low));
      bar.setAttribute("x2", at(high));
      const middle = at((low + high) / 2);
      dot.querySelector("circle").setAttribute("cx", middle);
      const letter = dot.querySelector("text");
      letter.setAttribute("x", middle);
      letter.textContent = slots[index].dataset.slot;
      drawing.append(dot);
      if (index) line.setAttribute("d", `${line.getAttribute("d")}M10 ${y}h220`);
      said.push(`${nameOf(options[index])}: ${of(row, options[index]).querySelector(".level-word").textContent}`);
    });
    drawing.setAttribute("aria-label", said.join("; "));
    item.append(row.querySelector("th a").cloneNode(true), drawing);
    return item;
  }

  const nameOf = (option) => parts.querySelector(`th[data-option="${option}"]`).textContent;

  function heads(options) {
    return options.map((option, index) => {
      const head = copy(`[data-head="${option}"]`);
      mark(head.querySelector(".slot"), index);
      return head;
    });
  }

  function together(options) {
    const shared = (names) => words(names).filter((name) => options.includes(name)).length;
    const found = all(parts, "[data-members]")
      .map((card) => ({ card, count: shared(card.dataset.members) }))
      .filter(({ count }) => count > 1)
      .sort((one, two) => two.count - one.count); // equals stay in the guide's order
    const derived = all(parts, "[data-together]").some((pair) => shared(pair.dataset.together) === 2);
    const named = fill("together", found.map(({ card }) => card.cloneNode(true)));
    when("named", named);
    when("derived", !named && derived);
    when("never", !named && !derived);
  }

  function moves(options) {
    const chosen = (names) => words(names).filter((name) => options.includes(name));
    const found = all(parts, "[data-from]").filter(({ dataset }) =>
      chosen(dataset.from).some((before) => chosen(dataset.to).some((after) => after !== before)));
    when("moves", fill("moves", found.map((move) => move.cloneNode(true))));
  }

  function pages(options) {
    const seen = new Set();
    const found = all(document, "[data-pair]").filter(({ dataset }) => {
      const pair = words(dataset.pair).sort().join(" ");
      return words(dataset.pair).every((name) => options.includes(name)) && !seen.has(pair) && seen.add(pair);
    });
    const links = found.map((item) => {
      const fresh = item.cloneNode(true);
      fresh.firstElementChild.textContent = fresh.textContent; // its first half is spoken only, where it comes from
      return fresh;
    });
    when("pages", fill("pages", links));
  }

  function show({ options, unknown, more }) {
    slots.forEach((slot, index) => {
      slot.value = options[index] ?? "";
      for (const choice of slot.options)
        choice.disabled = choice.value !== slot.value && options.includes(choice.value);
    });
    const compared = options.length > 1;
    root.querySelector("[data-shown]").hidden = !compared;
    const said = [];
    if (unknown) said.push(`${unknown} of the ${root.dataset.options} in the link ${unknown > 1 ? "are" : "is"} unknown and left out.`);
    if (more) said.push(`The link names more than ${slots.length} ${root.dataset.options}. The first ${slots.length} are shown.`);
    if (options.length === 1) said.push("Choose one more.");
    if (compared) {
      const rows = all(parts, "tr[data-criterion]").map((row) => judge(row, options));
      const different = rows.filter(({ size }) => size).sort((one, two) => two.size - one.size);
      const same = rows.filter(({ size }) => !size);
      fill("heads", heads(options));
      fill("scales", rows.map((item) => scale(item, options)));
      table("different", different, options);
      table("same", same, options);
      when("difference", different.length);
      when("no-difference", !different.length);
      when("same", same.length);
      fill("fit", options.map((option) => copy(`[data-fit="${option}"]`)));
      together(options);
      moves(options);
      pages(options);
      said.push(`${options.map(nameOf).join(", ")}: they differ on ${different.length} of ${rows.length} criteria.`);
    }
    status.textContent = said.join(" ");
  }

  root.addEventListener("change", ({ target }) => {
    if (!slots.includes(target)) return;
    const options = slots.map((slot) => slot.value).filter(Boolean);
    write(options);
    show({ options, unknown: 0, more: 0 });
  });

  // An anchor of the page is no comparison: what is shown stays.
  const follow = () => {
    if (!location.hash || fragmentParts(location.hash).has("compare")) show(read(location.hash));
  };
  addEventListener("hashchange", follow);
  // This runs before the list of pairs below is there.
  document.addEventListener("DOMContentLoaded", () => pages(slots.map((slot) => slot.value)));
  root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  mendQuery(["compare"]);
  follow();
})();
