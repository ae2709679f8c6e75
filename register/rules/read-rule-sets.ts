import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import type { BindingView, RevisionItem, RuleSetView } from '../../schemas/api/rules.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { loadedByHash } from './loaded.ts';
import { covers } from './revision-row.ts';
import type { RevisionRow, RuleEventRow } from './revision-row.ts';

interface StoredRevision extends RevisionRow {
  author_name: string | null;
}

type EventRow = Pick<RuleEventRow, 'revision_id' | 'kind' | 'at'>;

interface Shelf {
  today: string;
  revisions: StoredRevision[];
  events: Map<string, EventRow[]>;
  bindings: BindingView[];
}

/** The rule library of a college: every rule set with its revisions, and what each is bound to. */
export async function listRuleSets(register: Register, by: Principal): Promise<{ items: RuleSetView[] }> {
  const shelf = await readTx(register.db, (tx) => loadShelf(register, tx, by));
  const sets = [...groupBy(shelf.revisions, (row) => row.rule_set).values()];
  return { items: sets.map((own) => ruleSetView(own, shelf)) };
}

export async function readRuleSet(register: Register, by: Principal, id: string): Promise<RuleSetView> {
  const found = (await listRuleSets(register, by)).items.find((set) => set.id === id);
  if (!found) throw new Problem('not_found');
  return found;
}

async function loadShelf({ systemClock }: Register, tx: Tx, by: Principal): Promise<Shelf> {
  const collegeId = collegeOf(by);
  const { today } = await collegeTime(tx, systemClock, collegeId);
  const revisions: StoredRevision[] = await tx('rule_revisions as r')
    .leftJoin('users as u', 'u.id', 'r.author_id')
    .where('r.college_id', collegeId)
    .orderBy(['r.rule_set', { column: 'r.revision', order: 'desc' }])
    .select('r.*')
    .select({ author_name: 'u.display_name' });
  const events: EventRow[] = await tx('rule_events as v')
    .join('rule_revisions as r', 'r.id', 'v.revision_id')
    .where('r.college_id', collegeId)
    .orderBy(['v.at', 'v.id'])
    .select('v.revision_id', 'v.kind', 'v.at');
  return {
    today,
    revisions,
    events: groupBy(events, (row) => row.revision_id),
    bindings: await readBindings(tx, collegeId),
  };
}

export async function readBindings(tx: Tx, collegeId: string): Promise<BindingView[]> {
  const rows = await tx('rule_bindings')
    .where({ college_id: collegeId })
    .orderBy(['purpose', 'scope', { column: 'from_on', order: 'desc' }])
    .select('id', 'purpose', 'scope', 'rule_set', 'from_on');
  return rows.map(({ id, purpose, scope, rule_set: ruleSet, from_on: fromOn }) => ({
    id,
    purpose,
    scope,
    ruleSet,
    fromOn,
  }));
}

export async function listBindings({ db }: Register, by: Principal): Promise<{ items: BindingView[] }> {
  return readTx(db, async (tx) => ({ items: await readBindings(tx, collegeOf(by)) }));
}

function ruleSetView(own: readonly StoredRevision[], { today, events, bindings }: Shelf): RuleSetView {
  const newest = own[0]!;
  const { doc } = loadedByHash(newest.hash, newest.document);
  const states = own.map((row) => revisionState(events.get(row.id) ?? []));
  // as the rule book chooses: the highest published revision whose dates hold
  const answers = own.findIndex(
    (row, index) => ['published', 'suspended'].includes(states[index]!.state) && covers(row, today),
  );
  return {
    id: newest.rule_set,
    title: doc.title,
    subject: doc.decision.subject,
    question: doc.decision.question,
    bindings: bindings.filter(({ ruleSet }) => ruleSet === newest.rule_set),
    revisions: own.map((row, index) => ({ ...revisionHead(row), ...states[index]!, inForce: index === answers })),
  };
}

function revisionHead(row: StoredRevision) {
  return {
    id: row.id,
    revision: Number(row.revision),
    hash: row.hash,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    frozenAt: row.frozen_at,
    author: { id: row.author_id, name: row.author_name },
  };
}

function revisionState(events: readonly EventRow[]): Pick<RevisionItem, 'state' | 'publishedAt'> {
  const publishedAt = events.find(({ kind }) => kind === 'published')?.at ?? null;
  const last = events.at(-1)?.kind;
  if (last === undefined) return { state: 'frozen', publishedAt };
  return { state: last === 'resumed' ? 'published' : last, publishedAt };
}
