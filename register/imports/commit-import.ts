import { appendLeaf, commitAll } from '../../db/audit.ts';
import { enqueueBulkNudges } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import type { Call, Query, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import type { ImportOptions, Row, Writing } from './kind.ts';
import { kinds } from './kinds.ts';
import { previewHash } from './preview.ts';
import { aroundOf, refuseSameFile } from './stage-import.ts';
import type { ImportReport } from './stage-import.ts';
import { stagedVals } from './staged-row.ts';

export interface CommitImport {
  batchId: string;
  /** Of the preview that was looked at. */
  previewHash: string;
  /** Leave the faulty rows out; without it a file with any fault is refused whole. */
  skipFaulty?: boolean;
}

export interface CommittedImport {
  batch: string;
  rows: number;
  /** What was written, in counts, as the preview said. */
  summary: Record<string, number>;
}

export interface BatchRow {
  id: string;
  college_id: string;
  kind: ImportKind;
  file_name: string;
  file_hash: string;
  preview_hash: string;
  state: 'previewed' | 'committed' | 'undone';
  options: string;
  report: string;
  row_count: number;
  fault_count: number;
  created_by: string;
  created_at: string;
  committed_at: string | null;
  undone_at: string | null;
  version: number;
}

/** Exactly what was previewed, in one transaction: the rows are checked again inside it, and any difference refuses the whole. */
export async function commitImport(register: Register, call: Call<CommitImport>): Promise<CommittedImport> {
  const { by, input } = call;
  const staged = await readTx(register.db, async (tx) => {
    const batch = await batchOf(tx, { id: input.batchId, collegeId: by.collegeId });
    return { batch, ...(await goodRows(tx, batch.id)) };
  });
  const kind = kinds[staged.batch.kind];
  const prepared = staged.batch.state === 'previewed' ? (kind.prepare?.(register, staged.rows) ?? null) : null;
  return writeTx(register.db, { command: 'commitImport', ...call }, async (tx) => {
    await oneAtATime(register, tx, by.collegeId);
    const batch = await batchOf(tx, { id: input.batchId, collegeId: by.collegeId });
    if (batch.state !== 'previewed') throw new Problem('import_not_open');
    if (batch.preview_hash !== input.previewHash) throw new Problem('preview_outdated');
    if (batch.row_count === 0) throw new Problem('import_nothing_to_commit');
    if (batch.fault_count > 0 && input.skipFaulty !== true)
      throw new Problem('import_has_faults', [], { faults: batch.fault_count });
    await refuseSameFile(tx, { collegeId: batch.college_id, kind: batch.kind, fileHash: batch.file_hash });

    const report = JSON.parse(batch.report) as ImportReport;
    const options = JSON.parse(batch.options) as ImportOptions;
    const around = await aroundOf(register, tx, {
      collegeId: batch.college_id,
      options,
      places: report,
      wantsWarnings: false,
    });
    const checked = await kind.check(around, staged.rows);
    const hash = previewHash({
      kind: batch.kind,
      fileHash: batch.file_hash,
      options,
      texts: staged.texts,
      versions: checked.versions,
    });
    if (checked.faults.length > 0 || hash !== batch.preview_hash) throw new Problem('preview_outdated');

    const writing: Writing = {
      ...around,
      batchId: batch.id,
      actorId: by.userId,
      requestId: call.requestId ?? call.key,
    };
    const written = await kind.write(writing, checked.work, prepared);
    const changed: number = await tx('import_batches')
      .where({ id: batch.id, version: batch.version, state: 'previewed' })
      .update({
        state: 'committed',
        committed_at: around.time.now,
        report: canonicalJson({ ...report, before: JSON.parse(JSON.stringify(written.before ?? null)) }),
        version: batch.version + 1,
      });
    if (changed !== 1) throw new Problem('stale');
    await appendLeaf(tx, {
      kind: 'import_committed',
      object: { type: 'import_batch', id: batch.id },
      body: {
        import: batch.kind,
        preview: hash,
        rows: staged.rows.length,
        summary: checked.summary,
        commitments: await commitAll(tx, written.people),
      },
    });
    await enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: written.cases });
    return { batch: batch.id, rows: staged.rows.length, summary: checked.summary };
  });
}

/** Imports of one college follow one another, so that each is checked against what the last one wrote. SQLite has one writer anyway. */
export async function oneAtATime({ db }: Register, tx: Tx, collegeId: string | null): Promise<void> {
  if (db.dialect === 'sqlite') return;
  await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [`import/${collegeId}`]);
}

/** A batch of the caller's own college; of another one there is none. */
export async function batchOf(
  query: Query | Tx,
  { id, collegeId }: { id: string; collegeId: string | null },
): Promise<BatchRow> {
  const batch = await query('import_batches').where({ id, college_id: collegeId }).first<BatchRow | undefined>();
  if (!batch) throw new Problem('not_found');
  return batch;
}

/** As they were kept, byte for byte, and what they say. */
async function goodRows(tx: Tx, batchId: string): Promise<{ texts: string[]; rows: Row<Record<string, unknown>>[] }> {
  const texts: string[] = await tx('import_rows')
    .where({ batch_id: batchId })
    .whereNull('faults')
    .orderBy('row_no')
    .pluck('vals');
  const rows = texts.map((text) => {
    const { row, values = {} } = stagedVals(text);
    return { row, values };
  });
  return { texts, rows };
}
