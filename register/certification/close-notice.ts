import { appendLeaf } from '../../db/audit.ts';
import type { DueCall } from '../cases/due-call.ts';
import { dueTx, lastPart, noLongerDue } from '../cases/due-call.ts';
import { collegeTime } from '../college/clock.ts';
import type { Register } from '../register.ts';

export async function closeNotice(register: Register, due: DueCall): Promise<void> {
  const id = lastPart(due.opKey);
  await dueTx(register, { command: 'closeNotice', due }, async (tx) => {
    const notice = await tx('public_notices')
      .join('pathways', 'pathways.id', 'public_notices.pathway_id')
      .where({ 'public_notices.id': id, 'pathways.enrolment_id': due.caseId })
      .first('public_notices.college_id', 'public_notices.closes_at', 'public_notices.closed_at');
    if (!notice || notice.closed_at) noLongerDue();
    const { now } = await collegeTime(tx, register.systemClock, notice.college_id);
    if (notice.closes_at > now) noLongerDue();
    await tx('public_notices').where({ id, closed_at: null }).update({ closed_at: now });
    await appendLeaf(tx, { kind: 'notice_closed', object: { type: 'public_notice', id } });
  });
}
