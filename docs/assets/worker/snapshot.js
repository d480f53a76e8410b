// For a second visit: memory as it stood when Python was ready for the first question. Kept by this browser, so it costs
// no byte on the wire. No answer of the visitor's is in it.
import { isCarried, parts } from "./parts.js";

export const memorySnapshot = {
  usable: false,
  fresh: null, // what is still to be kept

  /** The snapshot of an earlier visit; null when there is none. */
  async open(base) {
    if (isCarried()) return null; // from disk: nothing to keep it in
    // A snapshot fits one browser's compiler and one runtime only.
    this.key = new URL(`memory?${encodeURIComponent([...parts.values()].map((p) => p.url) + navigator.userAgent)}`, base);
    this.declined = `no copy ${new URL("../..", base)}`; // see offline.js: this visitor wants nothing kept
    try {
      if (await caches.has(this.declined)) return null;
      this.cache = await caches.open(`python ${new URL(".", base)}`);
      this.usable = true;
    } catch {
      return null; // storage is denied
    }
    try {
      const found = await this.cache.match(this.key);
      return found ? this.unpacked(await found.arrayBuffer()) : null;
    } catch {
      return null;
    }
  },

  /** Keeps what this visit has made. */
  async keep() {
    const snapshot = this.fresh;
    this.fresh = null;
    try {
      if (await caches.has(this.declined)) return;
      for (const old of await this.cache.keys()) await this.cache.delete(old);
      await this.cache.put(this.key, new Response(this.packed(snapshot)));
    } catch {
      // no room: the next visit starts as this one did
    }
  },

  // Most of the end is zero: left out.
  packed(snapshot) {
    let end = snapshot.length;
    while (end && snapshot[end - 1] === 0) end--;
    return new Blob([new Uint32Array([snapshot.length]), snapshot.subarray(0, end)]);
  },

  unpacked(buffer) {
    const snapshot = new Uint8Array(new Uint32Array(buffer, 0, 1)[0]);
    snapshot.set(new Uint8Array(buffer, 4));
    return snapshot;
  },
};
