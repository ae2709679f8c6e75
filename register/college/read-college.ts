import { readTx } from '../../db/read-tx.ts';
import type { CollegeNow } from '../../schemas/api/college.ts';
import { Problem } from '../../schemas/problem.ts';
import { collegeOf } from '../accounts/in-scope.ts';
import type { Principal } from '../accounts/principal.ts';
import type { Register } from '../register.ts';
import { collegeTime } from './clock.ts';
import { listTerms } from './terms.ts';

/** The college of the session, and what day it is there. */
export async function readCollege({ db, systemClock }: Register, by: Principal): Promise<CollegeNow> {
  const collegeId = collegeOf(by);
  return readTx(db, async (tx) => {
    const row = await tx('colleges').where({ id: collegeId }).first();
    if (!row) throw new Problem('not_found');
    const { now, today } = await collegeTime(tx, systemClock, collegeId);
    const terms = await listTerms(tx, collegeId);
    const moved = await tx('clock_moves').where({ college_id: collegeId }).first('id');
    return {
      id: row.id,
      code: row.code,
      name: { 'zh-CN': row.name_zh, en: row.name_en },
      demo: Boolean(row.demo),
      now,
      today,
      term: terms.filter(({ startsOn }) => startsOn <= today).at(-1) ?? null,
      terms,
      noticeWorkingDays: Number(row.notice_working_days),
      clockMoved: moved !== undefined,
    };
  });
}
