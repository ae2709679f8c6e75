import type { CaseName } from './case-watch.ts';
import type { Database } from './open.ts';
import { plumbingTx } from './transaction.ts';
import type { Query } from './tx.ts';

export interface Trouble extends CaseName {
  opKey: string;
  /** The due action that failed. */
  kind: string;
  code: string;
  attempts: number;
}

export interface OpenTrouble extends Trouble {
  firstAt: string;
  lastAt: string;
}

/** A due action keeps failing: the console shows it under 待处理 until it succeeds or is no longer due. */
export async function recordTrouble(
  db: Database,
  { workflowType, caseId, opKey, kind, code, attempts }: Trouble,
): Promise<void> {
  const now = db.clock.now();
  const changes = { kind, code, attempts, last_at: now, cleared_at: null };
  await plumbingTx(db, 'recordTrouble', async (tx) => {
    await tx('case_trouble')
      .insert({ workflow_type: workflowType, case_id: caseId, op_key: opKey, first_at: now, ...changes })
      .onConflict(['workflow_type', 'case_id', 'op_key'])
      .merge(changes);
  });
}

/** Without `opKey` all troubles of the case are over, as when nothing is due any more. */
export async function clearTrouble(db: Database, { caseId, opKey }: { caseId: string; opKey?: string }): Promise<void> {
  const name = opKey === undefined ? { case_id: caseId } : { case_id: caseId, op_key: opKey };
  const any = await db.reader('case_trouble').where(name).whereNull('cleared_at').first('case_id');
  if (any === undefined) return;
  await plumbingTx(db, 'clearTrouble', (tx) =>
    tx('case_trouble').where(name).whereNull('cleared_at').update({ cleared_at: db.clock.now() }),
  );
}

export async function openTroubles(
  query: Query,
  { collegeId, limit = 200 }: { collegeId?: string; limit?: number } = {},
): Promise<OpenTrouble[]> {
  const rows = query('case_trouble as t').whereNull('t.cleared_at').orderBy('t.last_at', 'desc').limit(limit);
  if (collegeId !== undefined) {
    void rows
      .join('case_watch as w', { 'w.workflow_type': 't.workflow_type', 'w.case_id': 't.case_id' })
      .where('w.college_id', collegeId);
  }
  return rows.select<OpenTrouble[]>(
    ...[
      't.workflow_type as workflowType',
      't.case_id as caseId',
      't.op_key as opKey',
      't.kind as kind',
      't.code as code',
    ],
    ...['t.attempts as attempts', 't.first_at as firstAt', 't.last_at as lastAt'],
  );
}
