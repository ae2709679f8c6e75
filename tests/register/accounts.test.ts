import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../db/open.ts';
import { keysetPage } from '../../db/keyset.ts';
import { assignRole, revokeRole } from '../../register/accounts/assign-role.ts';
import { createUser } from '../../register/accounts/create-user.ts';
import { readSession, revokeSessions } from '../../register/accounts/sessions.ts';
import { signIn } from '../../register/accounts/sign-in.ts';
import { changeUser, listSignIns, listUsers, readUser } from '../../register/accounts/users.ts';
import type { Register } from '../../register/register.ts';
import { aCollegeRow, aRegister, aUser, key, PASSWORD, withRole } from '../support/api.ts';
import type { TestClock } from '../support/databases.ts';
import { forEachDatabase } from '../support/databases.ts';

const by = { userId: 'usr_admin', collegeId: null, role: 'system_admin' };
const address = '192.0.2.7';

forEachDatabase((_name, open) => {
  let db: Database & { clock: TestClock };
  let register: Register;
  let college: string;
  let number = 0;
  const next = () => key((number += 1));
  const leaves = async () => Number((await db.reader('audit_leaves').count('* as n').first())!.n);

  beforeAll(async () => {
    db = await open();
    register = aRegister(db);
    college = await aCollegeRow(register, 'A');
  });

  describe('an account', () => {
    test('is made once per key, with one leaf, and its password only as argon2id', async () => {
      const before = await leaves();
      const call = { key: next(), by, input: { loginName: 'Once', displayName: '一次', password: PASSWORD } };
      const first = await createUser(register, call);
      expect(await createUser(register, call)).toEqual(first);
      expect(await leaves()).toBe(before + 1);
      const kept = await db.reader('credentials').where({ user_id: first.id }).first();
      expect(kept.password_hash).toMatch(/^\$argon2id\$v=19\$m=256,t=1,p=1\$/);
    });

    test('that fails half-way leaves nothing', async () => {
      const input = {
        loginName: 'half',
        displayName: 'half',
        password: PASSWORD,
        roles: [{ role: 'teacher' as const, scopeKind: 'college' as const, collegeId: 'col_unknown' }],
      };
      await expect(createUser(register, { key: next(), by, input })).rejects.toMatchObject({ code: 'bad_input' });
      expect(await db.reader('users').where({ login_name: 'half' }).first()).toBeUndefined();
    });

    test('of one login name is made once, though two ask at the same moment', async () => {
      const make = () =>
        createUser(register, {
          key: next(),
          by,
          input: { loginName: 'race', displayName: 'race', password: PASSWORD },
        });
      const results = await Promise.allSettled([make(), make()]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    test('changes by version', async () => {
      const id = await aUser(register, { loginName: 'versioned' });
      expect(
        await changeUser(register, { key: next(), by, input: { id, displayName: '新名' }, ifMatch: '"1"' }),
      ).toEqual({ id, version: 2 });
      await expect(
        changeUser(register, { key: next(), by, input: { id, displayName: '旧名' }, ifMatch: '"1"' }),
      ).rejects.toMatchObject({ code: 'version_mismatch' });
      expect(await readUser(register, id)).toMatchObject({ displayName: '新名', version: 2 });
    });
  });

  describe('a role', () => {
    test('is held until taken away, and may then be given again', async () => {
      const userId = await aUser(register, { loginName: 'holder' });
      const give = () =>
        assignRole(register, {
          key: next(),
          by,
          input: { userId, role: 'teacher', collegeId: college, scopeKind: 'college' },
        });
      const { id } = await give();
      await expect(give()).rejects.toMatchObject({ code: 'role_held_already' });
      await revokeRole(register, { key: next(), by, input: { userId, assignmentId: id } });
      await expect(
        revokeRole(register, { key: next(), by, input: { userId, assignmentId: id } }),
      ).rejects.toMatchObject({ code: 'not_found' });
      await give();
      expect((await readUser(register, userId)).roles).toHaveLength(1);
    });

    test('of the exclusive three is held once, though two are given at the same moment', async () => {
      const userId = await aUser(register, { loginName: 'both' });
      const give = (role: 'auditor' | 'system_admin') =>
        assignRole(register, { key: next(), by, input: { userId, role, scopeKind: 'deployment' } });
      const results = await Promise.allSettled([give('auditor'), give('system_admin')]);
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('a session', () => {
    test('carries the roles of its college and those of the deployment, and no others', async () => {
      const other = await aCollegeRow(register, 'B');
      await aUser(register, {
        loginName: 'roles',
        roles: [...withRole('teacher', college), ...withRole('registrar', other), ...withRole('auditor', null)],
      });
      const { token } = await signIn(register, { loginName: 'roles', password: PASSWORD, collegeId: other, address });
      const principal = (await readSession(register, token))!;
      expect(principal.collegeId).toBe(other);
      expect(principal.assignments.map(({ role }) => role).sort()).toEqual(['auditor', 'registrar']);
    });

    test('is known by its token alone, and ended by whoever may', async () => {
      const id = await aUser(register, { loginName: 'ended', roles: withRole('teacher', college) });
      const { token } = await signIn(register, { loginName: 'ended', password: PASSWORD, address });
      expect(await readSession(register, `${token}x`)).toBeNull();
      expect(await revokeSessions(register, { key: next(), by, input: { id } })).toEqual({ ended: 1 });
      expect(await readSession(register, token)).toBeNull();
    });

    test('notes when it was last seen, once a minute', async () => {
      await aUser(register, { loginName: 'seen', roles: withRole('teacher', college) });
      const { token, sessionId } = await signIn(register, { loginName: 'seen', password: PASSWORD, address });
      const lastSeen = async () =>
        (await db.reader('user_sessions').where({ id: sessionId }).first('last_seen_at')).last_seen_at;
      const first = await lastSeen();
      db.clock.advance(30_000);
      await readSession(register, token);
      expect(await lastSeen()).toBe(first);
      db.clock.advance(31_000);
      await readSession(register, token);
      expect(await lastSeen()).toBe(db.clock.now());
    });
  });

  describe('guessing', () => {
    const guess = (loginName: string, password: string) =>
      signIn(register, { loginName, password, address: '198.51.100.1' });

    test('a success clears the five failures before it', async () => {
      await aUser(register, { loginName: 'forgetful', roles: withRole('teacher', college) });
      for (let round = 0; round < 3; round += 1) {
        for (let i = 0; i < 4; i += 1)
          await expect(guess('forgetful', 'wrong password')).rejects.toMatchObject({ code: 'sign_in_failed' });
        db.clock.advance(1000);
        await guess('forgetful', PASSWORD);
        db.clock.advance(1000);
      }
    });

    test('no more than a hundred guesses a day reach a password, whatever their pace', async () => {
      await aUser(register, { loginName: 'patient', roles: withRole('teacher', college) });
      let reached = 0;
      for (let i = 0; i < 24 * 12; i += 1) {
        db.clock.advance(5 * 60_000 - 1);
        await guess('patient', 'wrong password').catch(({ code }: { code: string }) => {
          if (code === 'sign_in_failed') reached += 1;
        });
      }
      expect(reached).toBeLessThanOrEqual(100);
      expect(reached).toBeGreaterThan(50);
    });

    test('the log of sign-ins never holds what was typed as account', async () => {
      await expect(guess('MyS3cretTypedInTheWrongField', 'x')).rejects.toMatchObject({ code: 'sign_in_failed' });
      expect(JSON.stringify(await db.reader('sign_in_attempts').select()).toLowerCase()).not.toContain('mys3cret');
      const { items } = await listSignIns(register, { limit: 1 });
      expect(items[0]).toMatchObject({ outcome: 'failed', userId: null, address: '198.51.100.1' });
    });
  });

  describe('a list', () => {
    test('in either direction gives each row once, through equal sort keys too', async () => {
      const rows = () => db.reader('users as u').select('u.id', 'u.active');
      const ids: string[] = await db.reader('users').orderBy('id').pluck('id');
      for (const direction of ['asc', 'desc'] as const) {
        const seen: string[] = [];
        for (let cursor: string | undefined, more = true; more; ) {
          const page = await keysetPage<{ id: string }>(rows(), {
            id: 'u.id',
            order: ['u.active'],
            direction,
            limit: 2,
            ...(cursor ? { cursor } : {}),
          });
          seen.push(...page.rows.map(({ id }) => id));
          cursor = page.next ?? undefined;
          more = page.next !== null;
        }
        expect([...seen].sort()).toEqual([...ids].sort());
        expect(seen).toHaveLength(ids.length);
      }
    });

    test('of users is filtered by role', async () => {
      const { items } = await listUsers(register, { limit: 50, role: 'auditor' });
      expect(items.length).toBeGreaterThan(0);
      expect(items.every(({ roles }) => roles.some(({ role }) => role === 'auditor'))).toBe(true);
    });
  });
});
