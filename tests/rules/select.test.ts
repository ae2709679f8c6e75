import { expect, test } from 'vitest';
import { selectRevision } from '../../rules/select.ts';
import type { Revision } from '../../rules/select.ts';
import { Problem } from '../../schemas/problem.ts';

const old: Revision = {
  revision: 1,
  validFrom: '2015-09-01',
  validTo: '2026-09-01',
  publishedAt: '2015-06-01T00:00:00.000Z',
  withdrawnAt: null,
};
const current: Revision = {
  revision: 2,
  validFrom: '2026-09-01',
  validTo: null,
  publishedAt: '2026-06-01T00:00:00.000Z',
  withdrawnAt: null,
};
const amended: Revision = {
  revision: 3,
  validFrom: '2026-09-01',
  validTo: null,
  publishedAt: '2026-10-15T08:00:00.000Z',
  withdrawnAt: null,
};
const draft: Revision = { revision: 4, validFrom: '2026-09-01', validTo: null, publishedAt: null, withdrawnAt: null };
const NOW = '2026-12-01T00:00:00.000Z';

const chosen = (revisions: readonly Revision[], effectiveDate: string, knownAt = NOW): number | string => {
  try {
    const answer = selectRevision({ revisions, effectiveDate, knownAt });
    return answer.kind === 'chosen' ? answer.revision.revision : answer.kind;
  } catch (err) {
    return (err as Problem).code;
  }
};

test.each([
  ['the day before the change: the old one', '2026-08-31', 1],
  ['on the day of the change: the new one', '2026-09-01', 2],
  ['on the first day of all', '2015-09-01', 1],
  ['the day before the first day: an error, never a fallback', '2015-08-31', 'no_rule_for_date'],
])('%s', (_, date, answer) => {
  expect(chosen([old, current], date)).toBe(answer);
  // OpenURP's third defect: the order of insertion decided
  expect(chosen([current, old], date)).toBe(answer);
});

test.each([
  ['just before it was published, the amendment is not known', '2026-10-15T07:59:59.999Z', 2],
  ['from its publication it answers, for past dates too', '2026-10-15T08:00:00.000Z', 3],
])('%s', (_, knownAt, answer) => {
  expect(chosen([old, current, amended, draft], '2026-09-30', knownAt)).toBe(answer);
});

test('asked for what was known then, the answer is that of then', () => {
  expect(chosen([old, current, amended], '2026-09-30', '2026-10-01T00:00:00.000Z')).toBe(2);
  expect(chosen([old, current, amended], '2026-09-30', '2026-05-31T23:59:59.999Z')).toBe('no_rule_for_date');
});

test('a withdrawn revision answers until it is withdrawn, then the one below does', () => {
  const withdrawn = { ...amended, withdrawnAt: '2026-11-01T00:00:00.000Z' };

  expect(chosen([current, withdrawn], '2026-09-30', '2026-10-31T23:59:59.999Z')).toBe(3);
  expect(chosen([current, withdrawn], '2026-09-30', '2026-11-01T00:00:00.000Z')).toBe(2);
});

test('while it is suspended every case goes to a person; before and after it decides', () => {
  const suspended = { ...current, suspensions: [{ from: '2026-10-01T00:00:00.000Z', to: '2026-10-20T00:00:00.000Z' }] };

  expect(chosen([suspended], '2026-09-30', '2026-09-30T23:59:59.999Z')).toBe(2);
  expect(chosen([suspended], '2026-09-30', '2026-10-01T00:00:00.000Z')).toBe('suspended');
  expect(chosen([suspended], '2026-09-30', '2026-10-20T00:00:00.000Z')).toBe(2);
});

test('without the date that chooses, nothing is chosen and nothing is wrong', () => {
  expect(selectRevision({ revisions: [current], effectiveDate: null, knownAt: NOW })).toMatchObject({
    kind: 'date_missing',
  });
});

test('revisions may choose by different dates; a lower one never answers for one whose date is missing', () => {
  const ask = (date: string | null): string =>
    selectRevision({
      revisions: [old, current],
      effectiveDate: ({ revision }) => (revision === 2 ? date : '2026-08-01'),
      knownAt: NOW,
    }).kind;

  expect(ask(null)).toBe('date_missing');
  expect(ask('2026-08-31')).toBe('chosen');
});

test('no revision at all is an error', () => {
  expect(() => selectRevision({ revisions: [], effectiveDate: '2026-09-01', knownAt: NOW })).toThrow(Problem);
});
