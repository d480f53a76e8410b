// What the build knows of a link: the recommendation of a worked example with the same answers, or the same core answers,
// is shown until Python has worked out the link's own. It was rendered with the example's page; nothing is decided here.
import { fragmentParts } from "../shared/fragment.js";

const EXAMPLES = new URL("examples/", document.currentScript.src); // see hooks/render/pages/examples.py
const NO_ANSWERS = new Set(["v", "r", "made"]);

function answersOf(link) {
  const parts = [...fragmentParts(link)].filter(([name]) => !NO_ANSWERS.has(name));
  return new Map(parts.map(([name, value]) => [name.replace(/^q\./, ""), value.toLowerCase()]));
}

/** The example for a link: {id, page, title, whole}; whole: all answers are the same. Null when there is none. */
function exampleFor(form, link) {
  const given = answersOf(link);
  const core = [...form.querySelectorAll(".dw-core [data-question]")].map((control) => control.dataset.question);
  const agrees = (known, names) => [...names].every((name) => known.get(name) === given.get(name));
  let found = null;
  for (const { href, dataset, textContent } of form.querySelectorAll(".dw-presets a[data-link]")) {
    const known = answersOf(dataset.link);
    const example = { id: dataset.example, page: href, title: textContent };
    if (known.size === given.size && agrees(known, given.keys())) return { ...example, whole: true };
    if (!found && core.some((name) => given.has(name)) && agrees(known, core)) found = { ...example, whole: false };
  }
  return found;
}

async function leaderOf({ id, page }) {
  const response = await fetch(new URL(`${id}.txt`, EXAMPLES), { priority: "high" });
  if (!response.ok) return null;
  const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const link of body.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), page);
  return body.querySelector(".dw-leader");
}

/** Shows an example's recommendation for a link, marked as what it is, if `isWanted` says that none has come meanwhile. */
export async function showExample(wizard, link, isWanted) {
  const example = exampleFor(wizard.form, link);
  if (!example) return false;
  const leader = await leaderOf(example).catch(() => null); // from disk, or without a network
  if (!leader || !isWanted()) return false;
  const note = document.createElement("p");
  note.className = "dw-foretold";
  const same = example.whole ? "the same answers" : "the same core answers";
  note.textContent = `Preview from the example “${example.title}”, which has ${same}. Your result is being calculated.`;
  const region = wizard.querySelector('[data-region="leader"]');
  leader.querySelector(".dw-eyebrow").textContent = "Preview from an example";
  region.replaceChildren(leader, note); // below it, so that nothing moves when the note goes
  region.toggleAttribute("data-foretold", true);
  return true;
}
