import { appendLeaf } from '../../db/audit.ts';
import { enqueueNudge } from '../../db/outbox.ts';
import { insertRows } from '../../db/rows.ts';
import type { Actor, Call, Tx } from '../../db/tx.ts';
import { writeTx } from '../../db/write-tx.ts';
import { Problem } from '../../schemas/problem.ts';
import type { Register } from '../register.ts';
import type { BulkKind, OperationKind } from './kinds.ts';

export interface CreateOperation {
  kind: BulkKind;
  pathwayIds?: string[] | undefined;
}

const MOST_ITEMS = 20_000;

/**
 * Long work over many pathways: stored with its items, then carried by its own workflow, page by page. `chosen` are the items
 * where the input names a choice instead of ids.
 */
export async function createOperation(
  register: Register,
  call: Call<CreateOperation>,
  chosen?: readonly string[],
): Promise<{ operation: string; total: number }> {
  const { by, input } = call;
  const items = [...new Set(chosen ?? input.pathwayIds)];
  return writeTx(register.db, { command: 'createOperation', ...call }, async (tx) => {
    if (items.length === 0 || items.length > MOST_ITEMS)
      throw new Problem('bad_input', [
        {
          pointer: chosen ? '/choose' : '/pathwayIds',
          code: 'count_out_of_range',
          detail: { minimum: 1, maximum: MOST_ITEMS },
        },
      ]);
    const id = await insertOperation(register, tx, { by, kind: input.kind, items });
    return { operation: id, total: items.length };
  });
}

interface NewOperation {
  by: Actor;
  kind: OperationKind;
  items: readonly string[];
}

/** Within a command of its own: the row, its items, the leaf, and the nudge that sets its workflow going. */
export async function insertOperation(register: Register, tx: Tx, { by, kind, items }: NewOperation): Promise<string> {
  const id = register.newId('operation');
  const scope = JSON.stringify({ role: by.role });
  const row = { id, college_id: by.collegeId, kind: kind, scope, total: items.length, created_by: by.userId };
  await tx('operations').insert({ ...row, created_at: register.systemClock.now(), version: 1 });
  await insertRows(
    tx,
    'operation_items',
    items.map((item, index) => ({
      operation_id: id,
      ordinal: index + 1,
      item_id: item,
      status: 'waiting',
      code: null,
    })),
  );
  await appendLeaf(tx, {
    kind: 'operation_created',
    object: { type: 'operation', id },
    body: { kind: kind, total: items.length },
  });
  await enqueueNudge(tx, { workflowType: 'cohortOperation', caseId: id });
  return id;
}

export type OperationSwitch = 'pause' | 'resume' | 'cancel';

const patches: Record<OperationSwitch, (now: string) => Record<string, string | null>> = {
  pause: (now) => ({ paused_at: now }),
  resume: () => ({ paused_at: null }),
  cancel: (now) => ({ cancelled_at: now }),
};

/** Pauses, resumes or cancels; what is done stays done. */
export async function switchOperation(
  register: Register,
  call: Call<{ operationId: string; to: OperationSwitch }>,
): Promise<{ operation: string }> {
  const { by, input } = call;
  return writeTx(register.db, { command: 'switchOperation', ...call }, async (tx) => {
    const patch = patches[input.to](register.systemClock.now());
    const changed = await tx('operations')
      .where({ id: input.operationId, college_id: by.collegeId })
      .whereNull('finished_at')
      .whereNull('cancelled_at')
      .update(patch);
    if (changed !== 1) throw new Problem('not_found');
    await appendLeaf(tx, { kind: `operation_${input.to}`, object: { type: 'operation', id: input.operationId } });
    await enqueueNudge(tx, { workflowType: 'cohortOperation', caseId: input.operationId });
    return { operation: input.operationId };
  });
}
