import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { key } from '../support/api.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

forEachDatabase((_name, open) => {
  let world: World;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }));
  });
  afterAll(() => world.api.close());

  describe('the list of students', () => {
    test('goes by student number, page by page', async () => {
      const first = await world.registrar.ask('GET', '/v1/students?limit=2');
      expect(first.body.items.map(({ studentNo }: { studentNo: string }) => studentNo)).toEqual([
        '20230001',
        '20230002',
      ]);
      const second = await world.registrar.ask('GET', `/v1/students?limit=2&cursor=${first.body.next}`);
      expect(second.body.items.map(({ studentNo }: { studentNo: string }) => studentNo)).toEqual(['20230003']);
      expect(second.body.next).toBeNull();
      expect(
        second.body.items[0].pathways.map(({ type, level }: { type: string; level: string }) => level ?? type),
      ).toEqual(['diploma', 'three', 'four']);
    });

    test('is empty for another college and holds only oneself for a student', async () => {
      expect((await world.stranger.ask('GET', '/v1/students')).body.items).toEqual([]);
      const own = await world.student.ask('GET', '/v1/students');
      expect(own.body.items.map(({ id }: { id: string }) => id)).toEqual([world.students[0]!.enrolment]);
    });

    test('names every faulty filter at once', async () => {
      const { status, body } = await world.registrar.ask('GET', '/v1/students?limit=0&stage=nowhere&class=x');
      expect(status).toBe(400);
      expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
        '/class',
        '/limit',
        '/stage',
      ]);
    });

    test('is narrowed by cohort, class and stage', async () => {
      const { classId } = world.college;
      expect((await world.registrar.ask('GET', `/v1/students?cohort=2023&class=${classId}`)).body.items).toHaveLength(
        3,
      );
      expect((await world.registrar.ask('GET', '/v1/students?cohort=2024')).body.items).toHaveLength(0);
      expect((await world.registrar.ask('GET', '/v1/students?stage=issued&target=diploma')).body.items).toHaveLength(0);
    });

    test('finds by name and number, never from another college', async () => {
      const find = (text: string) => ({ body: { text } });
      expect((await world.registrar.ask('POST', '/v1/students/search', find('学生2'))).body.items).toHaveLength(1);
      expect((await world.registrar.ask('POST', '/v1/students/search', find('2023000'))).body.items).toHaveLength(3);
      expect((await world.registrar.ask('POST', '/v1/students/search', find('%'))).body.items).toHaveLength(0);
      expect((await world.stranger.ask('POST', '/v1/students/search', find('学生2'))).body.items).toHaveLength(0);
    });
  });

  describe('a student', () => {
    const path = (rest = '') => `/v1/students/${world.students[0]!.enrolment}${rest}`;

    test('shows both verdicts with reasons, what is missing and who is waited for', async () => {
      const { status, body } = await world.registrar.ask('GET', path());
      expect(status).toBe(200);
      const [diploma, three] = body.pathways;
      expect(diploma).toMatchObject({
        type: 'diploma',
        verdict: { type: expect.any(String) },
        stage: { name: expect.any(String) },
      });
      expect(diploma.title.en).toEqual(expect.any(String));
      expect(three).toMatchObject({
        level: 'three',
        standard: { code: '6-31-01-03' },
        stage: { name: 'application', waitingOn: { role: 'student' } },
      });
      expect(three.stage.missing[0].title['zh-CN']).toEqual(expect.any(String));
    });

    test.each(['', '/courses', '/coverage', '/outcomes', '/decisions', '/events'])(
      '%s answers its owner and is not found elsewhere',
      async (rest) => {
        expect((await world.registrar.ask('GET', path(rest))).status).toBe(200);
        expect((await world.student.ask('GET', path(rest))).status).toBe(200);
        expect((await world.stranger.ask('GET', path(rest))).status).toBe(404);
        const colleague = world.students[1]!.enrolment;
        expect((await world.student.ask('GET', `/v1/students/${colleague}${rest}`)).status).toBe(404);
      },
    );

    test('reveals the ID number only with a reason, once per key', async () => {
      const ask = { key: key(11), body: { reason: '核对毕业证信息' } };
      expect((await world.registrar.ask('POST', path('/reveal'), ask)).body).toEqual({ idNumber: null });
      const again = await world.registrar.ask('POST', path('/reveal'), ask);
      expect(again.headers.get('idempotent-replayed')).toBe('true');
      expect(
        (await world.registrar.ask('POST', path('/reveal'), { key: key(12), body: {} })).body.errors[0].pointer,
      ).toBe('/reason');
      expect((await world.stranger.ask('POST', path('/reveal'), { key: key(13), body: ask.body })).status).toBe(404);
      expect((await world.student.ask('POST', path('/reveal'), { key: key(14), body: ask.body })).status).toBe(403);
      const leaves = await world.college.register.db.reader('audit_leaves').where({ kind: 'id_number_revealed' });
      expect(leaves).toHaveLength(1);
    });
  });

  test('cohorts count classes and pathways', async () => {
    const { body } = await world.registrar.ask('GET', '/v1/cohorts');
    expect(body.items).toMatchObject([{ cohort: 2023, students: 3, classes: [{ name: '机电2301班', students: 3 }] }]);
    expect(body.items[0].progress.map(({ total }: { total: number }) => total)).toEqual([3, 3, 3]);
    const ofClass = async (id: string) => (await world.registrar.ask('GET', `/v1/cohorts?class=${id}`)).body.items[0];
    expect(await ofClass(world.college.classId)).toEqual(body.items[0]);
    expect(await ofClass(world.other.classId)).toMatchObject({ students: 3, classes: [{}], progress: [], asOf: null });
    expect((await world.stranger.ask('GET', '/v1/cohorts')).body.items).toEqual([]);
  });

  test('a plan shows courses and coverage with gaps', async () => {
    const { body } = await world.registrar.ask('GET', '/v1/plans');
    expect(body.items).toMatchObject([{ id: world.college.plan, cohort: 2023 }]);
    const plan = await world.student.ask('GET', `/v1/plans/${world.college.plan}`);
    expect(plan.body.courses).toHaveLength(2);
    const { body: coverage } = await world.registrar.ask('GET', `/v1/plans/${world.college.plan}/coverage`);
    expect(coverage.targets[0]).toMatchObject({ covered: 10_000, units: [{ gap: 0 }, { gap: 0 }] });
    expect((await world.stranger.ask('GET', `/v1/plans/${world.college.plan}`)).status).toBe(404);
    const standards = await world.registrar.ask('GET', '/v1/standards');
    const standard = await world.registrar.ask('GET', `/v1/standards/${standards.body.items[0].id}`);
    expect(standard.body.levels).toHaveLength(2);
  });

  test('home says what waits for each, the college what day it is', async () => {
    expect((await world.registrar.ask('GET', '/v1/home')).body.groups).toEqual([]);
    expect((await world.api.visitor().ask('GET', '/v1/home')).status).toBe(401);
    const { body } = await world.registrar.ask('GET', '/v1/college');
    expect(body).toMatchObject({ today: '2025-09-05', term: { code: '2025-1' }, demo: true, clockMoved: false });
  });

  test('only whoever may moves the clock, and sees it moved', async () => {
    const ask = { key: key(21), body: { to: 'days', days: 3, reason: '演示' } };
    expect((await world.student.ask('POST', '/v1/college/clock', ask)).status).toBe(403);
    expect(
      (await world.registrar.ask('POST', '/v1/college/clock', { key: key(22), body: { to: 'days' } })).body.errors,
    ).toMatchObject([{ pointer: '/days', code: 'required' }]);
    expect((await world.registrar.ask('POST', '/v1/college/clock', ask)).body.today).toBe('2025-09-08');
    expect((await world.registrar.ask('GET', '/v1/college')).body.clockMoved).toBe(true);
  });
});
