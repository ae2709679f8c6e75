import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { expectVersion, updateVersioned } from '../../db/versions.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt, needsReason } from '../teaching/faults.ts';
import { readStandings } from '../teaching/sheet-events.ts';

export interface TransferClass {
  enrolmentId: string;
  classId: string;
  reason: string;
}

/** 转班: to another class of the same programme and cohort. What was scored stays; sheets not handed in yet go over to the new class's. */
export async function transferClass(
  register: Register,
  call: Call<TransferClass>,
): Promise<{ enrolment: string; version: number; sheets: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'transferClass', ...call }, async (tx) => {
    const enrolment = await tx('enrolments')
      .where({ id: input.enrolmentId, college_id: by.collegeId })
      .first('id', 'person_id', 'college_id', 'class_id', 'cohort', 'version');
    if (!enrolment) throw new Problem('not_found');
    expectVersion(enrolment, call.ifMatch);
    const faults = needsReason(input.reason);
    if (!(await isFittingClass(tx, enrolment, input.classId))) faults.push(faultAt('/classId', 'class_unknown'));
    if (faults.length > 0) throw new Problem('bad_input', faults);
    const version = await updateVersioned(tx, 'enrolments', {
      id: enrolment.id,
      version: enrolment.version,
      patch: { class_id: input.classId },
    });
    const left = await leaveOpenSheets(tx, { enrolmentId: enrolment.id, classId: enrolment.class_id });
    const joined = await joinOpenSheets(tx, { enrolmentId: enrolment.id, classId: input.classId });
    const { now } = await collegeTime(tx, register.systemClock, enrolment.college_id);
    await tx('enrolment_events').insert({
      id: register.newId('event'),
      enrolment_id: enrolment.id,
      kind: 'class_transferred',
      body: JSON.stringify({ from: enrolment.class_id, to: input.classId }),
      reason: input.reason,
      actor_id: by.userId,
      at: now,
    });
    await appendLeaf(tx, {
      kind: 'class_transferred',
      object: { type: 'enrolment', id: enrolment.id },
      subject: enrolment.person_id,
      reason: input.reason,
      body: { from: enrolment.class_id, to: input.classId, left: left.length, joined: joined.length },
    });
    await enqueueNudge(tx, { workflowType: 'studentPathway', caseId: enrolment.id });
    return { enrolment: enrolment.id, version, sheets: joined.length };
  });
}

interface Moving {
  enrolmentId: string;
  classId: string;
}

/** Same programme and cohort, where the class says so, and not the one the student is in. */
async function isFittingClass(
  tx: Tx,
  enrolment: { class_id: string; cohort: number; college_id: string },
  classId: string,
): Promise<boolean> {
  if (classId === enrolment.class_id) return false;
  const rows: { id: string; programme_id: string | null; cohort: number | null }[] = await tx('org_units')
    .where({ college_id: enrolment.college_id, kind: 'class' })
    .whereIn('id', [classId, enrolment.class_id]);
  const [to, from] = [rows.find(({ id }) => id === classId), rows.find(({ id }) => id === enrolment.class_id)];
  if (!to) return false;
  return (
    (to.programme_id ?? from?.programme_id) === from?.programme_id &&
    (to.cohort ?? enrolment.cohort) === enrolment.cohort
  );
}

/** Takes a student off the sheets of a class that nobody has handed in; drafts of theirs go too. */
export async function leaveOpenSheets(tx: Tx, { enrolmentId, classId }: Moving): Promise<string[]> {
  const sheets: string[] = await sheetsOfClass(tx, classId)
    .join('score_sheet_rows as r', 'r.sheet_id', 's.id')
    .where('r.enrolment_id', enrolmentId)
    .pluck('s.id');
  const standing = await readStandings(tx, sheets);
  const open = sheets.filter((id) => standing(id).open === 'all' && standing(id).events.length === 0);
  await tx('score_drafts').where({ enrolment_id: enrolmentId }).whereIn('sheet_id', open).delete();
  await tx('score_sheet_rows').where({ enrolment_id: enrolmentId }).whereIn('sheet_id', open).delete();
  return open;
}

/** First attempts of the new class that are still open, for courses the student has no score of. */
async function joinOpenSheets(tx: Tx, { enrolmentId, classId }: Moving): Promise<string[]> {
  const sheets: { id: string; course_id: string }[] = await sheetsOfClass(tx, classId)
    .where('s.attempt', 1)
    .select('s.id', 'o.course_id');
  const standing = await readStandings(
    tx,
    sheets.map(({ id }) => id),
  );
  const scored = new Set<string>(
    await tx('current_scores').where({ enrolment_id: enrolmentId }).distinct().pluck('course_id'),
  );
  const there = new Set<string>(await tx('score_sheet_rows').where({ enrolment_id: enrolmentId }).pluck('sheet_id'));
  const open = sheets.filter(
    ({ id, course_id }) =>
      standing(id).open === 'all' && standing(id).events.length === 0 && !scored.has(course_id) && !there.has(id),
  );
  await insertRows(
    tx,
    'score_sheet_rows',
    open.map(({ id }) => ({ sheet_id: id, enrolment_id: enrolmentId })),
  );
  return open.map(({ id }) => id);
}

const sheetsOfClass = (tx: Tx, classId: string) =>
  tx('score_sheets as s').join('offerings as o', 'o.id', 's.offering_id').where('o.class_id', classId);
