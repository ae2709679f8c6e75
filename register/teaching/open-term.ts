import { appendLeaf } from '../../db/audit.ts';
import { enqueueBulkNudges } from '../../db/outbox.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import { listTerms } from '../college/terms.ts';
import type { Term } from '../college/terms.ts';
import { planTermNo } from '../facts/term-no.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { insertScheme } from './define-scheme.ts';
import { faultAt } from './faults.ts';
import { readStandings } from './sheet-events.ts';

export interface OpenTerm {
  termId: string;
  /** Users by course code, or by `course code/class name` where one class has another teacher. */
  teachers?: Record<string, string>;
  /** Last day for the sheets; the term's last day unless told. */
  dueOn?: string;
}

export interface TermOpened {
  term: string;
  offerings: number;
  sheets: number;
  rows: number;
}

/** 开课: an offering and an empty sheet for every class and every course its plan puts into this term. Again, it adds what is missing. */
export async function openTerm(register: Register, call: Call<OpenTerm>): Promise<TermOpened> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'openTerm', ...call }, async (tx) => {
    const collegeId = by.collegeId ?? '';
    await tx('terms').where({ id: input.termId }).forUpdate().first('id');
    const terms = await listTerms(tx, collegeId);
    const term = terms.find(({ id }) => id === input.termId);
    if (!term) throw new Problem('not_found');
    const { teachers = {}, dueOn = term.endsOn } = input;
    await refuseStrangers(tx, teachers);
    const lessons = await lessonsOf(tx, { collegeId, terms, term });
    if (lessons.length === 0) throw new Problem('term_nothing_to_open');
    const { now } = await collegeTime(tx, register.systemClock, collegeId);
    const opening: Opening = { register, tx, collegeId, term, now, dueOn, actorId: by.userId, teachers };
    const opened = await openOfferings(opening, lessons);
    const rows = await openRows(opening, opened.sheets);
    const counts = { offerings: opened.newOfferings, sheets: opened.newSheets, rows: rows.length };
    await appendLeaf(tx, { kind: 'term_opened', object: { type: 'term', id: term.id }, body: counts });
    await enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: [...new Set(rows)] });
    return { term: term.id, ...counts };
  });
}

async function refuseStrangers(tx: Tx, teachers: Record<string, string>): Promise<void> {
  const known = new Set<string>(await tx('users').whereIn('id', Object.values(teachers)).pluck('id'));
  const faults = Object.entries(teachers).flatMap(([name, user]) =>
    known.has(user) ? [] : [faultAt(`/teachers/${name.replaceAll('/', '~1')}`, 'user_unknown')],
  );
  if (faults.length > 0) throw new Problem('bad_input', faults);
}

/** One course one class is taught this term, with its students. */
interface Lesson {
  classId: string;
  className: string;
  planId: string;
  courseId: string;
  courseCode: string;
  students: string[];
}

interface ClassRow {
  class_id: string;
  class_name: string;
  plan_id: string;
  plan_enrolled_on: string;
  id: string;
}

async function lessonsOf(
  tx: Tx,
  { collegeId, terms, term }: { collegeId: string; terms: readonly Term[]; term: Term },
): Promise<Lesson[]> {
  const students: ClassRow[] = await tx('enrolments as e')
    .join('org_units as c', 'c.id', 'e.class_id')
    .join('plans as l', 'l.id', 'e.plan_id')
    .where({ 'e.college_id': collegeId, 'e.status': 'enrolled' })
    .orderBy(['c.name', 'e.student_no'])
    .select('e.id', 'e.class_id', 'e.plan_id', { class_name: 'c.name', plan_enrolled_on: 'l.enrolled_on' });
  const planIds = [...new Set(students.map((student) => student.plan_id))];
  const courses: { plan_id: string; course_id: string; term_no: number; code: string }[] = await tx('plan_courses')
    .join('courses', 'courses.id', 'plan_courses.course_id')
    .whereIn('plan_id', planIds)
    .orderBy('code')
    .select('plan_id', 'course_id', 'term_no', 'code');
  return [...groupBy(students, (student) => `${student.class_id}/${student.plan_id}`).values()].flatMap((members) => {
    const first = members[0] as ClassRow; // groups are never empty
    const termNo = planTermNo(terms, first.plan_enrolled_on, term.startsOn);
    const own = courses.filter((course) => course.plan_id === first.plan_id && course.term_no === termNo);
    return own.map(({ course_id: courseId, code }) => ({
      classId: first.class_id,
      className: first.class_name,
      planId: first.plan_id,
      courseId,
      courseCode: code,
      students: members.map(({ id }) => id),
    }));
  });
}

interface Opening {
  register: Register;
  tx: Tx;
  collegeId: string;
  term: Term;
  now: string;
  dueOn: string;
  actorId: string;
  teachers: Record<string, string>;
}

interface Opened {
  sheets: { sheetId: string; lesson: Lesson }[];
  newOfferings: number;
  newSheets: number;
}

async function openOfferings(opening: Opening, lessons: readonly Lesson[]): Promise<Opened> {
  const { register, tx, collegeId, term, now, dueOn, teachers } = opening;
  const known: { id: string; class_id: string; course_id: string }[] = await tx('offerings').where({
    college_id: collegeId,
    term_id: term.id,
  });
  const offerings = new Map(known.map((row) => [`${row.class_id}/${row.course_id}`, row.id]));
  const sheetRows: { id: string; offering_id: string }[] = await tx('score_sheets')
    .whereIn('offering_id', [...offerings.values()])
    .where({ attempt: 1 });
  const sheetOf = new Map(sheetRows.map((row) => [row.offering_id, row.id]));
  const schemes = await schemesOf(opening, lessons);
  const newOfferings: Record<string, string | null>[] = [];
  const newSheets: Record<string, string | number>[] = [];
  const sheets = lessons.map((lesson) => {
    const name = `${lesson.classId}/${lesson.courseId}`;
    const offeringId = offerings.get(name) ?? register.newId('offering');
    const teacher = teachers[`${lesson.courseCode}/${lesson.className}`] ?? teachers[lesson.courseCode] ?? null;
    if (!offerings.has(name))
      newOfferings.push({
        id: offeringId,
        college_id: collegeId,
        course_id: lesson.courseId,
        class_id: lesson.classId,
        term_id: term.id,
        plan_id: lesson.planId,
        teacher_id: teacher,
        scheme_id: schemes.get(lesson.courseId) ?? '',
      });
    offerings.set(name, offeringId);
    const sheetId = sheetOf.get(offeringId) ?? register.newId('sheet');
    if (!sheetOf.has(offeringId))
      newSheets.push({
        id: sheetId,
        college_id: collegeId,
        offering_id: offeringId,
        attempt: 1,
        due_on: dueOn,
        opened_at: now,
        version: 1,
      });
    sheetOf.set(offeringId, sheetId);
    return { sheetId, lesson };
  });
  await insertRows(tx, 'offerings', newOfferings);
  await insertRows(tx, 'score_sheets', newSheets);
  return { sheets, newOfferings: newOfferings.length, newSheets: newSheets.length };
}

/** The newest scheme of each course; one part that is the whole where nobody has made one. */
async function schemesOf(
  { register, tx, collegeId, actorId, now }: Opening,
  lessons: readonly Lesson[],
): Promise<Map<string, string>> {
  const courseIds = [...new Set(lessons.map(({ courseId }) => courseId))];
  const rows: { id: string; course_id: string }[] = await tx('schemes')
    .whereIn('course_id', courseIds)
    .orderBy('version')
    .select('id', 'course_id');
  const schemes = new Map(rows.map((row) => [row.course_id, row.id]));
  for (const courseId of courseIds.filter((id) => !schemes.has(id))) {
    const components = [{ name: '总评', kind: 'final' as const, weight: 10_000 }];
    schemes.set(
      courseId,
      await insertScheme(register, tx, { courseId, components, collegeId, createdBy: actorId, version: 1, now }),
    );
  }
  return schemes;
}

/** Students not on their sheet yet; not those who have the course's score from elsewhere, and not onto a sheet that was handed in. */
async function openRows({ tx }: Opening, sheets: Opened['sheets']): Promise<string[]> {
  const ids = sheets.map(({ sheetId }) => sheetId);
  const standing = await readStandings(tx, ids);
  const on: { sheet_id: string; enrolment_id: string }[] = await tx('score_sheet_rows').whereIn('sheet_id', ids);
  const there = new Set(on.map((row) => `${row.sheet_id}/${row.enrolment_id}`));
  const courseIds = [...new Set(sheets.map(({ lesson }) => lesson.courseId))];
  const scored: { enrolment_id: string; course_id: string }[] = await tx('current_scores')
    .whereIn('course_id', courseIds)
    .where({ attempt: 1 })
    .distinct('enrolment_id', 'course_id');
  const elsewhere = new Set(scored.map((row) => `${row.enrolment_id}/${row.course_id}`));
  const rows = sheets.flatMap(({ sheetId, lesson }) => {
    if (standing(sheetId).open !== 'all') return [];
    const missing = lesson.students.filter(
      (id) => !there.has(`${sheetId}/${id}`) && !elsewhere.has(`${id}/${lesson.courseId}`),
    );
    return missing.map((id) => ({ sheet_id: sheetId, enrolment_id: id }));
  });
  await insertRows(tx, 'score_sheet_rows', rows);
  return rows.map((row) => row.enrolment_id);
}
