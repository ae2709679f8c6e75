import type { Tx } from '../../db/tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { addDays, endOfDay, startOfDay } from '../../schemas/time.ts';

export interface Term {
  id: string;
  code: string;
  startsOn: string;
  endsOn: string;
}

export interface TermPosition {
  /** The term at hand; between terms, the one that ended last. */
  current: Term;
  /** First instant after the current term's last day. */
  endsAt: string;
  /** Start of the next term as an instant, if one is planned. */
  nextStartsAt: string | null;
  /** The term whose close is being dealt with today, if any. */
  closing: Term | null;
}

/** Sheets handed in during the first two weeks of a term still belong to the close of the term before. */
const GRACE_DAYS = 14;

export async function listTerms(tx: Tx, collegeId: string): Promise<Term[]> {
  const rows = await tx('terms').where({ college_id: collegeId }).orderBy('starts_on');
  return rows.map((row: { id: string; code: string; starts_on: string; ends_on: string }) => ({
    id: row.id,
    code: row.code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
  }));
}

/** Where a legal date lies among a college's terms. Throws `no_term` when the college has none that has begun. */
export function termAt(terms: readonly Term[], today: string): TermPosition {
  const begun = terms.filter((term) => term.startsOn <= today);
  const current = begun.at(-1);
  if (!current) throw new Problem('no_term');
  const next = terms[begun.length];
  const before = begun.at(-2);
  const closing =
    current.endsOn < today ? current : before && today <= addDays(current.startsOn, GRACE_DAYS) ? before : null;
  return { current, endsAt: endOfDay(current.endsOn), nextStartsAt: next ? startOfDay(next.startsOn) : null, closing };
}
