import { Problem } from '../schemas/problem.ts';
import type { Verdict } from './verdict.ts';

/** What choosing needs of a revision; legal dates as `YYYY-MM-DD`, instants as ISO UTC with milliseconds. */
export interface Revision {
  revision: number;
  validFrom: string;
  /** Exclusive. */
  validTo: string | null;
  publishedAt: string | null;
  withdrawnAt: string | null;
  suspensions?: readonly { from: string; to: string | null }[];
}

export type Selection<R extends Revision> =
  | { kind: 'chosen'; revision: R }
  /** In force but suspended: every case goes to a person. */
  | { kind: 'suspended'; revision: R }
  /** The date that chooses is not recorded. */
  | { kind: 'date_missing'; revision: R };

interface Question<R extends Revision> {
  revisions: readonly R[];
  /** One date for all, or the date by each revision's own date fact; null: not recorded. */
  effectiveDate: string | null | ((revision: R) => string | null);
  knownAt: string;
}

/** The revision that answers (rules.md §6). None is a problem, never a fallback. */
export function selectRevision<R extends Revision>({ revisions, effectiveDate, knownAt }: Question<R>): Selection<R> {
  const dateOf = typeof effectiveDate === 'function' ? effectiveDate : () => effectiveDate;
  const known = revisions.filter((revision) => isKnown(revision, knownAt)).sort((a, b) => b.revision - a.revision);
  for (const revision of known) {
    const date = dateOf(revision);
    // it may be the one that answers; a lower one must not answer in its stead
    if (date === null) return { kind: 'date_missing', revision };
    if (covers(revision, date)) return { kind: isSuspended(revision, knownAt) ? 'suspended' : 'chosen', revision };
  }
  throw new Problem('no_rule_for_date', [{ pointer: '/effectiveDate', code: 'no_rule_for_date', detail: { knownAt } }]);
}

// ISO dates and instants of one form order as text
function isKnown({ publishedAt, withdrawnAt }: Revision, knownAt: string): boolean {
  return publishedAt !== null && publishedAt <= knownAt && (withdrawnAt === null || withdrawnAt > knownAt);
}

function covers({ validFrom, validTo }: Revision, date: string): boolean {
  return validFrom <= date && (validTo === null || date < validTo);
}

function isSuspended({ suspensions = [] }: Revision, knownAt: string): boolean {
  return suspensions.some(({ from, to }) => from <= knownAt && (to === null || knownAt < to));
}

/** What every case gets while the revision that answers is suspended. */
export function suspendedVerdict(): Verdict {
  return { type: 'refer', code: 'referred', fired: [], missing: [], because: { kind: 'suspended' } };
}
