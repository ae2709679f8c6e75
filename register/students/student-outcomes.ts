import { readTx } from '../../db/read-tx.ts';
import type { OutcomeList } from '../../schemas/api/students.ts';
import type { Principal } from '../accounts/principal.ts';
import { collegeTime } from '../college/clock.ts';
import { groupBy } from '../facts/rows.ts';
import type { Register } from '../register.ts';
import { studentInScope } from './read-student.ts';

type Outcome = OutcomeList['items'][number];

interface OutcomeRow {
  id: string;
  origin: Outcome['origin'];
  kind: Outcome['kind'];
  name: string;
  occupation_code: string | null;
  level: string | null;
  contest_tier: string | null;
  contest_prize: string | null;
  number: string | null;
  issuer: string;
  issued_on: string | null;
  expires_on: string | null;
  verified: number | null;
  application_id: string | null;
}

interface EntryRow {
  outcome_id: string;
  course_id: string;
  name: string;
  credits: number;
  score: number;
}

/** What a student has learnt elsewhere or been certified for, and what it was spent on. */
export async function readStudentOutcomes(register: Register, by: Principal, id: string): Promise<OutcomeList> {
  return readTx(register.db, async (tx) => {
    await studentInScope(tx, by, id);
    const { today } = await collegeTime(tx, register.systemClock, by.collegeId!);
    const rows: OutcomeRow[] = await tx('learning_outcomes as o')
      .leftJoin('credit_spendings as s', 's.outcome_id', 'o.id')
      .where('o.enrolment_id', id)
      .orderBy(['o.issued_on', 'o.id'])
      .select('o.*', 's.application_id');
    const entries: EntryRow[] = await tx('credit_entries as x')
      .join('courses as c', 'c.id', 'x.course_id')
      .where('x.enrolment_id', id)
      .orderBy('c.code')
      .select('x.outcome_id', 'x.course_id', 'x.credits', 'x.score', 'c.name');
    const spent = groupBy(entries, (row) => row.outcome_id);
    return { items: rows.map((row) => outcomeView(row, { today, entries: spent.get(row.id) ?? [] })) };
  });
}

function outcomeView(row: OutcomeRow, { today, entries }: { today: string; entries: readonly EntryRow[] }): Outcome {
  return {
    id: row.id,
    origin: row.origin,
    kind: row.kind,
    name: row.name,
    occupationCode: row.occupation_code,
    level: row.level,
    contestTier: row.contest_tier,
    contestPrize: row.contest_prize,
    number: row.number,
    issuer: row.issuer,
    issuedOn: row.issued_on,
    expiresOn: row.expires_on,
    expired: row.expires_on !== null && row.expires_on < today,
    verified: row.verified === null ? null : Boolean(row.verified),
    spentOn: row.application_id,
    credits: entries.map((one) => ({
      courseId: one.course_id,
      course: one.name,
      credits: Number(one.credits),
      score: Number(one.score),
    })),
  };
}
