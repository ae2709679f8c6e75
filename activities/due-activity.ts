import { CancelledFailure, Context } from '@temporalio/activity';
import type { Info } from '@temporalio/activity';
import { Id } from '../schemas/ids.ts';
import { Problem } from '../schemas/problem.ts';
import { isWorkflowType } from '../workflows/messages.ts';
import type { DueInput, DueKind, Snapshot, WorkflowType } from '../workflows/messages.ts';
import type { Conductor, Heartbeats, Log, Trouble } from './conductor.ts';
import { codeOf, failureOf, isForPerson } from './failures.ts';
import { soundSnapshot } from './sound-snapshot.ts';

const TROUBLE_FROM = 6; // attempts
const BEAT_EVERY = 10_000;

export interface ActivityDeps {
  conductor: Conductor;
  log: Log;
  /** For metrics: what came of an action, and how long it took. */
  observe?(outcome: { kind: DueKind | 'loadCase'; result: string; millis: number }): void;
}

/** Does one due action and returns where the case then stands. Every due kind goes through here. */
export function dueActivity(kind: DueKind, deps: ActivityDeps): (input: unknown) => Promise<Snapshot> {
  return (raw) =>
    guarded({ kind, deps, input: looseInput(raw) }, async () => {
      const input = dueInput(raw);
      await withHeartbeat((context) => deps.conductor.perform[kind](input, context));
      const snapshot = await read(deps.conductor, input.caseId);
      // An action stops being due or fails: left due without a failure, nobody would try it again.
      if (snapshot.due.some(({ opKey }) => opKey === input.opKey)) throw new Problem('stale');
      await deps.conductor.clearTrouble(input.caseId, input.opKey);
      return snapshot;
    });
}

/** Reads where a case stands. It never fails for good: a case that cannot be read waits, it does not end. */
export function loadCaseActivity(deps: ActivityDeps): (input: unknown) => Promise<Snapshot> {
  return (raw) => {
    const { caseId } = looseInput(raw);
    if (!Id.safeParse(caseId).success) return Promise.resolve(noSuchCase());
    return guarded({ kind: 'loadCase', deps, input: { caseId, opKey: `load/${caseId}` } }, async () => {
      const snapshot = await read(deps.conductor, caseId);
      if (Context.current().info.attempt > TROUBLE_FROM) await deps.conductor.clearTrouble(caseId, `load/${caseId}`);
      return snapshot;
    });
  };
}

async function read(conductor: Conductor, caseId: string): Promise<Snapshot> {
  return soundSnapshot(await conductor.loadCase({ workflowType: callingType(), caseId }));
}

interface Guarded {
  kind: DueKind | 'loadCase';
  deps: ActivityDeps;
  input: DueInput;
}

/** The only catch: troubles are recorded, and a code is all that leaves. */
async function guarded({ kind, deps, input }: Guarded, work: () => Promise<Snapshot>): Promise<Snapshot> {
  const { info, cancellationSignal } = Context.current();
  const began = performance.now();
  const done = (result: string) => deps.observe?.({ kind, result, millis: performance.now() - began });
  try {
    const snapshot = await work();
    done('done');
    return snapshot;
  } catch (err) {
    if (cancellationSignal.aborted) throw new CancelledFailure('cancelled'); // the next worker repeats it
    const code = codeOf(err);
    done(code);
    const retryable = kind === 'loadCase' || !isForPerson(code);
    if (input.caseId !== '' && (!retryable || info.attempt >= TROUBLE_FROM)) {
      await recordTrouble(deps, { workflowType: callingType(), ...input, kind, code, attempt: info.attempt });
    }
    throw failureOf(err, { retryable, attempt: info.attempt });
  }
}

/** A trouble that cannot be written down must not hide the failure itself. */
async function recordTrouble({ conductor, log }: ActivityDeps, trouble: Trouble): Promise<void> {
  log.warn({ ...trouble }, 'due action in trouble');
  try {
    await conductor.recordTrouble(trouble);
  } catch (err) {
    log.error({ caseId: trouble.caseId, kind: trouble.kind, code: codeOf(err) }, 'trouble could not be recorded');
  }
}

/** Beats while the work runs, so that the death of this process is noticed in seconds; the cursor rides along. */
async function withHeartbeat(work: (context: Heartbeats) => Promise<void>): Promise<void> {
  const context = Context.current();
  let cursor: unknown = resumeFrom(context.info);
  const heartbeat = (at: unknown) => {
    cursor = at;
    context.heartbeat(at);
  };
  const beats = context.info.heartbeatTimeoutMs ? setInterval(() => context.heartbeat(cursor), BEAT_EVERY) : undefined;
  try {
    await work({ heartbeat, resumeFrom: cursor, signal: context.cancellationSignal });
  } finally {
    clearInterval(beats);
  }
}

function resumeFrom({ heartbeatDetails }: Info): unknown {
  return heartbeatDetails as unknown; // `any` in the SDK's types
}

function callingType(): WorkflowType {
  const name = Context.current().info.workflowType ?? '';
  if (!isWorkflowType(name)) throw new Problem('bad_input');
  return name;
}

function dueInput(raw: unknown): DueInput {
  const { caseId, opKey } = looseInput(raw);
  if (!Id.safeParse(caseId).success || opKey === '' || opKey.length > 300) throw new Problem('bad_input');
  return { caseId, opKey };
}

/** Whatever was sent, as text; nothing is trusted yet. */
function looseInput(raw: unknown): DueInput {
  const { caseId, opKey } = Object(raw) as Record<string, unknown>;
  return { caseId: typeof caseId === 'string' ? caseId : '', opKey: typeof opKey === 'string' ? opKey : '' };
}

function noSuchCase(): Snapshot {
  return { seq: 0, term: '-', ended: true, now: new Date(0).toISOString(), nextDeadline: null, due: [] };
}
