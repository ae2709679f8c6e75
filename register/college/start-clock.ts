import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { startOfDay } from '../../schemas/time.ts';
import type { Register } from '../register.ts';
import { collegeTime } from './clock.ts';

const HOUR_MS = 3_600_000;

/**
 * Where a demo college's clock begins: an hour into a day, which may lie before today. Only once, and only while nothing legal has
 * happened there; from then on the clock moves forward and never back.
 */
export async function startClock(
  register: Register,
  call: Call<{ on: string; reason: string }>,
): Promise<{ now: string; today: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'startClock', ...call }, async (tx) => {
    const collegeId = by.collegeId ?? '';
    const college = await tx('colleges').where({ id: collegeId }).first('demo');
    if (!college) throw new Problem('not_found');
    if (!college.demo) throw new Problem('not_a_demo_college');
    for (const table of ['clock_moves', 'enrolments', 'rule_revisions']) {
      if (await tx(table).where({ college_id: collegeId }).first('id')) throw new Problem('clock_already_started');
    }
    const at = register.systemClock.now();
    const seconds = Math.round((Date.parse(startOfDay(input.on)) + HOUR_MS - Date.parse(at)) / 1000);
    const id = register.newId('event');
    const move = {
      id,
      college_id: collegeId,
      ordinal: 1,
      step_seconds: seconds,
      offset_seconds: seconds,
      reason: input.reason,
    };
    await tx('clock_moves').insert({ ...move, actor_id: by.userId, at });
    await appendLeaf(tx, {
      kind: 'clock_started',
      object: { type: 'college', id: collegeId },
      reason: input.reason,
      body: { move: id },
    });
    return collegeTime(tx, register.systemClock, collegeId);
  });
}
