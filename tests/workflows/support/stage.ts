import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime, Worker } from '@temporalio/worker';
import type { WorkerOptions } from '@temporalio/worker';
import { createActivities } from '../../../activities/create-activities.ts';
import { nudge } from '../../../activities/nudge.ts';
import { base32, uuidV7Bytes } from '../../../schemas/ids.ts';
import { workflowIdOf } from '../../../workflows/messages.ts';
import type { DueAction, DueKind, Profile, WorkflowType } from '../../../workflows/messages.ts';
import { testServerExecutable } from '../../support/temporal-binaries.ts';
import { workflowBundle } from './bundle.ts';
import { ScriptedRegister } from './scripted-register.ts';

let runtimeInstalled = false;
let ids = 0;

/** Before anything of Temporal: its own logs would drown the tests. */
export function quietRuntime(): void {
  if (runtimeInstalled) return;
  runtimeInstalled = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter } } });
}

export function aCaseId(prefix = 'enr'): string {
  ids += 1;
  return `${prefix}_${base32(uuidV7Bytes(1_700_000_000_000 + ids, new Uint8Array(10)))}`;
}

export function due(kind: DueKind, opKey: string, profile: Profile = 'quick'): DueAction {
  return { kind, profile, opKey };
}

export const silentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A time-skipping server with a scripted register and the three workers of the main job. */
export async function aStage({ maxCachedWorkflows }: { maxCachedWorkflows: number }) {
  quietRuntime();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: await testServerExecutable() },
  });
  const register = new ScriptedRegister(() => env.currentTimeMs());
  let workers = await startWorkers(env, register, maxCachedWorkflows);

  return {
    env,
    register,
    nudge: (caseId: string, seq: number | null = null, workflowType: WorkflowType = 'studentPathway') =>
      nudge(env.client, { workflowType, caseId, seq }),
    handle: (caseId: string, workflowType: WorkflowType = 'studentPathway') =>
      env.client.workflow.getHandle(workflowIdOf({ workflowType, caseId })),
    /** Nothing more is to happen in the case; the seq of that event. */
    close: (caseId: string) => register.change(caseId, (it) => void (it.closed = true)),
    /** Time moves in here, as far as the run needs. */
    ended: (caseId: string, workflowType: WorkflowType = 'studentPathway') =>
      env.client.workflow.result(workflowIdOf({ workflowType, caseId })),
    /** Names of the activities of the last run, in order. */
    activitiesOf: async (workflowId: string) => {
      const { events } = await env.client.workflow.getHandle(workflowId).fetchHistory();
      return (events ?? []).flatMap((event) => event.activityTaskScheduledEventAttributes?.activityType?.name ?? []);
    },
    restartWorkers: async () => {
      await workers.stop();
      workers = await startWorkers(env, register, maxCachedWorkflows);
    },
    stop: async () => {
      await workers.stop();
      await env.teardown();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof aStage>>;

export async function startWorkers(
  env: TestWorkflowEnvironment,
  register: ScriptedRegister,
  maxCachedWorkflows = 1000,
): Promise<{ stop(): Promise<void> }> {
  const workflowsToo = { workflowBundle: await workflowBundle(), maxCachedWorkflows };
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection: env.nativeConnection,
    ...(env.namespace ? { namespace: env.namespace } : {}),
    activities: createActivities({ conductor: register, log: silentLog }),
    shutdownGraceTime: '200ms',
  };
  const workers = await Promise.all([
    Worker.create({ ...shared, ...workflowsToo, taskQueue: 'pathways' }),
    Worker.create({ ...shared, ...workflowsToo, taskQueue: 'cohort' }),
    Worker.create({ ...shared, ...workflowsToo, taskQueue: 'rules' }),
    Worker.create({ ...shared, taskQueue: 'documents' }),
  ]);
  const running = workers.map((worker) => worker.run());
  return {
    stop: async () => {
      for (const worker of workers) worker.shutdown();
      await Promise.all(running);
    },
  };
}
