import { appendLeaf } from '../../db/audit.ts';
import { markSeen } from '../../db/case-watch.ts';
import { plumbingTx } from '../../db/transaction.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { noLongerDue, systemActor } from '../cases/due-call.ts';
import type { DueCall } from '../cases/due-call.ts';
import { eventSeqOf } from '../cases/event-seq.ts';
import type { LoadedCase } from '../cases/load-case.ts';
import type { Register } from '../register.ts';
import { itemCommands } from './kinds.ts';
import type { OperationKind } from './kinds.ts';

interface OperationRow {
  id: string;
  college_id: string;
  kind: OperationKind;
  scope: string;
  created_by: string;
  paused_at: string | null;
  cancelled_at: string | null;
  finished_at: string | null;
}

interface Item {
  ordinal: number;
  item_id: string;
}

const PAGE = 200;
const AT_ONCE = 8;

/** Where an operation stands: a page while items wait, the report once none do. Paused or cancelled, nothing is due. */
export async function loadOperation(register: Register, id: string): Promise<LoadedCase> {
  const { operation, next, seq } = await readTx(register.db, async (tx) => ({
    operation: await tx<OperationRow>('operations').where({ id }).first(),
    next: (await waiting(tx, id, 1))[0],
    seq: await eventSeqOf(tx, id, 'cohortOperation'),
  }));
  const now = register.systemClock.now();
  const over = !operation || operation.finished_at !== null || operation.cancelled_at !== null;
  const due = over || operation.paused_at !== null ? [] : [dueOf(id, next)];
  await plumbingTx(register.db, 'loadOperation', (tx) =>
    markSeen(tx, { workflowType: 'cohortOperation', caseId: id, seq, nextDueAt: null, ended: over }, now),
  );
  return { seq, term: '', now, due, nextDeadline: null, ended: over } as LoadedCase;
}

function dueOf(id: string, next: Item | undefined) {
  if (next) return { kind: 'runPage', profile: 'page', opKey: `page/${id}/${next.ordinal}` };
  return { kind: 'writeReport', profile: 'page', opKey: `report/${id}` };
}

async function waiting(tx: Tx, id: string, limit: number): Promise<Item[]> {
  return tx('operation_items')
    .where({ operation_id: id, status: 'waiting' })
    .orderBy('ordinal')
    .limit(limit)
    .select('ordinal', 'item_id');
}

export interface PageContext {
  heartbeat(cursor: unknown): void;
  signal: AbortSignal;
}

/** One page of items through the same commands as single acts. An item already done is skipped by its row, which is the truth. */
export async function runPage(register: Register, { caseId }: DueCall, context: PageContext): Promise<void> {
  for (let done = 0; done < PAGE; done += AT_ONCE) {
    const { operation, items } = await readTx(register.db, async (tx) => ({
      operation: await tx<OperationRow>('operations').where({ id: caseId }).first(),
      items: await waiting(tx, caseId, AT_ONCE),
    }));
    const stopped =
      !operation || operation.paused_at !== null || operation.cancelled_at !== null || context.signal.aborted;
    if (stopped || items.length === 0) return;
    const results = [];
    for (const item of items) results.push({ ...item, code: await perform(register, operation, item) });
    await note(register, caseId, results);
    context.heartbeat(items.at(-1)?.ordinal);
  }
}

/** Not an answer: the item is tried again with its page. */
const passing: readonly ProblemCode[] = ['busy', 'internal', 'in_progress', 'storage_full', 'stale'];
const TRIES = 3;

/** Null when done, else the code of the refusal. Anything unexpected is thrown, and the page is tried again. */
async function perform(
  register: Register,
  operation: OperationRow,
  { item_id: pathwayId }: Item,
): Promise<string | null> {
  const { role } = JSON.parse(operation.scope) as { role: string };
  const by = { userId: operation.created_by, collegeId: operation.college_id, role };
  const call = { key: `${operation.id}/${pathwayId}`, by, input: { pathwayId } };
  for (let left = TRIES; ; left -= 1) {
    try {
      await itemCommands[operation.kind](register, call, operation.id);
      return null;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'stale' && left > 1) continue; // the case moved meanwhile: look again
      if (passing.includes(error.code)) throw error;
      return error.code;
    }
  }
}

async function note(
  register: Register,
  id: string,
  results: readonly (Item & { code: string | null })[],
): Promise<void> {
  await plumbingTx(register.db, 'noteOperation', async (tx) => {
    for (const { ordinal, code } of results) {
      await tx('operation_items')
        .where({ operation_id: id, ordinal })
        .update({ status: code === null ? 'done' : 'refused', code });
    }
    const counts = await countItems(tx, id);
    const last = await tx('operation_events').where({ operation_id: id }).max({ ordinal: 'ordinal' }).first();
    const row = {
      operation_id: id,
      ordinal: Number(last?.ordinal ?? 0) + 1,
      done: counts.done,
      refused: counts.refused,
    };
    await tx('operation_events').insert({ ...row, note: null, at: register.systemClock.now() });
  });
}

async function countItems(tx: Tx, id: string): Promise<{ waiting: number; done: number; refused: number }> {
  const rows: { status: 'waiting' | 'done' | 'refused'; count: number }[] = await tx('operation_items')
    .where({ operation_id: id })
    .groupBy('status')
    .select('status')
    .count({ count: '*' });
  const counts = { waiting: 0, done: 0, refused: 0 };
  for (const { status, count } of rows) counts[status] = Number(count);
  return counts;
}

/** Closes the operation with its counts and the refusals by code. Key: `report/{operation}`. Cancelled, or with items waiting, it stays as it is. */
export async function writeReport(register: Register, due: DueCall): Promise<void> {
  const call = { command: 'writeReport', key: due.opKey, by: systemActor, input: { ...due } };
  try {
    await writeTx(register.db, call, async (tx) => {
      const { waiting: open, ...counts } = await countItems(tx, due.caseId);
      const report = { ...counts, refusals: await countRefusals(tx, due.caseId) };
      const closed = await tx('operations')
        .where({ id: due.caseId })
        .whereNull('finished_at')
        .whereNull('cancelled_at')
        .update({ finished_at: register.systemClock.now(), report: JSON.stringify(report) });
      if (closed !== 1 || open > 0) noLongerDue();
      const object = { type: 'operation', id: due.caseId };
      await appendLeaf(tx, { kind: 'operation_finished', object, body: counts });
      return {};
    });
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'stale')) throw error;
  }
}

async function countRefusals(tx: Tx, id: string): Promise<Record<string, number>> {
  const rows: { code: string; count: number }[] = await tx('operation_items')
    .where({ operation_id: id, status: 'refused' })
    .groupBy('code')
    .orderBy('code')
    .select('code')
    .count({ count: '*' });
  return Object.fromEntries(rows.map(({ code, count }) => [code, Number(count)]));
}
