import { expect, test } from 'vitest';
import type { Session } from '../../web/src/api/session.ts';
import { entriesOf } from '../../web/src/frame/nav-items.ts';
import { shareOf } from '../../web/src/frame/share.ts';
import type { Role } from '../../schemas/permissions.ts';
import { permissionsOf, roleTitles } from '../../schemas/permissions.ts';

const keysFor = (...held: Role[]): string[] => {
  const roles: Session['roles'] = held.map((role) => ({
    role,
    title: roleTitles[role],
    scopeKind: role === 'student' ? 'self' : 'college',
    scopeId: null,
  }));
  return entriesOf({ roles, permissions: permissionsOf(held) }).map(({ key }) => key);
};

test('a student finds their own pages and none of the staff', () => {
  expect(keysFor('student')).toEqual(['home', 'certificates', 'credits', 'plans']);
});

test('somebody who studies and teaches finds the pages of both', () => {
  expect(keysFor('student', 'teacher')).toEqual(expect.arrayContaining(['home', 'students', 'sheets', 'credits']));
});

test('everyone has a home', () => {
  expect(keysFor()).toEqual(['home']);
});

test('several jobs are one share, which is whole only when all is done', () => {
  expect(shareOf([])).toBe(0);
  expect(shareOf([{ total: 0, done: 0, refused: 0 }])).toBe(0);
  expect(shareOf([{ total: 999, done: 990, refused: 8 }])).toBe(99);
  expect(
    shareOf([
      { total: 100, done: 100, refused: 0 },
      { total: 300, done: 90, refused: 10 },
    ]),
  ).toBe(50);
});
