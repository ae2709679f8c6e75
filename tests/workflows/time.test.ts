import { expect, test } from 'vitest';
import { onEachStage } from './support/on-each-stage.ts';
import { aCaseId, due } from './support/stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

onEachStage((stage) => {
  const firstRead = (caseId: string) => stage.register.when(() => stage.register.get(caseId).reads > 0);
  const runsOf = async (caseId: string) => {
    const { runId } = await stage.handle(caseId).describe();
    const { events } = await stage.handle(caseId).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    return { runId, continuedFrom: started?.continuedExecutionRunId ?? '', events: events?.length ?? 0 };
  };

  test('a deadline a hundred days away comes, and no earlier', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    const at = (await env.currentTimeMs()) + 100 * DAY;
    register.open(caseId, { later: [{ at, action: due('closeNotice', 'close/1') }] });
    await nudge(caseId, 1);

    await firstRead(caseId);
    await env.sleep('99 days');
    expect(register.get(caseId).doneAt.size).toBe(0);
    await env.sleep('2 days');
    await register.when(() => register.get(caseId).doneAt.size === 1);

    const doneAt = register.get(caseId).doneAt.get('close/1') ?? 0;
    expect(doneAt).toBeGreaterThanOrEqual(at);
    expect(doneAt).toBeLessThanOrEqual(at + 2 * MINUTE);
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });

  test('a deadline moved forward by a nudge comes earlier', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    const now = await env.currentTimeMs();
    const action = due('closeNotice', 'close/1');
    register.open(caseId, { later: [{ at: now + 20 * DAY, action }] });
    await nudge(caseId, 1);
    await firstRead(caseId);

    await nudge(
      caseId,
      register.change(caseId, (it) => void (it.later = [{ at: now + 2 * DAY, action }])),
    );
    await register.when(() => register.get(caseId).seen === 2);
    await env.sleep('3 days');
    await register.when(() => register.get(caseId).doneAt.size === 1);

    expect(register.get(caseId).doneAt.get('close/1')).toBeLessThanOrEqual(now + 2 * DAY + 2 * MINUTE);
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });

  test('a case without a deadline is looked at every thirty days all the same', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await firstRead(caseId);

    await env.sleep('100 days');
    await register.when(() => register.get(caseId).reads >= 4);

    expect(register.get(caseId).reads).toBe(4);
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });

  test('a register that always says "in a moment" is asked once a minute, not without end', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    register.afterRead = (id, snapshot) => {
      if (id === caseId && !snapshot.ended)
        snapshot.nextDeadline = new Date(Date.parse(snapshot.now) + 1).toISOString();
    };
    await nudge(caseId, 1);
    await firstRead(caseId);

    await env.sleep('12 minutes');

    const { reads } = register.get(caseId);
    expect(reads).toBeGreaterThan(5);
    expect(reads).toBeLessThanOrEqual(13);
    register.afterRead = () => undefined;
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);
  });

  test('a new term begins a new run of the same case, and loses nothing', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    register.open(caseId);
    await nudge(caseId, 1);
    await firstRead(caseId);
    const before = await runsOf(caseId);

    const seq = register.change(caseId, (it) => {
      it.term = 'term-2';
      it.due.push(due('recordDecision', 'decide/term-2'));
    });
    await nudge(caseId, seq);
    await register.when(() => register.get(caseId).reads >= 4); // first read, the wake-up, after the action, the new run
    const after = await runsOf(caseId);
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect(after.continuedFrom).toBe(before.runId);
    expect([...register.get(caseId).doneAt.keys()]).toEqual(['decide/term-2']);
  });

  test('a run that has grown long goes on in a new one, each action done once', async () => {
    const { register, nudge, ended } = stage;
    const caseId = aCaseId();
    const many = Array.from({ length: 90 }, (_, n) => due('remindOverdue', `remind/${n}`));
    register.open(caseId, { due: many, closed: true });

    await nudge(caseId, 1);
    await ended(caseId);
    const last = await runsOf(caseId);

    expect(register.get(caseId).doneAt.size).toBe(90);
    expect(last.continuedFrom).not.toBe('');
    expect(last.events).toBeLessThan(600);
  }, 90_000);

  test('a whole school life of six terms passes', async () => {
    const { env, register, nudge, ended } = stage;
    const caseId = aCaseId();
    const start = await env.currentTimeMs();
    const termStart = (n: number) => start + n * 180 * DAY;
    const later = [1, 2, 3, 4, 5].map((n) => ({ at: termStart(n), action: due('recordDecision', `decide/${n}`) }));
    register.open(caseId, { later });
    register.afterRead = (id, snapshot) => {
      const passed = later.filter(({ at }) => Date.parse(snapshot.now) >= at).length;
      if (id === caseId) snapshot.term = `term-${passed + 1}`;
    };
    await nudge(caseId, 1);
    await firstRead(caseId);
    await env.sleep('1000 days');
    await register.when(() => register.get(caseId).doneAt.size === 5);
    register.afterRead = () => undefined;
    await nudge(caseId, stage.close(caseId));
    await ended(caseId);

    expect([...register.get(caseId).doneAt.keys()]).toEqual([
      'decide/1',
      'decide/2',
      'decide/3',
      'decide/4',
      'decide/5',
    ]);
  });
});
