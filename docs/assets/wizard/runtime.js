// The worker that runs Python.

// The address of the file that all of this is joined into. `import.meta` would be a module's way to it, and pages that
// are opened from disk load no modules.
const SCRIPT = document.currentScript.src;

/** again: past all caches. */
export function startWorker(manifest, again) {
  const carried = self.carriedRuntime; // only in a build that is opened from disk, see hooks/offline/disk.py
  const url = carried
    ? URL.createObjectURL(new Blob([carried.worker], { type: "text/javascript" }))
    : new URL(`worker.js${new URL(manifest).search}`, SCRIPT); // of the same edition as the runtime
  const worker = new Worker(url);
  worker.postMessage({ init: carried ? { manifest: carried.manifest, files: carried.files } : { manifest, again } });
  return worker;
}
