// Changes an element's HTML and keeps what the reader has open, focused or half moved. Nodes that stay the same stay in
// the page; elements with an id, a data-strategy or a data-key are found again by it.

const keyOf = (node) =>
  node.nodeType === Node.ELEMENT_NODE
    ? node.id || node.getAttribute("data-strategy") || node.getAttribute("data-key")
    : null;

export function morph(target, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  morphChildren(target, template.content);
}

function morphChildren(target, source) {
  const keyed = new Map();
  for (const child of target.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  const aside = document.createDocumentFragment();
  let cursor = target.firstChild;
  for (const fresh of [...source.childNodes]) {
    const old = counterpart(fresh, keyed, cursor);
    if (!old) {
      target.insertBefore(fresh, cursor);
      continue;
    }
    if (old !== cursor && old.contains(document.activeElement)) {
      // An element that moves loses focus, so those before it step aside instead, until it is their turn.
      while (cursor !== old) {
        const passed = cursor;
        cursor = cursor.nextSibling;
        aside.append(passed);
      }
    }
    if (old === cursor) cursor = cursor.nextSibling;
    else target.insertBefore(old, cursor);
    morphNode(old, fresh);
  }
  while (cursor) {
    const rest = cursor;
    cursor = cursor.nextSibling;
    rest.remove();
  }
}

function counterpart(fresh, keyed, cursor) {
  const key = keyOf(fresh);
  const old = key ? keyed.get(key) : cursor;
  if (!old || old.nodeName !== fresh.nodeName || keyOf(old) !== key) return null;
  keyed.delete(key);
  return old;
}

function morphNode(old, fresh) {
  if (old.isEqualNode(fresh) && !old.querySelector?.("input") && old.nodeName !== "INPUT") return;
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    // Open panels stay open: that is the reader's choice, not the result's.
    if (!fresh.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS")) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name === "open" && old.nodeName === "DETAILS") continue;
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.nodeName === "INPUT") {
    old.checked = fresh.checked;
    if (old !== document.activeElement) old.value = fresh.value; // else it is being dragged
  }
  morphChildren(old, fresh);
}
