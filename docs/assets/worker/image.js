// Python's memory over the wire. It saves most of the work of a first visit, for more than twice the bytes: so it is asked
// for only where the first bytes of another part show that it comes sooner than Python would be ready.
import { bytesOf, isCarried, parts, rateOf } from "./parts.js";

const IN_TIME_MS = 800; // for the whole image: about what a fast processor saves; slower ones save more
const PATIENCE = 3; // so many times longer than that, and it is given up: what the rate promised was not kept

const costs = ({ saveData, type, effectiveType } = {}) => saveData || type === "cellular" || /2g|3g/.test(effectiveType);

// Memory holds places in tables of functions, which engines without this feature fill in another order.
const fits = () => "Suspending" in WebAssembly;

/** True where the image would save time. */
export async function imageComesInTime() {
  const part = parts.get("image");
  if (!part || isCarried() || !fits() || costs(navigator.connection)) return false;
  return part.bytes / (await rateOf("python")) <= IN_TIME_MS;
}

/** The image; null where it did not arrive in time after all. */
export async function image() {
  try {
    return new Uint8Array(await bytesOf("image", IN_TIME_MS * PATIENCE));
  } catch {
    return null;
  }
}
