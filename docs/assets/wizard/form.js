// Fields and their values. What they mean is Python's business.

export function formFields(form) {
  return [...new FormData(form)];
}

/** A slider has no name, and so no value in the form, until it is moved. */
export function nameSlider(control) {
  if (control.dataset.name) control.name = control.dataset.name;
}

/** Own facts have no control until the first result: they wait where theirs will be. */
export function keepOwnFacts(form, fields) {
  const place = form.closest("decision-wizard").querySelector('[data-region="own"]');
  for (const [name, value] of fields.filter(([name]) => name.startsWith("own.")))
    place.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  for (const control of place.children) control.setAttribute("form", form.id);
}

/** Fills in the answers of a share link. Fields inside the regions need no filling: they come as the result says. */
export function fillForm(form, fields) {
  const wanted = new Set(fields.map(([name, value]) => `${name}=${value}`));
  const numbers = new Map(fields.filter(([, value]) => /^\d+$/.test(value)));
  for (const control of form.elements) {
    if (control.name === "rival") control.value = "";
    if (!control.dataset.question) continue;
    if (control.type === "number") control.value = numbers.get(control.name) ?? "";
    else control.checked = wanted.has(`${control.name}=${control.value}`);
  }
}

/** Empties all controls of a name, and gives the first of them. */
export function clearAnswer(form, name) {
  for (const control of form.elements) {
    if (control.name !== name) continue;
    if (control.type === "number") control.value = "";
    else control.checked = false;
  }
  return form.querySelector(`[name="${CSS.escape(name)}"]`);
}

/** Gives a question these answers and no others. */
export function fillAnswer(form, name, values) {
  for (const control of form.elements) {
    if (control.name !== name) continue;
    if (/^(?:radio|checkbox)$/.test(control.type)) control.checked = values.includes(control.value);
    else control.value = values[0];
  }
}
