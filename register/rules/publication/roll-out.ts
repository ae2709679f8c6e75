import { insertNudges } from '../../../db/outbox.ts';
import { plumbingTx } from '../../../db/transaction.ts';
import type { Tx } from '../../../db/tx.ts';
import type { DueCall } from '../../cases/due-call.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';

const PAGE = 500;
/** What an open case rests on. A credit or a title is worked out when somebody asks, and spent by an application alone. */
const ofCases = ['eligibility', 'skill_conclusion', 'diploma_conclusion', 'policy'];

/**
 * Asks the next page of open cases to look again, from the day on which the event tells. Nothing has happened in them, so no
 * event is counted: a verdict is worked out on reading, this only refreshes what lists show. Key: `force/{event}/{after}`.
 */
export async function bringIntoForce(register: Register, { opKey }: DueCall): Promise<void> {
  const [, eventId = '', after = ''] = opKey.split('/');
  await plumbingTx(register.db, 'bringIntoForce', async (tx) => {
    const rollout = await tx('rule_rollouts as o')
      .join('rule_revisions as r', 'r.id', 'o.revision_id')
      .where('o.event_id', eventId)
      .whereNull('o.finished_at')
      .forUpdate()
      .first('o.after_case', 'o.woken', 'o.due_on', 'r.college_id', 'r.rule_set');
    if (!rollout || (rollout.after_case || 'first') !== after) return; // another attempt has done this page
    const { today } = await collegeTime(tx, register.systemClock, rollout.college_id);
    if (rollout.due_on > today) return;
    const cases = await casesAfter(tx, rollout);
    const now = register.systemClock.now();
    const nudge = { workflowType: 'studentPathway', seq: null, bulk: true, notBefore: now, createdAt: now };
    await insertNudges(
      tx,
      cases.map((caseId) => ({ ...nudge, caseId })),
    );
    const finished = cases.length < PAGE;
    await tx('rule_rollouts')
      .where({ event_id: eventId })
      .update({
        after_case: cases.at(-1) ?? rollout.after_case,
        woken: Number(rollout.woken) + cases.length,
        finished_at: finished ? now : null,
      });
  });
}

interface Rollout {
  college_id: string;
  rule_set: string;
  after_case: string;
}

async function casesAfter(tx: Tx, rollout: Rollout): Promise<string[]> {
  const own = { college_id: rollout.college_id, rule_set: rollout.rule_set };
  const concerned = await tx('rule_bindings').where(own).whereIn('purpose', ofCases).first('id');
  if (!concerned) return [];
  return tx('case_watch')
    .where({ workflow_type: 'studentPathway', college_id: rollout.college_id })
    .whereNull('ended_at')
    .where('case_id', '>', rollout.after_case)
    .orderBy('case_id')
    .limit(PAGE)
    .pluck('case_id');
}
