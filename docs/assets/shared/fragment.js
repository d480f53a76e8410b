// The text after the # of an address. Mail programs and gateways escape and encode it, and add their own parts.
// The wizard's links are read by selector/case/link_text.py; this is what a page must undo before it knows what it has.

const LONGEST = 20_000; // characters that are read
const ENCODED_EQUALS = /%(?:25)*3d/i;

/** The text of a fragment without what was done to it as a whole. Its values stay as they are. */
export function fragmentText(fragment) {
  let text = fragment.slice(0, LONGEST).replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]|%0[9ad]|%20$/gi, "");
  for (let round = 0; round < 4; round++) {
    text = text.replace(/&(?:amp|#0*38|#x0*26);/gi, "&");
    if (text.includes("=") || !ENCODED_EQUALS.test(text)) break;
    text = decoded(text, 1); // as a whole, once, so that a link in a link stays one value
  }
  return text.replace(/^(?:[#!?/&]|%23)+/i, "").replace(/[)\]}>"'”’.;:!]+$/, "");
}

/** Its parts by name, in small letters; of two parts of one name the first. */
export function fragmentParts(fragment) {
  const parts = new Map();
  for (const [name, value] of new URLSearchParams(fragmentText(fragment).replaceAll(";", "&")))
    if (!parts.has(name.toLowerCase())) parts.set(name.toLowerCase(), value);
  return parts;
}

/** The ids of a list, `a+b`, `a,b` or encoded once more than needed. */
export function listOf(value) {
  return decoded(value ?? "").split(/[\s,+]+/).filter(Boolean);
}

/** What of these ids is known, and what is not; letters are small in ids. */
export function splitKnown(ids, known) {
  const found = ids.map((id) => (known.has(id) ? id : known.has(id.toLowerCase()) ? id.toLowerCase() : null));
  return { known: found.filter(Boolean), unknown: ids.filter((_, at) => found[at] === null) };
}

function decoded(text, rounds = 4) {
  let now = text;
  for (let round = 0; round < rounds && /%[0-9a-f]{2}/i.test(now); round++) {
    try {
      now = decodeURIComponent(now.replace(/%(?![0-9a-f]{2})/gi, ""));
    } catch {
      return now; // bytes that are no text
    }
  }
  return now;
}
