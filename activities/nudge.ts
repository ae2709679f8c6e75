import { isGrpcServiceError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { isWorkflowType, NUDGE, taskQueues, workflowIdOf, workflowKinds } from '../workflows/messages.ts';
import type { CaseInput, Nudge } from '../workflows/messages.ts';

const CALL_DEADLINE = 5_000;
const DEADLINE_EXCEEDED = 4;
const UNAVAILABLE = 14;

export type NudgeResult = 'sent' | 'no_such_workflow' | 'unavailable' | 'deadline_exceeded' | 'refused';

export interface Wake {
  workflowType: string;
  caseId: string;
  /** Without it the workflow reads in any case. */
  seq: number | null;
}

/** Wakes a case, starting its workflow where none runs. Says how it went; never throws. */
export async function nudge(client: Client, { workflowType, caseId, seq }: Wake): Promise<NudgeResult> {
  if (!isWorkflowType(workflowType)) return 'no_such_workflow';
  const args: [CaseInput] = [{ schema: 1, caseId }];
  const signalArgs: [Nudge] = [seq === null ? {} : { seq }];
  try {
    await client.withDeadline(Date.now() + CALL_DEADLINE, () =>
      client.workflow.signalWithStart(workflowType, {
        workflowId: workflowIdOf({ workflowType, caseId }),
        taskQueue: taskQueues[workflowKinds[workflowType].queue],
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
