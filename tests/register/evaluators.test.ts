import { defaultActivityInfo, MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { readHealth } from '../../register/health/read-health.ts';
import type { SystemHealth } from '../../schemas/api/health.ts';
import { createActivities } from '../../activities/create-activities.ts';
import { conductorOf } from '../../bin/conductor.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { freezeRevision } from '../../register/rules/freeze-revision.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import type { Decision } from '../../schemas/decision.ts';
import { aCollege, aStudent } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import { withParam } from './publishing.ts';

const reference = vi.hoisted(() => ({ errs: false }));

/** json-rules-engine as it is, but for a fault in it that may be switched on: it takes every grant for a denial. */
vi.mock('../../rules/reference.ts', async (original) => {
  const real = await original<typeof import('../../rules/reference.ts')>();
  const evaluateByReference: typeof real.evaluateByReference = async (...given) => {
    const verdict = await real.evaluateByReference(...given);
    return reference.errs && verdict.type === 'grant' ? { ...verdict, type: 'deny' } : verdict;
  };
  return { ...real, evaluateByReference };
});

afterEach(() => {
  reference.errs = false;
});

const IN_TERM_FIVE = '2025-10-20T02:00:00.000Z';

forEachDatabase((_name, open) => {
  describe('when the two evaluators disagree', () => {
    let made: Promise<College> | undefined;

    async function aTaughtStudent(): Promise<{ college: College; student: Student }> {
      made ??= open({ clock: testClock(IN_TERM_FIVE) }).then((db) => aCollege(db, { rules: true }));
      const college = await made;
      const student = await aStudent(college);
      for (const course of ['JD101', 'JD102'] as const) await scored(college, student, { course, value: 800 });
      return { college, student };
    }

    test.each([
      [
        'a conclusion',
        'diploma_conclusion',
        ({ register, call }: College, { diploma }: Student) =>
          auditPathway(register, call('registrar', { pathwayId: diploma })),
      ],
      [
        'an eligibility',
        'eligibility',
        ({ register, call }: College, { four }: Student) =>
          applyForAssessment(register, call('registrar', { pathwayId: four })),
      ],
    ])('%s is not decided: its point stays open, and is decided once they agree', async (_what, purpose, ask) => {
      const { college, student } = await aTaughtStudent();
      const { reader } = college.register.db;
      await ask(college, student);
      const leaves = await countOf(college, 'audit_leaves');
      reference.errs = true;

      await expect(drive(college, student)).rejects.toMatchObject({ code: 'evaluators_disagree' });

      expect(await reader('decisions').where({ case_id: student.enrolment })).toEqual([]);
      expect(await openPoints(college, student)).toBe(1);
      expect(await countOf(college, 'audit_leaves')).toBe(leaves);

      reference.errs = false;
      await drive(college, student);
      const records: string[] = await reader('decisions')
        .where({ case_id: student.enrolment, purpose })
        .pluck('record');
      expect(records.map((record) => (JSON.parse(record) as Decision).engines.agree)).toEqual([true]);
      expect(await openPoints(college, student)).toBe(0);
    });

    test('no credit is spent and nothing of the application is stored', async () => {
      const { college, student } = await aTaughtStudent();
      const covered = [{ kind: 'skill_certificate' as const, name: '电工', overlap: 9000 }];
      const course = await aCourse(college, { code: 'A', credits: 20, covered });
      const outcomeId = await anOutcome(college, student, { kind: 'skill_certificate', level: 'three' });
      const apply = () =>
        applyForCredit(college.register, college.call('registrar', { outcomeId, courseIds: [course] }));
      reference.errs = true;

      await expect(apply()).rejects.toMatchObject({ code: 'evaluators_disagree' });
      for (const table of ['credit_applications', 'outcome_courses', 'credit_spendings', 'credit_entries'])
        expect(await countOf(college, table), table).toBe(0);
      expect(await disagreements(college, student)).toMatchObject([{ kind: 'applyForCredit' }]);

      reference.errs = false;
      expect((await apply()).courses).toMatchObject([{ credits: 20 }]);
      expect(await disagreements(college, student)).toEqual([]);
    });

    test('what the conductor could not decide stands on the page of health until it could', async () => {
      const { college, student } = await aTaughtStudent();
      const { register, call } = college;
      await auditPathway(register, call('registrar', { pathwayId: student.diploma }));
      const conductor = conductorOf(register);
      const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
      const { recordDecision } = createActivities({ conductor, log });
      const env = new MockActivityEnvironment(
        { ...defaultActivityInfo, workflowType: 'studentPathway' },
        { logger: new DefaultLogger('ERROR') },
      );
      const { due } = await conductor.loadCase({ workflowType: 'studentPathway', caseId: student.enrolment });
      const { opKey } = due.find(({ kind }) => kind === 'recordDecision')!;
      const decide = () => env.run(recordDecision, { caseId: student.enrolment, opKey });
      reference.errs = true;

      await expect(decide()).rejects.toMatchObject({ type: 'evaluators_disagree', nonRetryable: true });
      expect(await disagreements(college, student)).toMatchObject([{ kind: 'recordDecision', opKey }]);

      reference.errs = false;
      await decide();
      expect(await disagreements(college, student)).toEqual([]);
    });

    test('not even a question that stores nothing is answered', async () => {
      const { college, student } = await aTaughtStudent();
      const outcomeId = await anOutcome(college, student, {
        kind: 'skill_certificate',
        level: 'three',
        work_months_after: 24,
      });
      const ask = () =>
        evaluateEquivalence(college.register, { by: college.by('registrar'), input: { purpose: 'title', outcomeId } });
      reference.errs = true;

      await expect(ask()).rejects.toMatchObject({ code: 'evaluators_disagree' });
      reference.errs = false;
      expect((await ask()).answers).toMatchObject([{ verdict: { type: 'grant' } }]);
    });

    test('no document is frozen', async () => {
      const { college } = await aTaughtStudent();
      reference.errs = true;

      await expect(
        freezeRevision(
          college.register,
          college.call('rule_editor', { document: withParam('policy.teaching', 'passMark', 610) }),
        ),
      ).rejects.toMatchObject({ code: 'rule_tests_failed' });
    });

    test('a page still shows what the compiled evaluator sees, since reading decides nothing', async () => {
      const { college, student } = await aTaughtStudent();
      reference.errs = true;

      const { pathways } = await readStudentVerdicts(college.register, student.enrolment);
      expect(pathways.find(({ type }) => type === 'diploma')?.verdict.type).toBe('grant');
    });
  });
});

/** As the page of health shows them. */
async function disagreements({ register }: College, { enrolment }: Student): Promise<SystemHealth['troubles']> {
  const { troubles, disagreements: count } = await readHealth(register);
  const found = troubles.filter(({ code }) => code === 'evaluators_disagree');
  expect(count).toBe(found.length);
  return found.filter(({ caseId }) => caseId === enrolment);
}

async function openPoints({ register }: College, { diploma, four, three }: Student): Promise<number> {
  return (
    await register.db.reader('decision_points').whereIn('pathway_id', [diploma, four, three]).whereNull('dealt_at')
  ).length;
}

async function countOf({ register }: College, table: string): Promise<number> {
  return Number((await register.db.reader(table).count({ count: '*' }).first())?.count);
}
