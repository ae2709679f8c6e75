import type { Tx } from '../../db/tx.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { Problem } from '../../schemas/problem.ts';
import { dateText, legalDateOf } from '../../schemas/time.ts';
import { loadedByHash } from './loaded.ts';

export const purposes = ['eligibility', 'credit', 'skill_conclusion', 'diploma_conclusion', 'title', 'policy'] as const;
export type Purpose = (typeof purposes)[number];

interface Binding {
  purpose: Purpose;
  scope: string;
  rule_set: string;
  from_on: string;
}

interface RevisionRow {
  id: string;
  rule_set: string;
  revision: number;
  hash: string;
  document: string;
  valid_from: string;
  valid_to: string | null;
}

interface EventRow {
  revision_id: string;
  kind: 'published' | 'withdrawn' | 'suspended' | 'resumed';
  at: string;
}

export interface Selected {
  ruleSet: string;
  revision: number;
  hash: string;
  loaded: LoadedRuleset;
  /** The legal date that chose the revision. */
  effectiveDate: string;
  suspended: boolean;
}

/** The date that selects the revision is not known: nothing is decided before it is. */
export interface DateMissing {
  missingDate: string;
}

export interface Question {
  purpose: Purpose;
  /** What the binding is for: an outcome kind, a condition edition; `*` where there is one rule set for all. */
  scope: string;
  /** Value of a date fact `20260901`, or null when it is missing. */
  dateOf(fact: string): number | null;
}

/** The rules of one college as they were known at an instant of its clock: bindings and revisions in force, read once, asked often. */
export interface RuleBook {
  collegeId: string;
  knownAt: string;
  /** Throws `rule_not_bound` or `no_rule_for_date`. */
  select(question: Question): Selected | DateMissing;
  /** Changes when any answer could: key of caches. */
  stamp: string;
}

/** Architecture §9.6 and rules.md §6: bindings choose the rule set, then the effective date and what was known at `knownAt` the revision. */
export async function openRuleBook(tx: Tx, collegeId: string, knownAt: string): Promise<RuleBook> {
  const bindings: Binding[] = await tx('rule_bindings').where({ college_id: collegeId }).orderBy('from_on', 'desc');
  const events: EventRow[] = await tx('rule_events')
    .join('rule_revisions', 'rule_revisions.id', 'rule_events.revision_id')
    .where('rule_revisions.college_id', collegeId)
    .andWhere('rule_events.at', '<=', knownAt)
    .orderBy([{ column: 'rule_events.at' }, { column: 'rule_events.id' }])
    .select('rule_events.revision_id', 'rule_events.kind', 'rule_events.at');
  const live = liveRevisions(events);
  const rows: RevisionRow[] = await tx('rule_revisions').where({ college_id: collegeId }).whereIn('id', [...live.keys()]).orderBy('revision', 'desc');
  const stamp = rows.map((row) => `${row.hash}:${live.get(row.id)}`).join();
  return { collegeId, knownAt, stamp, select: (question) => select({ bindings, rows, live, knownAt }, question) };
}

type Standing = 'published' | 'suspended';

/** Published, not withdrawn; suspended until resumed. */
function liveRevisions(events: readonly EventRow[]): Map<string, Standing> {
  const live = new Map<string, Standing>();
  for (const { revision_id: id, kind } of events) {
    if (kind === 'withdrawn') live.delete(id);
    else if (kind === 'published' || live.has(id)) live.set(id, kind === 'suspended' ? 'suspended' : 'published');
  }
  return live;
}

interface Shelf {
  bindings: readonly Binding[];
  rows: readonly RevisionRow[];
  live: ReadonlyMap<string, Standing>;
  knownAt: string;
}

function select({ bindings, rows, live, knownAt }: Shelf, { purpose, scope, dateOf }: Question): Selected | DateMissing {
  const today = legalDateOf(knownAt);
  const bound = bindings.find((b) => b.purpose === purpose && (b.scope === scope || b.scope === '*') && b.from_on <= today);
  if (!bound) throw new Problem('rule_not_bound', [{ pointer: '/purpose', code: 'rule_not_bound', detail: { purpose, scope } }]);
  let missingDate: string | null = null;
  for (const row of rows) {
    if (row.rule_set !== bound.rule_set) continue;
    const loaded = loadedByHash(row.hash, row.document);
    const value = dateOf(loaded.doc.validity.dateFact);
    if (value === null) {
      missingDate ??= loaded.doc.validity.dateFact;
      continue;
    }
    const effectiveDate = dateText(value);
    if (effectiveDate < row.valid_from || (row.valid_to !== null && effectiveDate >= row.valid_to)) continue;
    return { ruleSet: row.rule_set, revision: Number(row.revision), hash: row.hash, loaded, effectiveDate, suspended: live.get(row.id) === 'suspended' };
  }
  if (missingDate !== null) return { missingDate };
  throw new Problem('no_rule_for_date', [{ pointer: '/date', code: 'no_rule_for_date', detail: { purpose, ruleSet: bound.rule_set } }]);
}
