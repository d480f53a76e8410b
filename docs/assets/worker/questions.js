// Questions of the page, answered one after the other.
import { errorText } from "./errors.js";
import { memorySnapshot } from "./snapshot.js";

const KEEP_MS = 2_000; // after the first result, for what serves the next visit only

const waiting = []; // {seq, call, payload}, oldest first
let working = false;
let respond = null; // selector.web.respond, as soon as Python is there
const turn = new MessageChannel();

// Lets messages that have already arrived be queued before work goes on.
function yieldToMessages() {
  return new Promise((resolve) => {
    turn.port1.onmessage = resolve;
    turn.port2.postMessage(null);
  });
}

function ask({ call, payload }) {
  return JSON.parse(respond(JSON.stringify({ call, payload })));
}

// Of several questions that all replace the page's answer only the newest is worth the work,
// and what was still being worked out for an older one is worth nothing.
const REPLACES = new Set(["open", "answer", "together", "what-if"]);

// A preview of what an answer would change waits for all real questions, and only the newest preview counts.
const PRIORITY = { preview: 1, more: 2 };
const isOldPreview = (q, index) => q.call === "preview" && waiting.some((other, at) => at > index && other.call === "preview");

function next() {
  const newest = Math.max(-1, ...waiting.filter((q) => REPLACES.has(q.call)).map((q) => q.seq));
  const isStale = (q, index) => isOldPreview(q, index) || (q.seq < newest && (q.call === "more" || REPLACES.has(q.call)));
  for (const { seq } of waiting.filter(isStale)) postMessage({ seq, stale: true });
  const left = waiting.filter((q, index) => !isStale(q, index));
  waiting.splice(0, waiting.length, ...left.sort((a, b) => (PRIORITY[a.call] ?? 0) - (PRIORITY[b.call] ?? 0)));
  return waiting.shift();
}

async function answer(question) {
  for (;;) {
    const data = ask(question);
    postMessage({ seq: question.seq, ok: true, data });
    await yieldToMessages();
    if (question.call !== "more" || data.done) return;
    if (waiting.length) return void waiting.push(question); // goes on later, unless it is stale by then
  }
}

async function work() {
  if (working || !respond) return;
  working = true;
  while (waiting.length) {
    const question = next();
    try {
      await answer(question);
    } catch (error) {
      postMessage({ seq: question.seq, ok: false, error: errorText(error) });
    }
  }
  working = false;
  if (memorySnapshot.fresh) setTimeout(() => memorySnapshot.fresh && memorySnapshot.keep(), KEEP_MS);
}

/** Takes a question; it is answered as soon as Python is there. */
export function enqueue(question) {
  waiting.push(question);
  work();
}

/** Answers the questions that have waited, and all that come. */
export function answerFrom(pythonRespond) {
  respond = pythonRespond;
  return work();
}
