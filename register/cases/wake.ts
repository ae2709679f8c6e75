import { insertNudges } from '../../db/outbox.ts';
import type { Tx } from '../../db/tx.ts';
import type { Register } from '../register.ts';

/** Asks every open case of a college to look again. Nothing has happened in them, so no event is counted and no seq is sent. */
export async function wakeOpenCases({ systemClock }: Register, tx: Tx, collegeId: string): Promise<number> {
  const cases: { workflow_type: string; case_id: string }[] = await tx('case_watch')
    .where({ college_id: collegeId })
    .whereNull('ended_at')
    .orderBy(['workflow_type', 'case_id'])
    .select('workflow_type', 'case_id');
  const now = systemClock.now();
  await insertNudges(
    tx,
    cases.map((one) => ({
      workflowType: one.workflow_type,
      caseId: one.case_id,
      seq: null,
      bulk: false,
      notBefore: now,
      createdAt: now,
    })),
  );
  return cases.length;
}
