import { appendLeaf, commitAll } from '../../db/audit.ts';
import { enqueueBulkNudges } from '../../db/outbox.ts';
import { insertRows } from '../../db/rows.ts';
import type { Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Fault } from '../../schemas/problem.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { faultAt } from '../teaching/faults.ts';

/** What nobody but a person can say about an enrolment. A null makes it unknown again; what is not named stays. */
export interface EnrolmentFacts {
  workMonths?: number | null;
  workMonthsAfterHeld?: number | null;
  workMonthsAfterTitle?: number | null;
  internshipMonths?: number | null;
  disciplineOpen?: boolean | null;
  intendsOccupation?: boolean | null;
  inOccupation?: boolean | null;
  apprenticeshipDone?: boolean | null;
  preTechnician?: boolean | null;
}

export interface RecordFacts {
  rows: (EnrolmentFacts & { enrolmentId: string })[];
  reason?: string;
}

const months = {
  workMonths: ['work_months', 720],
  workMonthsAfterHeld: ['work_months_after_held', 720],
  workMonthsAfterTitle: ['work_months_after_title', 720],
  internshipMonths: ['internship_months', 60],
} as const satisfies Partial<Record<keyof EnrolmentFacts, readonly [string, number]>>;

const flags = {
  disciplineOpen: 'discipline_open',
  intendsOccupation: 'intends_occupation',
  inOccupation: 'in_occupation',
  apprenticeshipDone: 'apprenticeship_done',
  preTechnician: 'pre_technician',
} as const satisfies Partial<Record<keyof EnrolmentFacts, string>>;

/** Facts about many enrolments in one command: all of them, or none with every fault named. */
export async function recordEnrolmentFacts(
  register: Register,
  call: Call<RecordFacts>,
): Promise<{ enrolments: number }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'recordEnrolmentFacts', ...call }, async (tx) => {
    const known = await knownPeople(
      tx,
      input.rows.map((row) => row.enrolmentId),
      by.collegeId,
    );
    const faults = input.rows.flatMap((row, index) => rowFaults(row, { index, isKnown: known.has(row.enrolmentId) }));
    if (input.rows.length === 0) faults.push(faultAt('/rows', 'student_unknown'));
    if (faults.length > 0) throw new Problem('bad_input', faults);
    const { now } = await collegeTime(tx, register.systemClock, by.collegeId ?? '');
    const events = [];
    for (const { enrolmentId, ...facts } of input.rows) {
      await tx('enrolments')
        .where({ id: enrolmentId })
        .update({ ...columnsOf(facts), version: tx.raw('version + 1') });
      events.push({
        id: register.newId('event'),
        enrolment_id: enrolmentId,
        kind: 'facts_recorded',
        body: JSON.stringify(facts),
        reason: input.reason ?? null,
        actor_id: by.userId,
        at: now,
      });
    }
    await insertRows(tx, 'enrolment_events', events);
    const commitments = await commitAll(
      tx,
      input.rows.map(({ enrolmentId, ...facts }) => ({ personId: known.get(enrolmentId) ?? '', value: facts })),
    );
    await appendLeaf(tx, {
      kind: 'facts_recorded',
      object: { type: 'college', id: by.collegeId ?? '' },
      body: { enrolments: input.rows.length, commitments },
    });
    await enqueueBulkNudges(tx, { workflowType: 'studentPathway', caseIds: input.rows.map((row) => row.enrolmentId) });
    return { enrolments: input.rows.length };
  });
}

async function knownPeople(tx: Tx, ids: readonly string[], collegeId: string | null): Promise<Map<string, string>> {
  const rows: { id: string; person_id: string }[] = await tx('enrolments')
    .where({ college_id: collegeId })
    .whereIn('id', ids)
    .select('id', 'person_id');
  return new Map(rows.map((row) => [row.id, row.person_id]));
}

function rowFaults(row: EnrolmentFacts, { index, isKnown }: { index: number; isKnown: boolean }): Fault[] {
  const faults = Object.entries(months).flatMap(([key, [, maximum]]) => {
    const value = row[key as keyof typeof months] ?? null;
    const isFit = value === null || (Number.isSafeInteger(value) && value >= 0 && value <= maximum);
    return isFit ? [] : [faultAt(`/rows/${index}/${key}`, 'count_out_of_range', { minimum: 0, maximum })];
  });
  return isKnown ? faults : [faultAt(`/rows/${index}/enrolmentId`, 'student_unknown'), ...faults];
}

function columnsOf(facts: EnrolmentFacts): Record<string, number | null> {
  const columns: Record<string, number | null> = {};
  for (const [key, [column]] of Object.entries(months)) {
    const value = facts[key as keyof typeof months];
    if (value !== undefined) columns[column] = value;
  }
  for (const [key, column] of Object.entries(flags)) {
    const value = facts[key as keyof typeof flags];
    if (value !== undefined) columns[column] = value === null ? null : value ? 1 : 0;
  }
  return columns;
}
