import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createProgramme } from '../../register/teaching/create-programme.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key } from '../support/api.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const PATH = '/v1/outcome-matches';
const match = {
  kind: 'skill_certificate',
  outcomeName: '电工',
  level: 'four',
  courseCode: 'JD101',
  overlap: 9000,
  source: '专业负责人比对课程标准',
};

forEachDatabase((_name, open) => {
  let world: World;
  let elsewhere: Browser;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-05T02:00:00.000Z') }), 1);
    const { register, id: collegeId } = world.college;
    const { programme: elsewhereProgramme } = await createProgramme(
      register,
      world.college.call('registrar', {
        code: '460101',
        name: { zh: '机械设计与制造', en: 'Machine design' },
        educationLevel: 'higher_vocational' as const,
        years: 3,
        department: '机械系',
        occupations: [],
      }),
    );
    const roles = [
      { role: 'programme_leader' as const, collegeId, scopeKind: 'programme' as const, scopeId: elsewhereProgramme },
    ];
    await aUser(register, { loginName: 'leader-elsewhere', roles });
    elsewhere = await world.api.signedIn('leader-elsewhere');
  });
  afterAll(() => world.api.close());

  const listed = async (who = world.registrar) => (await who.ask('GET', PATH)).body.items;

  describe('how far outcomes cover courses', () => {
    test('is recorded once for each outcome, level and course; a later judgement takes the place of the first', async () => {
      const first = await world.registrar.ask('POST', PATH, { key: key(1), body: match });
      expect(first.status).toBe(201);
      const changed = await world.registrar.ask('POST', PATH, { key: key(2), body: { ...match, overlap: 8000 } });
      expect(changed.body).toEqual(first.body);

      expect(await listed()).toEqual([
        {
          id: first.body.match,
          kind: 'skill_certificate',
          outcomeName: '电工',
          level: 'four',
          course: { id: world.college.courses.JD101, code: 'JD101', name: '电工技术' },
          overlap: 8000,
          source: match.source,
        },
      ]);
      const { id } = world.college;
      const { reader } = world.college.register.db;
      expect(await reader('audit_leaves').where({ kind: 'outcome_matched', college_id: id })).toHaveLength(2);
    });

    test('without a level holds for every level, beside what is said of one', async () => {
      const { level: _, ...every } = match;
      await world.registrar.ask('POST', PATH, { key: key(3), body: match });
      await world.registrar.ask('POST', PATH, { key: key(4), body: { ...every, overlap: 5000 } });

      const levels = (await listed()).map(({ level }: { level: string | null }) => level);
      expect(new Set(levels)).toEqual(new Set([null, 'four']));
    });

    test('names every fault at once', async () => {
      const body = { ...match, kind: 'other', overlap: 10_001, source: ' ' };
      const { status, body: refused } = await world.registrar.ask('POST', PATH, { key: key(5), body });
      expect(status).toBe(400);
      const pointers = refused.errors.map(({ pointer }: { pointer: string }) => pointer);
      expect(pointers.sort()).toEqual(['/kind', '/overlap', '/source']);
    });

    test('is for the courses within one’s scope; another college and students see none of it', async () => {
      await world.registrar.ask('POST', PATH, { key: key(6), body: match });
      const refused = await elsewhere.ask('POST', PATH, { key: key(7), body: match });
      expect(refused.body.errors).toMatchObject([{ pointer: '/courseCode', code: 'course_unknown' }]);
      expect((await world.student.ask('POST', PATH, { key: key(8), body: match })).status).toBe(403);
      for (const who of [elsewhere, world.stranger, world.student]) expect(await listed(who)).toEqual([]);
    });
  });
});
