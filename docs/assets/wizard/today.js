/** The visitor's day as 2026-11-23, but never before the site was built: a clock may be years behind. */
export function today(built) {
  const now = new Date();
  const date = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  return [date.join("-"), built ?? ""].sort().at(-1);
}
