// The answers that were given, each a button that leads back to its question. They are in the page's own form, so the
// list is there at once and nothing moves when the result comes.

const textOf = (node) => node.textContent.trim().replace(/\s+/g, " ");

function answerOf(question) {
  const texts = [];
  for (const control of question.querySelectorAll("[data-question]")) {
    if (control.type === "number") {
      const unit = control.nextElementSibling;
      if (control.value) texts.push(`${control.value} ${unit ? textOf(unit) : ""}`.trim());
    } else if (control.checked) {
      const label = control.nextElementSibling.firstChild; // without its help
      const unsure = control.closest(".dw-unsure");
      texts.push(unsure ? `${textOf(label)}: ${textOf(question.querySelector("legend"))}` : textOf(label));
    }
  }
  return texts.join(", ");
}

function entry(question, answer) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "dw-chip";
  button.dataset.goto = question.id;
  button.title = textOf(question.querySelector("legend"));
  button.textContent = answer;
  const read = question.hasAttribute("data-read") && question.querySelector("[data-read-short]");
  if (read) button.append(Object.assign(document.createElement("small"), { textContent: read.dataset.readShort }));
  button.setAttribute("aria-label", `${button.title} ${answer}${read ? `, ${read.dataset.readShort}` : ""}, change`);
  item.append(button);
  return item;
}

/** Lists what is answered and asked. */
export function listAnswers(form) {
  const list = form.querySelector(".dw-given");
  const items = [];
  for (const question of form.querySelectorAll(".dw-question[data-given]:not([data-asked='no'])"))
    items.push(entry(question, answerOf(question)));
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.goto : null;
  list.replaceChildren(...items);
  list.closest(".dw-answered").hidden = !items.length;
  if (focused) list.querySelector(`[data-goto="${CSS.escape(focused)}"]`)?.focus();
}
