// What the build knows of a link: the recommendation of a worked example with the same answers, or the same core answers,
// is shown until Python has worked out the link's own. It was rendered with the example's page; nothing is decided here.
import { fragmentParts } from "../shared/fragment.js";

const NO_ANSWERS = new Set(["v", "r", "made"]);

function answersOf(link) {
  const parts = [...fragmentParts(link)].filter(([name]) => !NO_ANSWERS.has(name));
  return new Map(parts.map(([name, value]) => [name.replace(/^q\./, ""), value.toLowerCase()]));
}

/** The example for a link: {preview, page, title, whole}; whole: all answers are the same. Null when there is none. */
export function exampleFor(link) {
  const place = document.getElementById("dw-examples"); // the build puts it there: hooks/render/pages/wizard.py
  if (!place) return null;
  const { core, preview, page, examples } = JSON.parse(place.textContent);
  const given = answersOf(link);
  const agrees = (known, names) => names.every((name) => known[name] === given.get(name));
  const names = [...given.keys()];
  const whole = examples.find(([, , known]) => Object.keys(known).length === names.length && agrees(known, names));
  const like = core.some((name) => given.has(name)) && examples.find(([, , known]) => agrees(known, core));
  if (!whole && !like) return null;
  const [id, title] = whole || like;
  return { preview: preview.replace("*", id), page: page.replace("*", id), title, whole: !!whole };
}

/** An example's recommendation, ready to be put into this page; null when the host has none. */
export async function leaderOf({ preview, page }) {
  const response = await fetch(new URL(preview, document.baseURI), { priority: "high" });
  if (!response.ok) return null;
  const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
  const place = new URL(page, document.baseURI);
  for (const link of body.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), place);
  return body.querySelector(".dw-leader");
}

/** Puts an example's recommendation where the result will be, marked as what it is. */
export function showLeader(wizard, { title, whole }, leader) {
  const note = document.createElement("p");
  note.className = "dw-foretold";
  const same = whole ? "the same answers" : "the same core answers";
  note.textContent = `Preview from the example “${title}”, which has ${same}. `;
  const coming = note.appendChild(document.createElement("span")); // not after a failure, see status.css
  Object.assign(coming, { className: "dw-coming", textContent: "Your result is being calculated." });
  const region = wizard.querySelector('[data-region="leader"]');
  leader.querySelector(".dw-eyebrow").textContent = "Preview from an example";
  region.replaceChildren(leader, note); // below it, so that nothing moves when the note goes
  region.toggleAttribute("data-foretold", true);
}

/** Shows an example's recommendation for a link, if `isWanted` says that no result has come meanwhile. */
export async function showExample(wizard, link, isWanted) {
  const example = exampleFor(link);
  if (!example) return false;
  const leader = await leaderOf(example).catch(() => null); // from disk, or without a network
  if (!leader || !isWanted()) return false;
  showLeader(wizard, example, leader);
  return true;
}
