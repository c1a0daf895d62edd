// Hit conditions: `5` (on the fifth hit), `>5`, `>=5`, `<5`, `<=5`, `%5`.

/** Whether the `hits`-th hit counts. Throws on a condition that is none. */
export function hitCounts(condition: string | undefined, hits: number): boolean {
  if (condition === undefined) return true;
  const match = /^\s*(>=|>|<=|<|==?=?|%)?\s*(\d+)\s*$/.exec(condition);
  if (match === null) throw new Error(`Expected a hit condition such as 5, >5 or %5, found '${condition}'.`);
  const n = Number(match[2]);
  switch (match[1]) {
    case '>':
      return hits > n;
    case '>=':
      return hits >= n;
    case '<':
      return hits < n;
    case '<=':
      return hits <= n;
    case '%':
      return n > 0 && hits % n === 0;
    default:
      return hits === n;
  }
}
