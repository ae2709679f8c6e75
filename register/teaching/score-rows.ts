import { insertRows, pagesOf } from '../../db/rows.ts';
import type { Tx } from '../../db/tx.ts';
import type { Mark } from '../../rules/derived/course-result.ts';
import type { Register } from '../register.ts';

/** One value for one component of one student on one sheet; a null component is the course total. */
export interface NewScore {
  sheetId: string;
  enrolmentId: string;
  courseId: string;
  componentId: string | null;
  attempt: number;
  weight: number;
  maxScore: number;
  value: number | null;
  mark: Mark | null;
  /** Of this student, sheet and component: 1, then dense. */
  version: number;
  reason: string | null;
}

export interface Recording {
  register: Register;
  tx: Tx;
  collegeId: string;
  actorId: string;
  requestId: string;
  batchId: string | null;
  /** By the college's clock. */
  now: string;
}

/** Scores are events, never changed; `current_scores` is their fold and moves in the same transaction. */
export async function recordScores(recording: Recording, scores: readonly NewScore[]): Promise<void> {
  const { tx } = recording;
  const events = scores.map((score) => eventRow(recording, score));
  await insertRows(tx, 'score_events', events);
  const currents = scores.map((score, index) => ({
    enrolment_id: score.enrolmentId,
    course_id: score.courseId,
    attempt: score.attempt,
    component_key: score.componentId ?? 'total',
    sheet_id: score.sheetId,
    weight: score.weight,
    max_score: score.maxScore,
    value: score.value,
    mark: score.mark,
    event_id: events[index]?.id ?? '',
  }));
  for (const page of pagesOf(
    currents.filter((_, index) => scores[index]?.version !== 1),
    500,
  ))
    await tx('current_scores')
      .insert(page)
      .onConflict(['enrolment_id', 'course_id', 'attempt', 'component_key'])
      .merge();
  await insertRows(
    tx,
    'current_scores',
    currents.filter((_, index) => scores[index]?.version === 1),
  );
}

function eventRow({ register, collegeId, actorId, requestId, batchId, now }: Recording, score: NewScore) {
  const row = {
    id: register.newId('event'),
    college_id: collegeId,
    sheet_id: score.sheetId,
    enrolment_id: score.enrolmentId,
    course_id: score.courseId,
    component_id: score.componentId,
    attempt: score.attempt,
    version: score.version,
    value: score.value,
    mark: score.mark,
    reason: score.reason,
    actor_id: actorId,
    request_id: requestId,
    batch_id: batchId,
    at: now,
  };
  return { ...row, mac: register.db.keys.rowMac('score_events', row) };
}

/** The last version of every score event of these sheets, by `sheet/enrolment/component`. */
export async function lastVersions(
  tx: Tx,
  sheetIds: readonly string[],
): Promise<(score: Pick<NewScore, 'sheetId' | 'enrolmentId' | 'componentId'>) => number> {
  const last = new Map<string, number>();
  for (const page of pagesOf(sheetIds, 900)) {
    const rows: { sheet_id: string; enrolment_id: string; component_id: string | null; version: number | string }[] =
      await tx('score_events')
        .whereIn('sheet_id', page)
        .groupBy('sheet_id', 'enrolment_id', 'component_id')
        .max({ version: 'version' })
        .select('sheet_id', 'enrolment_id', 'component_id');
    for (const row of rows)
      last.set(`${row.sheet_id}/${row.enrolment_id}/${row.component_id ?? ''}`, Number(row.version));
  }
  return ({ sheetId, enrolmentId, componentId }) => last.get(`${sheetId}/${enrolmentId}/${componentId ?? ''}`) ?? 0;
}
