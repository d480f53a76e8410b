// Two quiet services of every page: the wizard's runtime is fetched when a visitor reaches for the wizard, and the
// whole site is kept for when there is no network (hooks/offline). Neither is needed for anything else.
//
// <html data-offline> tells how it stands, and the style sheet shows the words for it in the page's foot:
//   none       nothing to keep, or nowhere to keep it        keeping   on its way
//   offered    not kept unless the visitor asks for it       kept      the site opens without a network
//   refused    the visitor asked for it, and the browser would not
"use strict";
(() => {
  if (location.protocol === "file:") return; // all is here already
  const ROOT = new URL("..", document.currentScript.src);
  const WIZARD = new URL("wizard", ROOT).href; // the page, however its address ends
  const DECLINED = `no copy ${ROOT}`; // an empty cache of this name: a visitor's "no" goes away with the site's data
  const OURS = [`site ${ROOT} `, `python ${ROOT}`]; // caches of sw.js and of worker.js
  const QUIET_MS = 3000; // the page, and the wizard if it is on it, come first

  const panel = document.querySelector("[data-offline-panel]"); // printed when there is a copy to be had

  const tell = (state) => (document.documentElement.dataset.offline = state);
  const costs = ({ saveData, type, effectiveType } = {}) =>
    saveData || type === "cellular" || /2g/.test(effectiveType);

  // ---- the runtime, ahead of the click ----

  let fetchedAhead = false;

  async function fetchAhead() {
    if (fetchedAhead || costs(navigator.connection)) return;
    fetchedAhead = true;
    const url = new URL("assets/runtime/manifest.json", ROOT);
    const { parts } = await (await fetch(url)).json();
    for (const part of parts.filter(({ name }) => name !== "image")) {
      const link = Object.assign(document.createElement("link"), { rel: "prefetch", href: new URL(part.url, url) });
      document.head.append(link);
    }
  }

  function onIntent({ target }) {
    const link = target.closest?.("a[href]");
    if (link?.href.startsWith(WIZARD) && !location.href.startsWith(WIZARD)) fetchAhead().catch(() => {});
  }

  // ---- the copy of the site ----

  async function keep(wanted = false) {
    tell("keeping");
    try {
      await caches.delete(DECLINED);
      const registration = await navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname });
      await active(registration);
      tell("kept");
    } catch {
      tell(wanted ? "refused" : "offered"); // the network went away, or there is no room: it may go better next time
    }
  }

  // `ready` would wait for ever for a worker that could not be installed.
  function active(registration) {
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    return new Promise((resolve, reject) => {
      const look = () => {
        if (registration.active) resolve();
        else if (worker.state === "redundant") reject(new Error("not installed"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  async function forget() {
    tell("offered");
    await caches.open(DECLINED);
    const registration = await navigator.serviceWorker.getRegistration(ROOT.pathname);
    if (registration?.active) {
      const { port1, port2 } = new MessageChannel();
      const done = new Promise((resolve) => (port1.onmessage = resolve));
      registration.active.postMessage("forget", [port2]);
      await done;
    } else await registration?.unregister();
    const ours = (await caches.keys()).filter((name) => OURS.some((start) => name.startsWith(start)));
    await Promise.all(ours.map((name) => caches.delete(name)));
  }

  function toggle() {
    if (["kept", "keeping"].includes(document.documentElement.dataset.offline)) forget();
    else keep(true);
  }

  async function begin() {
    try {
      const sizes = await (await fetch(new URL("assets/offline/sizes.json", ROOT))).json();
      for (const place of panel.querySelectorAll("[data-size]"))
        place.textContent = `${(sizes[place.dataset.size] / 1e6).toFixed(1)} MB`;
      panel.querySelector("[data-offline-toggle]").addEventListener("click", toggle);
      const registered = await navigator.serviceWorker.getRegistration(ROOT.pathname);
      if (await caches.has(DECLINED)) tell("offered");
      else if (registered?.active || !costs(navigator.connection)) await keep();
      else tell("offered");
    } catch {
      tell("none"); // storage is denied, or the network went away: the site works without
    }
  }

  for (const event of ["pointerover", "focusin", "touchstart"]) addEventListener(event, onIntent, { passive: true });
  tell("none");
  if (!panel || !("serviceWorker" in navigator) || !("caches" in self)) return;
  const later = () => setTimeout(begin, QUIET_MS);
  if (document.readyState === "complete") later();
  else addEventListener("load", later, { once: true });
})();
