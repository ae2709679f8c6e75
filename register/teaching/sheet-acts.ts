import { appendLeaf } from '../../db/audit.ts';
import { readTx } from '../../db/read-tx.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { expectVersion } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { SheetEventKind } from '../../rules/sheet-state.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt, needsReason } from './faults.ts';
import { addSheetEvent, loadSheet, lockSheet } from './load-sheet.ts';
import type { Sheet } from './load-sheet.ts';

export interface SheetActed {
  sheet: string;
  version: number;
}

interface Act {
  command: string;
  kind: SheetEventKind;
  reason?: string | undefined;
  body?: Record<string, unknown>;
  /** What the act needs beyond the state, and what it changes beside the event. */
  beside?: (tx: Tx, sheet: Sheet) => Promise<void>;
}

async function actOnSheet(
  register: Register,
  call: Call<{ sheetId: string }>,
  { command, kind, reason, body, beside }: Act,
): Promise<SheetActed> {
  const { by, input } = call;
  return writeTx(register.db, { command, ...call }, async (tx) => {
    const sheet = await lockSheet(tx, { id: input.sheetId, collegeId: by.collegeId });
    if (call.ifMatch !== undefined) expectVersion(sheet, call.ifMatch);
    const { now } = await collegeTime(tx, register.systemClock, sheet.collegeId);
    const version = await addSheetEvent(register, tx, {
      sheet,
      kind,
      actorId: by.userId,
      now,
      reason,
      ...(body ? { body } : {}),
    });
    await beside?.(tx, sheet);
    await appendLeaf(tx, {
      kind: `sheet_${kind}`,
      object: { type: 'score_sheet', id: sheet.id },
      body: { version, ...body },
      ...(reason === undefined ? {} : { reason }),
    });
    return { sheet: sheet.id, version };
  });
}

/** 接收: the office takes the sheet over and locks it. */
export const acceptSheet = (register: Register, call: Call<{ sheetId: string }>): Promise<SheetActed> =>
  actOnSheet(register, call, { command: 'acceptSheet', kind: 'accepted' });

/** 归档: the term is closed. */
export const archiveSheet = (register: Register, call: Call<{ sheetId: string }>): Promise<SheetActed> =>
  actOnSheet(register, call, { command: 'archiveSheet', kind: 'archived' });

/** 退回: the teacher enters again, from the scores as they stand; those count until the sheet comes back. */
export async function returnSheet(
  register: Register,
  call: Call<{ sheetId: string; reason: string }>,
): Promise<SheetActed> {
  refuseWithoutReason(call.input.reason);
  return actOnSheet(register, call, {
    command: 'returnSheet',
    kind: 'returned',
    reason: call.input.reason,
    beside: (tx, sheet) =>
      draftFromScores(
        tx,
        sheet,
        sheet.rows.map((row) => row.enrolment_id),
      ),
  });
}

export interface UnlockRequest {
  sheetId: string;
  /** Enrolments whose rows are to be opened. */
  rows: string[];
  reason: string;
}

/** 解锁申请: which rows of a locked sheet, and why. */
export async function requestUnlock(register: Register, call: Call<UnlockRequest>): Promise<SheetActed> {
  const { rows, reason } = call.input;
  refuseWithoutReason(reason);
  return actOnSheet(register, call, {
    command: 'requestUnlock',
    kind: 'unlock_requested',
    reason,
    body: { rows },
    beside: async (_tx, sheet) => {
      const onSheet = new Set(sheet.rows.map((row) => row.enrolment_id));
      const faults = rows.flatMap((row, index) =>
        onSheet.has(row) ? [] : [faultAt(`/rows/${index}`, 'not_on_sheet')],
      );
      if (rows.length === 0) faults.push(faultAt('/rows', 'not_on_sheet'));
      if (faults.length > 0) throw new Problem('bad_input', faults);
    },
  });
}

export interface UnlockDecision {
  sheetId: string;
  answer: 'approved' | 'refused';
  reason?: string;
}

/** The office opens the rows asked for, or refuses with a reason. Nobody decides on a request of their own. */
export async function decideUnlock(register: Register, call: Call<UnlockDecision>): Promise<SheetActed> {
  const { answer, reason } = call.input;
  if (answer === 'refused') refuseWithoutReason(reason);
  const asked = await readTx(register.db, (tx) =>
    loadSheet(tx, { id: call.input.sheetId, collegeId: call.by.collegeId }),
  );
  const { request } = asked.standing;
  if (!request) throw new Problem('sheet_state', [], { state: asked.standing.state });
  if (request.actorId === call.by.userId) throw new Problem('second_person_required');
  const rows = [...(request.rows ?? [])];
  const approved = answer === 'approved';
  return actOnSheet(register, call, {
    command: 'decideUnlock',
    kind: approved ? 'unlocked' : 'unlock_refused',
    reason: reason ?? request.reason ?? undefined,
    body: approved ? { rows, request: request.ordinal } : { request: request.ordinal },
    beside: async (tx, sheet) => {
      if (sheet.standing.request?.ordinal !== request.ordinal) throw new Problem('stale');
      if (approved) await draftFromScores(tx, sheet, rows);
    },
  });
}

function refuseWithoutReason(reason: string | undefined): void {
  const faults = needsReason(reason);
  if (faults.length > 0) throw new Problem('bad_input', faults);
}

/** The opened rows start from what counts now, so that nobody types a class again for one mistake. */
async function draftFromScores(tx: Tx, sheet: Sheet, rows: readonly string[]): Promise<void> {
  const scores: { enrolment_id: string; component_key: string; value: number | null; mark: string | null }[] = await tx(
    'current_scores',
  )
    .where({ sheet_id: sheet.id })
    .whereIn('enrolment_id', rows)
    .select('enrolment_id', 'component_key', 'value', 'mark');
  await tx('score_drafts').where({ sheet_id: sheet.id }).delete();
  const known = new Set(sheet.components.map(({ id }) => id));
  const cells = scores.filter(({ component_key }) => known.has(component_key));
  await insertRows(
    tx,
    'score_drafts',
    cells.map(({ component_key, ...cell }) => ({ sheet_id: sheet.id, ...cell, component_id: component_key })),
  );
}
