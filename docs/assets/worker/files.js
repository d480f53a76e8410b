// Reads a visitor's files, one after the other, with the page's messages in between. What they mean is Python's business.
import { errorText } from "./errors.js";

const TELL_MS = 100;
const AHEAD = 8; // files that are fetched ahead
const LARGEST = 2_000_000; // as in selector/detect/files.py: no more of a file is brought into memory

let web = null; // selector.web, as soon as Python is there
let files = []; // [path, File]
let complete = false;
let reading = 0; // which reading goes on; a higher number ends the one before

function tell(state, done, total, bytes) {
  postMessage({ files: { state, done, total, bytes } });
}

async function read(round) {
  const listed = files;
  files = [];
  complete = false;
  let done = 0;
  let bytes = 0;
  let told = Date.now();
  try {
    const paths = listed.map(([path]) => path);
    const { wanted } = JSON.parse(web.respond(JSON.stringify({ call: "files", payload: { paths } })));
    tell("reading", 0, wanted.length, 0);
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
      if (round !== reading) return tell("cancelled", done, wanted.length, bytes);
      if (content) web.read_file(path, new Uint8Array(content), file.size);
      done += 1;
      fetchNext();
      bytes += content?.byteLength ?? 0;
      if (Date.now() - told < TELL_MS) continue;
      told = Date.now();
      tell("reading", done, wanted.length, bytes);
    }
    tell("read", done, wanted.length, bytes);
  } catch (error) {
    postMessage({ files: { state: "failed", error: errorText(error) } });
  }
}

function start() {
  if (web && complete) read(++reading);
}

/** Takes a part of a folder's files; after the last part they are read. */
export function takeFiles({ more, last, first }) {
  if (first) {
    reading += 1;
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
