import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defineScheme } from '../../register/teaching/define-scheme.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key } from '../support/api.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

forEachDatabase((_name, open) => {
  let world: World;
  let teacher: Browser;
  let colleague: Browser;
  let sheet: string;
  let keys = 0;
  const nextKey = () => key((keys += 1));

  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2023-10-10T02:00:00.000Z') }));
    const { college } = world;
    const own = (loginName: string) =>
      aUser(college.register, { loginName, roles: [{ role: 'teacher', collegeId: college.id, scopeKind: 'self' }] });
    const [one] = [await own('teacher-one'), await own('teacher-two')];
    teacher = await world.api.signedIn('teacher-one');
    colleague = await world.api.signedIn('teacher-two');
    const components = [
      { name: '平时', kind: 'process' as const, weight: 4000 },
      { name: '期末', kind: 'final' as const, weight: 6000 },
    ];
    await defineScheme(college.register, college.call('registrar', { courseId: college.courses.JD101, components }));
    const opened = await world.registrar.ask('POST', `/v1/terms/${college.terms['2023-1']}/open`, {
      key: nextKey(),
      body: { teachers: { JD101: one } },
    });
    expect(opened.body).toMatchObject({ sheets: 1, rows: 3 });
  });
  afterAll(() => world.api.close());

  const read = async (who = teacher) => (await who.ask('GET', `/v1/score-sheets/${sheet}`)).body;
  const act = async (what: string, body: unknown = {}, who = teacher, version?: number) => {
    const at = version ?? (await read(world.registrar)).version;
    const method = what === 'scores' ? 'PUT' : 'POST';
    return who.ask(method, `/v1/score-sheets/${sheet}/${what}`, {
      key: nextKey(),
      body,
      headers: { 'if-match': `"${at}"` },
    });
  };

  test('a sheet is its teacher’s and the office’s, and no colleague’s, student’s or stranger’s', async () => {
    const { body } = await teacher.ask('GET', '/v1/score-sheets');
    expect(body.items).toMatchObject([
      { course: { code: 'JD101' }, state: 'empty', students: 3, entered: 0, overdue: false },
    ]);
    sheet = body.items[0].id;
    for (const other of [colleague, world.stranger, world.student]) {
      expect((await other.ask('GET', '/v1/score-sheets')).body.items).toEqual([]);
      expect((await other.ask('GET', `/v1/score-sheets/${sheet}`)).status).toBe(404);
    }
    expect((await teacher.ask('GET', '/v1/home')).body.groups).toMatchObject([
      { kind: 'sheet_due', items: [{ id: sheet, title: '电工技术' }] },
    ]);
    expect((await teacher.ask('GET', '/v1/students')).body.items).toHaveLength(3);
    expect((await colleague.ask('GET', '/v1/students')).body.items).toHaveLength(0);
  });

  test('a term is opened with teachers of the college, before anyone of them has had a sheet', async () => {
    const { body } = await world.registrar.ask('GET', '/v1/teachers');
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      'teacher-14999',
      'teacher-one',
      'teacher-two',
    ]);
    expect((await world.stranger.ask('GET', '/v1/teachers')).body.items).toMatchObject([{ name: 'teacher-14998' }]);
    expect((await teacher.ask('GET', '/v1/teachers')).status).toBe(403);
  });

  describe('entering', () => {
    test('names every faulty cell at once and saves none', async () => {
      const { components, rows } = await read();
      const [a, b] = components;
      const cells = [
        { enrolmentId: rows[0].enrolmentId, componentId: a.id, value: 1001 },
        { enrolmentId: world.other.register.newId('enrolment'), componentId: a.id, value: 500 },
        { enrolmentId: rows[1].enrolmentId, componentId: b.id, value: 500, mark: 'absent' },
      ];
      const { status, body } = await act('scores', { cells });
      expect(status).toBe(400);
      expect(body.errors.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual([
        ['/cells/0/value', 'score_out_of_range'],
        ['/cells/1/enrolmentId', 'not_on_sheet'],
        ['/cells/2/mark', 'score_and_mark'],
      ]);
      expect((await read()).entered).toBe(0);
    });

    test('needs the version it started from', async () => {
      const { components, rows } = await read();
      const cells = [{ enrolmentId: rows[0].enrolmentId, componentId: components[0].id, value: 800 }];
      const path = `/v1/score-sheets/${sheet}/scores`;
      expect((await teacher.ask('PUT', path, { key: nextKey(), body: { cells } })).status).toBe(428);
      expect((await act('scores', { cells }, teacher, 99)).status).toBe(412);
      expect((await act('scores', { cells }, colleague)).status).toBe(404);
      const saved = await act('scores', { cells });
      expect(saved.status).toBe(200);
      expect(saved.headers.get('etag')).toBe(`"${saved.body.version}"`);
      expect(await read()).toMatchObject({ state: 'draft', entered: 1 });
    });

    test('is submitted whole, and says all that is missing', async () => {
      const refused = await act('submit');
      expect(refused.body.code).toBe('sheet_incomplete');
      expect(refused.body.errors).toHaveLength(5);
      const { components, rows } = await read();
      const cells = rows.flatMap(({ enrolmentId }: { enrolmentId: string }) =>
        components.map(({ id }: { id: string }) => ({ enrolmentId, componentId: id, value: 755 })),
      );
      await act('scores', { cells, mode: 'replace' });
      expect((await act('submit', {}, colleague)).status).toBe(404);
      expect((await act('submit')).body).toMatchObject({ sheet, scores: 6 });
      expect(await read()).toMatchObject({
        state: 'submitted',
        open: 'none',
        rows: [{ result: { kind: 'result', value: 7550 } }, {}, {}],
      });
      expect((await act('scores', { cells })).body.code).toBe('sheet_not_open');
    });
  });

  test('the office finds it waiting, prints it, returns it, and accepts it', async () => {
    expect((await world.registrar.ask('GET', '/v1/home')).body.groups).toMatchObject([
      { kind: 'sheet_to_accept', count: 1 },
    ]);
    expect((await world.registrar.ask('GET', '/v1/score-sheets?state=submitted')).body.items).toHaveLength(1);
    const printed = await world.registrar.ask('GET', `/v1/score-sheets/${sheet}/print`);
    expect([printed.status, printed.text.slice(0, 5)]).toEqual([200, '%PDF-']);
    expect((await act('accept', {}, teacher)).status).toBe(403);
    expect((await act('return', {}, world.registrar)).body.errors).toMatchObject([{ pointer: '/reason' }]);
    expect((await act('return', { reason: '第二题漏判' }, world.registrar)).status).toBe(200);
    expect(await read()).toMatchObject({ state: 'draft', reason: '第二题漏判' });
    expect((await teacher.ask('GET', '/v1/home')).body.groups).toMatchObject([{ kind: 'sheet_returned' }]);
    await act('submit');
    expect((await act('accept', {}, world.registrar)).status).toBe(200);
    expect((await act('accept', {}, world.registrar)).body.code).toBe('sheet_state');
  });

  test('a locked sheet opens for the rows asked for, by somebody else', async () => {
    const { rows } = await read();
    const asked = [rows[0].enrolmentId];
    expect((await act('unlock-requests', { rows: asked, reason: '' })).body.errors).toMatchObject([
      { pointer: '/reason' },
    ]);
    expect((await act('unlock-requests', { rows: asked, reason: '录入错误' })).status).toBe(200);
    expect((await read()).request).toMatchObject({ reason: '录入错误', rows: asked });
    expect((await world.registrar.ask('GET', '/v1/home')).body.groups).toMatchObject([
      { kind: 'unlock_request', count: 1 },
    ]);
    expect((await act('unlock-decisions', { answer: 'refused' }, world.registrar)).body.errors).toMatchObject([
      { pointer: '/reason' },
    ]);
    expect((await act('unlock-decisions', { answer: 'approved' }, world.registrar)).status).toBe(200);
    expect(await read()).toMatchObject({ state: 'draft', open: asked });
    await act('submit');
    await act('accept', {}, world.registrar);
  });

  test('a correction keeps both values and says why', async () => {
    const { components, rows } = await read();
    const at = { enrolmentId: rows[0].enrolmentId, componentId: components[0].id };
    expect((await act('corrections', { ...at, value: 900 })).body.errors).toMatchObject([{ pointer: '/reason' }]);
    expect((await act('corrections', { ...at, value: 900, reason: '复核更正' })).body).toMatchObject({
      scoreVersion: 2,
    });
    const events = await world.registrar.ask('GET', `/v1/students/${rows[0].enrolmentId}/events`);
    expect(events.body.items.map(({ kind }: { kind: string }) => kind)).toContain('scores_corrected');
    expect(
      (await world.registrar.ask('GET', `/v1/students/${rows[0].enrolmentId}/courses`)).body.items[0],
    ).toMatchObject({
      best: { kind: 'result', value: 8130 },
      passed: true,
    });
  });

  test('the list puts what waits for somebody first, leaves out the archived, and narrows by course', async () => {
    const { JD101, JD102 } = world.college.courses;
    const courses = (await world.registrar.ask('GET', '/v1/courses')).body.items;
    expect(courses.map(({ id }: { id: string }) => id)).toContain(JD101);
    expect((await colleague.ask('GET', '/v1/courses')).body.items).toEqual([]);
    expect((await teacher.ask('GET', '/v1/courses')).body.items).toMatchObject([{ id: JD101 }]);
    expect((await world.student.ask('GET', '/v1/courses')).body.items).toEqual([]);
    const ids = async (query: string) =>
      (await world.registrar.ask('GET', `/v1/score-sheets?${query}`)).body.items.map(({ id }: { id: string }) => id);
    expect(await ids(`course=${JD102}`)).toEqual([]);
    // due after the locked sheet, and yet first: somebody is to enter it
    const { offeringId, components, rows } = await read(world.registrar);
    const failed = { enrolmentId: rows[1].enrolmentId, componentId: components[1].id, value: 0, reason: '核分更正' };
    expect((await act('corrections', failed, world.registrar)).status).toBe(200);
    const resit = await world.registrar.ask('POST', `/v1/offerings/${offeringId}/resit-sheets`, {
      key: nextKey(),
      body: { dueOn: '2024-03-01' },
    });
    expect(resit.status).toBe(201);
    expect(await ids(`course=${JD101}`)).toEqual([resit.body.sheet, sheet]);
    const [first] = await ids('limit=1');
    expect(await ids(`limit=1&cursor=${first}`)).toEqual([sheet]);
    await act('archive', {}, world.registrar);
    expect(await ids('state=current')).toEqual([resit.body.sheet]);
    expect(await ids('state=archived')).toEqual([sheet]);
    expect(await ids('')).toEqual([resit.body.sheet, sheet]);
  });

  test('schemes are listed by version, and a new one must be whole', async () => {
    const path = `/v1/courses/${world.college.courses.JD101}/schemes`;
    expect((await teacher.ask('GET', path)).body.items).toMatchObject([
      { version: 1, components: [{ name: '平时' }, { name: '期末' }] },
    ]);
    expect((await world.stranger.ask('GET', path)).status).toBe(404);
    const mayDefine = async (who: Browser) => (await who.ask('GET', path)).body.mayDefine;
    expect([await mayDefine(world.registrar), await mayDefine(teacher), await mayDefine(colleague)]).toEqual([
      true,
      true,
      false,
    ]);
    const half = { components: [{ name: '期末', kind: 'final', weight: 5000 }] };
    expect((await teacher.ask('POST', path, { key: nextKey(), body: half })).body.code).toBe('weights_not_whole');
    const of = (process: number) => ({
      components: [
        { name: '平时', kind: 'process', weight: process },
        { name: '期末', kind: 'final', weight: 10_000 - process },
      ],
    });
    const outside = await teacher.ask('POST', path, { key: nextKey(), body: of(5001) });
    expect(outside).toMatchObject({
      status: 422,
      body: {
        code: 'scheme_outside_policy',
        errors: [{ pointer: '/components', detail: { share: 5001, minimum: 3000, maximum: 5000 } }],
      },
    });
    const whole = of(5000);
    expect((await colleague.ask('POST', path, { key: nextKey(), body: whole })).status).toBe(404);
    expect((await teacher.ask('POST', path, { key: nextKey(), body: whole })).body).toMatchObject({
      version: 2,
      offerings: 0,
    });
  });

  test('an enrolment changes with a reason and the version that was seen', async () => {
    const { enrolment } = world.students[2]!;
    const { version } = (await world.registrar.ask('GET', `/v1/students/${enrolment}`)).body;
    const path = `/v1/students/${enrolment}/status`;
    const ask = {
      key: nextKey(),
      body: { status: 'suspended', reason: '因病' },
      headers: { 'if-match': `"${version}"` },
    };
    expect((await teacher.ask('POST', path, ask)).status).toBe(403);
    expect((await world.stranger.ask('POST', path, ask)).status).toBe(404);
    expect((await world.registrar.ask('POST', path, ask)).body).toMatchObject({ enrolment });
    const facts = { key: nextKey(), body: { internshipMonths: 8, reason: '实习证明' } };
    expect((await world.registrar.ask('POST', `/v1/students/${enrolment}/facts`, facts)).body).toEqual({
      enrolments: 1,
    });
    const student = await world.registrar.ask('GET', `/v1/students/${enrolment}`);
    expect(student.body).toMatchObject({
      status: 'suspended',
      pathways: [{ stage: { name: 'suspended' }, facts: { internshipMonths: 8 } }, {}, {}],
    });
  });
});
