import type { Tx } from '../../db/tx.ts';
import type { Clock } from '../../schemas/time.ts';
import { legalDateOf } from '../../schemas/time.ts';

export interface CollegeTime {
  /** UTC instant by the college's clock. */
  now: string;
  /** Legal date in Asia/Shanghai. */
  today: string;
}

/** The college's clock: system time plus what recorded moves have added (architecture §9.5). Everything legal reads it. */
export async function collegeTime(tx: Tx, systemClock: Clock, collegeId: string): Promise<CollegeTime> {
  const move = await tx('clock_moves')
    .where({ college_id: collegeId })
    .orderBy('ordinal', 'desc')
    .first('offset_seconds');
  const offsetMs = move ? Number(move.offset_seconds) * 1000 : 0;
  const now = new Date(Date.parse(systemClock.now()) + offsetMs).toISOString();
  return { now, today: legalDateOf(now) };
}
