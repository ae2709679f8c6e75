import { RateLimiterMemory } from 'rate-limiter-flexible';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryLimits } from '../../api/limits.ts';
import type { Browser } from '../support/api.ts';
import { aUser, key, startApi, withRole } from '../support/api.ts';
import { onSqlite, testClock } from '../support/databases.ts';
import type { TestClock } from '../support/databases.ts';
import type { World } from './world.ts';
import { aWorld } from './world.ts';

const DAY = 24 * 3_600_000;
const question = {
  purpose: 'title',
  date: '2025-09-05',
  outcome: { kind: 'skill_certificate', name: '电工', occupationCode: '6-31-01-03', level: 'three', verified: true },
};

describe('a system that asks by token', () =>
  onSqlite((open) => {
    let world: World;
    let admin: Browser;
    let clock: TestClock;
    let keys = 0;
    const next = () => key((keys += 1));
    const issue = async (scopes: string[], days = 30) =>
      (
        await admin.ask('POST', '/v1/api-tokens', {
          key: next(),
          body: { collegeId: world.college.id, name: '招生系统', scopes, days },
        })
      ).body as { id: string; token: string };
    const as = (token: string, method: string, path: string, body?: unknown) =>
      world.api.visitor().ask(method, path, {
        headers: { authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
      });
    const evaluate = (token: string, body: unknown = question) => as(token, 'POST', '/v1/equivalences/evaluate', body);

    beforeAll(async () => {
      clock = testClock('2025-09-05T02:00:00.000Z');
      world = await aWorld(await open({ clock }), 1);
      await aUser(world.college.register, { loginName: 'admin', roles: withRole('system_admin', null) });
      admin = await world.api.signedIn('admin');
    });
    afterAll(() => world.api.close());

    test('asks what an outcome is worth, and nothing its token does not name', async () => {
      const { token } = await issue(['equivalences.evaluate']);
      const { status, body } = await evaluate(token);
      expect([status, body.answers[0].ruleSet]).toEqual([200, 'title.skill-to-title']);
      expect((await as(token, 'GET', '/v1/rule-sets')).body.code).toBe('not_permitted');
      expect((await as(token, 'GET', '/v1/session')).body.code).toBe('not_permitted');
      expect((await as(token, 'GET', '/v1/api-tokens')).body.code).toBe('not_permitted');
    });

    test("reads a student's facts only where its token names students", async () => {
      const asked = { ...question, purpose: 'credit', studentId: world.students[0]!.enrolment };
      const blind = await issue(['equivalences.evaluate']);
      const seeing = await issue(['equivalences.evaluate', 'students.read']);
      expect((await evaluate(blind.token, asked)).status).toBe(404);
      expect((await evaluate(seeing.token, asked)).status).toBe(200);
    });

    test('is nobody without its token, with a wrong one, or beside a cookie', async () => {
      const { token } = await issue(['equivalences.evaluate']);
      for (const wrong of [`${token}x`, token.slice(4), 'dct_'])
        expect((await evaluate(wrong)).body.code, wrong).toBe('not_signed_in');
      const both = await world.registrar.ask('GET', '/v1/rule-sets', { headers: { authorization: 'Basic abc' } });
      expect(both.body.code).toBe('not_signed_in');
    });

    test('is refused once its token is revoked or has run out', async () => {
      const revoked = await issue(['equivalences.evaluate']);
      expect((await evaluate(revoked.token)).status).toBe(200);
      await admin.ask('POST', `/v1/api-tokens/${revoked.id}/revoke`, { key: next() });
      expect((await evaluate(revoked.token)).body.code).toBe('not_signed_in');

      const short = await issue(['equivalences.evaluate'], 1);
      clock.advance(DAY);
      expect((await evaluate(short.token)).body.code).toBe('not_signed_in');
      admin = await world.api.signedIn('admin');
      const { items } = (await admin.ask('GET', '/v1/api-tokens')).body;
      const states = new Map(items.map((item: { id: string; state: string }) => [item.id, item.state]));
      expect([states.get(revoked.id), states.get(short.id)]).toEqual(['revoked', 'expired']);
      expect(items.find(({ id }: { id: string }) => id === revoked.id).lastUsedOn).toBe('2025-09-05');
    });

    test('has its token kept as a hash alone, shown once, and in no log', async () => {
      const again = next();
      const body = { collegeId: world.college.id, name: 'x', scopes: ['rules.read'], days: 1 };
      const first = await admin.ask('POST', '/v1/api-tokens', { key: again, body });
      const second = await admin.ask('POST', '/v1/api-tokens', { key: again, body });
      expect([first.body.id, second.body.token]).toEqual([second.body.id, null]);
      const { reader } = world.college.register.db;
      for (const table of ['api_tokens', 'idempotency_keys', 'audit_leaves'])
        expect(JSON.stringify(await reader(table)), table).not.toContain(first.body.token);
      expect(world.api.log.join('\n')).not.toContain(first.body.token);
    });

    test('is counted by its token, and told when it asks too often', async () => {
      const limits = { ...memoryLimits(), machine: new RateLimiterMemory({ points: 2, duration: 60 }) };
      const api = await startApi(world.college.register, { limits });
      const [one, other] = [await issue(['rules.read']), await issue(['rules.read'])];
      const ask = async (token: string) =>
        (await api.visitor().ask('GET', '/v1/rule-sets', { headers: { authorization: `Bearer ${token}` } })).status;
      expect([await ask(one.token), await ask(one.token), await ask(one.token), await ask(other.token)]).toEqual([
        200, 200, 429, 200,
      ]);
      await api.close();
    });

    test('gets its token from the system administrator alone', async () => {
      const body = { collegeId: world.college.id, name: 'x', scopes: ['rules.read'], days: 1 };
      const registrar = await world.api.signedIn('registrar-14999');
      expect((await registrar.ask('POST', '/v1/api-tokens', { key: next(), body })).status).toBe(403);
      const wrong = { ...body, scopes: ['certificates.sign_off'] };
      expect((await admin.ask('POST', '/v1/api-tokens', { key: next(), body: wrong })).status).toBe(400);
    });
  }));
