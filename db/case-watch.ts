import { insertNudges } from './outbox.ts';
import type { Database } from './open.ts';
import { plumbingTx } from './transaction.ts';
import type { Query, Tx } from './tx.ts';

export interface CaseName {
  workflowType: string;
  caseId: string;
}

export interface CaseWatch extends CaseName {
  collegeId: string | null;
  eventSeq: number;
  changedAt: string;
  seenSeq: number;
  seenAt: string | null;
  nextDueAt: string | null;
  endedAt: string | null;
}

const COLUMNS = [
  ...[
    'workflow_type as workflowType',
    'case_id as caseId',
    'college_id as collegeId',
    'event_seq as eventSeq',
    'changed_at as changedAt',
  ],
  ...['seen_seq as seenSeq', 'seen_at as seenAt', 'next_due_at as nextDueAt', 'ended_at as endedAt'],
];

const at = ({ workflowType, caseId }: CaseName) => ({ workflow_type: workflowType, case_id: caseId });
const open = (query: Query) => query('case_watch').whereNull('ended_at');

export async function findCase(query: Query, name: CaseName): Promise<CaseWatch | null> {
  return (await query('case_watch').where(at(name)).first<CaseWatch | undefined>(COLUMNS)) ?? null;
}

/**
 * The case's event count, its row locked until the transaction ends: what was decided outside on an older count is stale.
 * Zero for a case without a row, which nothing has happened to.
 */
export async function lockCase(tx: Tx, name: CaseName): Promise<number> {
  const query = tx('case_watch').where(at(name));
  // SQLite has one writer and no FOR UPDATE; Knex leaves it out there
  const row = await query.forUpdate().first<{ event_seq: number } | undefined>('event_seq');
  return row?.event_seq ?? 0;
}

export interface Seen extends CaseName {
  /** The event count that the snapshot showed. */
  seq: number;
  /** On the college's clock. */
  nextDueAt: string | null;
  ended: boolean;
}

/** What a workflow's read has covered. A case ends only if nothing has happened since that read. Plumbing: no leaf. */
export async function noteSeen(db: Database, seen: Seen): Promise<void> {
  await plumbingTx(db, 'noteSeen', (tx) => markSeen(tx, seen, db.clock.now()));
}

/** As noteSeen, beside other plumbing in one transaction. */
export async function markSeen(tx: Tx, { seq, nextDueAt, ended, ...name }: Seen, now: string): Promise<void> {
  await tx('case_watch')
    .where(at(name))
    .where('seen_seq', '<=', seq)
    .update({ seen_seq: seq, seen_at: now, next_due_at: nextDueAt });
  if (ended) await open(tx).where(at(name)).where({ event_seq: seq }).update({ ended_at: now });
}

/** Ends the watch over a case in the transaction that ended it. */
export async function endCase(tx: Tx, name: CaseName, now: string): Promise<void> {
  await open(tx).where(at(name)).update({ ended_at: now });
}

export interface CasePage {
  collegeId?: string;
  workflowType?: string;
  after?: CaseName;
  limit: number;
}

/** Open cases in order of their names. */
export async function openCases(
  query: Query,
  { collegeId, workflowType, after, limit }: CasePage,
): Promise<CaseWatch[]> {
  const rows = open(query).orderBy(['workflow_type', 'case_id']).limit(limit);
  if (collegeId !== undefined) void rows.where('college_id', collegeId);
  if (workflowType !== undefined) void rows.where('workflow_type', workflowType);
  if (after !== undefined) void rows.whereRaw('(workflow_type, case_id) > (?, ?)', [after.workflowType, after.caseId]);
  return rows.select<CaseWatch[]>(COLUMNS);
}

/** Cases with an event that no read has covered, older than `changedBefore`. */
export async function unseenCases(
  query: Query,
  { changedBefore, limit }: { changedBefore: string; limit: number },
): Promise<CaseWatch[]> {
  return open(query)
    .whereRaw('event_seq > seen_seq')
    .where('changed_at', '<', changedBefore)
    .orderBy(['workflow_type', 'case_id'])
    .limit(limit)
    .select<CaseWatch[]>(COLUMNS);
}

const UNSEEN_MS = 60_000;
const OVERDUE_MS = 5 * 60_000;

export interface ReconcileOptions {
  /** The college clock's instant; null is a case of no college. */
  collegeNow(collegeId: string | null): Promise<string>;
  limit?: number;
}

/** Nudges again what nobody has looked at: events unseen for a minute, deadlines five minutes past. Returns how many. */
export async function reconcile(db: Database, { collegeNow, limit = 500 }: ReconcileOptions): Promise<number> {
  const changedBefore = earlier(db.clock.now(), UNSEEN_MS);
  const found = new Map<string, CaseWatch>();
  const note = (cases: readonly CaseWatch[]): void =>
    cases.forEach((one) => found.set(`${one.workflowType}/${one.caseId}`, one));
  note(await unseenCases(db.reader, { changedBefore, limit }));
  for (const collegeId of await collegesWithCases(db)) {
    note(await overdueCases(db, { collegeId, before: earlier(await collegeNow(collegeId), OVERDUE_MS), limit }));
  }
  return nudgeAgain(db, [...found.values()], { bulk: false });
}

async function collegesWithCases(db: Database): Promise<(string | null)[]> {
  return open(db.reader).distinct().pluck<(string | null)[]>('college_id');
}

interface Overdue {
  collegeId: string | null;
  before: string;
  limit: number;
}

/** A read after the deadline would have set a later one, so a past deadline has not been seen since. */
async function overdueCases(db: Database, { collegeId, before, limit }: Overdue): Promise<CaseWatch[]> {
  const rows = open(db.reader).where('next_due_at', '<=', before).limit(limit);
  return (collegeId === null ? rows.whereNull('college_id') : rows.where('college_id', collegeId)).select<CaseWatch[]>(
    COLUMNS,
  );
}

/** Nudges without a count, so that the workflow reads in any case; cases that wait for a nudge already are left out. */
export async function nudgeAgain(
  db: Database,
  cases: readonly CaseName[],
  { bulk }: { bulk: boolean },
): Promise<number> {
  if (cases.length === 0) return 0;
  const now = db.clock.now();
  return plumbingTx(db, 'nudgeAgain', async (tx) => {
    const waiting = await waitingNames(tx);
    const missing = cases.filter(({ workflowType, caseId }) => !waiting.has(`${workflowType}/${caseId}`));
    await insertNudges(
      tx,
      missing.map(({ workflowType, caseId }) => ({
        workflowType,
        caseId,
        seq: null,
        bulk,
        notBefore: now,
        createdAt: now,
      })),
    );
    return missing.length;
  });
}

async function waitingNames(tx: Tx): Promise<Set<string>> {
  const rows = await tx('outbox')
    .whereNull('sent_at')
    .distinct<{ workflow_type: string; case_id: string }[]>('workflow_type', 'case_id');
  return new Set(rows.map((row) => `${row.workflow_type}/${row.case_id}`));
}

function earlier(instant: string, millis: number): string {
  return new Date(Date.parse(instant) - millis).toISOString();
}

export interface Rebuild {
  collegeId?: string;
  workflowType?: string;
}

/** Nudges every open case, page by page: after Temporal's store is gone, each workflow starts again and reads. Returns how many. */
export async function rebuildNudges(db: Database, which: Rebuild = {}): Promise<number> {
  let nudged = 0;
  let after: CaseName | undefined;
  for (;;) {
    const page = await openCases(db.reader, { ...which, ...(after === undefined ? {} : { after }), limit: 1000 });
    nudged += await nudgeAgain(db, page, { bulk: true });
    after = page.at(-1);
    if (page.length < 1000) return nudged;
  }
}

/** For metrics and the health page. */
export async function caseCounts(db: Database): Promise<{ open: number; unseen: number }> {
  const [all, unseen] = await Promise.all([
    open(db.reader).count({ n: '*' }).first<{ n: number } | undefined>(),
    open(db.reader)
      .whereRaw('event_seq > seen_seq')
      .where('changed_at', '<', earlier(db.clock.now(), OVERDUE_MS))
      .count({ n: '*' })
      .first<{ n: number } | undefined>(),
  ]);
  return { open: all?.n ?? 0, unseen: unseen?.n ?? 0 };
}
