import { expect, test } from 'vitest';
import { stageOf } from '../../rules/stage.ts';
import type { Missing, PathwayState } from '../../rules/stage.ts';

const sheet = (id: string, until: string): Missing => ({
  fact: 'creditsShort',
  role: 'teacher',
  object: { kind: 'score_sheet', id },
  person: 'usr_t',
  since: '2025-09-01T00:00:00.000Z',
  until,
});
const opened = '2023-09-01T00:00:00.000Z';
const open: PathwayState = {
  type: 'diploma',
  enrolmentStatus: 'enrolled',
  openedAt: opened,
  closed: null,
  applied: false,
  openPoint: null,
  noRule: null,
  verdict: { type: 'undetermined', missing: [] },
  decision: null,
  notice: null,
  signOff: null,
  certificate: null,
};
const granted = {
  verdict: { type: 'grant' as const, missing: [] },
  decision: { type: 'grant', at: '2026-06-01T00:00:00.000Z' },
};
const notice = { openedAt: '2026-06-02T00:00:00.000Z', closesAt: '2026-06-09T16:00:00.000Z', closedAt: null };
const over = { ...notice, closedAt: '2026-06-09T16:00:00.000Z' };

const table: [string, Partial<PathwayState>, string, string | null][] = [
  ['a certificate being made', { ...granted, certificate: { state: 'allocated', at: opened } }, 'issuing', 'system'],
  ['a signed certificate', { ...granted, certificate: { state: 'signed', at: opened } }, 'issuing', 'system'],
  ['an issued certificate', { ...granted, certificate: { state: 'issued', at: opened } }, 'issued', null],
  [
    'a revoked certificate, whatever else holds',
    { ...granted, certificate: { state: 'revoked', at: opened } },
    'issued',
    null,
  ],
  ['a lapsed pathway', { closed: { at: opened, reason: 'lapsed' } }, 'closed', null],
  ['a withdrawn student', { enrolmentStatus: 'withdrawn' }, 'closed', null],
  ['a suspended student', { enrolmentStatus: 'suspended' }, 'suspended', 'registrar'],
  [
    'an approved sign-off',
    { ...granted, notice: over, signOff: { answer: 'approved', at: opened, reason: null } },
    'issuing',
    'system',
  ],
  [
    'a refused sign-off',
    { ...granted, notice: over, signOff: { answer: 'refused', at: opened, reason: '照片不符' } },
    'deciding',
    'registrar',
  ],
  ['a decision point reached', { openPoint: { at: opened, noRule: null } }, 'deciding', 'system'],
  [
    'a decision point that no rule answers',
    { openPoint: { at: opened, noRule: 'rule_not_bound' } },
    'deciding',
    'rule_editor',
  ],
  ['a conclusion that no rule answers', { noRule: 'no_rule_for_date' }, 'collecting', 'rule_editor'],
  [
    'a notice that is over, while no rule answers any more',
    { ...granted, notice: over, noRule: 'no_rule_for_date' },
    'deciding',
    'rule_editor',
  ],
  [
    'a skill pathway nobody has applied for, whatever rule is wanting',
    { type: 'skill', noRule: 'rule_not_bound' },
    'application',
    'student',
  ],
  ['a grant without notice yet', granted, 'deciding', 'system'],
  ['a notice that runs', { ...granted, notice }, 'public_notice', 'public'],
  ['a notice that is over', { ...granted, notice: over }, 'sign_off', 'certification_officer'],
  ['facts that deny', { verdict: { type: 'deny', missing: [] } }, 'refused', 'student'],
  ['a case for a person', { verdict: { type: 'refer', missing: [] } }, 'referred', 'registrar'],
  ['facts that grant, not yet decided', { verdict: { type: 'grant', missing: [] } }, 'deciding', 'registrar'],
  ['a skill pathway nobody has applied for', { type: 'skill' }, 'application', 'student'],
  [
    'an applied one without a level result',
    {
      type: 'skill',
      applied: true,
      verdict: {
        type: 'undetermined',
        missing: [{ ...sheet('x', ''), role: 'certification_officer', object: null, until: null }],
      },
    },
    'assessment',
    'certification_officer',
  ],
  ['nothing known to be missing', {}, 'collecting', 'registrar'],
];

test.each(table)('%s', (_what, change, name, role) => {
  const stage = stageOf({ ...open, ...change });

  expect(stage.name).toBe(name);
  expect(stage.waitingOn?.role ?? null).toBe(role);
});

test('of several sheets the one due first is waited for, with its teacher and both dates', () => {
  const stage = stageOf({
    ...open,
    verdict: { type: 'undetermined', missing: [sheet('sht_b', '2026-06-30'), sheet('sht_a', '2026-01-15')] },
  });

  expect(stage).toMatchObject({
    name: 'collecting',
    waitingOn: { role: 'teacher', person: 'usr_t', object: { id: 'sht_a' } },
    since: '2025-09-01T00:00:00.000Z',
    until: '2026-01-15',
  });
});

test('a refusal of sign-off is told with its reason', () => {
  const stage = stageOf({
    ...open,
    ...granted,
    notice: over,
    signOff: { answer: 'refused', at: opened, reason: '照片不符' },
  });

  expect(stage.reason).toBe('照片不符');
});
