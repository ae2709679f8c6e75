import { describe, expect, test } from 'vitest';
import { defineScheme } from '../../register/teaching/define-scheme.ts';
import { aCollege } from '../support/college.ts';
import type { College } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';
import { publish, withParam } from './publishing.ts';
import { aCollegeWithPolicy } from './with-policy.ts';

const IN_TERM_ONE = '2023-10-10T02:00:00.000Z';

/** Process assessment with this share, the rest a final examination. */
const define = ({ register, call, courses }: College, share: number) => {
  const components = [
    { name: '平时', kind: 'process' as const, weight: share },
    { name: '期末', kind: 'final' as const, weight: 10_000 - share },
  ];
  return defineScheme(register, call('registrar', { courseId: courses.JD101, components }));
};
const outside = (share: number, minimum: number, maximum: number) => ({
  code: 'scheme_outside_policy',
  errors: [{ pointer: '/components', code: 'scheme_outside_policy', detail: { share, minimum, maximum } }],
});

forEachDatabase((_name, open) => {
  describe('the share of process assessment in a scheme', () => {
    test('lies within the policy in force, bounds included; outside nothing is stored', async () => {
      const db = await open({ clock: testClock(IN_TERM_ONE) });
      const college = await aCollegeWithPolicy(db);

      await expect(define(college, 2999)).rejects.toMatchObject(outside(2999, 3000, 5000));
      await expect(define(college, 5001)).rejects.toMatchObject(outside(5001, 3000, 5000));
      expect(await db.reader('schemes')).toEqual([]);
      await expect(define(college, 3000)).resolves.toMatchObject({ version: 1 });
      await expect(define(college, 5000)).resolves.toMatchObject({ version: 2 });
    });

    test('follows the document: other bounds hold once they are published', async () => {
      const college = await aCollegeWithPolicy(await open({ clock: testClock(IN_TERM_ONE) }));
      await publish(college, { ...withParam('policy.teaching', 'processShareMin', 4000), revision: 2 });

      await expect(define(college, 3999)).rejects.toMatchObject(outside(3999, 4000, 5000));
      await expect(define(college, 4000)).resolves.toMatchObject({ version: 1 });
    });

    test('does not bind an internship', async () => {
      const db = await open({ clock: testClock(IN_TERM_ONE) });
      const college = await aCollegeWithPolicy(db);
      await db.writer('courses').where({ id: college.courses.JD101 }).update({ kind: 'internship' });

      await expect(define(college, 9000)).resolves.toMatchObject({ version: 1 });
    });

    test('without a policy no scheme is defined, for nothing says what it may be', async () => {
      const college = await aCollege(await open({ clock: testClock(IN_TERM_ONE) }));

      await expect(define(college, 4000)).rejects.toMatchObject({
        code: 'rule_not_bound',
        errors: [{ detail: { purpose: 'policy' } }],
      });
    });
  });
});
