import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keepBeating, keepHouse } from '../../bin/lib/chores.ts';
import { repeat } from '../../bin/lib/repeat.ts';
import { writeTx } from '../../db/write-tx.ts';
import { appendLeaf } from '../../db/audit.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';

const DAY = 86_400_000;
const silent = { warn: () => undefined };
/** Statements need real input and output; only timers stand still. */
const timers = { toFake: ['setInterval', 'clearInterval'] as ('setInterval' | 'clearInterval')[] };

beforeEach(() => void vi.useFakeTimers(timers));
afterEach(() => void vi.useRealTimers());

describe('what is done again and again', () => {
  test('is done at once and each time the interval is over, until stopped', async () => {
    const work = vi.fn(async () => undefined);
    const repeating = repeat(work, { everyMs: 1000, onFault: () => undefined });
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(2500);
    expect(work).toHaveBeenCalledTimes(3);
    await repeating.stop();
    await vi.advanceTimersByTimeAsync(5000);
    expect(work).toHaveBeenCalledTimes(3);
  });

  test('is never done twice at once, and stopping waits for the turn at work', async () => {
    let finish = (): void => undefined;
    const work = vi.fn(() => new Promise<void>((done) => (finish = done)));
    const repeating = repeat(work, { everyMs: 1000, onFault: () => undefined });
    await vi.advanceTimersByTimeAsync(3000);
    expect(work).toHaveBeenCalledTimes(1);
    let stopped = false;
    const stopping = repeating.stop().then(() => {
      stopped = true;
    });
    await Promise.resolve();
    expect(stopped).toBe(false);
    finish();
    await stopping;
  });

  test('is tried again after a fault, which is told', async () => {
    const faults: unknown[] = [];
    const work = vi.fn(async () => Promise.reject(new Error('locked')));
    const repeating = repeat(work, { everyMs: 1000, onFault: (fault) => faults.push(fault) });
    await vi.advanceTimersByTimeAsync(1000);
    await repeating.stop();
    expect(faults).toHaveLength(2);
  });
});

forEachDatabase((_name, open) => {
  test('a process that runs says so every thirty seconds', async () => {
    const clock = testClock('2026-05-01T00:00:00.000Z');
    const db = await open({ clock });
    const lastSeen = () => db.reader('heartbeats').where({ process: 'worker' }).pluck('at');
    const beating = keepBeating(db, { process: 'worker', log: silent });
    await vi.waitFor(async () => expect(await lastSeen()).toEqual(['2026-05-01T00:00:00.000Z']));

    clock.advance(30_000);
    await vi.advanceTimersByTimeAsync(30_000);

    await vi.waitFor(async () => expect(await lastSeen()).toEqual(['2026-05-01T00:00:30.000Z']));
    await beating.stop();
  });

  test('keys of people are put away a month on, at the start and then each hour; op keys stay', async () => {
    const clock = testClock('2026-05-01T00:00:00.000Z');
    const db = await open({ clock });
    for (const [key, userId] of [
      ['of-a-person', 'usr_one'],
      ['of-the-system', 'system'],
    ] as const)
      await writeTx(
        db,
        { command: 'test', key, by: { userId, collegeId: null, role: 'test' }, input: {} },
        async (tx) => {
          await appendLeaf(tx, { kind: 'tested', object: { type: 'test', id: key } });
          return {};
        },
      );
    const keys = () => db.reader('idempotency_keys').orderBy('key').pluck('key');

    clock.advance(31 * DAY);
    const house = keepHouse(db, silent);
    await house.stop();
    expect(await keys()).toEqual(['of-a-person', 'of-the-system']);

    const later = keepHouse(db, silent);
    clock.advance(3_600_000);
    await vi.advanceTimersByTimeAsync(3_600_000);
    await vi.waitFor(async () => expect(await keys()).toEqual(['of-the-system']));
    await later.stop();
  });
});
