import { appendLeaf } from '../../db/audit.ts';
import { addWorkingDays } from '../../rules/working-days.ts';
import { endOfDay } from '../../schemas/time.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, lastPart, noLongerDue } from '../cases/due-call.ts';
import { readCalendar } from '../college/calendar.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';
import { loadDecisionFor } from './load.ts';

/** The public notice (公示) of a granted decision runs for the college's number of working days, counted from the day after it opens. */
export async function openNotice(register: Register, due: DueCall): Promise<void> {
  const decisionId = lastPart(due.opKey);
  await dueTx(register, { command: 'openNotice', due }, async (tx) => {
    const decision = await loadDecisionFor(tx, due.caseId, decisionId);
    if (decision?.outcome_type !== 'grant' || decision.superseded) noLongerDue();
    const { now, today } = await collegeTime(tx, register.systemClock, decision.college_id);
    const college = await tx('colleges').where({ id: decision.college_id }).first('notice_working_days');
    const lastDay = addWorkingDays(today, Number(college.notice_working_days), await readCalendar(tx));
    const id = register.newId('notice');
    const row = { id, college_id: decision.college_id, pathway_id: decision.pathway_id, decision_id: decisionId };
    await tx('public_notices').insert({ ...row, opened_at: now, closes_at: endOfDay(lastDay), closed_at: null });
    await appendLeaf(tx, {
      kind: 'notice_opened',
      object: { type: 'public_notice', id },
      body: { decision: decisionId },
    });
  });
}
