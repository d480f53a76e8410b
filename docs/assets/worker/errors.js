/** A part of the runtime that did not load. */
export class PartError extends Error {
  constructor(part, cause) {
    const reason = cause && cause.message ? cause.message : String(cause);
    super(`${part}: ${reason}`);
    Object.assign(this, { part, reason });
  }
}

/** The last line of an error: Python's traceback ends with what went wrong. */
export function errorText(error) {
  const lines = String(error && error.message ? error.message : error).trim().split("\n");
  return lines[lines.length - 1];
}
