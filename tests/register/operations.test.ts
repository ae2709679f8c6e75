import { afterEach, describe, expect, test, vi } from 'vitest';
import { moveClock } from '../../register/college/move-clock.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { createOperation, switchOperation } from '../../register/operations/create-operation.ts';
import type { OperationSwitch } from '../../register/operations/create-operation.ts';
import { itemCommands } from '../../register/operations/kinds.ts';
import type { BulkKind } from '../../register/operations/kinds.ts';
import { loadOperation, runPage, writeReport } from '../../register/operations/run-page.ts';
import type { PageContext } from '../../register/operations/run-page.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { Problem } from '../../schemas/problem.ts';
import { aCollege, someStudents } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';

const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';
const never = new AbortController().signal;
const idle: PageContext = { heartbeat: () => undefined, signal: never };

afterEach(() => void vi.restoreAllMocks());

forEachDatabase((_name, open) => {
  let made: Promise<College> | undefined;

  /** One college for all but who moves its clock; every test has students of its own. */
  async function aCohort(count: number, { ownCollege = false } = {}) {
    const opened = async () => aCollege(await open({ clock: testClock(IN_TERM_FIVE) }), { rules: true });
    const college = await (ownCollege ? opened() : (made ??= opened()));
    const students = await someStudents(college, count);
    const start = async (kind: BulkKind, pathwayIds: string[]) =>
      (await createOperation(college.register, college.call('registrar', { kind, pathwayIds }))).operation;
    return { college, students, fours: students.map(({ four }) => four), start };
  }

  describe('a bulk act', () => {
    test('does to each what the single act does, in the name of who asked, and reports', async () => {
      const { college, fours, start } = await aCohort(10);
      const operation = await start('apply', fours);

      await carry(college, operation);

      const { reader } = college.register.db;
      expect(await reader('pathways').whereIn('id', fours).distinct().pluck('applied_on')).toEqual(['2025-10-20']);
      expect(await reader('decision_points').whereIn('pathway_id', fours).pluck('kind')).toEqual(
        fours.map(() => 'application'),
      );
      const leaves = await reader('audit_leaves').whereIn('object_id', fours).distinct('kind', 'actor', 'actor_role');
      expect(leaves).toEqual([
        { kind: 'applied_for_assessment', actor: college.users.registrar, actor_role: 'registrar' },
      ]);
      expect(await reportOf(college, operation)).toEqual({ done: 10, refused: 0, refusals: {} });
    });

    test('one that is refused does not stop the others, and says why', async () => {
      const { college, students, fours, start } = await aCohort(6);
      await applyForAssessment(college.register, college.call('registrar', { pathwayId: fours[1]! }));
      await college.register.db
        .writer('pathways')
        .where({ id: fours[3] })
        .update({ closed_at: IN_TERM_FIVE, closed_reason: 'test' });
      const operation = await start('apply', [...fours, students[0]!.diploma, 'pth_unknown']);

      await carry(college, operation);

      expect(await reportOf(college, operation)).toEqual({
        done: 4,
        refused: 4,
        refusals: { already_applied: 1, not_found: 2, pathway_closed: 1 },
      });
      expect(
        await college.register.db
          .reader('operation_items')
          .where({ operation_id: operation })
          .orderBy('ordinal')
          .pluck('status'),
      ).toEqual([...['done', 'refused', 'done', 'refused', 'done', 'done'], ...['refused', 'refused']]);
    });

    test('what a person may not sign off their bulk act may not either', async () => {
      const { college, students } = await aCohort(3, { ownCollege: true });
      const officer = college.users.certification_officer;
      for (const [index, student] of students.entries())
        await untilSignOff(college, student, index === 1 ? officer : undefined);
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      for (const student of students) await drive(college, student);
      const input = { kind: 'sign_off' as const, pathwayIds: students.map(({ diploma }) => diploma) };
      const { operation } = await createOperation(college.register, college.call('certification_officer', input));

      await carry(college, operation);

      expect(await reportOf(college, operation)).toEqual({ done: 2, refused: 1, refusals: { barred_person: 1 } });
      expect(
        await college.register.db
          .reader('sign_offs')
          .whereIn('pathway_id', input.pathwayIds)
          .distinct()
          .pluck('officer_id'),
      ).toEqual([officer]);
    });

    test('names each pathway once, and at least one', async () => {
      const { college, fours } = await aCohort(2);
      const start = (pathwayIds: string[]) =>
        createOperation(college.register, college.call('registrar', { kind: 'audit' as const, pathwayIds }));

      await expect(start([])).rejects.toMatchObject({ code: 'bad_input', errors: [{ pointer: '/pathwayIds' }] });
      expect(await start([...fours, ...fours])).toMatchObject({ total: 2 });
    });
  });

  describe('between two chunks of a page', () => {
    test('a pause holds; nothing is due until it goes on, from where it stood', async () => {
      const { college, fours, start } = await aCohort(20);
      const operation = await start('apply', fours);
      afterTheEighth(turn(college, operation, 'pause'));
      await runPage(college.register, { caseId: operation, opKey: 'page' }, idle);

      expect(await doneIn(college, operation)).toBe(8);
      expect(await loadOperation(college.register, operation)).toMatchObject({ due: [], ended: false });
      await runPage(college.register, { caseId: operation, opKey: 'page' }, idle);
      expect(await doneIn(college, operation)).toBe(8);

      await turn(college, operation, 'resume')();
      await carry(college, operation);
      expect(await reportOf(college, operation)).toEqual({ done: 20, refused: 0, refusals: {} });
    });

    test('a cancellation ends it; what is done stays done, and no report says it was finished', async () => {
      const { college, fours, start } = await aCohort(20);
      const operation = await start('apply', fours);
      afterTheEighth(turn(college, operation, 'cancel'));
      await runPage(college.register, { caseId: operation, opKey: 'page' }, idle);

      expect(await loadOperation(college.register, operation)).toMatchObject({ due: [], ended: true });
      await writeReport(college.register, { caseId: operation, opKey: `report/${operation}` });
      expect(
        await college.register.db.reader('operations').where({ id: operation }).first('finished_at', 'report'),
      ).toEqual({ finished_at: null, report: null });
      expect(await college.register.db.reader('pathways').whereIn('id', fours).whereNotNull('applied_on')).toHaveLength(
        8,
      );
      await expect(turn(college, operation, 'resume')()).rejects.toMatchObject({ code: 'not_found' });
    });

    test('a worker that is told to stop stops', async () => {
      const { college, fours, start } = await aCohort(20);
      const operation = await start('apply', fours);
      const stopping = new AbortController();
      await runPage(
        college.register,
        { caseId: operation, opKey: 'page' },
        { heartbeat: () => stopping.abort(), signal: stopping.signal },
      );

      expect(await doneIn(college, operation)).toBe(8);
    });
  });

  describe('a page killed in the middle and repeated', () => {
    test('counts nothing twice, whether or not it had noted what it did', async () => {
      const { college, fours, start } = await aCohort(12);
      const operation = await start('apply', fours);
      const real = itemCommands.apply;
      let calls = 0;
      vi.spyOn(itemCommands, 'apply').mockImplementation(async (...given) => {
        calls += 1;
        if (calls === 5) throw new Error('killed');
        return real(...given);
      });
      await expect(runPage(college.register, { caseId: operation, opKey: 'page' }, idle)).rejects.toThrow('killed');
      expect(await doneIn(college, operation), 'four were done, and none noted').toBe(0);

      await carry(college, operation);

      const { reader } = college.register.db;
      expect(await reportOf(college, operation)).toEqual({ done: 12, refused: 0, refusals: {} });
      expect(await reader('decision_points').whereIn('pathway_id', fours)).toHaveLength(12);
      expect(await reader('audit_leaves').whereIn('object_id', fours)).toHaveLength(12);
    });

    test('a case that moved meanwhile is looked at again, and is no refusal', async () => {
      const { college, fours, start } = await aCohort(2);
      const operation = await start('apply', fours);
      const real = itemCommands.apply;
      vi.spyOn(itemCommands, 'apply').mockRejectedValueOnce(new Problem('stale')).mockImplementation(real);

      await carry(college, operation);

      expect(await reportOf(college, operation)).toEqual({ done: 2, refused: 0, refusals: {} });
    });

    test.each(['busy', 'storage_full', 'in_progress', 'internal'] as const)(
      '%s is no answer: the item waits for the next try',
      async (code) => {
        const { college, fours, start } = await aCohort(2);
        const operation = await start('apply', fours);
        const real = itemCommands.apply;
        vi.spyOn(itemCommands, 'apply').mockRejectedValueOnce(new Problem(code)).mockImplementation(real);

        await expect(runPage(college.register, { caseId: operation, opKey: 'page' }, idle)).rejects.toMatchObject({
          code,
        });
        await carry(college, operation);
        expect(await reportOf(college, operation)).toEqual({ done: 2, refused: 0, refusals: {} });
      },
    );

    test('a report asked for early closes nothing, and asked for twice is written once', async () => {
      const { college, fours, start } = await aCohort(2);
      const operation = await start('apply', fours);
      const due = { caseId: operation, opKey: `report/${operation}` };
      await writeReport(college.register, due);
      expect(await loadOperation(college.register, operation)).toMatchObject({ ended: false });

      await carry(college, operation);
      await writeReport(college.register, due);

      expect(await loadOperation(college.register, operation)).toMatchObject({ due: [], ended: true });
      expect(
        await college.register.db.reader('audit_leaves').where({ object_id: operation, kind: 'operation_finished' }),
      ).toHaveLength(1);
    });

    test('progress is noted chunk by chunk', async () => {
      const { college, fours, start } = await aCohort(20);
      const operation = await start('apply', fours);
      await carry(college, operation);

      expect(
        await college.register.db
          .reader('operation_events')
          .where({ operation_id: operation })
          .orderBy('ordinal')
          .select('done', 'refused'),
      ).toEqual([
        { done: 8, refused: 0 },
        { done: 16, refused: 0 },
        { done: 20, refused: 0 },
      ]);
    });
  });
});

/** Does what is due in an operation until nothing is, as its workflow would. */
async function carry({ register }: College, caseId: string): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const [next] = (await loadOperation(register, caseId)).due as { kind: string; opKey: string }[];
    if (!next) return;
    const due = { caseId, opKey: next.opKey };
    await (next.kind === 'runPage' ? runPage(register, due, idle) : writeReport(register, due));
  }
  throw new Error('the operation never came to rest');
}

async function reportOf({ register }: College, id: string): Promise<unknown> {
  const { report } = await register.db.reader('operations').where({ id }).first('report');
  return JSON.parse(report);
}

async function doneIn({ register }: College, id: string): Promise<number> {
  return (await register.db.reader('operation_items').where({ operation_id: id, status: 'done' })).length;
}

/** Somebody who turns it, at the console. */
const turn =
  ({ register, call }: College, operationId: string, to: OperationSwitch) =>
  () =>
    switchOperation(register, call('registrar', { operationId, to }));

/** While a page is at its eighth item, the last of its first chunk. */
function afterTheEighth(act: () => Promise<unknown>): void {
  const real = itemCommands.apply;
  let calls = 0;
  vi.spyOn(itemCommands, 'apply').mockImplementation(async (...given) => {
    const answer = await real(...given);
    calls += 1;
    if (calls === 8) await act();
    return answer;
  });
}

/** With a diploma decided and its public notice running; the scores entered by that person. */
async function untilSignOff(college: College, student: Student, actorId?: string): Promise<void> {
  for (const course of ['JD101', 'JD102'] as const)
    await scored(college, student, { course, value: 800, ...(actorId ? { actorId } : {}) });
  await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
  await drive(college, student);
}
