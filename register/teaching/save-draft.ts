import { appendLeaf } from '../../db/audit.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call } from '../../db/tx.ts';
import { expectVersion } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import { faultAt } from './faults.ts';
import { lockSheet, moveVersion, openRows } from './load-sheet.ts';
import type { Sheet } from './load-sheet.ts';

export interface DraftInput {
  enrolmentId: string;
  componentId: string;
  /** Tenths of a point. Null with a null mark empties the cell. */
  value: number | null;
  mark: Mark | null;
}

export interface SaveDraft {
  sheetId: string;
  /** `replace`: these cells are the whole draft of the open rows; `merge`: the others stay. */
  mode: 'replace' | 'merge';
  cells: DraftInput[];
}

/** 暂存: what the teacher has typed so far. Counts for nothing until the sheet is submitted. */
export async function saveDraft(
  register: Register,
  call: Call<SaveDraft>,
): Promise<{ sheet: string; version: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'saveDraft', ...call }, async (tx) => {
    const sheet = await lockSheet(tx, { id: input.sheetId, collegeId: by.collegeId });
    if (sheet.standing.open === 'none') throw new Problem('sheet_not_open', [], { state: sheet.standing.state });
    expectVersion(sheet, call.ifMatch);
    const faults = cellFaults(sheet, input.cells);
    if (faults.length > 0) throw new Problem('bad_input', faults);
    const at = { sheet_id: sheet.id };
    if (input.mode === 'replace') await tx('score_drafts').where(at).delete();
    else {
      for (const { enrolmentId, componentId } of input.cells)
        await tx('score_drafts')
          .where({ ...at, enrolment_id: enrolmentId, component_id: componentId })
          .delete();
    }
    const filled = input.cells.filter(({ value, mark }) => value !== null || mark !== null);
    const rowOf = ({ enrolmentId, componentId, value, mark }: DraftInput) => ({
      ...at,
      enrolment_id: enrolmentId,
      component_id: componentId,
      value,
      mark,
    });
    await insertRows(tx, 'score_drafts', filled.map(rowOf));
    const version = await moveVersion(tx, sheet);
    await appendLeaf(tx, {
      kind: 'draft_saved',
      object: { type: 'score_sheet', id: sheet.id },
      body: { cells: filled.length, mode: input.mode },
    });
    return { sheet: sheet.id, version };
  });
}

/** All that is wrong with the cells at once, by pointer. */
function cellFaults(sheet: Sheet, cells: readonly DraftInput[]): Fault[] {
  const onSheet = new Set(sheet.rows.map((row) => row.enrolment_id));
  const open = new Set(openRows(sheet).map((row) => row.enrolment_id));
  const maxima = new Map(sheet.components.map((component) => [component.id, component.max_score]));
  const seen = new Set<string>();
  return cells.flatMap(({ enrolmentId, componentId, value, mark }, index) => {
    const at = `/cells/${index}`;
    const faults: Fault[] = [];
    if (!onSheet.has(enrolmentId)) faults.push(faultAt(`${at}/enrolmentId`, 'not_on_sheet'));
    else if (!open.has(enrolmentId)) faults.push(faultAt(`${at}/enrolmentId`, 'row_not_open'));
    const maximum = maxima.get(componentId);
    if (maximum === undefined) faults.push(faultAt(`${at}/componentId`, 'component_unknown'));
    else faults.push(...valueFaults(at, { value, mark, maximum }));
    const name = `${enrolmentId}/${componentId}`;
    if (seen.has(name)) faults.push(faultAt(at, 'cell_doubled'));
    seen.add(name);
    return faults;
  });
}

interface Value {
  value: number | null;
  mark: Mark | null;
  maximum: number;
}

export function valueFaults(at: string, { value, mark, maximum }: Value): Fault[] {
  if (value !== null && mark !== null) return [faultAt(`${at}/mark`, 'score_and_mark', { mark })];
  const isFit = value === null || (Number.isSafeInteger(value) && value >= 0 && value <= maximum);
  return isFit ? [] : [faultAt(`${at}/value`, 'score_out_of_range', { minimum: 0, maximum })];
}
