import type { Tx } from '../../db/tx.ts';

/** How many events the case has had; unchanged means that nothing read of it is out of date. */
export async function eventSeqOf(tx: Tx, caseId: string): Promise<number> {
  const row = await tx('case_watch').where({ workflow_type: 'studentPathway', case_id: caseId }).first('event_seq');
  return Number(row?.event_seq ?? 0);
}
