// Two quiet services of every page: the wizard's runtime is fetched when a visitor reaches for the wizard,
// and the whole site is kept for when there is no network (hooks/offline). Neither is needed for anything else.
//
// <html data-offline="kept|forgotten|none"> tells how it stands; a click on [data-offline-do="forget"] deletes the
// copy and keeps none from then on, [data-offline-do="keep"] takes that back.
"use strict";
(() => {
  const ROOT = new URL("..", document.currentScript.src);
  const WIZARD = new URL("wizard", ROOT).href; // the page, however its address ends
  const DECLINED = `${ROOT.pathname} keeps no copy`;
  const QUIET_MS = 3000; // the page, and the wizard if it is on it, come first

  const tell = (state) => (document.documentElement.dataset.offline = state);

  // ---- the runtime, ahead of the click ----

  let fetchedAhead = false;

  async function fetchAhead() {
    if (fetchedAhead || navigator.connection?.saveData) return;
    fetchedAhead = true;
    const url = new URL("assets/runtime/manifest.json", ROOT);
    const { parts } = await (await fetch(url)).json();
    for (const part of parts) {
      const link = Object.assign(document.createElement("link"), { rel: "prefetch", href: new URL(part.url, url) });
      document.head.append(link);
    }
  }

  function onIntent({ target }) {
    const link = target.closest?.("a[href]");
    if (link?.href.startsWith(WIZARD) && !location.href.startsWith(WIZARD)) fetchAhead().catch(() => {});
  }

  // ---- the copy of the site ----

  const isDeclined = () => {
    try {
      return localStorage.getItem(DECLINED) !== null;
    } catch {
      return false; // storage is denied: so is the copy, and registering says so
    }
  };

  const decline = (yes) => {
    try {
      if (yes) localStorage.setItem(DECLINED, "");
      else localStorage.removeItem(DECLINED);
    } catch {
      // nothing to remember it in
    }
  };

  async function keep() {
    try {
      await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname });
      await navigator.serviceWorker.ready;
      tell("kept");
    } catch {
      tell("none"); // denied, or the network went away: the site works without
    }
  }

  async function forget() {
    decline(true);
    const registration = await navigator.serviceWorker.getRegistration(ROOT.pathname);
    const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
    if (worker) {
      const { port1, port2 } = new MessageChannel();
      const done = new Promise((resolve) => (port1.onmessage = resolve));
      worker.postMessage("forget", [port2]);
      await done;
    }
    tell("forgotten");
  }

  function onClick({ target }) {
    const wish = target.closest?.("[data-offline-do]")?.dataset.offlineDo;
    if (wish === "forget") forget();
    if (wish === "keep") {
      decline(false);
      keep();
    }
  }

  for (const event of ["pointerover", "focusin", "touchstart"]) addEventListener(event, onIntent, { passive: true });
  tell("none");
  if (!("serviceWorker" in navigator) || location.protocol === "file:") return;
  addEventListener("click", onClick);
  if (isDeclined()) tell("forgotten");
  else if (!navigator.connection?.saveData) addEventListener("load", () => setTimeout(keep, QUIET_MS));
})();
