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

export function currentLink() {
  return location.hash.slice(1);
}

/** how: push, replace, or keep the address as it is, unless it was damaged on its way: that must not be passed on. */
export function writeLink(link, how) {
  const damaged = fragmentText(location.hash) !== currentLink();
  if ((how === "keep" && !damaged) || currentLink() === link) return;
  const address = link ? `#${link}` : bareAddress();
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
