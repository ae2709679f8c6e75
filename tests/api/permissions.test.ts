import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allRoutes } from '../../api/all-routes.ts';
import { pathFields } from '../../api/route.ts';
import type { Register } from '../../register/register.ts';
import { inScope } from '../../register/accounts/in-scope.ts';
import type { Principal, Scope } from '../../register/accounts/principal.ts';
import { actingUnder, nobody, scopeOf } from '../../register/accounts/principal.ts';
import type { Permission, Role } from '../../schemas/permissions.ts';
import { exclusiveRoles, grants, permissions, roles } from '../../schemas/permissions.ts';
import type { Browser, TestApi } from '../support/api.ts';
import { aCollegeRow, aRegister, aUser, key, startApi, withRole } from '../support/api.ts';
import { onSqlite } from '../support/databases.ts';

const all = Object.keys(permissions) as Permission[];
const reads = /\.(read|verify|replay|evaluate|try)$/;

describe('the table of roles', () => {
  test("every permission is somebody's, and every role may do something", () => {
    for (const permission of all)
      expect(
        roles.some((role) => grants[role].includes(permission)),
        permission,
      ).toBe(true);
    for (const role of roles) expect(grants[role].length, role).toBeGreaterThan(0);
  });

  test('no role is granted a thing twice', () => {
    for (const role of roles) expect(new Set(grants[role]).size, role).toBe(grants[role].length);
  });

  test('auditors only look', () => {
    for (const permission of grants.auditor) expect(permission).toMatch(reads);
  });

  test('administrators neither grade, decide, publish nor issue', () => {
    const touching =
      /^(score|scores|score_sheets|decisions|rules|certificates|applications|outcomes|imports|notices|schemes|mappings)\b/;
    for (const role of exclusiveRoles) {
      expect(
        grants[role].filter((permission) => touching.test(permission) && !reads.test(permission)),
        role,
      ).toEqual([]);
    }
  });

  test('each hard act has exactly the roles that answer for it', () => {
    const holders = (permission: Permission): Role[] => roles.filter((role) => grants[role].includes(permission));
    expect(holders('certificates.sign_off')).toEqual(['certification_officer']);
    expect(holders('rules.approve')).toEqual(['rule_approver']);
    expect(holders('rules.publish')).toEqual(['rule_approver']);
    expect(holders('rules.edit')).toEqual(['rule_editor']);
    expect(holders('roles.assign')).toEqual(['security_admin']);
    expect(holders('users.manage')).toEqual(['system_admin']);
    expect(holders('score_sheets.edit')).toEqual(['teacher', 'enterprise_mentor']);
    expect(holders('score_sheets.accept')).toEqual(['registrar']);
    expect(holders('students.reveal_identity')).toEqual(['registrar']);
    expect(holders('audit.verify')).toEqual(['auditor']);
    expect(holders('imports.run')).toEqual(['registrar']);
  });
});

const person = (assignments: Principal['assignments'], more: Partial<Principal> = {}): Principal => ({
  ...nobody,
  userId: 'usr_1',
  collegeId: 'col_a',
  assignments,
  ...more,
});
const scope = (kind: Scope['kind'], id: string | null = null): Scope => ({ kind, id });

describe('scopes', () => {
  test('only the roles that permit an act lend their scope to it', () => {
    const by = person([
      { role: 'teacher', scope: scope('class', 'org_1') },
      { role: 'registrar', scope: scope('department', 'org_2') },
    ]);
    expect(scopeOf(by, 'score_sheets.edit')).toEqual([scope('class', 'org_1')]);
    expect(scopeOf(by, 'students.read')).toEqual([scope('class', 'org_1'), scope('department', 'org_2')]);
    expect(actingUnder(by, 'imports.run')).toMatchObject({ role: 'registrar', scopes: [scope('department', 'org_2')] });
    expect(actingUnder(by, 'rules.publish')).toBeNull();
  });

  onSqlite((open) => {
    const columns = {
      college: 'r.college_id',
      department: 'r.department_id',
      class: 'r.class_id',
      person: 'r.person_id',
      user: 'r.teacher_id',
    };
    const table: Record<string, string>[] = [
      { id: '1', college_id: 'col_a', department_id: 'd1', class_id: 'c1', person_id: 'p1', teacher_id: 'usr_1' },
      { id: '2', college_id: 'col_a', department_id: 'd1', class_id: 'c2', person_id: 'p2', teacher_id: 'usr_2' },
      { id: '3', college_id: 'col_a', department_id: 'd2', class_id: 'c3', person_id: 'p3', teacher_id: 'usr_2' },
      { id: '4', college_id: 'col_b', department_id: 'd1', class_id: 'c1', person_id: 'p1', teacher_id: 'usr_1' },
    ];
    let register: Register;
    beforeAll(async () => {
      register = aRegister(await open());
    });

    test.each<[string, Scope[], Partial<Principal>, string[]]>([
      ['the college: all of its own, none of another', [scope('college')], {}, ['1', '2', '3']],
      ['the deployment: still one college at a time', [scope('deployment')], {}, ['1', '2', '3']],
      ['a department', [scope('department', 'd1')], {}, ['1', '2']],
      ['a class', [scope('class', 'c2')], {}, ['2']],
      ['two classes', [scope('class', 'c1'), scope('class', 'c3')], {}, ['1', '3']],
      ['oneself as a person', [scope('self')], { personId: 'p3', userId: 'usr_9' }, ['3']],
      ['oneself as a user', [scope('self')], { userId: 'usr_2' }, ['2', '3']],
      ['oneself without a person', [scope('self')], { userId: 'usr_9' }, []],
      ['a kind this list does not know', [scope('offering', 'o1')], {}, []],
      ['nowhere', [], {}, []],
      ['no college', [scope('deployment')], { collegeId: null }, []],
    ])('%s', async (_name, scopes, more, ids) => {
      const rows = table
        .map(
          (row) =>
            `SELECT ${Object.entries(row)
              .map(([name, value]) => `'${value}' AS ${name}`)
              .join(', ')}`,
        )
        .join(' UNION ALL ');
      const query = register.db.reader
        .from(register.db.reader.raw(`(${rows}) as r`))
        .orderBy('r.id')
        .select('r.id');
      const found: { id: string }[] = await inScope(query, person([], { scopes, ...more }), columns);
      expect(found.map(({ id }) => id)).toEqual(ids);
    });
  });
});

describe('role × route, complete', () =>
  onSqlite((open) => {
    let api: TestApi;
    const browsers = new Map<Role, Browser>();

    beforeAll(async () => {
      const register = aRegister(await open());
      const college = await aCollegeRow(register, 'A');
      api = await startApi(register);
      for (const role of roles) {
        const alone: readonly Role[] = exclusiveRoles;
        await aUser(register, {
          loginName: `as-${role}`,
          roles: withRole(role, alone.includes(role) ? null : college),
        });
        browsers.set(role, await api.signedIn(`as-${role}`));
      }
    });
    afterAll(() => api.close());

    const guarded = allRoutes.filter(({ permission }) => permission !== 'public' && permission !== 'signed_in');
    const missing = (path: string) =>
      pathFields(path).reduce((address, name) => address.replace(`{${name}}`, 'org_00000000000000000000000000'), path);

    test.each(guarded.map((route) => [`${route.method} ${route.path}`, route] as const))('%s', async (_name, route) => {
      const ask = { key: key(1), headers: { 'if-match': '"1"' } };
      const open_ = await api.visitor().ask(route.method.toUpperCase(), missing(route.path), ask);
      expect(open_.body.code).toBe('not_signed_in');
      for (const role of roles) {
        const may = grants[role].includes(route.permission as Permission);
        // refused before the input is looked at; let through, the bare request fails on something else or answers
        const { body } = await browsers.get(role)!.ask(route.method.toUpperCase(), missing(route.path), ask);
        expect(body?.code === 'not_permitted', `${role} ${route.permission}`).toBe(!may);
      }
    });
  }));
