// Runs Python off the page's thread. Joined, this is a classic worker, so that it also runs from a Blob on a page opened
// from disk.
//
//   page -> worker   {init: {manifest: URL}}                       fetch the runtime's parts
//                    {init: {manifest: {…}, files: {part: base64}}}  or take them from the message
//                    {seq, call, payload}                          one question to selector.web.respond
//                    {files: {round, more: [[path, File], …], first, last}}  a folder to be read
//                    {cancel: true}                                read no further
//   worker -> page   {files: {round, done, total, bytes, state}}   how far reading is: reading, read or failed
//                    {progress: {loaded, total}}                   bytes over the wire
//                    {begun: true}                                 the worker's file is here
//                    {ready: true}
//                    {failed: {part, reason, message, outdated}}   the runtime cannot start; final. outdated: the host has another edition
//                    {seq, ok: true, data}                         the answer
//                    {seq, ok: false, error}                       Python raised
//                    {seq, stale: true}                            a newer question made this one pointless
//
// "more" is answered several times, until its data says done: between two steps the worker looks at
// its messages, and a newer question ends the series.
import { errorText, PartError } from "./worker/errors.js";
import { isOutdated } from "./worker/parts.js";
import { bootPython } from "./worker/python.js";
import { cancelReading, readFilesWith, takeFiles } from "./worker/files.js";
import { answerFrom, enqueue } from "./worker/questions.js";

async function init(settings) {
  postMessage({ begun: true });
  try {
    const web = await bootPython(settings);
    postMessage({ ready: true });
    readFilesWith(web);
    await answerFrom(web.respond);
  } catch (error) {
    const part = error instanceof PartError ? error.part : "Python";
    const outdated = await isOutdated(settings);
    const reason = error instanceof PartError ? error.reason : errorText(error).replace(/\.$/, "");
    postMessage({ failed: { outdated, part, reason, message: `The part “${part}” did not load: ${reason}.` } });
  }
}

self.onmessage = ({ data }) => {
  if (data.init) init(data.init);
  else if (data.files) takeFiles(data.files);
  else if (data.cancel) cancelReading();
  else enqueue(data);
};
