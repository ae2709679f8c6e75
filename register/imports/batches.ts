import { readTx } from '../../db/read-tx.ts';
import type { Rows } from '../../db/keyset.ts';
import type { RowFault } from '../../schemas/parsed-import.ts';
import type { Register } from '../register.ts';
import { batchOf } from './commit-import.ts';
import type { BatchRow } from './commit-import.ts';
import type { ImportOptions } from './kind.ts';
import type { ImportReport } from './stage-import.ts';
import { openOriginal, stagedVals } from './staged-row.ts';

type Head = Omit<BatchRow, 'options' | 'report' | 'college_id' | 'file_hash'>;

export interface ImportHead {
  id: string;
  kind: BatchRow['kind'];
  fileName: string;
  previewHash: string;
  state: BatchRow['state'];
  rows: number;
  faults: number;
  createdBy: string;
  createdAt: string;
  committedAt: string | null;
  undoneAt: string | null;
  version: number;
}

const headOf = (row: Head): ImportHead => ({
  id: row.id,
  kind: row.kind,
  fileName: row.file_name,
  previewHash: row.preview_hash,
  state: row.state,
  rows: row.row_count,
  faults: row.fault_count,
  createdBy: row.created_by,
  createdAt: row.created_at,
  committedAt: row.committed_at,
  undoneAt: row.undone_at,
  version: row.version,
});

export interface ImportDetail extends ImportHead {
  options: ImportOptions;
  report: Omit<ImportReport, 'before'>;
}

export async function readImport(
  { db }: Register,
  of: { id: string; collegeId: string | null },
): Promise<ImportDetail> {
  const batch = await batchOf(db.reader, of);
  const { before: _, ...report } = JSON.parse(batch.report) as ImportReport;
  return { ...headOf(batch), options: JSON.parse(batch.options) as ImportOptions, report };
}

export interface ImportRowView {
  /** Where the row stands among the batch's rows: the cursor of the list. */
  ordinal: number;
  row: number;
  /** What would be written. An ID number shows its last four characters only. */
  values: Record<string, unknown> | null;
  faults: RowFault[];
}

interface Asked {
  id: string;
  collegeId: string | null;
  faulty?: boolean;
  after?: number;
  limit?: number;
}

/** The rows of a batch, good ones first, a page at a time. */
export async function readImportRows(
  { db }: Register,
  { id, collegeId, faulty, after = 0, limit = 100 }: Asked,
): Promise<ImportRowView[]> {
  return readTx(db, async (tx) => {
    await batchOf(tx, { id, collegeId });
    const query: Rows = tx('import_rows')
      .where({ batch_id: id })
      .where('row_no', '>', after)
      .orderBy('row_no')
      .limit(limit);
    if (faulty === true) void query.whereNotNull('faults');
    if (faulty === false) void query.whereNull('faults');
    const rows = (await query.select('row_no', 'vals', 'faults')) as {
      row_no: number;
      vals: string;
      faults: string | null;
    }[];
    return rows.map(({ row_no: ordinal, vals, faults }) => {
      const { row, values } = stagedVals(vals);
      return {
        ordinal,
        row,
        values: values ? shown(values) : null,
        faults: faults === null ? [] : (JSON.parse(faults) as RowFault[]),
      };
    });
  });
}

function shown({ identity, ...values }: Record<string, unknown>): Record<string, unknown> {
  if (identity === undefined || identity === null) return values;
  const { lastFour, birthOn } = identity as { lastFour: string; birthOn: string };
  return { ...values, idNumber: `${'*'.repeat(14)}${lastFour}`, birthOn };
}

/** Headers, the faulty rows as they were written, and their faults: input of `faultyRowsWorkbook`. */
export async function readFaultyRows(
  { db }: Register,
  { id, collegeId }: { id: string; collegeId: string | null },
): Promise<{
  kind: BatchRow['kind'];
  headers: string[];
  originals: { row: number; cells: string[] }[];
  faults: RowFault[];
}> {
  return readTx(db, async (tx) => {
    const batch = await batchOf(tx, { id, collegeId });
    const { headers } = JSON.parse(batch.report) as ImportReport;
    const rows: { vals: string; faults: string }[] = await tx('import_rows')
      .where({ batch_id: id })
      .whereNotNull('faults')
      .orderBy('row_no')
      .select('vals', 'faults');
    const originals = rows.map(({ vals }) => {
      const { row, original } = stagedVals(vals);
      return { row, cells: original ? openOriginal(db.keys, original) : [] };
    });
    return {
      kind: batch.kind,
      headers,
      originals,
      faults: rows.flatMap(({ faults }) => JSON.parse(faults) as RowFault[]),
    };
  });
}
