// What the buttons in questions and results do.
import { copyText, saveFile } from "./clipboard.js";

const BUTTONS =
  "[data-link], [data-clear], [data-rival], [data-show], [data-copy], [data-copy-link], [data-download]," +
  " [data-print], [data-retry], [data-save], [data-goto], [data-confirm], [data-set]";

/** The button of a click; none when the click asks the browser for a new tab or window. */
export function buttonOf({ target, ctrlKey, metaKey, shiftKey }) {
  return ctrlKey || metaKey || shiftKey ? null : target.closest(BUTTONS);
}

/** Does what a button says. Links to other answers are the element's business. */
export function pressed(wizard, button, event) {
  const { clear, rival, show, copy, copyLink, download, print, save, goto, confirm, set } = button.dataset;
  if (confirm) wizard.confirm(confirm);
  else if (set) wizard.set(set);
  else if (clear) wizard.clear(clear);
  else if (rival !== undefined) {
    wizard.form.elements.rival.value = rival;
    wizard.answer({ field: "rival", then: "reasons" });
  } else if (show) wizard.lead(show, true);
  else if (copy !== undefined) copyFrom(wizard, button, button.closest("figure").querySelector("pre").textContent);
  else if (copyLink !== undefined) copyFrom(wizard, button, new URL(`#${copyLink}`, location.href).href);
  else if (download) saveFile(download, JSON.stringify(wizard.result, null, 2));
  else if (save) wizard.save(save);
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

async function copyFrom(wizard, button, text) {
  const done = await copyText(text);
  wizard.querySelector("[data-said]").textContent = done ? "Copied." : "Copying was refused by the browser.";
  button.dataset.done = done ? "yes" : "no";
  setTimeout(() => button.removeAttribute("data-done"), 2000);
}

function goToQuestion(wizard, id) {
  const place = wizard.querySelector(`#${CSS.escape(id)}`);
  place.scrollIntoView({ block: "center" });
  place.querySelector("input").focus({ preventScroll: true });
}
