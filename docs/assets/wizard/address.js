// The share link in the page's address.
import { bareAddress, fragmentText } from "../shared/fragment.js";

/** The fragment holds a link's text; an anchor never has a "=". */
export function isShareLink(fragment) {
  return fragmentText(fragment).includes("=");
}

/** True for a fragment that is neither empty nor a place on this page. Python says what is wrong with it. */
export function isForeign(fragment) {
  const text = fragment.replace(/^#/, "");
  return text !== "" && !document.getElementById(text.slice(0, 200));
}

let read = location.hash.slice(1); // the last link that was read or written

export function currentLink() {
  read = location.hash.slice(1);
  return read;
}

/** how: push, replace, or keep the address as it is, unless it was damaged on its way: that must not be passed on. A link
    that has come and was not read yet stays: the browser is about to say so. */
export function writeLink(link, how) {
  const present = location.hash.slice(1);
  if (present !== read && isShareLink(present)) return;
  const damaged = fragmentText(location.hash) !== present;
  if ((how === "keep" && !damaged) || present === link) return;
  const address = link ? `#${link}` : bareAddress();
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  read = location.hash.slice(1); // as the browser writes it
}
