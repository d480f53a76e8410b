// Runs while the browser is still reading the page, before the page's other scripts have arrived. A link like a worked
// example shows that example's recommendation with the first paint. All else about a link is the wizard's business.
import { exampleFor, leaderOf, showLeader } from "../wizard/example.js";

const { hash } = location;

/** What `find` looks for, as soon as the browser has read so far. */
function whenThere(find) {
  return new Promise((resolve) => {
    const look = () => {
      const found = find();
      if (!found) return;
      observer.disconnect();
      resolve(found);
    };
    const observer = new MutationObserver(look);
    observer.observe(document.documentElement, { childList: true, subtree: true });
    look();
  });
}

async function show(wizard, example, arriving) {
  const leader = await arriving;
  await whenThere(() => wizard.querySelector('[data-region="leader"] + *')); // what follows it: it is complete
  if (!leader || wizard.result || location.hash !== hash) return false;
  showLeader(wizard, example, leader);
  return true;
}

async function foretell(example) {
  const arriving = leaderOf(example).catch(() => null); // from disk, or without a network
  const wizard = await whenThere(() => document.querySelector("decision-wizard"));
  Object.assign(wizard.dataset, { opening: "first", view: "result" }); // before it is drawn otherwise
  wizard.foretold = show(wizard, example, arriving); // see wizard/element.js
}

const found = hash.includes("=") && exampleFor(hash.slice(1));
if (found) foretell(found);
