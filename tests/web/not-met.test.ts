import { expect, test } from 'vitest';
import { isNotMetYet } from '../../web/src/components/not-met.ts';
import { stepOf } from '../../web/src/pages/student/paths.tsx';

type Way = Parameters<typeof stepOf>[0];
const refused = { name: 'refused', waitingOn: null, since: '2026-06-24T01:00:00.000Z', until: null, reason: null };
const way = (rest: object): Way => ({ stage: { ...refused, missing: [] }, type: 'diploma', ...rest }) as unknown as Way;

test('a verdict against the student is “not met yet” until the pathway is over', () => {
  expect(isNotMetYet('deny', 'refused')).toBe(true);
  expect(isNotMetYet('deny', 'closed')).toBe(false);
  expect(isNotMetYet('undetermined', 'collecting')).toBe(false);
});

test('whoever has not met the conditions yet is still collecting, not in the audit', () => {
  expect(stepOf(way({ appliedOn: null }))).toBe('collecting');
  expect(stepOf(way({ type: 'skill', appliedOn: '2026-03-01' }))).toBe('collecting');
  expect(stepOf(way({ type: 'skill', appliedOn: null }))).toBe('application');
});
