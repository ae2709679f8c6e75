import { expect, test } from 'vitest';
import { beatAgain } from '../../db/heartbeat.ts';
import { readHealth } from '../../register/health/read-health.ts';
import { testRegister } from '../support/college.ts';
import { forEachDatabase, testClock } from '../support/databases.ts';

forEachDatabase((_name, open) => {
  test('health says how long ago each process that stays gave a sign of life, and when that is too long', async () => {
    const clock = testClock('2026-05-01T00:00:00.000Z');
    const db = await open({ clock });
    const register = testRegister(db);
    await beatAgain(db, 'api');
    await beatAgain(db, 'seed'); // comes and goes

    clock.advance(90_000);
    const api = { process: 'api', at: '2026-05-01T00:00:00.000Z' };
    const worker = { process: 'worker', at: null, ageSeconds: null, late: true };
    expect((await readHealth(register)).processes).toEqual([{ ...api, ageSeconds: 90, late: false }, worker]);

    clock.advance(1);
    expect((await readHealth(register)).processes[0]).toEqual({ ...api, ageSeconds: 90, late: true });
  });
});
