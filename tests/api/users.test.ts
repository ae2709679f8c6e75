import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueSetUpCodes } from '../../register/accounts/set-up.ts';
import type { Register } from '../../register/register.ts';
import type { Browser, TestApi } from '../support/api.ts';
import { aCollegeRow, aRegister, aUser, key, PASSWORD, startApi, withRole } from '../support/api.ts';
import { onSqlite } from '../support/databases.ts';

describe('users and roles', () =>
  onSqlite((open) => {
    let register: Register;
    let api: TestApi;
    let college: string;
    let system: Browser;
    let security: Browser;
    let number = 100;
    const next = () => key((number += 1));

    beforeAll(async () => {
      register = aRegister(await open());
      college = await aCollegeRow(register, 'A');
      await aUser(register, { loginName: 'system', roles: withRole('system_admin', null) });
      await aUser(register, { loginName: 'security', roles: withRole('security_admin', null) });
      api = await startApi(register);
      system = await api.signedIn('system');
      security = await api.signedIn('security');
    });
    afterAll(() => api.close());

    const create = (loginName: string) =>
      system.ask('POST', '/v1/users', {
        key: next(),
        body: { loginName, displayName: `老师 ${loginName}`, password: PASSWORD },
      });
    const assign = (userId: string, body: object) =>
      security.ask('POST', `/v1/users/${userId}/roles`, { key: next(), body });

    test('one makes the account, another gives the role, the person chooses the password', async () => {
      const { status, body } = await create('li.ming');
      expect(status).toBe(201);
      expect((await assign(body.id, { role: 'registrar', collegeId: college, scopeKind: 'college' })).status).toBe(201);
      const browser = await api.signedIn('li.ming');
      expect((await browser.ask('GET', '/v1/session')).body).toMatchObject({
        mustChangePassword: true,
        roles: [{ role: 'registrar', scopeKind: 'college' }],
      });
      const user = (await system.ask('GET', `/v1/users/${body.id}`)).body;
      expect(user).toMatchObject({
        loginName: 'li.ming',
        active: true,
        version: 1,
        roles: [{ role: 'registrar', collegeId: college }],
      });
    });

    test('the maker of accounts may not give roles, nor the giver of roles make accounts', async () => {
      const { body } = await create('separate');
      expect(
        (
          await system.ask('POST', `/v1/users/${body.id}/roles`, {
            key: next(),
            body: { role: 'teacher', collegeId: college, scopeKind: 'college' },
          })
        ).body.code,
      ).toBe('not_permitted');
      expect(
        (
          await security.ask('POST', '/v1/users', {
            key: next(),
            body: { loginName: 'x1', displayName: 'x', password: PASSWORD },
          })
        ).body.code,
      ).toBe('not_permitted');
    });

    test('a login name is taken once, whatever its case', async () => {
      expect((await create('Wang')).status).toBe(201);
      const again = await create('wang');
      expect([again.status, again.body.code]).toEqual([409, 'login_name_taken']);
    });

    test('the same key makes one account, and the password is in neither answer nor idempotency table', async () => {
      const body = { loginName: 'twice', displayName: '两次', password: PASSWORD };
      const first = await system.ask('POST', '/v1/users', { key: key(90), body });
      const second = await system.ask('POST', '/v1/users', { key: key(90), body });
      expect(second.body).toEqual(first.body);
      expect(second.headers.get('idempotent-replayed')).toBe('true');
      const kept = JSON.stringify(await register.db.reader('idempotency_keys').select());
      expect(kept).not.toContain(PASSWORD);
    });

    test('system administrator, security administrator and auditor exclude one another', async () => {
      const { body } = await create('three-in-one');
      expect((await assign(body.id, { role: 'auditor', scopeKind: 'deployment' })).status).toBe(201);
      for (const role of ['system_admin', 'security_admin']) {
        const refused = await assign(body.id, { role, scopeKind: 'deployment' });
        expect([refused.status, refused.body.code]).toEqual([409, 'exclusive_roles']);
      }
      expect((await assign(body.id, { role: 'auditor', scopeKind: 'deployment' })).body.code).toBe('role_held_already');
    });

    test('the database itself refuses two of the three', async () => {
      const id = await aUser(register, { loginName: 'by-hand', roles: withRole('auditor', null) });
      const row = {
        id: register.newId('role'),
        user_id: id,
        college_id: null,
        role: 'system_admin',
        scope_kind: 'deployment',
        scope_id: null,
        from_on: '2026-01-01',
        to_on: null,
        granted_by: 'x',
        granted_at: register.systemClock.now(),
        revoked_by: null,
        revoked_at: null,
      };
      await expect(Promise.resolve(register.db.writer('role_assignments').insert(row))).rejects.toThrow(/UNIQUE/);
    });

    test('nobody changes their own rights', async () => {
      const me = (await security.ask('GET', '/v1/session')).body.user.id;
      expect((await assign(me, { role: 'teacher', collegeId: college, scopeKind: 'college' })).body.code).toBe(
        'own_rights',
      );
    });

    test.each([
      [{ role: 'teacher', scopeKind: 'college' }, '/collegeId', 'required'],
      [{ role: 'teacher', scopeKind: 'class', collegeId: 'COLLEGE' }, '/scopeId', 'required'],
      [{ role: 'auditor', scopeKind: 'deployment', collegeId: 'COLLEGE' }, '/scopeKind', 'scope_takes_no_college'],
      [
        { role: 'teacher', scopeKind: 'college', collegeId: 'COLLEGE', fromOn: '2026-05-01', toOn: '2026-04-30' },
        '/toOn',
        'period_reversed',
      ],
      [{ role: 'headmaster', scopeKind: 'college', collegeId: 'COLLEGE' }, '/role', 'not_allowed_value'],
    ])('%o is refused at %s: %s', async (body, pointer, code) => {
      const { body: user } = await create(`scoped-${code}-${pointer.slice(1).toLowerCase()}`);
      const answer = await assign(user.id, JSON.parse(JSON.stringify(body).replace('COLLEGE', college)));
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer, code }]);
    });

    test('a role taken away ends at once, in the middle of a session', async () => {
      const id = await aUser(register, { loginName: 'dismissed', roles: withRole('auditor', null) });
      const browser = await api.signedIn('dismissed');
      expect((await browser.ask('GET', '/v1/sign-ins')).status).toBe(200);
      const [role] = (await security.ask('GET', `/v1/users/${id}`)).body.roles;
      expect(
        (await security.ask('POST', `/v1/users/${id}/roles/${role.id}/revoke`, { key: next(), body: {} })).status,
      ).toBe(200);
      expect((await browser.ask('GET', '/v1/sign-ins')).body.code).toBe('not_permitted');
    });

    test('a role for later does not hold yet, one that has ended holds no more', async () => {
      const base = { role: 'auditor' as const, scopeKind: 'deployment' as const };
      await aUser(register, { loginName: 'later', roles: [{ ...base, fromOn: '2027-01-01' }] });
      await aUser(register, { loginName: 'former', roles: [{ ...base, fromOn: '2025-01-01', toOn: '2026-01-01' }] });
      for (const name of ['later', 'former'])
        expect((await (await api.signedIn(name)).ask('GET', '/v1/session')).body.roles).toEqual([]);
    });

    test('a disabled account is out at once and stays out', async () => {
      const id = await aUser(register, { loginName: 'leaver', roles: withRole('teacher', college) });
      const browser = await api.signedIn('leaver');
      const disable = { key: next(), headers: { 'if-match': '"1"' }, body: { active: false } };
      expect((await system.ask('PATCH', `/v1/users/${id}`, disable)).body).toEqual({ id, version: 2 });
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
      expect((await api.visitor().signIn('leaver')).body.code).toBe('sign_in_failed');
    });

    test('sessions of another are ended by the security administrator', async () => {
      const id = await aUser(register, { loginName: 'online', roles: withRole('teacher', college) });
      const browser = await api.signedIn('online');
      expect((await security.ask('POST', `/v1/users/${id}/revoke-sessions`, { key: next(), body: {} })).body).toEqual({
        ended: 1,
      });
      expect((await browser.ask('GET', '/v1/session')).status).toBe(401);
    });

    test('the list goes on where it stopped, whoever was added meanwhile', async () => {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: { loginName: string }[]; next: string | null } = (
          await system.ask('GET', `/v1/users?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
        ).body;
        seen.push(...page.items.map(({ loginName }) => loginName));
        if (cursor === null) await create('aa-first');
        cursor = page.next;
      } while (cursor !== null);
      expect(seen).toEqual([...seen].sort());
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen).not.toContain('aa-first');
      expect((await system.ask('GET', '/v1/users?limit=201')).status).toBe(400);
      expect((await system.ask('GET', '/v1/users?cursor=usr_00000000000000000000000000')).body.errors).toMatchObject([
        { pointer: '/cursor', code: 'cursor_gone' },
      ]);
    });

    test('a name is searched for in the body, and % finds no one', async () => {
      const find = async (text: string) =>
        (await system.ask('POST', '/v1/users/search', { body: { text } })).body.items.map(
          (user: { loginName: string }) => user.loginName,
        );
      expect(await find('老师 li')).toEqual(['li.ming']);
      expect(await find('%')).toEqual([]);
    });

    test('each act leaves one leaf in the audit log', async () => {
      const count = async () => Number((await register.db.reader('audit_leaves').count('* as n').first())!.n);
      const before = await count();
      const { body } = await create('audited');
      await assign(body.id, { role: 'student', collegeId: college, scopeKind: 'self' });
      expect(await count()).toBe(before + 2);
    });
  }));

describe('the first administrators', () =>
  onSqlite((open) => {
    test('sign themselves up with codes that work once each, and only on an empty deployment', async () => {
      const register = aRegister(await open());
      const codes = (await issueSetUpCodes(register))!;
      expect(await issueSetUpCodes(register)).toBeNull();
      const api = await startApi(register);
      const visitor = api.visitor();
      expect((await visitor.ask('GET', '/v1/set-up')).body).toEqual({ open: ['security_admin', 'system_admin'] });
      const setUp = (code: string, loginName: string, n: number) =>
        visitor.ask('POST', '/v1/set-up', {
          key: key(n),
          body: { code, loginName, displayName: loginName, password: PASSWORD },
        });
      expect((await setUp('not-the-code', 'first', 1)).body.code).toBe('setup_code_wrong');
      expect((await setUp(codes.system_admin, 'first', 2)).status).toBe(201);
      expect((await setUp(codes.system_admin, 'second', 3)).body.code).toBe('setup_code_wrong');
      expect((await setUp(codes.security_admin, 'second', 4)).status).toBe(201);
      expect((await visitor.ask('GET', '/v1/set-up')).body).toEqual({ open: [] });
      const first = await api.signedIn('first');
      expect((await first.ask('GET', '/v1/session')).body).toMatchObject({
        college: null,
        today: null,
        roles: [{ role: 'system_admin', scopeKind: 'deployment' }],
      });
      await api.close();
    });
  }));
