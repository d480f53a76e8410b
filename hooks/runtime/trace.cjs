// Starts the whole Pyodide in Node, imports what the page imports, and prints which modules that took.
//   node trace.cjs <pyodide folder> <zip of the standard library> <zip of the app's sources> <Python script>
"use strict";
const fs = require("node:fs");
const path = require("node:path");

async function main([folder, library, app, script]) {
  const { loadPyodide } = require(path.join(folder, "pyodide.js"));
  const { info } = JSON.parse(fs.readFileSync(path.join(folder, "pyodide-lock.json"), "utf8"));
  const pyodide = await loadPyodide({
    indexURL: folder,
    stdLibURL: library,
    lockFileContents: { info, packages: {} },
    env: { PYTHONPATH: "/lib/app.zip", PYTHONHASHSEED: "0" },
    fsInit: async (memory) => memory.writeFile("/lib/app.zip", fs.readFileSync(app)),
  });
  process.stdout.write(pyodide.runPython(fs.readFileSync(script, "utf8")));
}

main(process.argv.slice(2)).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
