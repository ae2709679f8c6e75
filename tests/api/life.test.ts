import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signOff } from '../../register/certification/sign-off.ts';
import { addAuthorisation } from '../../register/college/create-college.ts';
import { moveClock } from '../../register/college/move-clock.ts';
import { auditPathway } from '../../register/decisions/audit-pathway.ts';
import { applyForAssessment } from '../../register/enrolments/apply-for-assessment.ts';
import type { Browser } from '../support/api.ts';
import { key, startApi } from '../support/api.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import type { OpenTest } from '../support/databases.ts';
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

interface Life extends World {
  officer: Browser;
  /** The pathway of the first student whose life is told. */
  four: string;
  rest(): Promise<unknown>;
}

/** The first student has passed both courses and applied for nothing yet. */
async function aLife(open: OpenTest): Promise<Life> {
  const world = await aWorld(await open({ clock: testClock('2025-09-08T02:00:00.000Z') }));
  const { college, students } = world;
  const student = students[0]!;
  await addAuthorisation(college.register, college.call('registrar', skill));
  await scored(college, student, { course: 'JD101', value: 755 });
  await scored(college, student, { course: 'JD102', value: 680 });
  const officer = await world.api.signedIn('certification_officer-14999');
  return { ...world, officer, four: student.four, rest: () => drive(college, student) };
}

async function applied({ college, four, rest }: Life): Promise<void> {
  await applyForAssessment(college.register, college.call('registrar', { pathwayId: four }));
  await rest();
}

/** Applied, assessed and decided; the public notice runs. */
async function granted(life: Life): Promise<void> {
  const { college, four, rest } = life;
  await applied(life);
  await assessed(college, four, { theory: 655, practical: 700 });
  await auditPathway(college.register, college.call('registrar', { pathwayId: four }));
  await rest();
}

async function afterTheNotice({ college, rest }: Life): Promise<void> {
  await moveClock(college.register, college.call('registrar', { to: 'days' as const, days: 10, reason: 'test' }));
  await rest();
}

async function issued(life: Life): Promise<void> {
  const { college, four, rest } = life;
  await granted(life);
  await afterTheNotice(life);
  await signOff(
    college.register,
    college.call('certification_officer', { pathwayId: four, answer: 'approved' as const }),
  );
  await rest();
}

/** Each test lives a life of its own. */
async function living(open: OpenTest, tell: (life: Life) => Promise<void>): Promise<void> {
  const life = await aLife(open);
  try {
    await tell(life);
  } finally {
    await life.api.close();
  }
}

forEachDatabase((_name, open) => {
  describe('from application to certificate', () => {
    test('a student applies for their own level, once; nobody applies for others', () =>
      living(open, async ({ student, stranger, students, four }) => {
        const path = `/v1/pathways/${four}/apply`;
        expect((await stranger.ask('POST', path, { key: key(1) })).status).toBe(404);
        const others = `/v1/pathways/${students[1]!.four}/apply`;
        expect((await student.ask('POST', others, { key: key(2) })).status).toBe(404);
        expect((await student.ask('POST', path, { key: key(3) })).body).toEqual({
          pathway: four,
          appliedOn: '2025-09-08',
        });
        expect((await student.ask('POST', path, { key: key(3) })).headers.get('idempotent-replayed')).toBe('true');
        expect((await student.ask('POST', path, { key: key(4) })).body.code).toBe('already_applied');
      }));

    test('an audit is the office’s to ask for', () =>
      living(open, async (life) => {
        const { college, student, stranger, registrar, students, four, rest } = life;
        await applied(life);
        await assessed(college, four, { theory: 655, practical: 700 });
        const path = `/v1/pathways/${four}/audit`;
        expect((await student.ask('POST', path, { key: key(5) })).status).toBe(403);
        expect((await stranger.ask('POST', path, { key: key(6) })).status).toBe(404);
        expect((await registrar.ask('POST', path, { key: key(7) })).status).toBe(202);
        await rest();
        const one = await student.ask('GET', `/v1/pathways/${four}`);
        expect(one.body).toMatchObject({
          level: 'four',
          studentId: students[0]!.enrolment,
          stage: { name: 'public_notice', waitingOn: { role: 'public' } },
          verdict: { type: 'grant' },
        });
        expect(one.body.reasons[0].cites[0].article).toEqual(expect.any(String));
      }));

    test('sign-off waits for the officer, comes after the notice, and a refusal needs a reason', () =>
      living(open, async (life) => {
        const { officer, registrar, four } = life;
        await granted(life);
        const path = `/v1/pathways/${four}/sign-off`;
        const yes = { answer: 'approved' };
        expect((await officer.ask('POST', path, { key: key(8), body: yes })).body.code).toBe('not_awaiting_sign_off');
        await afterTheNotice(life);
        const home = await officer.ask('GET', '/v1/home');
        expect(home.body.groups).toMatchObject([{ kind: 'sign_off_ready', count: 2 }]);
        expect(home.body.groups[0].items.map(({ id }: { id: string }) => id)).toContain(four);
        const bare = await officer.ask('POST', path, { key: key(9), body: { answer: 'refused' } });
        expect(bare.body.errors).toMatchObject([{ pointer: '/reason', code: 'reason_required' }]);
        expect((await registrar.ask('POST', path, { key: key(10), body: yes })).status).toBe(403);
        expect((await officer.ask('POST', path, { key: key(11), body: yes })).status).toBe(200);
      }));
  });

  /** One issued certificate, which these tests only look at. */
  describe('an issued certificate', () => {
    let life: Life;
    let certificate: string;
    beforeAll(async () => {
      life = await aLife(open);
      await issued(life);
      certificate = (await life.officer.ask('GET', '/v1/certificates?state=issued')).body.items[0].id;
    });
    afterAll(() => life.api.close());

    const visitor = () => life.api.visitor();
    const shown = async () => (await life.officer.ask('GET', `/v1/certificates/${certificate}`)).body;
    const form = (number: string, checkCode: string) => ({
      body: new URLSearchParams({ number, checkCode, language: 'zh-CN' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

    test('the certificate is listed, shown and printed to whoever may see its holder', async () => {
      const { body } = await life.officer.ask('GET', '/v1/certificates?state=issued');
      expect(body.items).toMatchObject([
        { number: 'S000023000001254000001', level: 'four', printable: true, state: 'issued' },
      ]);
      expect(body.items[0].id).toBe(certificate);
      for (const rest of ['', '/pdf']) {
        expect((await life.student.ask('GET', `/v1/certificates/${certificate}${rest}`)).status).toBe(200);
        expect((await life.stranger.ask('GET', `/v1/certificates/${certificate}${rest}`)).status).toBe(404);
      }
      const pdf = await life.student.ask('GET', `/v1/certificates/${certificate}/pdf`);
      expect(pdf.headers.get('content-type')).toBe('application/pdf');
      expect(pdf.headers.get('cache-control')).toBe('private, no-cache');
      const again = await life.student.ask('GET', `/v1/certificates/${certificate}/pdf`, {
        headers: { 'if-none-match': pdf.headers.get('etag')!, 'cache-control': 'max-age=0' },
      });
      expect(again.status).toBe(304);
      expect((await life.registrar.ask('GET', '/v1/certificates')).body.items).toHaveLength(1);
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

    test('may be looked up thirty times a minute from one address', async () => {
      const api = await startApi(life.college.register); // limits are counted in the process
      let last = 0;
      for (let n = 0; n < 31 && last !== 429; n += 1) last = (await api.visitor().ask('GET', '/v/nobody')).status;
      expect(last).toBe(429);
      await api.close();
    });

    test('has decisions behind it that stand on record with their reasons and replay to the same bytes', async () => {
      const { enrolment } = life.students[0]!;
      const list = (await life.student.ask('GET', `/v1/students/${enrolment}/decisions`)).body.items;
      expect(list.map(({ purpose }: { purpose: string }) => purpose).sort()).toEqual([
        'diploma_conclusion',
        'eligibility',
        'skill_conclusion',
      ]);
      for (const { id } of list) {
        const one = await life.registrar.ask('GET', `/v1/decisions/${id}`);
        expect(one.body.reasons.length).toBeGreaterThan(0);
        expect((await life.registrar.ask('POST', `/v1/decisions/${id}/replay`)).body).toMatchObject({
          same: true,
          differences: [],
        });
        expect((await life.stranger.ask('GET', `/v1/decisions/${id}`)).status).toBe(404);
        expect((await life.student.ask('POST', `/v1/decisions/${id}/replay`)).status).toBe(403);
      }
    });

    test('comes at the end of a timeline that tells what happened in order', async () => {
      const { body } = await life.student.ask('GET', `/v1/students/${life.students[0]!.enrolment}/events`);
      const kinds = body.items.map(({ kind }: { kind: string }) => kind);
      for (const kind of ['applied', 'level_result_recorded', 'notice_opened', 'signed_off', 'certificate_issued'])
        expect(kinds).toContain(kind);
      const outcomes = await life.student.ask('GET', `/v1/students/${life.students[0]!.enrolment}/outcomes`);
      expect(outcomes.body.items).toMatchObject([{ origin: 'own', level: 'four', expired: false, spentOn: null }]);
    });
  });
});
