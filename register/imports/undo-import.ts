import { appendLeaf } from '../../db/audit.ts';
import { enqueueBulkNudges } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { batchOf, oneAtATime } from './commit-import.ts';
import type { BatchRow } from './commit-import.ts';
import type { Around, Batch, Dependent, ImportOptions, Writing } from './kind.ts';
import { kinds } from './kinds.ts';
import { aroundOf } from './stage-import.ts';
import type { ImportReport } from './stage-import.ts';

/** 撤销本批: as if the file had never been committed, while nothing rests on its rows; else the list of what does. */
export async function undoImport(
  register: Register,
  call: Call<{ batchId: string; reason: string }>,
): Promise<{ batch: string; state: 'undone' }> {
  const { by, input } = call;
  if (input.reason.trim() === '') throw new Problem('bad_input', [{ pointer: '/reason', code: 'reason_required' }]);
  return writeTx(register.db, { command: 'undoImport', ...call }, async (tx) => {
    await oneAtATime(register, tx, by.collegeId);
    const batch = await batchOf(tx, { id: input.batchId, collegeId: by.collegeId });
    if (batch.state !== 'committed') throw new Problem('import_not_committed');
    const around = await aroundBatch(register, tx, batch);
    const kind = kinds[batch.kind];
    const found = await kind.dependents(around, asBatch(batch));
    if (found.length > 0) throw inUse(found);
    const writing: Writing = {
      ...around,
      batchId: batch.id,
      actorId: by.userId,
      requestId: call.requestId ?? call.key,
    };
    const cases = await kind.undo(writing, asBatch(batch));
    const changed: number = await tx('import_batches')
      .where({ id: batch.id, version: batch.version, state: 'committed' })
      .update({ state: 'undone', undone_at: around.time.now, version: batch.version + 1 });
    if (changed !== 1) throw new Problem('stale');
    await appendLeaf(tx, {
      kind: 'import_undone',
      object: { type: 'import_batch', id: batch.id },
      reason: input.reason,
      body: { import: batch.kind, rows: batch.row_count },
    });
    await enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: cases });
    return { batch: batch.id, state: 'undone' };
  });
}

/** What keeps a committed batch from being undone, to be shown before anybody tries. */
export async function readDependents(
  register: Register,
  { id, collegeId }: { id: string; collegeId: string | null },
): Promise<Dependent[]> {
  return readTx(register.db, async (tx) => {
    const batch = await batchOf(tx, { id, collegeId });
    if (batch.state !== 'committed') return [];
    return kinds[batch.kind].dependents(await aroundBatch(register, tx, batch), asBatch(batch));
  });
}

function aroundBatch(register: Register, tx: Tx, batch: BatchRow): Promise<Around> {
  const places = JSON.parse(batch.report) as ImportReport;
  const options = JSON.parse(batch.options) as ImportOptions;
  return aroundOf(register, tx, { collegeId: batch.college_id, options, places, wantsWarnings: false });
}

const asBatch = ({ id, committed_at, report }: BatchRow): Batch => ({
  id,
  committedAt: committed_at ?? '',
  before: (JSON.parse(report) as ImportReport).before ?? null,
});

const inUse = (found: readonly Dependent[]): Problem =>
  new Problem(
    'import_in_use',
    found.map(({ code, count }) => ({ pointer: '', code: `used_by_${code}`, detail: { count } })),
  );
