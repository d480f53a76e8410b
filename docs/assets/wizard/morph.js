// Changes an element's HTML and keeps what the reader has open, focused or half moved.
import { Idiomorph } from "idiomorph/dist/idiomorph.min.js";

const OPTIONS = {
  morphStyle: "innerHTML",
  callbacks: { beforeAttributeUpdated: (name, element) => !isReaders(name, element) },
};

/** Nodes that stay the same stay in the page; elements with an id, a data-strategy or a data-key are found by it. */
export function morph(target, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const lent = [...lendIds(target), ...lendIds(template.content)];
  Idiomorph.morph(target, template.content, OPTIONS);
  for (const id of lent) target.querySelector(`[id="${CSS.escape(id)}"]`)?.removeAttribute("id");
}

// An open panel, a slider that is being pulled and the question that is being answered are the reader's choice, not the
// result's.
function isReaders(name, element) {
  if (name === "data-current") return true;
  if (name === "open") return element.nodeName === "DETAILS" && element.firstChild !== null;
  return name === "value" && element === document.activeElement;
}

// Idiomorph knows elements by their ids, and our keys are unique among siblings only: together with the keys around them
// they are ids for as long as it works.
function lendIds(root, path = "morph") {
  const lent = [];
  for (const element of root.children) {
    const key = element.dataset.strategy ?? element.dataset.key;
    const inner = key === undefined ? path : `${path} ${element.nodeName} ${key}`;
    if (key !== undefined && !element.id) lent.push((element.id = inner));
    lent.push(...lendIds(element, inner));
  }
  return lent;
}
