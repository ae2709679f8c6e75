import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAuthorisation } from '../../register/college/create-college.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key, withRole } from '../support/api.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { assessed, drive, scored } from '../support/students.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const skill = {
  type: 'skill' as const,
  occupationCode: '6-31-01-03',
  level: 'four',
  letter: 'S' as const,
  organisation: '0000',
  province: '23',
  site: '000001',
  fromOn: '2020-01-01',
  source: 'test',
  evidence: 'unconfirmed' as const,
};

forEachDatabase((_name, open) => {
  let world: World;
  let officer: Browser;
  let certificate: string;
  beforeAll(async () => {
    world = await aWorld(await open({ clock: testClock('2025-09-08T02:00:00.000Z') }));
    officer = await world.api.signedIn('certification_officer-14999');
    const { college, students } = world;
    await addAuthorisation(college.register, college.call('registrar', skill));
    await scored(college, students[0]!, { course: 'JD101', value: 755 });
    await scored(college, students[0]!, { course: 'JD102', value: 680 });
  });
  afterAll(() => world.api.close());

  const four = () => world.students[0]!.four;
  const rest = () => drive(world.college, world.students[0]!);

  describe('from application to certificate', () => {
    test('a student applies for their own level, once; nobody applies for others', async () => {
      const path = `/v1/pathways/${four()}/apply`;
      expect((await world.stranger.ask('POST', path, { key: key(1) })).status).toBe(404);
      const others = `/v1/pathways/${world.students[1]!.four}/apply`;
      expect((await world.student.ask('POST', others, { key: key(2) })).status).toBe(404);
      expect((await world.student.ask('POST', path, { key: key(3) })).body).toEqual({
        pathway: four(),
        appliedOn: '2025-09-08',
      });
      expect((await world.student.ask('POST', path, { key: key(3) })).headers.get('idempotent-replayed')).toBe('true');
      expect((await world.student.ask('POST', path, { key: key(4) })).body.code).toBe('already_applied');
      await rest();
    });

    test('results that a level waits for stand on the homes of officer and registrar, by occupation and level', async () => {
      for (const who of [officer, world.registrar]) {
        const { groups } = (await who.ask('GET', '/v1/home')).body;
        const awaited = groups.find(({ kind }: { kind: string }) => kind === 'results_awaited');
        expect(awaited).toMatchObject({ count: 1, items: [{ title: '电工', detail: 'four/1', studentId: null }] });
        expect(awaited.items[0].text.en).toEqual(expect.any(String));
      }
      const kinds = (await world.student.ask('GET', '/v1/home')).body.groups.map(({ kind }: { kind: string }) => kind);
      expect(kinds).toEqual(['own_pathway']);
    });

    test('an audit is the office’s to ask for', async () => {
      const { college, students } = world;
      await assessed(college, four(), { theory: 655, practical: 700 });
      const path = `/v1/pathways/${four()}/audit`;
      expect((await world.student.ask('POST', path, { key: key(5) })).status).toBe(403);
      expect((await world.stranger.ask('POST', path, { key: key(6) })).status).toBe(404);
      expect((await world.registrar.ask('POST', path, { key: key(7) })).status).toBe(202);
      await rest();
      const one = await world.student.ask('GET', `/v1/pathways/${four()}`);
      expect(one.body).toMatchObject({
        level: 'four',
        studentId: students[0]!.enrolment,
        stage: { name: 'public_notice', waitingOn: { role: 'public' } },
        verdict: { type: 'grant' },
      });
      expect(one.body.reasons[0].cites[0].article).toEqual(expect.any(String));
    });

    test('sign-off waits for the officer, comes after the notice, and a refusal needs a reason', async () => {
      const path = `/v1/pathways/${four()}/sign-off`;
      const yes = { answer: 'approved' };
      expect((await officer.ask('POST', path, { key: key(8), body: yes })).body.code).toBe('not_awaiting_sign_off');
      const { college } = world;
      await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
      await rest();
      const home = await officer.ask('GET', '/v1/home');
      expect(home.body.groups).toMatchObject([{ kind: 'sign_off_ready', count: 2 }]);
      expect(home.body.groups[0].items.map(({ id }: { id: string }) => id)).toContain(four());
      expect((await officer.ask('POST', path, { key: key(9), body: { answer: 'refused' } })).body.errors).toMatchObject(
        [{ pointer: '/reason', code: 'reason_required' }],
      );
      const ready = async (who: Browser) => (await who.ask('GET', '/v1/sign-offs/ready')).body.items;
      const open = { name: expect.any(String), verdict: 'grant', barred: [], free: 1, class: { id: college.classId } };
      expect(await ready(officer)).toMatchObject([open, open]);
      const roles = withRole('certification_officer', college.id);
      const teaching = await aUser(college.register, { loginName: 'officer-who-teaches', roles });
      await college.register.db
        .writer('offerings')
        .where({ class_id: college.classId })
        .update({ teacher_id: teaching });
      const teacher = await world.api.signedIn('officer-who-teaches');
      const barred = { officer: { id: teaching, name: 'officer-who-teaches' }, bars: ['teaches_class'] };
      expect(await ready(teacher)).toMatchObject([{ barred: [{ ...barred, you: true }], free: 1 }, {}]);
      expect(await ready(officer)).toMatchObject([{ barred: [{ ...barred, you: false }], free: 1 }, {}]);
      expect((await teacher.ask('POST', path, { key: key(90), body: yes })).body).toMatchObject({
        code: 'barred_person',
        errors: [{ code: 'barred_teaches_class' }],
      });
      expect((await world.registrar.ask('POST', path, { key: key(10), body: yes })).status).toBe(403);
      expect((await officer.ask('POST', path, { key: key(11), body: yes })).status).toBe(200);
      await rest();
    });

    test('the certificate is listed, shown and printed to whoever may see its holder', async () => {
      const { body } = await officer.ask('GET', '/v1/certificates?state=issued');
      expect(body.items).toMatchObject([
        { number: 'S000023000001254000001', level: 'four', printable: true, state: 'issued' },
      ]);
      certificate = body.items[0].id;
      for (const rest of ['', '/pdf']) {
        expect((await world.student.ask('GET', `/v1/certificates/${certificate}${rest}`)).status).toBe(200);
        expect((await world.stranger.ask('GET', `/v1/certificates/${certificate}${rest}`)).status).toBe(404);
      }
      const pdf = await world.student.ask('GET', `/v1/certificates/${certificate}/pdf`);
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(pdf.headers.get('cache-control')).toBe('private, no-cache');
      const again = await world.student.ask('GET', `/v1/certificates/${certificate}/pdf`, {
        headers: { 'if-none-match': pdf.headers.get('etag')!, 'cache-control': 'max-age=0' },
      });
      expect(again.status).toBe(304);
      expect((await world.registrar.ask('GET', '/v1/certificates')).body.items).toHaveLength(1);
    });
  });

  describe('verification, open to everyone', () => {
    const visitor = () => world.api.visitor();
    const shown = async () => (await officer.ask('GET', `/v1/certificates/${certificate}`)).body;
    const form = (number: string, checkCode: string) => ({
      body: new URLSearchParams({ number, checkCode, language: 'zh-CN' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    test('the QR leads to a page without script that says valid', async () => {
      const { verificationId, verificationUrl, number } = await shown();
      expect(verificationUrl.endsWith(`/v/${verificationId}`)).toBe(true);
      const page = await visitor().ask('GET', `/v/${verificationId.toLowerCase()}`);
      expect(page.status).toBe(200);
      expect(page.text).toContain(number);
      expect(page.text).toContain('有效');
      expect(page.text).not.toContain('<script');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await visitor().ask('GET', `/v/${verificationId}?lang=en`)).text).toContain('Valid');
      expect((await visitor().ask('GET', `/v/${verificationId}/qr.svg`)).text).toContain('<svg');
    });

    test('the number needs its code, and every miss looks alike', async () => {
      const { verificationId, checkCode, number } = await shown();
      expect((await visitor().ask('GET', '/v/')).text).toContain('<form');
      const hit = await visitor().ask('POST', '/v/', form(number, checkCode.toLowerCase()));
      expect([hit.status, hit.headers.get('location')]).toEqual([303, `/v/${verificationId}`]);
      const misses = [
        await visitor().ask('POST', '/v/', form(number, 'AAAAAAAAAA')),
        await visitor().ask('POST', '/v/', form('S000023000001254000099', checkCode)),
        await visitor().ask('POST', '/v/', form('', '')),
        await visitor().ask('GET', '/v/not-a-code'),
      ];
      const bare = misses.map(({ status, text }) => [status, text.replace(/<time.*?<\/time>/g, '')]);
      expect(new Set(bare.map((one) => JSON.stringify(one))).size).toBe(1);
      expect(bare[0]![0]).toBe(404);
    });

    test('thirty look-ups a minute are enough for one address', async () => {
      let last = 0;
      for (let n = 0; n < 31 && last !== 429; n += 1) last = (await visitor().ask('GET', '/v/nobody')).status;
      expect(last).toBe(429);
    });
  });

  describe('decisions', () => {
    test('stand on record with their reasons and replay to the same bytes', async () => {
      const { enrolment } = world.students[0]!;
      const list = (await world.student.ask('GET', `/v1/students/${enrolment}/decisions`)).body.items;
      expect(list.map(({ purpose }: { purpose: string }) => purpose).sort()).toEqual([
        'diploma_conclusion',
        'eligibility',
        'skill_conclusion',
      ]);
      for (const { id } of list) {
        const one = await world.registrar.ask('GET', `/v1/decisions/${id}`);
        expect(one.body.reasons.length).toBeGreaterThan(0);
        expect((await world.registrar.ask('POST', `/v1/decisions/${id}/replay`)).body).toMatchObject({
          same: true,
          differences: [],
        });
        expect((await world.stranger.ask('GET', `/v1/decisions/${id}`)).status).toBe(404);
        expect((await world.student.ask('POST', `/v1/decisions/${id}/replay`)).status).toBe(403);
      }
    });

    test('and the timeline tells what happened in order', async () => {
      const { body } = await world.student.ask('GET', `/v1/students/${world.students[0]!.enrolment}/events`);
      const kinds = body.items.map(({ kind }: { kind: string }) => kind);
      for (const kind of ['applied', 'level_result_recorded', 'notice_opened', 'signed_off', 'certificate_issued'])
        expect(kinds).toContain(kind);
      const outcomes = await world.student.ask('GET', `/v1/students/${world.students[0]!.enrolment}/outcomes`);
      expect(outcomes.body.items).toMatchObject([{ origin: 'own', level: 'four', expired: false, spentOn: null }]);
    });
  });
});
