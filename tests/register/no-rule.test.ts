import { describe, expect, test } from 'vitest';
import { conductorOf } from '../../bin/conductor.ts';
import { seedRules } from '../../demo/seed/seed-college.ts';
import { signOff } from '../../register/certification/sign-off.ts';
import { loadCase } from '../../register/cases/load-case.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import { readStudentVerdicts } from '../../register/students/student-verdicts.ts';
import { libraryDocument } from '../rules/library.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
import { drive, scored } from '../support/students.ts';
import { publish } from './publishing.ts';

const IN_TERM_FIVE = '2025-09-08T02:00:00.000Z';
const idle = { heartbeat: () => undefined, signal: new AbortController().signal };

async function aTaughtStudent(open: OpenTest, { rules }: { rules: boolean }) {
  const db = await open({ clock: testClock(IN_TERM_FIVE) });
  const college = await aCollege(db, { rules, register: testRegister(db) });
  const student = await aStudent(college);
  for (const course of ['JD101', 'JD102'] as const) await scored(college, student, { course, value: 755 });
  return { db, college, student };
}

/** From now on diplomas are concluded by rules that hold only for who enrols from 2027. */
async function concludeOnlyLaterCohorts(college: College): Promise<void> {
  const document = { ...libraryDocument('conclusion.diploma'), id: 'conclusion.diploma-later' };
  await publish(college, { ...document, validity: { ...document.validity, from: '2027-09-01' } });
  const binding = { purpose: 'diploma_conclusion', scope: '*', ruleSet: document.id, fromOn: '2025-09-01' };
  await bindRuleSet(college.register, college.call('rule_editor', binding));
}

async function pathwaysOf({ register }: College, { enrolment }: Student) {
  const { pathways } = await readStudentVerdicts(register, enrolment);
  return new Map(pathways.map((one) => [one.pathway, one]));
}

const unanswered = (db: College['register']['db'], { diploma }: Student) =>
  db.reader('decision_points').where({ pathway_id: diploma }).whereNull('dealt_at');

forEachDatabase((_name, open) => {
  describe('where no rule answers', () => {
    test('a college without rules shows each student, which rule each pathway wants, and that the rule editor must act', async () => {
      const { college, student } = await aTaughtStudent(open, { rules: false });
      await applyForAssessment(college.register, college.call('registrar', { pathwayId: student.four }));

      const pathways = await pathwaysOf(college, student);

      const wanted = { code: 'rule_not_bound', scope: '*', on: '2025-09-08' };
      expect(pathways.get(student.diploma)).toMatchObject({
        noRule: { ...wanted, purpose: 'policy' },
        verdict: { type: 'undetermined', fired: [], missing: [] },
        rule: null,
        stage: { name: 'collecting', waitingOn: { role: 'rule_editor' }, reason: 'rule_not_bound' },
        facts: { coursesFailed: null, creditsShort: null, internshipMonths: 6 },
      });
      expect(pathways.get(student.four)).toMatchObject({
        noRule: { ...wanted, purpose: 'eligibility', scope: '2018' },
        stage: { name: 'deciding', waitingOn: { role: 'rule_editor' }, reason: 'rule_not_bound' },
      });
      expect(pathways.get(student.three)).toMatchObject({
        noRule: { ...wanted, purpose: 'skill_conclusion' },
        stage: { name: 'application', waitingOn: { role: 'student' } },
      });
    });

    test('the conductor rests, looks again with each new day, and goes on once the rules are bound', async () => {
      const { db, college, student } = await aTaughtStudent(open, { rules: false });
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));

      expect(await loadCase(college.register, student.enrolment)).toMatchObject({
        due: [],
        ended: false,
        nextDeadline: '2025-09-08T16:00:00.000Z',
      });
      expect(await unanswered(db, student)).toHaveLength(1);

      await db.writer('outbox').del();
      await seedRules(college.register, { college: college.id, approver: college.users.rule_approver });

      expect(await db.reader('outbox').where({ case_id: student.enrolment })).not.toHaveLength(0);
      await drive(college, student);
      expect(await unanswered(db, student)).toHaveLength(0);
      expect((await pathwaysOf(college, student)).get(student.diploma)).toMatchObject({
        noRule: null,
        verdict: { type: 'grant' },
        stage: { name: 'public_notice' },
      });
    });

    test('a rule for later cohorts only never answers for an earlier one; the other pathways of the case go on', async () => {
      const { db, college, student } = await aTaughtStudent(open, { rules: true });
      const before = await pathwaysOf(college, student);
      await concludeOnlyLaterCohorts(college);
      await auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await applyForAssessment(college.register, college.call('registrar', { pathwayId: student.four }));

      await drive(college, student);

      const after = await pathwaysOf(college, student);
      expect(before.get(student.diploma)).toMatchObject({ noRule: null, verdict: { type: 'grant' } });
      expect(after.get(student.diploma)).toMatchObject({
        noRule: { code: 'no_rule_for_date', purpose: 'diploma_conclusion', scope: '*', on: '2023-09-01' },
        verdict: { type: 'undetermined' },
        stage: { name: 'deciding', waitingOn: { role: 'rule_editor' }, reason: 'no_rule_for_date' },
      });
      expect(after.get(student.four)).toMatchObject({ noRule: null, facts: { eligibility: expect.any(String) } });
      expect(await db.reader('decisions').where({ pathway_id: student.diploma })).toEqual([]);
      expect(await unanswered(db, student)).toHaveLength(1);
      const status = await db.reader('pathway_status').where({ pathway_id: student.diploma }).first('waiting_role');
      expect(status).toEqual({ waiting_role: 'rule_editor' });
    });

    test('neither a decision nor an approval is recorded, whoever asks', async () => {
      const { college, student } = await aTaughtStudent(open, { rules: true });
      const audit = () => auditPathway(college.register, college.call('registrar', { pathwayId: student.diploma }));
      await audit();
      await drive(college, student);
      const days = { to: 'days' as const, days: 10, reason: 'test' };
      await moveClock(college.register, college.call('registrar', days));
      await drive(college, student);
      await concludeOnlyLaterCohorts(college);
      const answer = (input: { answer: 'approved' | 'refused'; reason?: string }) =>
        signOff(college.register, college.call('certification_officer', { pathwayId: student.diploma, ...input }));

      await expect(answer({ answer: 'approved' })).rejects.toMatchObject({
        code: 'no_rule_for_date',
        errors: [{ detail: { purpose: 'diploma_conclusion', on: '2023-09-01' } }],
      });
      const { point } = await audit();
      const due = { caseId: student.enrolment, opKey: `decide/${student.diploma}/audit/${point}` };
      await expect(conductorOf(college.register).perform.recordDecision(due, idle)).rejects.toMatchObject({
        code: 'no_rule_for_date',
      });
      await expect(answer({ answer: 'refused', reason: '暂无规则' })).resolves.toMatchObject({
        pathway: student.diploma,
      });
    });
  });
});
