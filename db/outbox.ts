import type { Database } from './open.ts';
import { pagesOf } from './rows.ts';
import type { PendingNudge, Query, Tx, TxContext } from './tx.ts';
import { contextOf } from './tx.ts';
import { plumbingTx } from './transaction.ts';

export interface NudgeInput {
  workflowType: string;
  caseId: string;
  /** Sent after all others, at most 50 a second. */
  bulk?: boolean;
  /** Other than the actor's college. */
  collegeId?: string;
  /** Not to be sent earlier than this instant (system time). */
  notBefore?: string;
}

/** Counts the event for the case and asks its workflow to look; written with the transaction's end. Twice in one command is once. */
export async function enqueueNudge(
  tx: Tx,
  { workflowType, caseId, bulk = false, collegeId, notBefore }: NudgeInput,
): Promise<void> {
  const { nudges, db, by } = contextOf(tx);
  const name = `${workflowType}/${caseId}`;
  nudges.set(name, {
    workflowType,
    caseId,
    collegeId: collegeId ?? by.collegeId,
    bulk: bulk && (nudges.get(name)?.bulk ?? true),
    notBefore: notBefore ?? db.clock.now(),
  });
}

export interface BulkNudges extends Omit<NudgeInput, 'caseId' | 'bulk'> {
  caseIds: readonly string[];
}

/** As enqueueNudge for many cases, in a few statements. */
export async function enqueueBulkNudges(tx: Tx, { caseIds, ...rest }: BulkNudges): Promise<void> {
  for (const caseId of caseIds) await enqueueNudge(tx, { ...rest, caseId, bulk: true });
}

const PAGE = 1000;

/** The nudges gathered by a transaction, always in order of their cases, so that two commands cannot deadlock. */
export function inOrder({ nudges }: TxContext): PendingNudge[] {
  return [...nudges.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, nudge]) => nudge);
}

export async function writeNudges(tx: Tx, context: TxContext): Promise<void> {
  const { db } = context;
  const sorted = inOrder(context);
  for (const page of pagesOf(sorted, PAGE)) {
    const seqs = await countEvents(tx, db, page);
    await insertNudges(
      tx,
      page.map((nudge, i) => ({ ...nudge, seq: seqs[i] ?? null, createdAt: db.clock.now() })),
    );
  }
  if (db.dialect === 'postgres' && sorted.length > 0) await tx.raw(`SELECT pg_notify('${CHANNEL}', '')`);
}

/** The channel on which PostgreSQL tells relays at once. */
export const CHANNEL = 'dualcert_outbox';

/** event_seq + 1 under the row's lock. A case that had ended is open again until it has looked. */
async function countEvents(tx: Tx, db: Database, page: readonly PendingNudge[]): Promise<(number | null)[]> {
  const now = db.clock.now();
  const values = page.flatMap(({ workflowType, caseId, collegeId }) => [workflowType, caseId, collegeId, now]);
  const sql = `INSERT INTO case_watch (workflow_type, case_id, college_id, event_seq, changed_at, seen_seq)
    VALUES ${page.map(() => '(?, ?, ?, 1, ?, 0)').join(',')}
    ON CONFLICT (workflow_type, case_id) DO UPDATE
    SET event_seq = case_watch.event_seq + 1, changed_at = excluded.changed_at, ended_at = NULL
    RETURNING workflow_type, case_id, event_seq`;
  const rows = rowsOf<{ workflow_type: string; case_id: string; event_seq: number }>(await tx.raw(sql, values));
  const seqs = new Map(rows.map((row) => [`${row.workflow_type}/${row.case_id}`, row.event_seq]));
  return page.map(({ workflowType, caseId }) => seqs.get(`${workflowType}/${caseId}`) ?? null);
}

/** SQLite answers a raw query with its rows, PostgreSQL with a result that holds them. */
function rowsOf<T>(result: T[] | { rows: T[] }): T[] {
  return Array.isArray(result) ? result : result.rows;
}

interface NewNudge {
  workflowType: string;
  caseId: string;
  seq: number | null;
  bulk: boolean;
  notBefore: string;
  createdAt: string;
}

/** Without `seq` the workflow reads in any case. */
export async function insertNudges(tx: Tx, nudges: readonly NewNudge[]): Promise<void> {
  const sql = 'INSERT INTO outbox (workflow_type, case_id, seq, priority, not_before, created_at) VALUES ';
  for (const page of pagesOf(nudges, PAGE)) {
    const values = page.flatMap(({ workflowType, caseId, seq, bulk, notBefore, createdAt }) => [
      ...[workflowType, caseId, seq, bulk ? 1 : 0, notBefore, createdAt],
    ]);
    await tx.raw(sql + page.map(() => '(?, ?, ?, ?, ?, ?)').join(','), values);
  }
}

export interface UnsentNudge {
  id: number;
  workflowType: string;
  caseId: string;
  seq: number | null;
  priority: number;
  attempts: number;
}

/** What the relay has to send now, urgent first. Never "id > last seen": commit order is not id order. */
export async function unsentNudges(db: Database, limit = 200): Promise<UnsentNudge[]> {
  const columns = ['id', 'workflow_type as workflowType', 'case_id as caseId', 'seq', 'priority', 'attempts'];
  return unsent(db.reader)
    .where('not_before', '<=', db.clock.now())
    .orderBy(['priority', 'id'])
    .limit(limit)
    .select<UnsentNudge[]>(columns);
}

const unsent = (query: Query) => query('outbox').whereNull('sent_at');

export async function markSent(db: Database, ids: readonly number[]): Promise<void> {
  await plumbingTx(db, 'markSent', async (tx) => {
    for (const page of pagesOf(ids, PAGE)) await unsent(tx).whereIn('id', page).update({ sent_at: db.clock.now() });
  });
}

/** A failed row waits: one second, doubling to sixty. Returns nothing is lost, only later. */
export async function postpone(
  db: Database,
  ids: readonly number[],
  { until, code }: { until: string; code: string },
): Promise<void> {
  await plumbingTx(db, 'postpone', async (tx) => {
    for (const page of pagesOf(ids, PAGE)) {
      await unsent(tx).whereIn('id', page).increment('attempts', 1).update({ not_before: until, error_code: code });
    }
  });
}

export async function deleteOldSent(db: Database, before: string): Promise<number> {
  return plumbingTx(db, 'deleteOldSent', (tx) =>
    tx('outbox').whereNotNull('sent_at').where('sent_at', '<', before).delete(),
  );
}

export interface OutboxHealth {
  unsent: number;
  oldestAt: string | null;
}

export async function outboxHealth(db: Database): Promise<OutboxHealth> {
  const row = await unsent(db.reader)
    .count({ unsent: '*' })
    .min({ oldestAt: 'created_at' })
    .first<OutboxHealth | undefined>();
  return { unsent: row?.unsent ?? 0, oldestAt: row?.oldestAt ?? null };
}
