import { isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { caseOf, NUDGE, taskQueues, workflowKinds } from '../workflows/messages.ts';
import type { CaseInput, Nudge } from '../workflows/messages.ts';

const CALL_DEADLINE = 5_000;
const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

export type NudgeResult = 'sent' | 'no_such_workflow' | 'unavailable' | 'deadline_exceeded' | 'refused';

/** Wakes a case, starting its workflow where none runs. Says how it went; never throws. */
export async function nudge(client: Client, workflowId: string, seq: number | null): Promise<NudgeResult> {
  const ref = caseOf(workflowId);
  if (!ref) return 'no_such_workflow';
  const args: [CaseInput] = [{ schema: 1, caseId: ref.caseId }];
  const signalArgs: [Nudge] = [seq === null ? {} : { seq }];
  try {
    await client.withDeadline(Date.now() + CALL_DEADLINE, () =>
      client.workflow.signalWithStart(ref.workflowType, {
        workflowId,
        taskQueue: taskQueues[workflowKinds[ref.workflowType].queue],
        args,
        signal: NUDGE,
        signalArgs,
        workflowIdReusePolicy: 'ALLOW_DUPLICATE', // a case that was reopened lives again
        workflowIdConflictPolicy: 'USE_EXISTING',
      }),
    );
    return 'sent';
  } catch (err) {
    return resultOf(err);
  }
}

function resultOf(err: unknown): NudgeResult {
  for (let e: unknown = err; e instanceof Error; e = e.cause) {
    if (!isGrpcServiceError(e)) continue;
    if (e.code === UNAVAILABLE) return 'unavailable';
    if (e.code === DEADLINE_EXCEEDED) return 'deadline_exceeded';
  }
  return 'refused';
}
