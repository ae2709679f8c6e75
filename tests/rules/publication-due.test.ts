import { describe, expect, test } from 'vitest';
import { publicationDue } from '../../rules/publication-due.ts';
import type { PublicationFile } from '../../rules/publication-due.ts';

const file = (parts: Partial<PublicationFile> = {}): PublicationFile => ({
  revisionId: 'rrv_1',
  now: '2026-03-02T02:00:00.000Z',
  state: 'frozen',
  base: 'sha256:b',
  gate: true,
  proved: true,
  preview: 'done',
  previewsMade: 1,
  submission: { remindOn: '2026-03-04', expiresOn: '2026-04-01', reminded: 0 },
  rollouts: [],
  ...parts,
});
const kinds = (parts: Partial<PublicationFile>) => publicationDue(file(parts)).due.map(({ kind }) => kind);
const rollout = { eventId: 'evt_1', dueOn: '2026-03-02', afterCase: '' };

describe('a frozen revision', () => {
  test.each<[string, Partial<PublicationFile>, string[]]>([
    ['proved and previewed waits for people', {}, []],
    ['is proved first, and previewed', { proved: false, preview: 'none' }, ['runChecks', 'startPreview']],
    ['waits while its preview runs', { preview: 'running' }, []],
    ['whose preview failed waits for a person', { preview: 'failed' }, []],
    ['bound to nothing needs no preview', { preview: 'not_asked' }, []],
    ['of a college without decisions needs no proof', { gate: false, proved: false, preview: 'none' }, []],
    ['nobody submitted is reminded of to nobody', { submission: null, now: '2026-09-01T00:00:00.000Z' }, []],
    ['is reminded of on the day', { now: '2026-03-04T00:00:00.000Z' }, ['remindApprovers']],
    ['goes back when its time is over', { now: '2026-04-01T00:00:00.000Z' }, ['expireSubmission']],
  ])('%s', (_name, parts, expected) => expect(kinds(parts)).toEqual(expected));

  test('is reminded of every week, each time under a key of its own', () => {
    const submission = { remindOn: '2026-03-04', expiresOn: '2026-04-01', reminded: 1 };
    expect(kinds({ submission, now: '2026-03-10T00:00:00.000Z' })).toEqual([]);
    expect(publicationDue(file({ submission, now: '2026-03-11T00:00:00.000Z' })).due).toEqual([
      { kind: 'remindApprovers', profile: 'quick', opKey: 'remind/rrv_1/2026-03-11/2' },
    ]);
  });

  test('does not end, and is looked at again when the next thing may be due', () => {
    expect(publicationDue(file())).toMatchObject({ ended: false, nextDeadline: '2026-03-03T16:00:00.000Z' });
  });
});

describe('a published revision', () => {
  test('wakes cases from the day it comes into force, page by page, and then ends', () => {
    const later = { ...rollout, dueOn: '2026-03-09' };
    expect(publicationDue(file({ state: 'published', rollouts: [later] }))).toEqual({
      due: [],
      nextDeadline: '2026-03-08T16:00:00.000Z',
      ended: false,
    });
    const due = publicationDue(file({ state: 'published', rollouts: [{ ...rollout, afterCase: 'enr_9' }] }));
    expect(due).toMatchObject({ due: [{ kind: 'bringIntoForce', opKey: 'force/evt_1/enr_9' }], ended: false });
    expect(publicationDue(file({ state: 'published' }))).toEqual({ due: [], nextDeadline: null, ended: true });
  });

  test('suspended or withdrawn wakes them too', () => {
    for (const state of ['suspended', 'withdrawn'] as const)
      expect(kinds({ state, rollouts: [rollout] })).toEqual(['bringIntoForce']);
  });
});
