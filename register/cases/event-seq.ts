import { findCase } from '../../db/case-watch.ts';
import type { CaseName } from '../../db/case-watch.ts';
import type { Query } from '../../db/tx.ts';

/** How many events the case has had; unchanged means that nothing read of it is out of date. */
export async function eventSeqOf(
  query: Query,
  caseId: string,
  workflowType: CaseName['workflowType'] = 'studentPathway',
): Promise<number> {
  return (await findCase(query, { workflowType, caseId }))?.eventSeq ?? 0;
}
