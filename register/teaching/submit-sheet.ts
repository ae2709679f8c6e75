import { appendLeaf, commitAll } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { expectVersion } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Fault } from '../../schemas/problem.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt } from './faults.ts';
import { addSheetEvent, lockSheet, openRows } from './load-sheet.ts';
import type { DraftCell, Sheet } from './load-sheet.ts';
import { lastVersions, recordScores } from './score-rows.ts';
import type { NewScore } from './score-rows.ts';

/**
 * 提交: the whole sheet at once. Every cell of every row has a score or a mark, or the command says all that is missing; then the
 * drafts become events and count from this moment.
 */
export async function submitSheet(
  register: Register,
  call: Call<{ sheetId: string }>,
): Promise<{ sheet: string; version: number; scores: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'submitSheet', ...call }, async (tx) => {
    const sheet = await lockSheet(tx, { id: input.sheetId, collegeId: by.collegeId });
    if (sheet.standing.open === 'none') throw new Problem('sheet_not_open', [], { state: sheet.standing.state });
    expectVersion(sheet, call.ifMatch);
    const { now } = await collegeTime(tx, register.systemClock, sheet.collegeId);
    const cells = await cellsToRecord(tx, sheet);
    const scores = await changedScores(tx, sheet, cells);
    const requestId = call.requestId ?? call.key;
    await recordScores(
      { register, tx, collegeId: sheet.collegeId, actorId: by.userId, requestId, batchId: null, now },
      scores,
    );
    await tx('score_drafts').where({ sheet_id: sheet.id }).delete();
    const version = await addSheetEvent(register, tx, {
      sheet,
      kind: 'submitted',
      actorId: by.userId,
      now,
      body: { scores: scores.length },
    });
    const commitments = await commitAll(tx, personalParts(sheet, cells));
    await appendLeaf(tx, {
      kind: 'sheet_submitted',
      object: { type: 'score_sheet', id: sheet.id },
      body: { scores: scores.length, version, commitments },
    });
    for (const { enrolment_id: caseId } of openRows(sheet))
      await enqueueNudge(tx, { workflowType: 'studentPathway', caseId });
    return { sheet: sheet.id, version, scores: scores.length };
  });
}

/** Drafts of the open rows; someone whose course is converted or who is away needs none. */
async function cellsToRecord(tx: Tx, sheet: Sheet): Promise<DraftCell[]> {
  const drafts: DraftCell[] = await tx('score_drafts')
    .where({ sheet_id: sheet.id })
    .select('enrolment_id', 'component_id', 'value', 'mark');
  const byName = new Map(drafts.map((draft) => [`${draft.enrolment_id}/${draft.component_id}`, draft]));
  const rows = openRows(sheet);
  const converted = new Set<string>(
    await tx('credit_entries')
      .where({ course_id: sheet.courseId })
      .whereIn(
        'enrolment_id',
        rows.map((row) => row.enrolment_id),
      )
      .pluck('enrolment_id'),
  );
  const faults: Fault[] = [];
  const cells: DraftCell[] = [];
  for (const row of rows) {
    const own = sheet.components.flatMap(({ id }) => byName.get(`${row.enrolment_id}/${id}`) ?? []);
    if (own.length === 0 && converted.has(row.enrolment_id)) cells.push(...waived(sheet, row.enrolment_id));
    else if (own.length > 0 || row.status === 'enrolled') {
      cells.push(...own);
      const missing = sheet.components.filter(({ id }) => !byName.has(`${row.enrolment_id}/${id}`));
      faults.push(
        ...missing.map(({ id, name }) =>
          faultAt(`/rows/${row.enrolment_id}/${id}`, 'score_missing', { enrolment: row.enrolment_id, component: name }),
        ),
      );
    }
  }
  if (faults.length > 0) throw new Problem('sheet_incomplete', faults);
  return cells;
}

/** 免修: the decision that converted the course is what this mark points to. */
const waived = (sheet: Sheet, enrolmentId: string): DraftCell[] =>
  sheet.components.map(({ id }) => ({ enrolment_id: enrolmentId, component_id: id, value: null, mark: 'waived' }));

/** Only what differs from the score that counts becomes an event: resubmitting an unlocked sheet leaves the others as they are. */
async function changedScores(tx: Tx, sheet: Sheet, cells: readonly DraftCell[]): Promise<NewScore[]> {
  const current: { enrolment_id: string; component_key: string; value: number | null; mark: string | null }[] =
    await tx('current_scores').where({ sheet_id: sheet.id }).select('enrolment_id', 'component_key', 'value', 'mark');
  const known = new Map(current.map((score) => [`${score.enrolment_id}/${score.component_key}`, score]));
  const versionOf = await lastVersions(tx, [sheet.id]);
  const reason = sheet.standing.reason;
  return cells.flatMap(({ enrolment_id: enrolmentId, component_id: componentId, value, mark }) => {
    const before = known.get(`${enrolmentId}/${componentId}`);
    if (before && before.value === value && before.mark === mark) return [];
    const component = sheet.components.find(({ id }) => id === componentId);
    if (!component) return [];
    const at = { sheetId: sheet.id, enrolmentId, componentId };
    const { weight, max_score: maxScore } = component;
    const version = versionOf(at) + 1;
    return [
      {
        ...at,
        courseId: sheet.courseId,
        attempt: sheet.attempt,
        weight,
        maxScore,
        value,
        mark,
        version,
        reason: version > 1 ? reason : null,
      },
    ];
  });
}

/** A sheet's leaf has one commitment a student. */
function personalParts(sheet: Sheet, cells: readonly DraftCell[]): { personId: string; value: unknown }[] {
  return openRows(sheet).map((row) => ({
    personId: row.person_id,
    value: cells
      .filter((cell) => cell.enrolment_id === row.enrolment_id)
      .map(({ component_id, value, mark }) => [component_id, value, mark]),
  }));
}
