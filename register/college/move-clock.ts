import { appendLeaf } from '../../db/audit.ts';
import type { Call } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import { startOfDay } from '../../schemas/time.ts';
import type { Register } from '../register.ts';
import { wakeOpenCases } from '../cases/wake.ts';
import { collegeTime } from './clock.ts';
import type { CollegeTime } from './clock.ts';
import { listTerms } from './terms.ts';
import type { Term } from './terms.ts';

const HOUR = 3600;

export type MoveClock = { to: 'next_term'; reason: string } | { to: 'days'; days: number; reason: string };

const MOST_DAYS = 200;

/** Moves a demo college's clock forward, to an hour after the start of its next term or by whole days, and wakes every open case. */
export async function moveClock(register: Register, call: Call<MoveClock>): Promise<{ now: string; today: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'moveClock', ...call }, async (tx) => {
    const collegeId = by.collegeId ?? '';
    const college = await tx('colleges').where({ id: collegeId }).first('demo');
    if (!college) throw new Problem('not_found');
    if (!college.demo) throw new Problem('not_a_demo_college');
    const time = await collegeTime(tx, register.systemClock, collegeId);
    const stepSeconds =
      input.to === 'next_term' ? secondsToNextTerm(await listTerms(tx, collegeId), time) : secondsOfDays(input.days);
    await recordMove(register, tx, { collegeId, stepSeconds, reason: input.reason, actorId: by.userId });
    await wakeOpenCases(register, tx, collegeId);
    return collegeTime(tx, register.systemClock, collegeId);
  });
}

function secondsToNextTerm(terms: readonly Term[], { now, today }: CollegeTime): number {
  const next = terms.find((term) => term.startsOn > today);
  if (!next) throw new Problem('no_later_term');
  return Math.ceil((Date.parse(startOfDay(next.startsOn)) - Date.parse(now)) / 1000) + HOUR;
}

function secondsOfDays(days: number): number {
  if (!Number.isSafeInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new Problem('bad_input', [
      { pointer: '/days', code: 'count_out_of_range', detail: { minimum: 1, maximum: MOST_DAYS } },
    ]);
  }
  return days * 24 * HOUR;
}

interface Move {
  collegeId: string;
  stepSeconds: number;
  reason: string;
  actorId: string;
}

async function recordMove(register: Register, tx: Parameters<typeof appendLeaf>[0], move: Move): Promise<void> {
  const last = await tx('clock_moves')
    .where({ college_id: move.collegeId })
    .orderBy('ordinal', 'desc')
    .first('ordinal', 'offset_seconds');
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
  await appendLeaf(tx, {
    kind: 'clock_moved',
    object: { type: 'college', id: move.collegeId },
    reason: move.reason,
    body: { move: id },
  });
}
