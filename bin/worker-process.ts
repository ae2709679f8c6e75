import { Runtime, Worker, makeTelemetryFilterString } from '@temporalio/worker';
import type { Logger, WorkerOptions } from '@temporalio/worker';
import { watchAgreement } from '../activities/agreement.ts';
import type { AgreementPort } from '../activities/agreement.ts';
import type { Conductor, Log } from '../activities/conductor.ts';
import { createActivities } from '../activities/create-activities.ts';
import type { ActivityDeps } from '../activities/due-activity.ts';
import { nudge } from '../activities/nudge.ts';
import type { NudgeResult } from '../activities/nudge.ts';
import type { OutboxPort } from '../activities/outbox-port.ts';
import { Relay } from '../activities/relay.ts';
import type { Clock } from '../schemas/time.ts';
import { taskQueues } from '../workflows/messages.ts';
import type { TaskQueue } from '../workflows/messages.ts';
import type { Temporal } from './temporal-connection.ts';

const CHECK_AGREEMENT_EVERY = 5 * 60_000;

export interface WorkerParts {
  temporal: Temporal;
  conductor: Conductor;
  outbox: OutboxPort;
  agreement: AgreementPort;
  clock: Clock;
  log: Log;
  /** The workflow bundle made at build time. */
  codePath: string;
  /** Activities of the pathways queue at once: 8 on SQLite, at most the pool on PostgreSQL. */
  commandsAtOnce: number;
  observeActivity?: NonNullable<ActivityDeps['observe']>;
  observeNudge?: (result: NudgeResult) => void;
  agreementEveryMs?: number;
  /** How long running activities may take to end. Ours take milliseconds, pages watch the signal; the supervisor kills after 20 s. */
  shutdownGraceMs?: number;
}

export interface RunningWorker {
  relay: Relay;
  /** Rejects when a worker breaks; resolves after `stop`. */
  finished: Promise<void>;
  stop(): Promise<void>;
}

/** First of all things of Temporal: its logs become ours, and signals are handled by us alone. */
export function installRuntime(log: Log, metricsAddress?: string): void {
  const write = (level: 'warn' | 'error', message: string, meta?: Record<string, unknown>) =>
    log[level](plain(meta), message);
  const warn: Logger['warn'] = (message, meta) => {
    if (!/^No (workflows|Nexus services) registered/.test(message)) write('warn', message, meta); // so it is meant
  };
  const error: Logger['error'] = (message, meta) => write('error', message, meta);
  const nothing = () => undefined;
  const logger: Logger = {
    log: (level, message, meta) =>
      ({ TRACE: nothing, DEBUG: nothing, INFO: nothing, WARN: warn, ERROR: error })[level](message, meta),
    trace: nothing,
    debug: nothing,
    info: nothing,
    warn,
    error,
  };
  Runtime.install({
    logger,
    shutdownSignals: [],
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }), forward: {} },
      ...(metricsAddress && { metrics: { prometheus: { bindAddress: metricsAddress } } }),
    },
  });
}

/** Ids, kinds and codes only: an error object or a payload of the SDK's own logs stays out. */
function plain(meta: Record<string, unknown> = {}): Record<string, unknown> {
  const kept = ['workflowId', 'workflowType', 'activityType', 'taskQueue', 'attempt', 'kind', 'opKey', 'sdkComponent'];
  const { error } = meta;
  return {
    ...Object.fromEntries(kept.flatMap((key) => (key in meta ? [[key, meta[key]]] : []))),
    ...(error instanceof Error ? { error: error.name } : {}),
  };
}

/** Four queues in one process on one connection, with relay and agreement monitor. */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const { temporal, log, clock } = parts;
  const workers = await createWorkers(parts);
  const stopping = new AbortController();
  const relay = new Relay({
    outbox: parts.outbox,
    clock,
    log,
    nudge: (wake) => nudge(temporal.client, wake),
    ...(parts.observeNudge && { observe: parts.observeNudge }),
  });
  const monitor = { client: temporal.client, port: parts.agreement, clock, log };
  const running = [
    ...workers.map((worker) => worker.run()),
    relay.run(stopping.signal),
    watchAgreement(monitor, { everyMs: parts.agreementEveryMs ?? CHECK_AGREEMENT_EVERY, signal: stopping.signal }),
  ];
  const stop = () => {
    stopping.abort();
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const finished = Promise.all(running).then(() => undefined);
  finished.catch(stop); // one broken worker ends the process: the supervisor starts it afresh
  return {
    relay,
    finished,
    async stop() {
      stop();
      await Promise.allSettled(running);
    },
  };
}

async function createWorkers(parts: WorkerParts): Promise<Worker[]> {
  const { temporal, conductor, log, codePath, commandsAtOnce, observeActivity } = parts;
  const shared = {
    connection: temporal.connection,
    namespace: temporal.namespace,
    activities: createActivities({ conductor, log, ...(observeActivity && { observe: observeActivity }) }),
    shutdownGraceTime: parts.shutdownGraceMs ?? '12s',
    shutdownForceTime: '18s',
  } satisfies Omit<WorkerOptions, 'taskQueue'>;
  const queue = (name: TaskQueue, options: Partial<WorkerOptions>) =>
    Worker.create({ ...shared, taskQueue: taskQueues[name], identity: `worker-${name}-${process.pid}`, ...options });
  const conducts = (cached: number, tasks: number, polls: number): Partial<WorkerOptions> => ({
    workflowBundle: { codePath },
    maxCachedWorkflows: cached,
    maxConcurrentWorkflowTaskExecutions: tasks,
    maxConcurrentWorkflowTaskPolls: polls,
  });
  return Promise.all([
    queue('pathways', { ...conducts(1000, 40, 5), maxConcurrentActivityTaskExecutions: commandsAtOnce }),
    queue('rules', { ...conducts(50, 5, 2), maxConcurrentActivityTaskExecutions: 1 }),
    queue('cohort', {
      ...conducts(20, 5, 2),
      maxConcurrentActivityTaskExecutions: 1,
      maxTaskQueueActivitiesPerSecond: 2,
    }),
    queue('documents', { maxConcurrentActivityTaskExecutions: 2 }),
  ]);
}
