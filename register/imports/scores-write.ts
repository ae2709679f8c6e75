import { insertRows } from '../../db/rows.ts';
import { lastVersions, recordScores } from '../teaching/score-rows.ts';
import type { NewScore } from '../teaching/score-rows.ts';
import type { Writing, Written } from './kind.ts';
import { unique } from './look-up.ts';
import type { SheetWork } from './scores.ts';
import { writeSchemes } from './scores-write-schemes.ts';

/** A sheet of the file with its ids. */
interface Opened {
  work: SheetWork;
  sheetId: string;
  components: ReadonlyMap<string, { id: string; weight: number; max: number }>;
}

/** Archived sheets with their scores: as if taught, submitted and filed, which on paper they were. */
export async function writeScores(writing: Writing, sheets: readonly SheetWork[]): Promise<Written> {
  const { tx, register, collegeId, batchId, actorId, requestId, time } = writing;
  const opened = await openSheets(writing, sheets);
  await insertRows(
    tx,
    'score_sheet_rows',
    opened.flatMap(({ work, sheetId }) =>
      unique(work.cells.map((cell) => cell.enrolmentId)).map((enrolmentId) => ({
        sheet_id: sheetId,
        enrolment_id: enrolmentId,
      })),
    ),
  );
  const versionOf = await lastVersions(
    tx,
    opened.filter(({ work }) => work.sheet).map(({ sheetId }) => sheetId),
  );
  const scores = opened.flatMap((one) => one.work.cells.map((cell) => newScore(one, cell)));
  const versioned = scores.map((score) => ({ ...score, version: versionOf(score) + 1 }));
  await recordScores({ register, tx, collegeId, actorId, requestId, batchId, now: time.now }, versioned);
  await insertRows(
    tx,
    'score_sheet_events',
    opened.flatMap((one) => sheetEvents(writing, one)),
  );
  const cells = sheets.flatMap((sheet) => sheet.cells.map((cell) => ({ cell, sheet })));
  return {
    cases: unique(cells.map(({ cell }) => cell.enrolmentId)),
    people: commitmentsOf(cells),
  };
}

function newScore(
  { work, sheetId, components }: Opened,
  { enrolmentId, component, value, mark }: SheetWork['cells'][number],
): Omit<NewScore, 'version'> {
  const part = component === null ? { id: null, weight: 10_000, max: 1_000 } : components.get(component);
  if (!part) throw new Error(`component ${component} of a checked row has no id`);
  const { courseId, attempt } = work;
  return {
    sheetId,
    enrolmentId,
    courseId,
    componentId: part.id,
    attempt,
    weight: part.weight,
    maxScore: part.max,
    value,
    mark,
    reason: null,
  };
}

/** One commitment a student, over all that the batch says about them. */
function commitmentsOf(cells: readonly { cell: SheetWork['cells'][number]; sheet: SheetWork }[]): Written['people'] {
  const byPerson = new Map<string, unknown[]>();
  for (const { cell, sheet } of cells) {
    const said = [sheet.courseId, sheet.term.id, sheet.attempt, cell.component, cell.value, cell.mark];
    byPerson.set(cell.personId, [...(byPerson.get(cell.personId) ?? []), said]);
  }
  return [...byPerson].map(([personId, value]) => ({ personId, value }));
}

async function openSheets(writing: Writing, sheets: readonly SheetWork[]): Promise<Opened[]> {
  const { tx, register, collegeId, time } = writing;
  const schemes = await writeSchemes(writing, sheets);
  const offerings = new Map<string, string>();
  const newOfferings: Record<string, string | null>[] = [];
  const newSheets: Record<string, string | number>[] = [];
  const opened = sheets.map((work): Opened => {
    const scheme = schemes(work.courseId, work.scheme);
    const name = `${work.classId}/${work.courseId}/${work.term.id}`;
    const offeringId = work.offeringId ?? offerings.get(name) ?? register.newId('offering');
    if (work.offeringId === null && !offerings.has(name)) {
      offerings.set(name, offeringId);
      newOfferings.push({
        id: offeringId,
        college_id: collegeId,
        course_id: work.courseId,
        class_id: work.classId,
        term_id: work.term.id,
        plan_id: work.planId,
        teacher_id: null,
        scheme_id: scheme.id,
      });
    }
    const sheetId = work.sheet?.id ?? register.newId('sheet');
    if (!work.sheet)
      newSheets.push({
        id: sheetId,
        college_id: collegeId,
        offering_id: offeringId,
        attempt: work.attempt,
        due_on: work.term.endsOn,
        opened_at: time.now,
        version: 1,
      });
    return { work, sheetId, components: scheme.components };
  });
  await insertRows(tx, 'offerings', newOfferings);
  await insertRows(tx, 'score_sheets', newSheets);
  const grown = opened.flatMap(({ work }) => work.sheet?.id ?? []);
  await tx('score_sheets')
    .whereIn('id', grown)
    .update({ version: tx.raw('version + 1') });
  return opened;
}

function sheetEvents({ register, batchId, actorId, time }: Writing, { work, sheetId }: Opened) {
  const event = (kind: string, ordinal: number) => ({
    id: register.newId('event'),
    sheet_id: sheetId,
    ordinal,
    kind,
    reason: null,
    body: JSON.stringify({ batch: batchId }),
    actor_id: actorId,
    at: time.now,
  });
  if (work.sheet) return [event('archived', work.sheet.lastOrdinal + 1)];
  return [event('submitted', 1), event('archived', 2)];
}
