import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { startOfDay } from '../../schemas/time.ts';
import type { Register } from '../register.ts';
import { wakeOpenCases } from '../cases/wake.ts';
import { collegeTime } from './clock.ts';
import { listTerms } from './terms.ts';

const HOUR = 3600;

/** Moves a demo college's clock forward to an hour after the start of its next term, and wakes every open case. */
export async function moveClockToNextTerm(register: Register, call: Call<{ collegeId: string; reason: string }>): Promise<{ term: string; now: string }> {
  const { collegeId, reason } = call.input;
  return writeTx(register.db, { command: 'moveClockToNextTerm', ...call }, async (tx) => {
    const college = await tx('colleges').where({ id: collegeId }).first('demo');
    if (!college) throw new Problem('not_found');
    if (!college.demo) throw new Problem('not_a_demo_college');
    const { now, today } = await collegeTime(tx, register.systemClock, collegeId);
    const next = (await listTerms(tx, collegeId)).find((term) => term.startsOn > today);
    if (!next) throw new Problem('no_later_term');
    const stepSeconds = Math.ceil((Date.parse(startOfDay(next.startsOn)) - Date.parse(now)) / 1000) + HOUR;
    await recordMove(register, tx, { collegeId, stepSeconds, reason, actorId: call.by.userId });
    await wakeOpenCases(register, tx, collegeId);
    const after = await collegeTime(tx, register.systemClock, collegeId);
    return { term: next.code, now: after.now };
  });
}

interface Move {
  collegeId: string;
  stepSeconds: number;
  reason: string;
  actorId: string;
}

async function recordMove(register: Register, tx: Parameters<typeof appendLeaf>[0], move: Move): Promise<void> {
  const last = await tx('clock_moves').where({ college_id: move.collegeId }).orderBy('ordinal', 'desc').first('ordinal', 'offset_seconds');
  const id = register.newId('event');
  await tx('clock_moves').insert({
    id,
    college_id: move.collegeId,
    ordinal: (last?.ordinal ?? 0) + 1,
    step_seconds: move.stepSeconds,
    offset_seconds: (last?.offset_seconds ?? 0) + move.stepSeconds,
    reason: move.reason,
    actor_id: move.actorId,
    at: register.systemClock.now(),
  });
  await appendLeaf(tx, { kind: 'clock_moved', object: { type: 'college', id: move.collegeId }, reason: move.reason, body: { move: id } });
}
