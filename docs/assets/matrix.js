// The matrix with tools: order, groups, options, differences. Without this file the whole table is there, in the
// order of names. Rows and cells are moved and hidden, never made: all text comes from the page.
(() => {
  const table = document.querySelector("[data-matrix]");
  const tools = document.querySelector("[data-matrix-tools]");
  if (!table || !tools) return;

  const all = (root, selector) => [...root.querySelectorAll(selector)];
  const rows = all(table, "tr[data-criterion]");
  const lines = [...all(table, "thead tr"), ...rows];
  const names = all(table, "thead [data-option]").map((cell) => cell.dataset.option);
  const status = tools.querySelector("[data-matrix-status]");
  const cellOf = (line, option) => line.querySelector(`[data-option="${CSS.escape(option)}"]`);

  const middle = (row, option) => {
    const { low, high } = cellOf(row, option).dataset;
    return Number(low) + Number(high);
  };

  function order(criterion) {
    const row = rows.find((candidate) => candidate.dataset.criterion === criterion);
    // Sorting is stable: equals stay in the order of their names.
    const sorted = row ? [...names].sort((a, b) => middle(row, b) - middle(row, a)) : names;
    for (const line of lines) line.append(...sorted.map((option) => cellOf(line, option)));
  }

  const ticked = (name) => new Set(all(tools, `[data-matrix-${name}]:checked`).map((box) => box.getAttribute(`data-matrix-${name}`)));

  function differs(row, options) {
    return new Set(options.map((option) => `${cellOf(row, option).dataset.low}-${cellOf(row, option).dataset.high}`)).size > 1;
  }

  function show() {
    const options = ticked("option");
    const groups = ticked("group");
    const shown = names.filter((option) => options.has(option));
    const only = tools.querySelector("[data-matrix-differences]").checked;
    for (const line of lines) for (const option of names) cellOf(line, option).hidden = !options.has(option);
    let count = 0;
    for (const row of rows) {
      row.hidden = !groups.has(row.parentElement.dataset.group) || (only && !differs(row, shown));
      if (!row.hidden) count += 1;
    }
    for (const body of all(table, "tbody")) body.hidden = all(body, "tr[data-criterion]").every((row) => row.hidden);
    for (const head of all(table, ".matrix-group th")) head.colSpan = shown.length + 1;
    status.textContent = `${shown.length} of ${names.length} options, ${count} of ${rows.length} criteria`;
  }

  tools.addEventListener("change", (event) => {
    if (event.target.matches("[data-matrix-sort]")) order(event.target.value);
    show();
  });

  tools.hidden = false;
  show();
})();
