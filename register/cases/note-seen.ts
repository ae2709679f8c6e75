import { markSeen } from '../../db/case-watch.ts';
import type { Tx } from '../../db/tx.ts';
import { plumbingTx } from '../../db/transaction.ts';
import type { Stage } from '../../rules/stage.ts';
import type { Verdict } from '../../rules/verdict.ts';
import type { Register } from '../register.ts';

interface Seen {
  caseId: string;
  seq: number;
  nextDueAt: string | null;
  ended: boolean;
  status: readonly PathwayStatus[];
}

export interface PathwayStatus {
  pathwayId: string;
  stage: Stage;
  verdict: Verdict;
  asOf: string;
}

/** `pathway_status` is for lists and filters, shown with its as-of time; it is never evidence (architecture §9.1). */
export async function noteCaseSeen(register: Register, { caseId, seq, nextDueAt, ended, status }: Seen): Promise<void> {
  await plumbingTx(register.db, 'noteCaseSeen', async (tx) => {
    await writePathwayStatus(tx, status);
    await markSeen(tx, { workflowType: 'studentPathway', caseId, seq, nextDueAt, ended }, register.systemClock.now());
  });
}

export async function writePathwayStatus(tx: Tx, status: readonly PathwayStatus[]): Promise<void> {
  if (status.length === 0) return;
  const rows = status.map(({ pathwayId, stage, verdict, asOf }) => ({
    pathway_id: pathwayId,
    stage: stage.name,
    waiting_role: stage.waitingOn?.role ?? null,
    waiting_person: stage.waitingOn?.person ?? null,
    waiting_object: stage.waitingOn?.object ? `${stage.waitingOn.object.kind}/${stage.waitingOn.object.id}` : null,
    since: stage.since,
    until: stage.until,
    verdict_type: verdict.type,
    verdict_code: verdict.code ?? null,
    missing: JSON.stringify(verdict.missing),
    as_of: asOf,
  }));
  await tx('pathway_status').insert(rows).onConflict('pathway_id').merge();
}
