import { readTx } from '../../../db/read-tx.ts';
import { Problem } from '../../../schemas/problem.ts';
import { systemActor } from '../../cases/due-call.ts';
import type { DueCall } from '../../cases/due-call.ts';
import { startPreview } from '../../previews/start-preview.ts';
import type { Register } from '../../register.ts';

/** The impact preview approvers wait for, against what is in force now. Key: `preview/{revision}/{base hash}/{n}`. */
export async function startDuePreview(register: Register, { caseId, opKey }: DueCall): Promise<void> {
  const row = await readTx(register.db, (tx) => tx('rule_revisions').where({ id: caseId }).first('college_id'));
  if (!row) return;
  const by = { ...systemActor, collegeId: row.college_id as string };
  try {
    await startPreview(register, { key: opKey, by, input: { revisionId: caseId } });
  } catch (error) {
    // published meanwhile: nobody waits for it any more
    if (!(error instanceof Problem && error.code === 'rule_already_published')) throw error;
  }
}
