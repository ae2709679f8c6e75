/** A case that may be drawn for the second opinion. */
export interface Drawn {
  /** Of what is drawn apart: a transition such as `grant>deny`, or an outcome. */
  stratum: string;
  priority: number;
  ref: string;
}

/**
 * A number of a case that is random under the seed and the same each time: cases with the lowest ones are drawn, wherever and in
 * whatever order they are met.
 */
export function priorityOf(seed: number, ref: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let i = 0; i < ref.length; i += 1) hash = Math.imul(hash ^ ref.charCodeAt(i), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The lowest of each stratum, as many as could ever be asked for; what a part of the cohort hands on. */
export function lowest(drawn: readonly Drawn[], most: number): Drawn[] {
  const strata = strataOf(drawn);
  return [...strata.values()].flatMap((stratum) => stratum.sort(byPriority).slice(0, most));
}

/** `most` cases in all, shared among the strata by their size, at least one each; everything where there are no more. */
export function drawSample(drawn: readonly Drawn[], sizes: Readonly<Record<string, number>>, most: number): Drawn[] {
  const strata = [...strataOf(drawn)].sort(([a], [b]) => (a < b ? -1 : 1));
  const total = strata.reduce((sum, [name]) => sum + (sizes[name] ?? 0), 0);
  if (total <= most) return strata.flatMap(([, stratum]) => stratum.sort(byPriority));
  const shares = strata.map(([name, { length }]) =>
    Math.min(length, Math.max(1, Math.floor(((sizes[name] ?? 0) * most) / total))),
  );
  let left = most - shares.reduce((sum, share) => sum + share, 0);
  // one for each of the small strata may be more than there is to share
  while (left < 0) {
    shares[shares.indexOf(Math.max(...shares))]! -= 1;
    left += 1;
  }
  // what rounding left over goes to those who have more, in turn
  for (let moved = true; left > 0 && moved; ) {
    moved = false;
    for (const [i, [, stratum]] of strata.entries()) {
      if (left === 0 || shares[i]! >= stratum.length) continue;
      shares[i]! += 1;
      left -= 1;
      moved = true;
    }
  }
  return strata.flatMap(([, stratum], i) => stratum.sort(byPriority).slice(0, shares[i]));
}

const byPriority = (a: Drawn, b: Drawn): number => a.priority - b.priority || (a.ref < b.ref ? -1 : 1);

function strataOf(drawn: readonly Drawn[]): Map<string, Drawn[]> {
  const strata = new Map<string, Drawn[]>();
  for (const one of drawn) {
    const known = strata.get(one.stratum);
    if (known) known.push(one);
    else strata.set(one.stratum, [one]);
  }
  return strata;
}
