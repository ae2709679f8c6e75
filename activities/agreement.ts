import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Agreement } from '../schemas/agreement.ts';
import type { Clock } from '../schemas/time.ts';
import { caseOf, workflowIdOf } from '../workflows/messages.ts';
import type { CaseRef } from '../workflows/messages.ts';
import type { Log } from './conductor.ts';
import { nudge } from './nudge.ts';

const PAGE = 1000;
const MOST_DESCRIBED = 20;
const RUNNING = `ExecutionStatus = 'Running'`;

export interface AgreementPort {
  /** Open cases in the order of their names, after the one given. */
  openCases(after: CaseRef | undefined, limit: number): Promise<CaseRef[]>;
  figures(): Promise<Pick<Agreement, 'casesUnseen' | 'outboxUnsent' | 'outboxOldestAt' | 'troubles'>>;
  /** Bulk outbox rows without seq. */
  nudgeAgain(cases: readonly CaseRef[]): Promise<void>;
  save(report: Agreement): Promise<void>;
}

export interface AgreementDeps {
  client: Client;
  port: AgreementPort;
  clock: Clock;
  log: Log;
}

/** Compares open cases with running workflows both ways, nudges what differs, and saves what it found. */
export async function checkAgreement({ client, port, clock, log }: AgreementDeps): Promise<Agreement> {
  const running = await runningCases(client); // before the cases: one opened meanwhile is then checked, not missed
  const open = await openCases(port);
  const missing = await confirmed(
    client,
    [...open].filter(([id]) => !running.has(id)),
    false,
  );
  const stray = await confirmed(
    client,
    [...running].filter(([id]) => !open.has(id)),
    true,
  );

  if (missing.length > 0) await port.nudgeAgain(missing.map(([, ref]) => ref));
  for (const [, ref] of stray) await nudge(client, { ...ref, seq: null }); // it reads, sees that it has ended, and ends
  const report: Agreement = {
    at: clock.now(),
    openCases: open.size,
    runningWorkflows: running.size,
    casesWithoutWorkflow: missing.length,
    workflowsWithoutCase: stray.length,
    ...(await port.figures()),
  };
  await port.save(report);
  if (missing.length + stray.length > 0) log.warn({ ...report }, 'cases and workflows differ; nudged');
  return report;
}

/** Checks every so often until the signal. Temporal away or database locked: said once a time, tried again. */
export async function watchAgreement(
  deps: AgreementDeps,
  options: { everyMs: number; signal: AbortSignal },
): Promise<void> {
  while (!options.signal.aborted) {
    try {
      await checkAgreement(deps);
    } catch (err) {
      deps.log.warn({ error: err instanceof Error ? err.name : 'unknown' }, 'agreement could not be checked');
    }
    await pause(options.everyMs, options.signal);
  }
}

type Cases = Map<string, CaseRef>;

async function runningCases(client: Client): Promise<Cases> {
  const found: Cases = new Map();
  for await (const { workflowId } of client.workflow.list({ query: RUNNING, pageSize: PAGE })) {
    const ref = caseOf(workflowId);
    if (ref) found.set(workflowId, ref);
  }
  return found;
}

async function openCases(port: AgreementPort): Promise<Cases> {
  const found: Cases = new Map();
  for (let after: CaseRef | undefined; ; ) {
    const page = await port.openCases(after, PAGE);
    for (const ref of page) found.set(workflowIdOf(ref), ref);
    after = page.at(-1);
    if (page.length < PAGE) return found;
  }
}

/** The list lags behind. The first twenty are asked one by one; if they all turn out well, the list was merely late. */
async function confirmed(
  client: Client,
  suspects: [string, CaseRef][],
  wrongIfRunning: boolean,
): Promise<[string, CaseRef][]> {
  const asked = suspects.slice(0, MOST_DESCRIBED);
  const wrong: [string, CaseRef][] = [];
  for (const suspect of asked) {
    if ((await isRunning(client, suspect[0])) === wrongIfRunning) wrong.push(suspect);
  }
  return wrong.length === 0 ? [] : [...wrong, ...suspects.slice(MOST_DESCRIBED)];
}

async function isRunning(client: Client, workflowId: string): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(workflowId).describe();
    return status.name === 'RUNNING';
  } catch (err) {
    if (err instanceof WorkflowNotFoundError) return false;
    throw err;
  }
}

function pause(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, millis);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
