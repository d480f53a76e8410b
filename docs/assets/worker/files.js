// Reads a visitor's files, one after the other, with the page's messages in between. What they mean is Python's business.
import { errorText } from "./errors.js";

const TELL_MS = 100;
const AHEAD = 8; // files that are fetched ahead
const LARGEST = 2_000_000; // as in selector/detect/files.py: no more of a file is brought into memory

let web = null; // selector.web, as soon as Python is there
let files = []; // [path, File]
let asked = 0; // the page's own number of this folder
let complete = false;
let reading = 0; // which reading goes on; a higher number ends the one before

/** What is said of a reading names its round, so that the page knows a word on one that it has cancelled. */
function tell(files) {
  postMessage({ files });
}

async function read(current) {
  const listed = files;
  const round = asked;
  files = [];
  complete = false;
  let done = 0;
  let bytes = 0;
  let told = Date.now();
  try {
    const paths = listed.map(([path]) => path);
    const { wanted } = JSON.parse(web.respond(JSON.stringify({ call: "files", payload: { paths } })));
    tell({ round, state: "reading", done: 0, total: wanted.length, bytes: 0 });
    const ahead = []; // the browser fetches the next files while Python reads this one
    const fetchNext = () => {
      const next = wanted[done + ahead.length];
      if (next === undefined) return;
      const content = listed[next][1].slice(0, LARGEST).arrayBuffer();
      ahead.push(content.catch(() => null)); // removed meanwhile, or not ours to read
    };
    for (let n = 0; n < AHEAD; n++) fetchNext();
    for (const index of wanted) {
      const [path, file] = listed[index];
      const content = await ahead.shift();
      if (current !== reading) return;
      if (content) web.read_file(path, new Uint8Array(content), file.size);
      done += 1;
      fetchNext();
      bytes += content?.byteLength ?? 0;
      if (Date.now() - told < TELL_MS) continue;
      told = Date.now();
      tell({ round, state: "reading", done, total: wanted.length, bytes });
    }
    tell({ round, state: "read", done, total: wanted.length, bytes });
  } catch (error) {
    tell({ round, state: "failed", error: errorText(error) });
  }
}

function start() {
  if (web && complete) read(++reading);
}

/** Takes a part of a folder's files; after the last part they are read. */
export function takeFiles({ round, more, last, first }) {
  if (first) {
    reading += 1;
    asked = round;
    files = [];
  }
  files.push(...more);
  complete = last;
  start();
}

export function cancelReading() {
  reading += 1;
  files = [];
  complete = false;
}

/** Python is there. */
export function readFilesWith(module) {
  web = module;
  start();
}
