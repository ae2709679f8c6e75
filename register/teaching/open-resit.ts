import { appendLeaf } from '../../db/audit.ts';
import { enqueueBulkNudges } from '../../db/outbox.ts';
import { readTx } from '../../db/read-tx.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { courseStanding } from '../../rules/derived/standing.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import { attemptsOf } from '../facts/courses.ts';
import { readPolicy } from '../facts/policy.ts';
import { groupBy } from '../facts/rows.ts';
import type { ScoreRow } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { openRuleBook } from '../rules/rule-book.ts';
import { readStandings } from './sheet-events.ts';

export interface OpenResit {
  offeringId: string;
  dueOn: string;
}

/** 补考: a further sheet for those of the class who have not passed, by the pass mark of the policy in force; deferred and missing ones too. */
export async function openResitSheet(
  register: Register,
  call: Call<OpenResit>,
): Promise<{ sheet: string; attempt: number; students: number }> {
  const { by, input } = call;
  const passMark = await readTx(register.db, (tx) =>
    passMarkOf(register, tx, { id: input.offeringId, collegeId: by.collegeId }),
  );
  return writeTx(register.db, { command: 'openResitSheet', ...call }, async (tx) => {
    await tx('offerings').where({ id: input.offeringId }).forUpdate().first('id');
    const offering = await offeringOf(tx, { id: input.offeringId, collegeId: by.collegeId });
    const attempt = await nextAttempt(tx, offering.id);
    const students = await notPassed(tx, { offering, passMark });
    if (students.length === 0) throw new Problem('nobody_to_resit');
    const { now } = await collegeTime(tx, register.systemClock, offering.college_id);
    const id = register.newId('sheet');
    const { dueOn } = input;
    await tx('score_sheets').insert({
      id,
      college_id: offering.college_id,
      offering_id: offering.id,
      attempt,
      due_on: dueOn,
      opened_at: now,
      version: 1,
    });
    await insertRows(
      tx,
      'score_sheet_rows',
      students.map((enrolment) => ({ sheet_id: id, enrolment_id: enrolment })),
    );
    await appendLeaf(tx, {
      kind: 'resit_opened',
      object: { type: 'score_sheet', id },
      body: { offering: offering.id, attempt, students: students.length },
    });
    await enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: students });
    return { sheet: id, attempt, students: students.length };
  });
}

interface Offering {
  id: string;
  college_id: string;
  course_id: string;
  plan_id: string;
}

async function offeringOf(tx: Tx, of: { id: string; collegeId: string | null }): Promise<Offering> {
  const row = await tx('offerings')
    .where({ id: of.id, college_id: of.collegeId })
    .first('id', 'college_id', 'course_id', 'plan_id');
  if (!row) throw new Problem('not_found');
  return row;
}

/** Read before the transaction that writes: the policy is worked out by the rules. */
async function passMarkOf(register: Register, tx: Tx, of: { id: string; collegeId: string | null }): Promise<number> {
  const offering = await offeringOf(tx, of);
  const { now } = await collegeTime(tx, register.systemClock, offering.college_id);
  const book = await openRuleBook(tx, offering.college_id, now);
  return (await readPolicy(tx, book, offering.plan_id)).passMark;
}

/** One attempt after the last, whose sheet must have come in. */
async function nextAttempt(tx: Tx, offeringId: string): Promise<number> {
  const sheets: { id: string; attempt: number }[] = await tx('score_sheets')
    .where({ offering_id: offeringId })
    .orderBy('attempt');
  const last = sheets.at(-1);
  if (!last) throw new Problem('not_found');
  const { state } = (await readStandings(tx, [last.id]))(last.id);
  if (state === 'empty' || state === 'draft') throw new Problem('sheet_state', [], { state });
  return last.attempt + 1;
}

async function notPassed(tx: Tx, { offering, passMark }: { offering: Offering; passMark: number }): Promise<string[]> {
  const students: string[] = await tx('score_sheet_rows')
    .join('score_sheets', 'score_sheets.id', 'score_sheet_rows.sheet_id')
    .join('enrolments', 'enrolments.id', 'score_sheet_rows.enrolment_id')
    .where({ offering_id: offering.id, status: 'enrolled' })
    .distinct()
    .pluck('enrolments.id');
  const scores: ScoreRow[] = await tx('current_scores')
    .where({ course_id: offering.course_id })
    .whereIn('enrolment_id', students)
    .select();
  const byStudent = groupBy(scores, (score) => score.enrolment_id);
  const converted = new Set<string>(
    await tx('credit_entries')
      .where({ course_id: offering.course_id })
      .whereIn('enrolment_id', students)
      .pluck('enrolment_id'),
  );
  return students
    .filter(
      (id) =>
        courseStanding({ attempts: attemptsOf(byStudent.get(id) ?? []), converted: converted.has(id) }, passMark) !==
        'passed',
    )
    .sort();
}
