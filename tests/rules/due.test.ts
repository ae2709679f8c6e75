import { expect, test } from 'vitest';
import { endOfDay, legalDateOf } from '../../schemas/time.ts';
import { caseDue } from '../../rules/due.ts';
import type { CaseFile, PathwayFile } from '../../rules/due.ts';

const pathway: PathwayFile = {
  id: 'pth_1',
  type: 'diploma',
  enrolmentStatus: 'enrolled',
  openedAt: '2023-09-01T00:00:00.000Z',
  closed: null,
  applied: false,
  openPoint: null,
  noRule: null,
  openPoints: [],
  verdict: { type: 'undetermined', missing: [] },
  decision: null,
  notice: null,
  signOff: null,
  certificate: null,
  verdictMoved: false,
  closedTermDealt: false,
  decisionId: null,
  noticeId: null,
  certificateId: null,
  payloadHash: null,
  rendered: false,
};
const now = '2026-03-02T01:00:00.000Z';
const quiet: CaseFile = {
  caseId: 'enr_1',
  now,
  status: 'enrolled',
  term: { code: '2025-2026-2', endsAt: '2026-07-10T16:00:00.000Z' },
  closedTerm: null,
  lapsesAt: '2028-08-31T16:00:00.000Z',
  pathways: [pathway],
  overdueSheets: [],
};
const granted = {
  verdict: { type: 'grant' as const, missing: [] },
  decision: { type: 'grant', at: now },
  decisionId: 'dec_1',
};
const withPathway = (change: Partial<PathwayFile>, rest: Partial<CaseFile> = {}): CaseFile => ({
  ...quiet,
  ...rest,
  pathways: [{ ...pathway, ...change }],
});
const keys = (file: CaseFile): string[] => caseDue(file).due.map((due) => due.opKey);

test('a quiet case has nothing due and is looked at again when the term ends', () => {
  expect(caseDue(quiet)).toEqual({ due: [], nextDeadline: quiet.term.endsAt, ended: false });
});

test('each open decision point is decided', () => {
  expect(
    keys(
      withPathway({
        openPoint: { at: now, noRule: null },
        openPoints: [
          { kind: 'audit', key: 'a', noRule: null },
          { kind: 'level_result', key: '2', noRule: null },
        ],
      }),
    ),
  ).toEqual(['decide/pth_1/audit/a', 'decide/pth_1/level_result/2']);
});

test('a point that no rule answers waits, holds up no other, and is looked at again with the next day', () => {
  const wanting = { kind: 'application', key: 'b', noRule: 'rule_not_bound' };
  const waiting = withPathway({ openPoint: { at: now, noRule: 'rule_not_bound' }, openPoints: [wanting] });
  const tomorrow = endOfDay(legalDateOf(now));

  expect(caseDue(waiting)).toEqual({ due: [], nextDeadline: tomorrow, ended: false });
  expect(keys(withPathway({ openPoints: [wanting, { kind: 'audit', key: 'a', noRule: null }] }))).toEqual([
    'decide/pth_1/audit/a',
  ]);
});

test.each([
  [
    'a complete pathway is decided at the close of a term',
    { verdict: { type: 'deny' as const, missing: [] }, verdictMoved: true },
    ['decide/pth_1/term_close/2025-2026-1'],
  ],
  ['not when the last record says the same', { verdict: { type: 'deny' as const, missing: [] } }, []],
  [
    'not twice for one term',
    { verdict: { type: 'deny' as const, missing: [] }, verdictMoved: true, closedTermDealt: true },
    [],
  ],
  ['not while a fact is missing', { verdictMoved: true }, []],
  [
    'not a skill pathway nobody applied for',
    { type: 'skill' as const, verdict: { type: 'deny' as const, missing: [] }, verdictMoved: true },
    [],
  ],
])('%s', (_what, change, expected) => {
  expect(keys(withPathway(change, { closedTerm: '2025-2026-1' }))).toEqual(expected);
});

test('a grant is followed by notice, its close on the deadline, and then a person', () => {
  const notice = { openedAt: now, closesAt: '2026-03-02T01:00:00.000Z', closedAt: null };
  expect(keys(withPathway(granted))).toEqual(['open-notice/dec_1']);
  expect(keys(withPathway({ ...granted, notice, noticeId: 'ntc_1' }))).toEqual(['close-notice/ntc_1']);
  expect(keys(withPathway({ ...granted, notice: { ...notice, closedAt: now }, noticeId: 'ntc_1' }))).toEqual([]);
});

test('a notice that still runs is the next deadline', () => {
  const notice = { openedAt: now, closesAt: '2026-03-09T16:00:00.000Z', closedAt: null };

  expect(caseDue(withPathway({ ...granted, notice, noticeId: 'ntc_1' }))).toMatchObject({
    due: [],
    nextDeadline: '2026-03-09T16:00:00.000Z',
  });
});

test('an approved sign-off leads to number, signature, issue and document, one after the other', () => {
  const approved = { ...granted, signOff: { answer: 'approved' as const, at: now, reason: null } };
  const made = (state: string) =>
    withPathway({ ...approved, certificate: { state, at: now }, certificateId: 'crt_1', payloadHash: 'sha256:x' });
  expect(keys(withPathway(approved))).toEqual(['allocate/dec_1']);
  expect(keys(made('allocated'))).toEqual(['sign/crt_1/sha256:x']);
  expect(keys(made('signed'))).toEqual(['issue/crt_1']);
  expect(keys(made('issued'))).toEqual(['render/crt_1']);
});

test('a case ends when every pathway is over and every document is drawn', () => {
  const issued = {
    ...granted,
    certificate: { state: 'issued', at: now },
    certificateId: 'crt_1',
    payloadHash: 'sha256:x',
  };
  expect(caseDue(withPathway(issued)).ended).toBe(false);
  expect(caseDue(withPathway({ ...issued, rendered: true })).ended).toBe(true);
});

test('a withdrawn student has nothing more due', () => {
  expect(
    caseDue({
      ...withPathway({ openPoint: { at: now, noRule: null }, openPoints: [{ kind: 'audit', key: 'a', noRule: null }] }),
      status: 'withdrawn',
    }),
  ).toMatchObject({ due: [], ended: true });
});

test('nothing is decided while a student is suspended', () => {
  expect(
    keys({
      ...withPathway({ openPoint: { at: now, noRule: null }, openPoints: [{ kind: 'audit', key: 'a', noRule: null }] }),
      status: 'suspended',
    }),
  ).toEqual([]);
});

test('after the longest time to study the case lapses, and only that', () => {
  expect(
    keys(
      withPathway(
        { openPoint: { at: now, noRule: null }, openPoints: [{ kind: 'audit', key: 'a', noRule: null }] },
        { lapsesAt: now },
      ),
    ),
  ).toEqual(['lapse/enr_1']);
});

test('an overdue sheet is reminded of once, and not before it is due', () => {
  const sheet = { id: 'sht_1', dueOn: '2026-03-01', dueAt: '2026-03-01T16:00:00.000Z', reminded: false };
  expect(keys({ ...quiet, overdueSheets: [sheet] })).toEqual(['remind/sht_1/2026-03-01/1']);
  expect(keys({ ...quiet, overdueSheets: [{ ...sheet, reminded: true }] })).toEqual([]);
  expect(caseDue({ ...quiet, overdueSheets: [{ ...sheet, dueAt: '2026-03-05T16:00:00.000Z' }] })).toMatchObject({
    due: [],
    nextDeadline: '2026-03-05T16:00:00.000Z',
  });
});

test('never more than twenty acts at once', () => {
  const overdueSheets = Array.from({ length: 30 }, (_, i) => ({
    id: `sht_${i}`,
    dueOn: '2026-03-01',
    dueAt: '2026-03-01T16:00:00.000Z',
    reminded: false,
  }));

  expect(caseDue({ ...quiet, overdueSheets }).due).toHaveLength(20);
});
