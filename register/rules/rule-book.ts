import type { Rows } from '../../db/keyset.ts';
import type { Tx } from '../../db/tx.ts';
import type { LoadedRuleset } from '../../rules/load.ts';
import { selectRevision } from '../../rules/select.ts';
import type { Revision } from '../../rules/select.ts';
import { Problem } from '../../schemas/problem.ts';
import { dateText, legalDateOf } from '../../schemas/time.ts';
import { groupBy } from '../facts/rows.ts';
import { documentsOf, loadedByHash } from './loaded.ts';
import type { RevisionRow, RuleEventRow } from './revision-row.ts';

export const purposes = ['eligibility', 'credit', 'skill_conclusion', 'diploma_conclusion', 'title', 'policy'] as const;
export type Purpose = (typeof purposes)[number];

interface Binding {
  purpose: Purpose;
  scope: string;
  rule_set: string;
  from_on: string;
}

/** What choosing needs of a revision. */
type ShelfRow = Omit<RevisionRow, 'college_id' | 'author_id' | 'frozen_at'>;
type EventRow = Pick<RuleEventRow, 'revision_id' | 'kind' | 'at'>;

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
  /** The same book as it would answer with this document published now: what an impact preview compares it with. */
  withDraft(draft: LoadedRuleset): RuleBook;
}

/** Architecture §9.6 and rules.md §6: bindings choose the rule set, then the effective date and what was known at `knownAt` the revision. */
export async function openRuleBook(tx: Tx, collegeId: string, knownAt: string): Promise<RuleBook> {
  const bindings: Binding[] = await tx('rule_bindings')
    .where({ college_id: collegeId })
    .where((known: Rows) => void known.whereNull('recorded_at').orWhere('recorded_at', '<=', knownAt))
    .orderBy('from_on', 'desc');
  const events: EventRow[] = await tx('rule_events')
    .join('rule_revisions', 'rule_revisions.id', 'rule_events.revision_id')
    .where('rule_revisions.college_id', collegeId)
    .andWhere('rule_events.at', '<=', knownAt)
    .orderBy([{ column: 'rule_events.at' }, { column: 'rule_events.id' }])
    .select('rule_events.revision_id', 'rule_events.kind', 'rule_events.at');
  const byRevision = groupBy(events, (event) => event.revision_id);
  const heads: Omit<ShelfRow, 'document'>[] = await tx('rule_revisions')
    .where({ college_id: collegeId })
    .whereIn('id', [...byRevision.keys()])
    .select('id', 'rule_set', 'revision', 'hash', 'valid_from', 'valid_to');
  const documents = await documentsOf(tx, heads);
  const rows = heads.map((head): ShelfRow => ({ ...head, document: documents.get(head.hash) ?? '' })); // read in one snapshot
  const revisions = groupBy(
    rows.map((row) => shelved(row, byRevision.get(row.id) ?? [])),
    ({ row }) => row.rule_set,
  );
  const today = legalDateOf(knownAt);
  const holding = bindings.filter((binding) => binding.from_on <= today);
  return bookOf(collegeId, { bindings: holding, knownAt, revisions });
}

function bookOf(collegeId: string, shelf: Shelf): RuleBook {
  return {
    collegeId,
    knownAt: shelf.knownAt,
    select: (question) => select(shelf, question),
    withDraft: (draft) => bookOf(collegeId, withDraft(shelf, draft)),
  };
}

/** The draft above all that is there, whatever number it will get. */
function withDraft(shelf: Shelf, loaded: LoadedRuleset): Shelf {
  const { doc, hash } = loaded;
  const { from: valid_from, to: valid_to } = doc.validity;
  const head = { id: 'draft', rule_set: doc.id, revision: doc.revision, hash, document: '', valid_from, valid_to };
  const draft: Shelved = {
    row: head,
    loaded,
    revision: Number.MAX_SAFE_INTEGER,
    validFrom: valid_from,
    validTo: valid_to,
    publishedAt: shelf.knownAt,
    withdrawnAt: null,
  };
  const others = shelf.revisions.get(doc.id) ?? [];
  return { ...shelf, revisions: new Map([...shelf.revisions, [doc.id, [...others, draft]]]) };
}

interface Shelved extends Revision {
  row: ShelfRow;
  /** Given for a draft; what is stored is built once per hash. */
  loaded?: LoadedRuleset;
}

function loadedOf({ row, loaded }: Shelved): LoadedRuleset {
  return loaded ?? loadedByHash(row.hash, row.document);
}

/** A revision with what has happened to it: published, withdrawn, suspended from and to. */
function shelved(row: ShelfRow, events: readonly EventRow[]): Shelved {
  const at = (kind: EventRow['kind']): string | null => events.find((event) => event.kind === kind)?.at ?? null;
  const suspensions = events
    .filter((event) => event.kind === 'suspended')
    .map(({ at: from }) => ({
      from,
      to: events.find((event) => event.kind === 'resumed' && event.at > from)?.at ?? null,
    }));
  const { revision, valid_from: validFrom, valid_to: validTo } = row;
  return { row, revision, validFrom, validTo, publishedAt: at('published'), withdrawnAt: at('withdrawn'), suspensions };
}

interface Shelf {
  /** Those that hold on the day. */
  bindings: readonly Binding[];
  knownAt: string;
  revisions: ReadonlyMap<string, Shelved[]>;
}

function select({ bindings, revisions, knownAt }: Shelf, { purpose, scope, dateOf }: Question): Selected | DateMissing {
  const open = bindings.filter((binding) => binding.purpose === purpose);
  // what is bound to this very scope goes before what is bound to all
  const bound = open.find((binding) => binding.scope === scope) ?? open.find((binding) => binding.scope === '*');
  if (!bound)
    throw new Problem('rule_not_bound', [{ pointer: '/purpose', code: 'rule_not_bound', detail: { purpose, scope } }]);
  const effectiveDate = (one: Shelved): string | null => {
    const value = dateOf(loadedOf(one).doc.validity.dateFact);
    return value === null ? null : dateText(value);
  };
  const found = selectRevision({ revisions: revisions.get(bound.rule_set) ?? [], effectiveDate, knownAt });
  const { row } = found.revision;
  const loaded = loadedOf(found.revision);
  if (found.kind === 'date_missing') return { missingDate: loaded.doc.validity.dateFact };
  return {
    ruleSet: row.rule_set,
    revision: row.revision,
    hash: row.hash,
    loaded,
    effectiveDate: effectiveDate(found.revision) ?? '',
    suspended: found.kind === 'suspended',
  };
}
