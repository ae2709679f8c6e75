import { describe, expect, test } from 'vitest';
import { nobody } from '../../register/accounts/principal.ts';
import { listAffected } from '../../register/decisions/affected.ts';
import { applyForCredit } from '../../register/outcomes/apply-for-credit.ts';
import { evaluateEquivalence } from '../../register/outcomes/evaluate-equivalence.ts';
import { bindRuleSet } from '../../register/rules/bind-rule-set.ts';
import type { Ruleset } from '../../schemas/ruleset.ts';
import { collegeDocuments } from '../rules/library.ts';
import { aCollege, aStudent, testRegister } from '../support/college.ts';
import type { College, Student } from '../support/college.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import { aCourse, anOutcome } from './outcomes.ts';
import type { SomeOutcome } from './outcomes.ts';
import { publish, withParam } from './publishing.ts';

/** Decisions that would come out otherwise with what is known now: here none may. */
async function affectedOf({ register, id: collegeId, users }: College, studentId: string): Promise<unknown[]> {
  const scope = { kind: 'college' as const, id: null };
  const role = 'registrar' as const;
  const by = { ...nobody, userId: users[role], collegeId, role, assignments: [{ role, scope }], scopes: [scope] };
  return (await listAffected(register, by, { studentId, limit: 100 })).items;
}

/** The eighth day of the term. */
const SECOND_WEEK = '2025-09-08T02:00:00.000Z';
const SUBJECT = '电工';
const FROM = '2015-09-01';

const codes = {
  'shandong-yishu': '14901',
  'chongqing-gongshang': '14902',
  liming: '14903',
  'adult-education': '14904',
  technician: '14905',
};
type Name = keyof typeof codes;

const documentOf = (name: Name): Ruleset =>
  collegeDocuments().find(([file]) => file.startsWith(`colleges/${name}/`))![1];

interface Example {
  college: College;
  student(): Promise<Student>;
  /** The five courses of the plan that outcomes may stand for, all required. */
  courses: Record<'core' | 'basic' | 'second' | 'politics', string>;
  asked(student: Student, outcome: SomeOutcome, courseIds: string[], date?: string): Promise<unknown[]>;
  applied(outcome: string, courseIds: string[]): Promise<string[]>;
}

onSqlite((open) => {
  const made = new Map<Name, Promise<Example>>();
  const example = (name: Name): Promise<Example> => {
    const known = made.get(name) ?? anExample(name);
    made.set(name, known);
    return known;
  };

  /** A college of its own whose credit rule is the document of its folder, and which no rule of another binds. */
  async function anExample(name: Name): Promise<Example> {
    const db = await open({ clock: testClock(SECOND_WEEK) });
    const college = await aCollege(db, { code: codes[name], register: testRegister(db) });
    const { register } = college;
    await publish(college, withParam('policy.teaching', 'totalCapShare', 10_000));
    await publish(college, documentOf(name));
    const bind = (purpose: 'policy' | 'credit', ruleSet: string): Promise<unknown> =>
      bindRuleSet(register, college.call('rule_editor', { purpose, scope: '*', ruleSet, fromOn: FROM }));
    await bind('policy', 'policy.teaching');
    await bind('credit', documentOf(name).id);
    const covered = (['prior_course', 'x_certificate', 'skill_certificate'] as const).map((kind) => ({
      kind,
      name: SUBJECT,
      overlap: 9000,
    }));
    const course = (code: string, kind: string): Promise<string> =>
      aCourse(college, { code, kind, credits: 20, required: 1, covered });
    return {
      college,
      student: () => aStudent(college),
      courses: {
        core: await course('A', 'professional_core'),
        basic: await course('B', 'professional_basic'),
        second: await course('C', 'professional_basic'),
        politics: await course('D', 'politics'),
      },
      async asked(student, outcome, courseIds, date) {
        const outcomeId = await anOutcome(college, student, outcome);
        const input = { purpose: 'credit' as const, outcomeId, courseIds, ...(date && { date }) };
        const { answers } = await evaluateEquivalence(register, { by: college.by('registrar'), input });
        return answers.map(({ verdict: { type, params, missing } }) => ({ type, params, missing }));
      },
      async applied(outcomeId, courseIds) {
        const { courses } = await applyForCredit(register, college.call('registrar', { outcomeId, courseIds }));
        return courses.map(({ outcome }) => outcome);
      },
    };
  }

  const prior: SomeOutcome = { kind: 'prior_course', name: SUBJECT, score: 920, credits: 20 };
  const certificate: SomeOutcome = { kind: 'x_certificate', name: SUBJECT, level: 'senior' };

  describe('the same prior course with 92, into a core course', () => {
    test.each<[Name, Record<string, unknown>]>([
      ['shandong-yishu', { type: 'out-of-scope' }],
      ['chongqing-gongshang', { type: 'grant', params: { credits: 500, score: 600 } }],
      ['liming', { type: 'deny', params: { reason: 'course_kind' } }],
      ['adult-education', { type: 'grant', params: { credits: 500, score: 700 } }],
    ])('%s answers as its own regulation says', async (name, answer) => {
      const { asked, student, courses } = await example(name);

      expect(await asked(await student(), prior, [courses.core])).toMatchObject([answer]);
    });
  });

  test('politics is converted at 黎明 and not at 重庆工商', async () => {
    const answers = async (name: Name): Promise<unknown[]> => {
      const { asked, student, courses } = await example(name);
      return asked(await student(), prior, [courses.politics]);
    };

    expect(await answers('liming')).toMatchObject([{ type: 'grant' }]);
    expect(await answers('chongqing-gongshang')).toMatchObject([{ type: 'deny', params: { reason: 'course_kind' } }]);
  });

  describe('山东艺术设计: one course a certificate', () => {
    test('asked for two courses, neither is replaced and the certificate stays unspent; then one is', async () => {
      const { college, applied, student, courses } = await example('shandong-yishu');
      const person = await student();
      const outcome = await anOutcome(college, person, certificate);

      expect(await applied(outcome, [courses.core, courses.basic])).toEqual(['not_recognised', 'not_recognised']);
      expect(await college.register.db.reader('credit_spendings').where({ outcome_id: outcome })).toEqual([]);
      expect(await applied(outcome, [courses.core])).toEqual(['recognised']);
      expect(await affectedOf(college, person.enrolment), 'a refusal of two courses at once stands').toEqual([]);
      await expect(applied(outcome, [courses.basic])).rejects.toMatchObject({ code: 'outcome_already_spent' });
    });
  });

  describe('重庆工商: the first two weeks of a term', () => {
    test.each([
      ['2025-09-01', 'grant'],
      ['2025-09-14', 'grant'],
      ['2025-09-15', 'deny'],
      ['2025-08-20', 'deny'],
      ['2026-02-26', 'grant'],
      ['2026-03-12', 'deny'],
    ])('on %s the answer is %s', async (date, type) => {
      const { asked, student, courses } = await example('chongqing-gongshang');

      expect(await asked(await student(), prior, [courses.core], date)).toMatchObject([{ type }]);
    });

    test('on a day for which no term is on record it waits', async () => {
      const { asked, student, courses } = await example('chongqing-gongshang');

      expect(await asked(await student(), prior, [courses.core], '2031-03-01')).toMatchObject([
        { type: 'undetermined', missing: ['termDay'] },
      ]);
    });
  });

  describe('黎明: the outcome must be worth the course', () => {
    test.each([
      [19, { type: 'deny', params: { reason: 'course_too_large' } }],
      [20, { type: 'grant', params: { credits: 80, score: 600 } }],
      [null, { type: 'undetermined', missing: ['creditsSurplus'] }],
    ])('with %s tenths of a credit against 20', async (credits, answer) => {
      const { asked, student, courses } = await example('liming');

      expect(await asked(await student(), { ...prior, credits }, [courses.basic])).toMatchObject([answer]);
    });
  });

  describe('成人高等教育: at most 40 % of the plan’s courses', () => {
    test('of six courses two may be waived, a third is one too many, in one application or later', async () => {
      const { college, applied, student, courses } = await example('adult-education');
      const person = await student();
      const outcome = (): Promise<string> => anOutcome(college, person, prior);
      const three = [courses.core, courses.basic, courses.second];

      expect(await applied(await outcome(), three)).toEqual(three.map(() => 'not_recognised'));
      expect(await applied(await outcome(), three.slice(0, 2))).toEqual(['recognised', 'recognised']);
      const scores = await college.register.db
        .reader('credit_entries')
        .where({ enrolment_id: person.enrolment })
        .pluck('score');
      expect(scores).toEqual([700, 700]);
      expect(await applied(await outcome(), [courses.second])).toEqual(['not_recognised']);
      expect(await affectedOf(college, person.enrolment), 'each application stands by its own count').toEqual([]);
    });
  });

  describe('技师学院: modules by single-skill certificates', () => {
    test.each([
      ['none', { type: 'grant', params: { credits: 500, score: 600 } }],
      ['four', { type: 'out-of-scope' }],
      [null, { type: 'undetermined', missing: ['outcomeSkillLevel'] }],
    ])('with level %s', async (level, answer) => {
      const { asked, student, courses } = await example('technician');
      const single = { kind: 'skill_certificate', name: SUBJECT, level };

      expect(await asked(await student(), single, [courses.core])).toMatchObject([answer]);
    });

    test('a granted waiver stands in the ledger and names itself', async () => {
      const { college, applied, student, courses } = await example('technician');
      const outcome = await anOutcome(college, await student(), { kind: 'skill_certificate', level: 'none' });

      expect(await applied(outcome, [courses.core])).toEqual(['course_waived']);
    });
  });
});
