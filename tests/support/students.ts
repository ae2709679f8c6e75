import type { DueCall } from '../../register/cases/due-call.ts';
import { loadCase } from '../../register/cases/load-case.ts';
import type { LoadedCase } from '../../register/cases/load-case.ts';
import { conductorOf } from '../../bin/conductor.ts';
import type { College, Student } from './college.ts';

interface Scored {
  course: 'JD101' | 'JD102';
  /** One decimal: 755 is 75.5. */
  value: number;
  actorId?: string;
}

/** A course total on an archived sheet, as an import of earlier terms leaves it. */
export async function scored(
  { register, ...college }: College,
  { enrolment }: Student,
  { course, value, actorId }: Scored,
): Promise<void> {
  const { newId, db } = register;
  const courseId = college.courses[course];
  const sheet = await sheetOf({ register, ...college }, courseId);
  await db.writer('score_sheet_rows').insert({ sheet_id: sheet, enrolment_id: enrolment }).onConflict().ignore();
  const known = await db
    .reader('score_events')
    .where({ sheet_id: sheet, enrolment_id: enrolment })
    .max({ version: 'version' })
    .first();
  const row = {
    ...{
      id: newId('event'),
      college_id: college.id,
      sheet_id: sheet,
      enrolment_id: enrolment,
      course_id: courseId,
      component_id: null,
      attempt: 1,
    },
    ...{
      version: Number(known?.version ?? 0) + 1,
      value,
      mark: null,
      reason: null,
      actor_id: actorId ?? college.users.teacher,
      request_id: 'test',
      batch_id: null,
      at: db.clock.now(),
    },
  };
  await db.writer('score_events').insert({ ...row, mac: db.keys.rowMac('score_events', row) });
  const current = {
    enrolment_id: enrolment,
    course_id: courseId,
    attempt: 1,
    component_key: 'total',
    sheet_id: sheet,
    weight: 10000,
    max_score: 1000,
    value,
    mark: null,
    event_id: row.id,
  };
  await db
    .writer('current_scores')
    .insert(current)
    .onConflict(['enrolment_id', 'course_id', 'attempt', 'component_key'])
    .merge();
}

async function sheetOf({ register, ...college }: College, courseId: string): Promise<string> {
  const { newId, db } = register;
  const known = await db
    .reader('score_sheets')
    .join('offerings', 'offerings.id', 'score_sheets.offering_id')
    .where({ course_id: courseId })
    .first('score_sheets.id');
  if (known) return known.id;
  const [scheme, offering, sheet] = [newId('scheme'), newId('offering'), newId('sheet')];
  const at = '2023-09-01T00:00:00.000Z';
  await db.writer('schemes').insert({
    id: scheme,
    college_id: college.id,
    course_id: courseId,
    version: 1,
    created_by: college.users.registrar,
    created_at: at,
  });
  const term = college.terms['2023-1'];
  await db.writer('offerings').insert({
    id: offering,
    college_id: college.id,
    course_id: courseId,
    class_id: college.classId,
    term_id: term,
    plan_id: college.plan,
    teacher_id: null,
    scheme_id: scheme,
  });
  await db.writer('score_sheets').insert({
    id: sheet,
    college_id: college.id,
    offering_id: offering,
    attempt: 1,
    due_on: '2024-01-19',
    opened_at: at,
    version: 1,
  });
  return sheet;
}

/** A level result as the import of results leaves it. */
export async function assessed(
  { register, ...college }: College,
  pathwayId: string,
  { theory, practical }: { theory: number; practical: number },
): Promise<void> {
  const { newId, db } = register;
  const row = {
    ...{
      id: newId('result'),
      college_id: college.id,
      pathway_id: pathwayId,
      version: 1,
      theory,
      practical,
      review: null,
      mark: 'none',
    },
    ...{
      assessed_on: '2025-11-01',
      reason: null,
      actor_id: college.users.registrar,
      batch_id: null,
      at: db.clock.now(),
    },
  };
  await db.writer('assessment_results').insert({ ...row, mac: db.keys.rowMac('assessment_results', row) });
  await db
    .writer('decision_points')
    .insert({ id: newId('event'), pathway_id: pathwayId, kind: 'level_result', key: '1', reached_at: db.clock.now() });
}

/** Does what is due in a case until nothing is, as its workflow would. */
export async function drive({ register }: College, { enrolment }: Student): Promise<LoadedCase> {
  const { perform } = conductorOf(register);
  for (let turn = 0; turn < 40; turn += 1) {
    const seen = await loadCase(register, enrolment);
    const [next] = seen.due;
    if (!next) return seen;
    await perform[next.kind](
      { caseId: enrolment, opKey: next.opKey },
      { heartbeat: () => undefined, signal: new AbortController().signal },
    );
  }
  throw new Error('the case never came to rest');
}

/** The act with that in its key, as the conductor would ask for it. */
export async function dueNow(
  { register }: College,
  { enrolment }: Student,
  what: string,
): Promise<DueCall & { kind: string }> {
  const { due } = await loadCase(register, enrolment);
  const next = due.find(({ opKey }) => opKey.includes(what));
  if (!next) throw new Error(`${what} is not due`);
  return { caseId: enrolment, opKey: next.opKey, kind: next.kind };
}
