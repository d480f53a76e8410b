// Lists that a reader narrows down: what is chosen in `data-filter="x"` shows the items whose `data-by-x` has it. Items
// are hidden and shown, never made. The choice is in the address, #from=a&to=b; without this file all is shown.
(() => {
  const LONGEST = 2000; // characters of an address that are read

  for (const root of document.querySelectorAll("[data-filtered]")) {
    const selects = [...root.querySelectorAll("[data-filter]")];
    const items = [...root.querySelectorAll("[data-item]")];
    const status = root.querySelector("[data-filter-status]");
    const none = root.querySelector("[data-filter-none]");
    const [one, many] = status.dataset.words.split(" ");
    const words = (item, name) => (item.getAttribute(`data-by-${name}`) ?? "").split(" ");

    function show() {
      const chosen = selects.filter((select) => select.value);
      const fits = items.filter((item) => chosen.every(({ value, dataset }) => words(item, dataset.filter).includes(value)));
      for (const item of items) item.hidden = !fits.includes(item);
      status.textContent = chosen.length ? `${fits.length} of ${items.length} ${many}` : `${items.length} ${items.length > 1 ? many : one}`;
      if (none) none.hidden = fits.length > 0;
      if (chosen.length && fits.length === 1 && "open" in fits[0]) fits[0].open = true;
    }

    function write() {
      const parts = selects.filter((select) => select.value).map((select) => `${select.dataset.filter}=${select.value}`);
      history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : location.pathname + location.search);
    }

    // An anchor leads to one item, which opens; anything else is a choice.
    function read() {
      const anchor = items.find((item) => `#${item.id}` === location.hash);
      const given = new URLSearchParams(anchor ? "" : location.hash.slice(1, LONGEST));
      for (const select of selects) {
        select.value = given.get(select.dataset.filter) ?? "";
        if (select.selectedIndex < 0) select.value = "";
      }
      show();
      if (!anchor) return;
      anchor.open = true;
      anchor.scrollIntoView();
    }

    root.addEventListener("change", ({ target }) => {
      if (!selects.includes(target)) return;
      show();
      write();
    });
    root.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
    addEventListener("hashchange", read);
    read();
  }
})();
