// Two editions at once: the browser keeps a page for a while whose parts the host has replaced since.

const FIELDS = "fields before a new edition";
const MENDED = "edition asked for";

/** Loads the page's new edition, once. Gives false when there is none, or when it has been tried already. */
export async function loadNewEdition(runtime, fields) {
  try {
    const page = await (await fetch(location.href.split("#")[0], { cache: "reload" })).text(); // past the browser's copy
    const found = page.match(/ data-runtime="([^"]+)"/)?.[1];
    if (!found || found === runtime || sessionStorage.getItem(MENDED) === found) return false;
    sessionStorage.setItem(MENDED, found);
    if (fields?.some(([name, value]) => value && name !== "rival") && !location.hash) sessionStorage.setItem(FIELDS, JSON.stringify(fields));
  } catch {
    return false; // no network, or this browser keeps nothing: without a mark it could go on for ever
  }
  location.reload();
  return true;
}

/** Answers that stood in the form before the page was loaded anew; null when there are none. */
export function fieldsBefore() {
  try {
    const kept = sessionStorage.getItem(FIELDS);
    sessionStorage.removeItem(FIELDS);
    return kept && JSON.parse(kept);
  } catch {
    return null;
  }
}
