import { addDays } from '../../schemas/time.ts';
import type { Finding } from './finding.ts';
import { filled, findingWords } from './sentences.ts';

/** When a revision is in force: from a day on, up to but not on another. */
export interface Period {
  from: string;
  to: string | null;
}

/** Days between the first and for ever on which no revision is in force; a case of such a day cannot be decided. */
export function dateGaps(revisions: readonly Period[]): Finding[] {
  const ordered = [...revisions].sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  const found: Finding[] = [];
  let covered = ordered[0]?.from ?? null;
  for (const { from, to } of ordered) {
    if (covered === null) break;
    if (from > covered) found.push(dateGap(covered, from));
    if (to === null) covered = null;
    else if (to > covered) covered = to;
  }
  return ordered.length === 0 || covered === null ? found : [...found, dateGap(covered, null)];
}

/** `to` is the first day that is covered again. */
function dateGap(from: string, to: string | null): Finding {
  const text =
    to === null
      ? filled(findingWords.date_gap_open, { from })
      : filled(findingWords.date_gap, { from, to: addDays(to, -1) });
  return {
    code: 'date_gap',
    severity: 'error',
    name: `date_gap:${from}:${to ?? 'open'}`,
    rules: [],
    nodes: [],
    pointer: '/validity',
    witness: null,
    regions: [],
    text,
  };
}
