import { prepareDifference } from '../../rules/analysis/difference.ts';
import type { PreparedDifference } from '../../rules/analysis/difference.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { sameOutcome } from '../../rules/preview.ts';
import type { Answer, Pair } from './compare.ts';

/** Verdicts held against the exact difference of the two documents that decided them. */
export interface CrossCheck {
  checked: number;
  /** The outcome changes outside the difference, or does not change within it. */
  disagreed: number;
  /** The difference itself could not be decided. */
  undecided: number;
}

/** A verdict's outcome changes if and only if its facts lie in the exact difference (rules.md §7); a second way to the same answer. */
export function crossCheck(pairs: readonly Pair[]): CrossCheck {
  const counts: CrossCheck = { checked: 0, disagreed: 0, undecided: 0 };
  for (const { before, after } of pairs) {
    const [base, draft] = [decidedBy(before), decidedBy(after)];
    if (!base || !draft || base.hash === draft.hash || base.doc.id !== draft.doc.id) continue;
    if (before.facts !== after.facts) continue;
    const { difference, holds } = prepared(base, draft);
    if (!difference.decided) counts.undecided += 1;
    else {
      counts.checked += 1;
      if (holds(before.facts) === sameOutcome(before.side, after.side)) counts.disagreed += 1;
    }
  }
  return counts;
}

/** The document that said so by itself, not by being suspended, and of facts that it admits. */
function decidedBy({ selected, side }: Answer): LoadedRuleset | null {
  return 'loaded' in selected && !selected.suspended && side.type !== 'error' ? selected.loaded : null;
}

const known = new WeakMap<LoadedRuleset, WeakMap<LoadedRuleset, PreparedDifference>>();

/** Worked out once a pair of documents. */
function prepared(base: LoadedRuleset, draft: LoadedRuleset): PreparedDifference {
  const ofDraft = known.get(draft) ?? new WeakMap<LoadedRuleset, PreparedDifference>();
  known.set(draft, ofDraft);
  const found = ofDraft.get(base) ?? prepareDifference(base, draft);
  ofDraft.set(base, found);
  return found;
}
