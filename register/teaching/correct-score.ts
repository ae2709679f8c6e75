import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { expectVersion } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt, needsReason } from './faults.ts';
import { lockSheet, moveVersion } from './load-sheet.ts';
import type { Sheet } from './load-sheet.ts';
import { valueFaults } from './save-draft.ts';
import { lastVersions, recordScores } from './score-rows.ts';

export interface CorrectScore {
  sheetId: string;
  enrolmentId: string;
  /** Null: the course total of a sheet without components. */
  componentId: string | null;
  value: number | null;
  mark: Mark | null;
  reason: string;
}

/** 更正: a new event with its reason on a locked or archived sheet. Both values stay for ever; the new one counts. */
export async function correctScore(
  register: Register,
  call: Call<CorrectScore>,
): Promise<{ sheet: string; version: number; scoreVersion: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'correctScore', ...call }, async (tx) => {
    const sheet = await lockSheet(tx, { id: input.sheetId, collegeId: by.collegeId });
    if (sheet.standing.state !== 'locked' && sheet.standing.state !== 'archived')
      throw new Problem('sheet_state', [], { state: sheet.standing.state });
    expectVersion(sheet, call.ifMatch);
    const { part, personId, before } = await partToCorrect(tx, sheet, input);
    const { now } = await collegeTime(tx, register.systemClock, sheet.collegeId);
    const at = { sheetId: sheet.id, enrolmentId: input.enrolmentId, componentId: input.componentId };
    const scoreVersion = (await lastVersions(tx, [sheet.id]))(at) + 1;
    const requestId = call.requestId ?? call.key;
    const { value, mark, reason } = input;
    const score = {
      ...at,
      ...part,
      courseId: sheet.courseId,
      attempt: sheet.attempt,
      value,
      mark,
      version: scoreVersion,
      reason,
    };
    await recordScores(
      { register, tx, collegeId: sheet.collegeId, actorId: by.userId, requestId, batchId: null, now },
      [score],
    );
    const version = await moveVersion(tx, sheet);
    await appendLeaf(tx, {
      kind: 'score_corrected',
      object: { type: 'score_sheet', id: sheet.id },
      subject: personId,
      before,
      after: { value, mark },
      reason,
      body: { enrolment: input.enrolmentId, component: input.componentId, scoreVersion },
    });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: input.enrolmentId });
    return { sheet: sheet.id, version, scoreVersion };
  });
}

const TOTAL = { weight: 10_000, maxScore: 1_000 };

interface Part {
  part: { weight: number; maxScore: number };
  personId: string;
  before: { value: number | null; mark: string | null } | null;
}

async function partToCorrect(tx: Tx, sheet: Sheet, input: CorrectScore): Promise<Part> {
  const faults = needsReason(input.reason);
  const row = sheet.rows.find(({ enrolment_id }) => enrolment_id === input.enrolmentId);
  if (!row) faults.push(faultAt('/enrolmentId', 'not_on_sheet'));
  const scores: { component_key: string; value: number | null; mark: string | null }[] = await tx('current_scores')
    .where({ sheet_id: sheet.id, enrolment_id: input.enrolmentId })
    .select('component_key', 'value', 'mark');
  const isTotal = scores.some(({ component_key }) => component_key === 'total');
  const component = sheet.components.find(({ id }) => id === input.componentId);
  const part =
    input.componentId === null ? TOTAL : component && { weight: component.weight, maxScore: component.max_score };
  // a total beside components would count the course twice
  const fits = scores.length === 0 || isTotal === (input.componentId === null);
  if (!part || !fits) faults.push(faultAt('/componentId', 'component_unknown'));
  else faults.push(...valueFaults('', { ...input, maximum: part.maxScore }));
  if (input.value === null && input.mark === null) faults.push(faultAt('/value', 'score_missing'));
  if (faults.length > 0 || !part || !row) throw new Problem('bad_input', faults);
  const { value, mark } = scores.find(({ component_key }) => component_key === (input.componentId ?? 'total')) ?? {};
  return { part, personId: row.person_id, before: value === undefined ? null : { value, mark: mark ?? null } };
}
