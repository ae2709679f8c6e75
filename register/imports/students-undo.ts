import { insertNudges } from '../../db/outbox.ts';
import type { Tx } from '../../db/tx.ts';
import type { Around, Batch, Dependent, Writing } from './kind.ts';

/** Whatever a student has done or been given since; any of it keeps the batch. */
const uses = [
  'score_sheet_rows',
  'score_events',
  'learning_outcomes',
  'enrolment_events',
  'credit_applications',
  'certificates',
] as const;

export async function dependentsOfStudents({ tx }: Around, batch: Batch): Promise<Dependent[]> {
  const mine = () => tx('enrolments').where({ batch_id: batch.id }).select('id');
  const found: Dependent[] = [];
  for (const table of uses)
    found.push({ code: table, count: await countOf(tx(table).whereIn('enrolment_id', mine())) });
  found.push({ code: 'decisions', count: await countOf(tx('decisions').whereIn('case_id', mine())) });
  const pathways = tx('pathways').whereIn('enrolment_id', mine()).select('id');
  for (const table of ['assessment_results', 'decision_points'])
    found.push({ code: table, count: await countOf(tx(table).whereIn('pathway_id', pathways.clone())) });
  const people = tx('enrolments').where({ batch_id: batch.id }).select('person_id');
  found.push({ code: 'users', count: await countOf(tx('users').whereIn('person_id', people)) });
  return found.filter(({ count }) => count > 0);
}

export async function countOf(query: ReturnType<Tx>): Promise<number> {
  const row = await query.count({ n: '*' }).first();
  return Number(row?.n ?? 0);
}

/** Takes the students out again, as if they had never been enrolled. Their workflows look once more, find no case and end. */
export async function undoStudents({ register, tx }: Writing, batch: Batch): Promise<string[]> {
  const students: { id: string; person_id: string }[] = await tx('enrolments')
    .where({ batch_id: batch.id })
    .select('id', 'person_id');
  const mine = () => tx('enrolments').where({ batch_id: batch.id }).select('id');
  const ofTheirs = tx('pathways').whereIn('enrolment_id', mine()).select('id');
  await tx('pathway_status').whereIn('pathway_id', ofTheirs).delete();
  await tx('reminders').whereIn('case_id', mine()).delete();
  await tx('pathways').whereIn('enrolment_id', mine()).delete();
  await tx('case_watch').where({ workflow_type: 'studentPathway' }).whereIn('case_id', mine()).delete();
  const people = [...new Set(students.map((student) => student.person_id))];
  await tx('enrolments').where({ batch_id: batch.id }).delete();
  await deletePeopleWithout(tx, people);
  const { classes } = batch.before as { classes: string[] };
  await tx('org_units')
    .whereIn('id', classes)
    .whereNotExists(tx('enrolments').whereRaw('enrolments.class_id = org_units.id').select('id'))
    .delete();
  const now = register.systemClock.now();
  await insertNudges(
    tx,
    students.map(({ id }) => ({
      workflowType: 'studentPathway',
      caseId: id,
      seq: null,
      bulk: true,
      notBefore: now,
      createdAt: now,
    })),
  );
  return [];
}

const PAGE = 5000;

async function deletePeopleWithout(tx: Tx, people: readonly string[]): Promise<void> {
  for (let from = 0; from < people.length; from += PAGE) {
    await tx('people')
      .whereIn('id', people.slice(from, from + PAGE))
      .whereNotExists(tx('enrolments').whereRaw('enrolments.person_id = people.id').select('id'))
      .delete();
  }
}
