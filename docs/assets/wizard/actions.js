// What the buttons in questions and results do.
import { copyText, saveFile } from "./clipboard.js";

const BUTTONS =
  "[data-link], [data-clear], [data-rival], [data-show], [data-copy], [data-copy-link], [data-download]," +
  " [data-print], [data-retry], [data-save], [data-goto], [data-view], [data-confirm], [data-set], [data-drop-case]";

/** The button of a click; none when the click asks the browser for a new tab or window. */
export function buttonOf({ target, ctrlKey, metaKey, shiftKey }) {
  const button = ctrlKey || metaKey || shiftKey ? null : target.closest(BUTTONS);
  return button?.localName === "decision-wizard" ? null : button; // the element names its view as its buttons do
}

/** Does what a button says. Links to other answers are the element's business. */
export function pressed(wizard, button, event) {
  const { clear, rival, show, copy, copyLink, download, print, save, copied, goto, view, confirm, set, dropCase } = button.dataset;
  if (confirm) wizard.confirm(confirm);
  else if (set) wizard.set(set, button.dataset.then);
  else if (dropCase !== undefined) wizard.cases.change({ drop: dropCase });
  else if (clear) wizard.clear(clear);
  else if (rival !== undefined) {
    wizard.form.elements.rival.value = rival;
    wizard.answer({ field: "rival", then: "reasons" });
  } else if (show) wizard.views.lead(show, true);
  else if (copy !== undefined) copyFrom(wizard, button, button.closest("figure").querySelector("pre").textContent);
  else if (copyLink !== undefined) copyFrom(wizard, button, new URL(`#${copyLink}`, location.href).href);
  else if (download) saveFile(download, JSON.stringify(wizard.result, null, 2));
  else if (save) wizard.save(save, copied === undefined ? null : button);
  else if (view) switchView(wizard, view);
  else if (goto) {
    event.preventDefault(); // the fragment holds the answers
    goToQuestion(wizard, goto);
  } else if (print !== undefined) window.print();
  else wizard.retry();
}

/** A list that was opened to choose from closes behind the choice; focus stays where the list was. */
export function closeMenu(chosen) {
  const menu = chosen.closest("details.dw-presets");
  if (!menu) return;
  menu.querySelector("summary").focus();
  menu.open = false;
}

/** Copies a text, and says beside the button and to those who listen whether it worked. */
export async function copyFrom(wizard, button, text) {
  const done = await copyText(text);
  wizard.querySelector("[data-said]").textContent = done ? "Copied." : "Copying was refused by the browser.";
  button.dataset.done = done ? "yes" : "no";
  setTimeout(() => button.removeAttribute("data-done"), 2000);
}

function goToQuestion(wizard, id) {
  wizard.views.show("questions", { place: false });
  const place = wizard.folding.reopen(id);
  place.scrollIntoView({ block: "center" });
  (place.querySelector("input:checked") ?? place.querySelector("input")).focus({ preventScroll: true });
}

function switchView(wizard, view) {
  wizard.views.show(view);
  const target = view === "result" ? "#dw-leader-title" : ".dw-form";
  const heading = wizard.querySelector(target);
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  if (!wizard.views.isNarrow) heading.scrollIntoView({ block: "start" });
}
