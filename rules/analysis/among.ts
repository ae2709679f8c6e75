import type { LoadedRuleset } from '../load.ts';
import { equivalenceCycles } from './cycles.ts';
import { dateGaps } from './dates.ts';
import type { Period } from './dates.ts';
import type { Finding } from './finding.ts';

export interface Neighbours {
  /** When the other revisions of the same rule set are in force. */
  periods: readonly Period[];
  /** What else is in force in the college, one revision a rule set. */
  others: readonly LoadedRuleset[];
}

/** What a document brings about among others that it does not show by itself: days without rules, rounds that raise. */
export function findingsAmong(draft: LoadedRuleset, { periods, others }: Neighbours): Finding[] {
  const { id, validity } = draft.doc;
  const kept = others.filter(({ doc }) => doc.id !== id);
  const known = new Set(equivalenceCycles(kept).map(({ name }) => name));
  return [
    ...dateGaps([...periods, validity]),
    ...equivalenceCycles([...kept, draft]).filter(({ name }) => !known.has(name)),
  ];
}
