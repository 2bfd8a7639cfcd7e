// Built forms, as the front end has them, changed or added to for a test.

/** A form with its keys in order: it is named by the hash of such bytes. */
export function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
