import { ApplicationFailure, CancelledFailure } from '@temporalio/activity';
import { defaultActivityInfo, MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { describe, expect, test } from 'vitest';
import type { Conductor, Trouble } from '../../activities/conductor.ts';
import { createActivities } from '../../activities/create-activities.ts';
import { Problem } from '../../schemas/problem.ts';
import { dueKinds } from '../../workflows/messages.ts';
import type { DueAction, DueKind, Snapshot } from '../../workflows/messages.ts';

const caseId = 'enr_01hf7yat00041061050r3gg28a';
const input = { caseId, opKey: 'decide/1' };
const waiting: Snapshot = {
  seq: 4,
  term: '2026-1',
  ended: false,
  now: '2026-03-02T00:00:00.000Z',
  nextDeadline: null,
  due: [],
};
const secret = '王小明 110101200001011234';

interface Script {
  perform?: Conductor['perform'][DueKind];
  loadCase?: () => Promise<Snapshot>;
  recordTrouble?: () => Promise<void>;
  attempt?: number;
  heartbeatTimeoutMs?: number;
  heartbeatDetails?: unknown;
}

/** The activities over a conductor that does as it is told, in an activity's surroundings. */
function acting({ perform, loadCase, recordTrouble, attempt = 1, ...info }: Script = {}) {
  const troubles: Trouble[] = [];
  const cleared: string[] = [];
  const read: string[] = [];
  const observed: string[] = [];
  const conductor: Conductor = {
    loadCase: async (of) => {
      read.push(`${of.workflowType}/${of.caseId}`);
      return loadCase ? await loadCase() : waiting;
    },
    perform: Object.fromEntries(
      dueKinds.map((kind) => [kind, perform ?? (() => Promise.resolve())]),
    ) as Conductor['perform'],
    recordTrouble: async (trouble) => {
      await recordTrouble?.();
      troubles.push(trouble);
    },
    clearTrouble: async (_caseId, opKey) => void cleared.push(opKey),
  };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const observe = ({ kind, result }: { kind: string; result: string }) => void observed.push(`${kind} ${result}`);
  const activities = createActivities({ conductor, log, observe });
  const env = new MockActivityEnvironment(
    { ...defaultActivityInfo, workflowType: 'studentPathway', attempt, ...info },
    { logger: new DefaultLogger('ERROR') },
  );
  const run = (kind: DueKind | 'loadCase', raw: unknown): Promise<Snapshot> => env.run(activities[kind], raw);
  return { run, env, troubles, cleared, read, observed };
}

async function failureOf(promise: Promise<unknown>): Promise<ApplicationFailure> {
  const err = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(err instanceof ApplicationFailure)) throw new Error(`not an ApplicationFailure: ${String(err)}`);
  return err;
}

test.each(dueKinds)('%s answers with where the case then stands', async (kind) => {
  const { run, cleared, read, observed } = acting();

  expect(await run(kind, input)).toEqual(waiting);
  expect(cleared).toEqual(['decide/1']);
  expect(read).toEqual([`studentPathway/${caseId}`]);
  expect(observed).toEqual([`${kind} done`]);
});

describe('failures', () => {
  test.each([
    'invariant_broken',
    'bad_input',
    'rule_hash_mismatch',
    'evaluators_disagree',
    'no_rule_for_date',
  ] as const)('%s needs a person: noted, and not tried again by Temporal', async (code) => {
    const { run, troubles } = acting({ perform: () => Promise.reject(new Problem(code)) });

    const failure = await failureOf(run('recordDecision', input));

    expect(failure).toMatchObject({ type: code, message: code, nonRetryable: true });
    expect(troubles).toEqual([{ workflowType: 'studentPathway', kind: 'recordDecision', ...input, code, attempt: 1 }]);
  });

  test.each([
    ['busy', new Problem('busy')],
    ['storage_full', new Problem('storage_full')],
    ['not_found', new Problem('not_found')],
    ['unexpected', new Problem('internal')],
    ['unexpected', new Error(secret)],
    ['unexpected', secret],
    ['unexpected', undefined],
  ])('%s is tried again', async (code, thrown) => {
    const { run, troubles } = acting({ perform: () => Promise.reject(thrown) });

    expect(await failureOf(run('signCertificate', input))).toMatchObject({
      type: code,
      message: code,
      nonRetryable: false,
    });
    expect(troubles).toEqual([]);
  });

  test('from the sixth attempt on it is noted', async () => {
    const busy = () => Promise.reject(new Problem('busy'));

    const fifth = acting({ perform: busy, attempt: 5 });
    await failureOf(fifth.run('openNotice', input));
    const sixth = acting({ perform: busy, attempt: 6 });
    await failureOf(sixth.run('openNotice', input));

    expect([fifth.troubles.length, sixth.troubles.length]).toEqual([0, 1]);
  });

  test('nothing of a message, a cause or a pointer leaves', async () => {
    const thrown = new Error(secret, { cause: new Error(secret) });
    const { run } = acting({ perform: () => Promise.reject(thrown) });

    const failure = await failureOf(run('openNotice', input));

    expect(
      `${failure.message} ${failure.stack} ${String(failure.cause)} ${JSON.stringify(failure.details)}`,
    ).not.toContain('王小明');
  });

  test('a trouble that cannot be noted does not hide the failure', async () => {
    const { run } = acting({
      perform: () => Promise.reject(new Problem('invariant_broken')),
      recordTrouble: () => Promise.reject(new Error('database is locked')),
    });

    expect((await failureOf(run('openNotice', input))).type).toBe('invariant_broken');
  });

  test('a wait the problem names is kept to', async () => {
    const { run } = acting({ perform: () => Promise.reject(new Problem('busy', [], { retryAfterMs: 2500 })) });

    expect((await failureOf(run('openNotice', input))).nextRetryDelay).toBe(2500);
  });

  test('an action that came back still due is tried again', async () => {
    const due: DueAction[] = [{ kind: 'openNotice', profile: 'quick', opKey: input.opKey }];
    const { run, cleared } = acting({ loadCase: async () => ({ ...waiting, due }) });

    expect(await failureOf(run('openNotice', input))).toMatchObject({
      type: 'stale',
      nonRetryable: false,
      nextRetryDelay: 100,
    });
    expect(cleared).toEqual([]);
  });

  test('work cut off by a shutdown is cancelled, not failed', async () => {
    const { run, env, troubles } = acting({
      attempt: 9,
      perform: (_input, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('cut off')))),
    });

    const result = run('runPage', input);
    env.cancel('WORKER_SHUTDOWN');

    await expect(result).rejects.toBeInstanceOf(CancelledFailure);
    expect(troubles).toEqual([]);
  });
});

describe('input', () => {
  test.each([
    [undefined],
    [null],
    ['x'],
    [{}],
    [{ caseId }],
    [{ caseId: '王小明', opKey: 'x' }],
    [{ caseId, opKey: '' }],
    [{ caseId, opKey: 'k'.repeat(301) }],
  ])('%j is refused', async (raw) => {
    expect(await failureOf(acting().run('openNotice', raw))).toMatchObject({ type: 'bad_input', nonRetryable: true });
  });

  test.each([[undefined], [{}], [{ caseId: '' }], [{ caseId: "x' OR 1=1" }]])(
    'reading %j is reading a case that has ended',
    async (raw) => {
      const { run, read } = acting();

      expect(await run('loadCase', raw)).toMatchObject({ ended: true, due: [] });
      expect(read).toEqual([]);
    },
  );
});

describe('reading', () => {
  test('never fails for good', async () => {
    const { run } = acting({ loadCase: () => Promise.reject(new Problem('invariant_broken')) });

    expect(await failureOf(run('loadCase', { caseId }))).toMatchObject({
      type: 'invariant_broken',
      nonRetryable: false,
    });
  });

  test.each([
    ['a name in a key', { due: [{ kind: 'openNotice' as const, profile: 'quick' as const, opKey: 'notice/王小明' }] }],
    ['a deadline that has passed', { nextDeadline: '2026-03-02T00:00:00.000Z' }],
    ['a deadline that is none', { nextDeadline: 'soon' }],
    [
      'an end with work left',
      { ended: true, due: [{ kind: 'openNotice' as const, profile: 'quick' as const, opKey: 'a' }] },
    ],
    ['half an event', { seq: 1.5 }],
  ])('refuses a snapshot with %s', async (_what, part) => {
    const { run } = acting({ loadCase: async () => ({ ...waiting, ...part }) });

    expect((await failureOf(run('loadCase', { caseId }))).type).toBe('invariant_broken');
  });

  test('keeps a snapshot within twenty actions and four kilobytes, and drops what is no part of it', async () => {
    const due = Array.from({ length: 50 }, (_, n) => ({
      kind: 'remindOverdue' as const,
      profile: 'quick' as const,
      opKey: `${'k'.repeat(200)}/${n}`,
    }));
    const { run } = acting({ loadCase: async () => Object.assign({ studentName: secret }, waiting, { due }) });

    const snapshot = await run('loadCase', { caseId });

    expect(JSON.stringify(snapshot).length).toBeLessThanOrEqual(4096);
    expect(snapshot.due.length).toBeGreaterThan(10);
    expect(JSON.stringify(snapshot)).not.toContain('王小明');
  });
});

test('a retry goes on where the last attempt said it was', async () => {
  const beats: unknown[] = [];
  let from: unknown;
  const { run, env } = acting({
    heartbeatTimeoutMs: 30_000,
    heartbeatDetails: { ordinal: 40 },
    perform: async (_input, context) => {
      from = context.resumeFrom;
      context.heartbeat({ ordinal: 60 });
    },
  });
  env.on('heartbeat', (details: unknown) => beats.push(details));

  await run('runPage', input);

  expect(from).toEqual({ ordinal: 40 });
  expect(beats).toEqual([{ ordinal: 60 }]);
});
