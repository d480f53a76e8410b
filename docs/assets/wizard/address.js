// The share link in the page's address.

const SHARE_LINK = /^#?[^#]*=/; // the fragment holds a link's text; an anchor never has a "="

export function isShareLink(fragment) {
  return SHARE_LINK.test(fragment);
}

export function currentLink() {
  return location.hash.slice(1);
}

/** how: push, replace, or keep the address as it is. */
export function writeLink(link, how) {
  if (how === "keep" || currentLink() === link) return;
  const address = link ? `#${link}` : location.pathname + location.search;
  if (how === "push") history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}
