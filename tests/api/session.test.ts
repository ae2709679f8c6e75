import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../db/open.ts';
import type { Register } from '../../register/register.ts';
import type { TestApi } from '../support/api.ts';
import { aCollegeRow, aRegister, aUser, key, PASSWORD, startApi, withRole } from '../support/api.ts';
import type { TestClock } from '../support/databases.ts';
import { onSqlite } from '../support/databases.ts';

describe('signing in', () =>
  onSqlite((open) => {
    let db: Database & { clock: TestClock };
    let register: Register;
    let api: TestApi;
    let college: string;

    beforeAll(async () => {
      db = await open();
      register = aRegister(db);
      college = await aCollegeRow(register, 'A');
      await aUser(register, { loginName: 'registrar', displayName: '王丽', roles: withRole('registrar', college) });
      api = await startApi(register);
    });
    afterAll(() => api.close());

    test('the right password opens a session that says who, what they may do and where', async () => {
      const browser = api.visitor();
      const answer = await browser.signIn('registrar');
      expect(answer.status).toBe(201);
      expect(answer.body).toMatchObject({
        user: { displayName: '王丽', loginName: 'registrar' },
        college: { id: college, demo: true, name: { 'zh-CN': '示例学院 A' } },
        today: '2026-03-02',
        term: null,
      });
      expect(answer.body.permissions).toContain('imports.run');
      expect((await browser.ask('GET', '/v1/session')).body).toEqual(answer.body);
    });

    test('the cookie is HttpOnly, SameSite=Lax, and its token is nowhere in the register', async () => {
      const answer = await api.visitor().signIn('registrar');
      const cookie = answer.headers.getSetCookie()[0]!;
      expect(cookie).toMatch(/^dualcert_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
      const token = /=([\w-]{43})/.exec(cookie)![1]!;
      const stored = JSON.stringify(await db.reader('user_sessions').select());
      expect(stored).not.toContain(token);
    });

    test('the login name is read without regard to case and width', async () => {
      expect((await api.visitor().signIn(' ＲＥＧＩＳＴＲＡＲ ')).status).toBe(201);
    });

    test('wrong password and unknown account look alike', async () => {
      await aUser(register, { loginName: 'lookalike', roles: withRole('teacher', college) });
      const wrong = await api.visitor().signIn('lookalike', 'not the password');
      const unknown = await api.visitor().signIn('nobody-here', 'not the password');
      expect(wrong.status).toBe(401);
      expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
      expect(wrong.body.code).toBe('sign_in_failed');
    });

    test('signing out ends the session for the cookie too', async () => {
      const browser = await api.signedIn('registrar');
      const { cookie } = browser;
      expect((await browser.ask('DELETE', '/v1/session')).status).toBe(204);
      browser.cookie = cookie;
      expect((await browser.ask('GET', '/v1/session')).body.code).toBe('not_signed_in');
    });

    test('after five wrong passwords the account is locked for fifteen minutes, even for the right one', async () => {
      await aUser(register, { loginName: 'locked', roles: withRole('teacher', college) });
      for (let i = 0; i < 5; i += 1) expect((await api.visitor().signIn('locked', 'wrong password')).status).toBe(401);
      const refused = await api.visitor().signIn('locked');
      expect(refused.body.code).toBe('account_locked');
      expect(refused.headers.get('retry-after')).toBe('900');
      db.clock.advance(15 * 60_000 - 1000);
      expect((await api.visitor().signIn('locked')).status).toBe(429);
      db.clock.advance(2000);
      expect((await api.visitor().signIn('locked')).status).toBe(201);
    });

    test('guesses sent all at once are counted before any is answered', async () => {
      await aUser(register, { loginName: 'rushed', roles: withRole('teacher', college) });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => api.visitor().signIn('rushed', 'wrong password')),
      );
      expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
      expect(answers.filter(({ status }) => status === 429)).toHaveLength(15);
    });

    test('a session ends after half an hour without a request, and after twelve hours in any case', async () => {
      const browser = await api.signedIn('registrar');
      db.clock.advance(29 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
      db.clock.advance(29 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(200);
      db.clock.advance(31 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);

      const busy = await api.signedIn('registrar');
      for (let minutes = 0; minutes < 12 * 60; minutes += 20) {
        expect((await busy.ask('GET', '/v1/session')).status).toBe(200);
        db.clock.advance(20 * 60_000);
      }
      expect((await busy.ask('GET', '/v1/session')).status).toBe(401);
    });

    test('those who administer are asked again after fifteen minutes', async () => {
      await aUser(register, { loginName: 'auditor', roles: withRole('auditor', null) });
      const browser = await api.signedIn('auditor');
      db.clock.advance(16 * 60_000);
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    });

    test('a new password ends every session, and the old one works no more', async () => {
      await aUser(register, { loginName: 'changer', roles: withRole('teacher', college) });
      const here = await api.signedIn('changer');
      const there = await api.signedIn('changer');
      const body = { current: PASSWORD, password: 'another long phrase' };
      expect((await here.ask('POST', '/v1/session/password', { body, key: key(1) })).body).toEqual({ changed: true });
      expect((await there.ask('GET', '/v1/session')).status).toBe(401);
      expect((await api.visitor().signIn('changer')).status).toBe(401);
      expect((await api.visitor().signIn('changer', 'another long phrase')).status).toBe(201);
    });

    test.each([
      ['1234567', 'password_short'],
      ['password123', 'password_common'],
      ['aaaaaaaaaaaa', 'password_common'],
      ['x'.repeat(129), 'password_long'],
    ])('the password %s is refused: %s', async (password, code) => {
      const browser = await api.signedIn('registrar');
      const answer = await browser.ask('POST', '/v1/session/password', {
        body: { current: PASSWORD, password },
        key: key(2),
      });
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer: '/password', code }]);
    });

    test('a wrong current password changes nothing and counts as a guess', async () => {
      await aUser(register, { loginName: 'guessed', roles: withRole('teacher', college) });
      const browser = await api.signedIn('guessed');
      db.clock.advance(1);
      const ask = (n: number) =>
        browser.ask('POST', '/v1/session/password', {
          body: { current: 'a guess', password: 'another long phrase' },
          key: key(n),
        });
      for (let n = 10; n < 15; n += 1) expect((await ask(n)).body.code).toBe('password_wrong');
      expect((await ask(15)).body.code).toBe('account_locked');
    });

    test('whoever has an initial password may only change it', async () => {
      await aUser(register, { loginName: 'fresh', roles: withRole('auditor', null), mustChange: true });
      const browser = await api.signedIn('fresh');
      expect((await browser.ask('GET', '/v1/session')).body.mustChangePassword).toBe(true);
      expect((await browser.ask('GET', '/v1/users')).body.code).toBe('password_change_required');
      await browser.ask('POST', '/v1/session/password', {
        body: { current: PASSWORD, password: 'another long phrase' },
        key: key(20),
      });
      await browser.signIn('fresh', 'another long phrase');
      expect((await browser.ask('GET', '/v1/users')).status).toBe(200);
    });

    test("a session works in the college asked for, and in no other than one's own", async () => {
      const other = await aCollegeRow(register, 'B');
      const roles = [...withRole('teacher', college), ...withRole('registrar', other)];
      await aUser(register, { loginName: 'two-colleges', roles });
      const first = await api.visitor().signIn('two-colleges');
      expect(first.body.college.id).toBe(college);
      expect(first.body.roles.map(({ role }: { role: string }) => role)).toEqual(['teacher']);
      expect(first.body.colleges).toHaveLength(2);
      const second = await api.visitor().signIn('two-colleges', PASSWORD, other);
      expect(second.body.roles.map(({ role }: { role: string }) => role)).toEqual(['registrar']);
      expect((await api.visitor().signIn('registrar', PASSWORD, other)).body.code).toBe('not_permitted');
    });

    test('neither password, cookie, name nor address query reaches the log', async () => {
      const browser = await api.signedIn('registrar');
      await browser.ask('GET', '/v1/users?cursor=secret-cursor');
      const all = api.log.join('');
      for (const canary of [PASSWORD, '王丽', 'secret-cursor', browser.cookie!.split('=')[1]!])
        expect(all).not.toContain(canary);
      expect(all).toContain('/v1/session');
    });
  }));
