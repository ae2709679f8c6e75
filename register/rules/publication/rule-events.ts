import { enqueueNudge } from '../../../db/outbox.ts';
import type { Tx } from '../../../db/tx.ts';
import { collegeTime } from '../../college/clock.ts';
import type { Register } from '../../register.ts';
import type { RevisionRow, RuleEventKind } from '../revision-row.ts';

interface Happened {
  revision: RevisionRow;
  kind: RuleEventKind;
  by: string;
  reason: string | null;
}

/** Writes down what happened to a revision; if answers change with it, its open cases are to be woken, page by page, on the day. */
export async function noteRuleEvent(
  register: Register,
  tx: Tx,
  { revision, kind, by, reason }: Happened,
): Promise<string> {
  const { now, today } = await collegeTime(tx, register.systemClock, revision.college_id);
  const id = register.newId('event');
  const before = await tx('rule_events').where({ revision_id: revision.id }).first('id');
  await tx('rule_events').insert({ id, revision_id: revision.id, kind, reason, actor_id: by, at: now });
  const answered = kind === 'published' || before !== undefined; // a frozen one taken back never answered
  if (answered && (await anyOpenCase(tx, revision.college_id))) {
    const dueOn = [revision.valid_from, today].sort()[1]!; // the later
    const row = { event_id: id, revision_id: revision.id, due_on: dueOn, after_case: '', woken: 0, finished_at: null };
    await tx('rule_rollouts').insert(row);
  }
  await enqueueNudge(tx, { workflowType: 'rulePublication', caseId: revision.id, collegeId: revision.college_id });
  return now;
}

async function anyOpenCase(tx: Tx, collegeId: string): Promise<boolean> {
  const open = await tx('case_watch')
    .where({ workflow_type: 'studentPathway', college_id: collegeId })
    .whereNull('ended_at')
    .first('case_id');
  return open !== undefined;
}
