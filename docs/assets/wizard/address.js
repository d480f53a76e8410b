// The share link in the page's address.
import { fragmentText } from "../shared/fragment.js";

/** The fragment holds a link's text; an anchor never has a "=". */
export function isShareLink(fragment) {
  return fragmentText(fragment).includes("=");
}

/** True for a fragment that is neither empty nor a place on this page. Python says what is wrong with it. */
export function isForeign(fragment) {
  const text = fragment.replace(/^#/, "");
  return text !== "" && !document.getElementById(text.slice(0, 200));
}

/** A link that lost its # on the way is in the query; it goes back to where no server sees it. */
export function mendAddress() {
  const query = location.search.slice(1);
  const start = query.search(/(?:^|&)v(?:=|%3d)\d/i);
  if (start < 0 || location.hash.length > 1) return;
  const link = query.slice(start).replace(/^&/, "");
  const rest = query.slice(0, start);
  history.replaceState(null, "", `${location.pathname}${rest && `?${rest}`}#${link}`);
}

export function currentLink() {
  return location.hash.slice(1);
}

/** how: push, replace, or keep the address as it is, unless it was damaged on its way: that must not be passed on. */
export function writeLink(link, how) {
  const damaged = fragmentText(location.hash) !== currentLink();
  if ((how === "keep" && !damaged) || currentLink() === link) return;
  const address = link ? `#${link}` : location.pathname + location.search;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
