import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { insertRows, pagesOf } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { canonicalJson } from '../../schemas/canonical.ts';
import type { ImportKind } from '../../schemas/imports.ts';
import type { ParsedImport, RowFault } from '../../schemas/parsed-import.ts';
import type { Fault } from '../../schemas/problem.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultMaker } from './faults.ts';
import type { Around, ImportOptions } from './kind.ts';
import { kinds } from './kinds.ts';
import { previewHash, previewRows } from './preview.ts';
import type { Preview } from './preview.ts';
import { maskFaults, sealOriginal, sealRow, stagedText } from './staged-row.ts';

export interface StageImport {
  kind: ImportKind;
  fileName: string;
  /** `sha256:…` of the file's bytes. */
  fileHash: string;
  options?: ImportOptions;
  parsed: ParsedImport;
}

export interface StagedImport {
  batch: string;
  previewHash: string;
  /** Rows that a commit would write. */
  rows: number;
  /** Rows of the file that have a fault. */
  faultyRows: number;
  faults: number;
  warnings: number;
}

/** 试导入: every row checked against the register and kept with its faults. Nothing is changed but the batch itself. */
export async function stageImport(register: Register, call: Call<StageImport>): Promise<StagedImport> {
  const { by, input } = call;
  const { kind, fileName, fileHash, options = {}, parsed } = input;
  refuseWeights(options);
  const collegeId = by.collegeId ?? '';
  const rows = parsed.rows.map((row) => sealRow(register.db.keys, row));
  const preview = await readTx(register.db, async (tx) => {
    await refuseSameFile(tx, { collegeId, kind, fileHash });
    return previewRows(
      kinds[kind],
      await aroundOf(register, tx, { collegeId, options, places: parsed, wantsWarnings: true }),
      rows,
    );
  });
  const texts = preview.good.map(({ row, values }) => stagedText({ row, values }));
  const hash = previewHash({ kind, fileHash, options, texts, versions: preview.checked.versions });
  const faulty = faultyRowsOf(register, input, preview);
  const id = register.newId('batch');
  const counted = { kind, fileName, fileHash, options };
  return writeTx(register.db, { command: 'stageImport', ...call, input: counted }, async (tx) => {
    await refuseSameFile(tx, { collegeId, kind, fileHash });
    const { now } = await collegeTime(tx, register.systemClock, collegeId);
    const row = {
      id,
      college_id: collegeId,
      kind,
      file_name: fileName,
      file_hash: fileHash,
      preview_hash: hash,
      state: 'previewed',
      options: canonicalJson(options),
      report: canonicalJson(reportOf(input, preview)),
      row_count: preview.good.length,
      fault_count: parsed.faultCount + preview.faults.length,
      created_by: by.userId,
      created_at: now,
      version: 1,
    };
    await tx('import_batches').insert(row);
    await insertStaged(tx, id, [...texts.map((vals) => ({ vals, faults: null })), ...faulty]);
    const counts = {
      rows: row.row_count,
      faults: row.fault_count,
      warnings: preview.warnings.length + parsed.warnings.length,
    };
    await appendLeaf(tx, {
      kind: 'import_staged',
      object: { type: 'import_batch', id },
      body: { import: kind, ...counts, preview: hash },
    });
    return { batch: id, previewHash: hash, faultyRows: faulty.length, ...counts };
  });
}

interface Where {
  collegeId: string;
  options: ImportOptions;
  places: Pick<ParsedImport, 'places' | 'headers'>;
  wantsWarnings: boolean;
}

export async function aroundOf(
  register: Register,
  tx: Tx,
  { collegeId, options, places, wantsWarnings }: Where,
): Promise<Around> {
  const time = await collegeTime(tx, register.systemClock, collegeId);
  return { register, tx, collegeId, time, options, fault: faultMaker(places), wantsWarnings };
}

interface SameFile {
  collegeId: string;
  kind: ImportKind;
  fileHash: string;
}

export async function refuseSameFile(tx: Tx, { collegeId, kind, fileHash }: SameFile): Promise<void> {
  const known = await tx('import_batches')
    .where({ college_id: collegeId, kind, file_hash: fileHash, state: 'committed' })
    .first('id');
  if (known) throw new Problem('import_same_file', [], { batch: known.id });
}

const WHOLE = 10_000;

function refuseWeights({ weights = {} }: ImportOptions): void {
  const faults = Object.entries(weights).flatMap(([course, parts]): Fault[] => {
    const sum = Object.values(parts).reduce((total, weight) => total + weight, 0);
    const isWhole = sum === WHOLE && Object.values(parts).every((weight) => Number.isInteger(weight) && weight > 0);
    return isWhole ? [] : [{ pointer: `/options/weights/${course}`, code: 'weights_not_whole', detail: { sum } }];
  });
  if (faults.length > 0) throw new Problem('bad_input', faults);
}

interface Staged {
  vals: string;
  faults: string | null;
}

const PAGE = 2000;

/** Good rows first, then the faulty ones; page by page, so that 20,000 of them do not lie in memory twice. */
async function insertStaged(tx: Tx, batchId: string, staged: readonly Staged[]): Promise<void> {
  for (const [page, rows] of pagesOf(staged, PAGE).entries())
    await insertRows(
      tx,
      'import_rows',
      rows.map((one, index) => ({ batch_id: batchId, row_no: page * PAGE + index + 1, ...one })),
    );
}

/** Faulty rows as they were written, each with its faults. */
function faultyRowsOf({ db: { keys } }: Register, { parsed }: StageImport, preview: Preview): Staged[] {
  const faults = new Map<number, RowFault[]>();
  for (const fault of maskFaults([...parsed.faults, ...preview.faults], parsed)) {
    const list = faults.get(fault.row);
    if (list) list.push(fault);
    else faults.set(fault.row, [fault]);
  }
  return parsed.originals.flatMap((original): Staged[] => {
    const own = faults.get(original.row);
    if (!own) return [];
    const vals = stagedText({ row: original.row, original: sealOriginal(keys, original, parsed) });
    return [{ vals, faults: canonicalJson(own) }];
  });
}

export interface ImportReport {
  sheet: string;
  headers: string[];
  places: Record<string, string>;
  unknownHeaders: string[];
  /** Formatted rows without content, left out. */
  dropped: number;
  /** Faults that belong to no row of data: headers, merged cells. */
  headerFaults: RowFault[];
  warnings: RowFault[];
  warningCount: number;
  summary: Record<string, number>;
  before?: unknown;
}

const LONGEST_LIST = 500;

function reportOf({ parsed }: StageImport, { checked, warnings }: Preview): ImportReport {
  const { sheet, headers, places, unknownHeaders, dropped } = parsed;
  const rows = new Set(parsed.originals.map(({ row }) => row));
  const all = maskFaults([...parsed.warnings, ...warnings], parsed);
  return {
    ...{ sheet, headers, places, unknownHeaders, dropped },
    headerFaults: parsed.faults.filter(({ row }) => !rows.has(row)),
    warnings: all.slice(0, LONGEST_LIST),
    warningCount: all.length,
    summary: checked.summary,
  };
}
