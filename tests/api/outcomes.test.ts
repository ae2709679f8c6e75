import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { matchOutcome } from '../../register/outcomes/match-outcome.ts';
import { key } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

onSqlite((open) => {
  let world: World;
  let outcome: string;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 2);
    const { college, students } = world;
    const { register } = college;
    outcome = register.newId('outcome');
    await register.db.writer('learning_outcomes').insert({
      ...{
        id: outcome,
        college_id: college.id,
        enrolment_id: students[0]!.enrolment,
        origin: 'outside',
        kind: 'skill_certificate',
      },
      ...{
        name: '电工',
        occupation_code: '6-31-01-03',
        level: 'four',
        number: 'A1',
        issuer: '某鉴定中心',
        issued_on: '2025-06-01',
      },
      ...{ verified: 1, created_at: register.systemClock.now(), version: 1 },
    });
    const match = {
      kind: 'skill_certificate' as const,
      outcomeName: '电工',
      level: '',
      courseCode: 'JD102',
      overlap: 9000,
      source: 'test',
    };
    await matchOutcome(register, college.call('registrar', match));
  });
  afterAll(() => world.api.close());

  const evaluate = (body: unknown, who = world.student) => who.ask('POST', '/v1/equivalences/evaluate', { body });

  describe('what an outcome would be worth', () => {
    test('is answered for a recorded one, course by course, with reasons and without a trace', async () => {
      const before = await world.college.register.db.reader('audit_leaves').count({ n: '*' }).first();
      const { status, body } = await evaluate({ purpose: 'credit', outcomeId: outcome });
      expect(status).toBe(200);
      expect(body).toMatchObject({
        date: '2025-09-05',
        answers: [{ course: { code: 'JD102' }, ruleSet: 'credit.skill-certificate' }],
      });
      expect(body.answers[0].title['zh-CN']).toMatch(/[㐀-鿿]/);
      expect(body.answers[0].reasons[0].cites[0].article).toEqual(expect.any(String));
      expect(await world.college.register.db.reader('audit_leaves').count({ n: '*' }).first()).toEqual(before);
    });

    test('is answered for one that is only described, and for a title', async () => {
      const described = {
        kind: 'skill_certificate',
        name: '电工',
        occupationCode: '6-31-01-03',
        level: 'three',
        issuedOn: '2025-06-01',
        verified: true,
      };
      const title = await evaluate({ purpose: 'title', date: '2025-09-01', outcome: described });
      expect(title.body).toMatchObject({
        date: '2025-09-01',
        answers: [{ course: null, ruleSet: 'title.skill-to-title' }],
      });
      const credit = await evaluate({ purpose: 'credit', outcome: described, studentId: world.students[0]!.enrolment });
      expect(credit.body.answers).toHaveLength(1);
    });

    test('needs one outcome, and a student one may see', async () => {
      const two = await evaluate({ purpose: 'credit', outcomeId: outcome, facts: {} });
      expect(two.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/outcomeId', '/facts']);
      expect((await evaluate({ purpose: 'title' })).body.errors).toMatchObject([
        { pointer: '/outcome', code: 'outcome_or_facts_required' },
      ]);
      expect((await evaluate({ purpose: 'credit', outcomeId: outcome }, world.stranger)).status).toBe(404);
      const other = {
        purpose: 'credit',
        outcome: { kind: 'contest_award', name: '技能大赛' },
        studentId: world.students[1]!.enrolment,
      };
      expect((await evaluate(other)).status).toBe(404);
      const wrong = await evaluate({
        purpose: 'credit',
        facts: { outcomeKind: 'skill_certificate', outcomeVerified: 'perhaps' },
      });
      expect(wrong.body).toMatchObject({ code: 'fact_not_lawful', errors: [{ pointer: '/facts/outcomeVerified' }] });
      const misspelt = await evaluate({ purpose: 'credit', facts: { outcomekind: 'skill_certificate' } });
      expect(misspelt.body.errors).toMatchObject([{ pointer: '/facts/outcomekind', code: 'unknown_field' }]);
    });
  });

  describe('an application for credit', () => {
    const apply = (n: number, courseIds: string[], who = world.student) =>
      who.ask('POST', '/v1/credit-applications', { key: key(n), body: { outcomeId: outcome, courseIds } });

    test('is for one’s own outcomes and courses of the plan', async () => {
      const { JD102 } = world.college.courses;
      expect((await apply(1, [JD102], world.stranger)).status).toBe(404);
      const strange = world.college.register.newId('course');
      expect((await apply(2, [JD102, strange])).body.errors).toMatchObject([
        { pointer: '/courseIds/1', code: 'course_not_in_plan' },
      ]);
    });

    test('spends an outcome once and is listed with what was decided', async () => {
      const { JD102 } = world.college.courses;
      const first = await apply(3, [JD102]);
      expect([first.status, first.body.courses]).toMatchObject([201, [{ course: JD102 }]]);
      const again = await apply(3, [JD102]);
      expect(again.body).toEqual(first.body);
      const { body } = await world.student.ask('GET', '/v1/credit-applications');
      expect(body.items).toMatchObject([
        { outcomeId: outcome, courses: [{ code: 'JD102', decisionId: first.body.courses[0].decision }] },
      ]);
      expect((await world.stranger.ask('GET', '/v1/credit-applications')).body.items).toEqual([]);
      if (body.items[0].spent) {
        expect((await apply(4, [JD102])).body.code).toMatch(/outcome_already_spent|course_already_converted/);
        const courses = await world.student.ask('GET', `/v1/students/${world.students[0]!.enrolment}/courses`);
        expect(
          courses.body.items.find(({ course }: { course: { code: string } }) => course.code === 'JD102'),
        ).toMatchObject({ passed: true, converted: { outcomeId: outcome } });
      }
    });
  });
});
