// The text after the # of an address. Mail programs and gateways escape and encode it, and add their own parts.
// The wizard's links are read by selector/case/link_text.py; this is what a page must undo before it knows what it has.

const LONGEST = 20_000; // characters that are read
const ENCODED_EQUALS = /%(?:25)*3d/i;
const NOT_ASCII = /(?:%(?:25)*[c-f][0-9a-f](?:%(?:25)*[89ab][0-9a-f])+)+/gi;
const UNSEEN = /[\s\u00ad\u200b-\u200f\u2060\ufeff]|%0[9ad]|%20$/gi;
const QUOTED_LINE = /(?:[\r\n]|%0[ad])(?:%20|%3e|%7c|[ >|])*|%3e%20(?=.*=)/gi; // how a line of a quoted mail begins
const AMPERSAND = /&(?:(?:amp|#0*38|#x0*26)(?:;|(?=&)))+/gi;
const MARKS = /(?:[)\]}>"'”’».,;:!|*_…。」]|%(?:2[279ace]|3[abe]|5[df]|7[cd]))+$/i; // of what was written around it

/** The text of a fragment without what was done to it as a whole. Its values stay as they are. */
export function fragmentText(fragment) {
  let text = plain(inside(fragment.slice(0, LONGEST)));
  for (let round = 0; round < 4; round++) {
    text = text.replace(AMPERSAND, "&").replace(/&(?:equals|#0*61|#x0*3d);/gi, "=");
    if (text.includes("=") || !ENCODED_EQUALS.test(text)) break;
    text = plain(decoded(text, 1)); // as a whole, once, so that a link in a link stays one value
  }
  return text.replace(/^(?:[#!?/&]|%23)+/i, "").replace(MARKS, "");
}

/** Signs as they are meant: wide ones and dashes of editors, without backslashes, ends of lines and what cannot be seen. */
function plain(text) {
  return text
    .replace(NOT_ASCII, (found) => decoded(found))
    .replace(/[\uff01-\uff5e\ufe50-\ufe6b]/g, (sign) => sign.normalize("NFKC"))
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(QUOTED_LINE, "")
    .replace(UNSEEN, "")
    .replace(/\\|%5c/gi, "");
}

/** The fragment of the address that a gateway has put into its own, `url=https%3A%2F%2Fhost%2Fpage%2F%23name%3Dvalue`. */
function inside(text) {
  for (const piece of text.split(/[&?]/)) {
    let value = piece.slice(piece.indexOf("=") + 1);
    for (let round = 0; round < 4 && /^[a-z]+(?::|%(?:25)*3a)/i.test(value); round++) {
      const found = value.match(/^[^#]*#(.*=.*)$/);
      if (found) return found[1];
      value = decoded(value, 1);
    }
  }
  return text;
}

/**
 * What belongs behind the # but came in the query goes back to where no server sees it: a gateway has put it there, as it
 * is or inside an address. names: what its parts can be called. Parts behind the # count first.
 */
export function mendQuery(names) {
  const before = "(?:^|[&?#/]|%(?:25)*(?:2[36f]|3f)|-(?:2[36]|3f))";
  const mark = new RegExp(`${before}(?:${names.join("|")})(?:=|%(?:25)*3d|%ef%bc%9d|-3d)`, "i");
  const query = location.search.slice(1);
  const found = query.search(mark);
  if (found < 0 || mark.test(location.hash.slice(1))) return;
  const start = query.lastIndexOf("&", found) + 1;
  const address = new URL(location.href);
  address.search = query.slice(0, Math.max(0, start - 1));
  address.hash = [query.slice(start), location.hash.slice(1)].filter(Boolean).join("&");
  history.replaceState(null, "", address);
}

/** The page's address without a fragment. */
export function bareAddress() {
  return location.href.split("#")[0];
}

/** Its parts by name, in small letters; of two parts of one name the first. */
export function fragmentParts(fragment) {
  const parts = new Map();
  for (const [name, value] of new URLSearchParams(fragmentText(fragment).replace(/[;#]/g, "&")))
    if (!parts.has(name.toLowerCase())) parts.set(name.toLowerCase(), value);
  return parts;
}

/** The ids of a list, `a+b`, `a,b` or encoded once more than needed; a label or a tag behind one is apart. */
export function listOf(value) {
  return decoded(value ?? "").split(/[\s,+]+|(?<=[a-z0-9])(?=[|<"([{*])/i).filter(Boolean);
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
