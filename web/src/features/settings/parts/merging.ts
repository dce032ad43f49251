/** What two people changed in the same thing: each one's own changes, the nearer one's where both did. */

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(tidy(one)) === JSON.stringify(tidy(other));

/** Without what is left out, its keys in order: what is the same looks the same. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (!isPlain(value)) return value;
  const kept = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(
    kept.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, each]) => [key, tidy(each)]),
  );
}

/** `mine` over `theirs`, both begun from `base`: what I did not touch is as they left it. Lists are taken whole. */
export function merged<Value>(base: Value, mine: Value, theirs: Value): Value {
  if (same(base, mine)) return theirs;
  if (!isPlain(base) || !isPlain(mine) || !isPlain(theirs)) return mine;
  const keys = new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)]);
  const found = [...keys].map((key) => [key, merged(base[key], mine[key], theirs[key])]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined)) as Value;
}
