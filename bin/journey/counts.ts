import { Client as TemporalClient, Connection } from '@temporalio/client';
import { readTx } from '../../db/read-tx.ts';
import type { Register } from '../../register/register.ts';
import type { Standing } from './roll.ts';

export interface Counts {
  students: number;
  scores: number;
  courseResults: number;
  decisions: number;
  diplomas: number;
  skillCertificates: number;
  refused: number;
  undetermined: Record<string, number>;
}

/** What the register holds at the end. */
export async function countAll(register: Register, standings: readonly Standing[]): Promise<Counts> {
  const undetermined: Record<string, number> = {};
  for (const { verdict, missing } of standings) {
    if (verdict !== 'undetermined') continue;
    for (const fact of missing) undetermined[fact] = (undetermined[fact] ?? 0) + 1;
  }
  const stored = await readTx(register.db, async (tx) => {
    const count = async (table: string, where: Record<string, string> = {}): Promise<number> =>
      Number((await tx(table).where(where).count({ count: '*' }).first())?.count ?? 0);
    const results = tx('current_scores').distinct('enrolment_id', 'course_id', 'attempt').as('results');
    return {
      students: await count('enrolments'),
      scores: await count('score_events'),
      courseResults: Number((await tx.from(results).count({ count: '*' }).first())?.count ?? 0),
      decisions: await count('decisions'),
      diplomas: await count('certificates', { type: 'diploma', state: 'issued' }),
      skillCertificates: await count('certificates', { type: 'skill', state: 'issued' }),
    };
  });
  return { ...stored, refused: standings.filter(({ verdict }) => verdict === 'deny').length, undetermined };
}

/** Numbers of Temporal's event types. */
const [STARTED, ACTIVITY_SCHEDULED, TIMER_FIRED, SIGNALED] = [1, 10, 17, 26];
const AT_ONCE = 8;

export interface Conducted {
  activities: number;
  /** Reads of where a case stands, and what a workflow was woken by: a start, a nudge, an alarm. */
  reads: number;
  wakeUps: number;
}

export interface TemporalAt {
  address: string;
  namespace: string;
}

/** What all histories of the student pathways hold, every run of them. */
export async function countConducted(at: TemporalAt): Promise<Conducted> {
  return withClient(at, async (client) => {
    const runs: { workflowId: string; runId: string }[] = [];
    for await (const { workflowId, runId } of client.workflow.list({ query: "WorkflowType = 'studentPathway'" }))
      runs.push({ workflowId, runId });
    const total: Conducted = { activities: 0, reads: 0, wakeUps: 0 };
    const counter = async (): Promise<void> => {
      for (let run = runs.pop(); run; run = runs.pop()) {
        const { events } = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
        for (const { eventType, activityTaskScheduledEventAttributes: activity } of events ?? []) {
          if (eventType === ACTIVITY_SCHEDULED) total.activities += 1;
          if (activity?.activityType?.name === 'loadCase') total.reads += 1;
          if (eventType === STARTED || eventType === SIGNALED || eventType === TIMER_FIRED) total.wakeUps += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, counter));
    return total;
  });
}

/** Open workflows of students, by the case they conduct. */
export async function runningCases(at: TemporalAt): Promise<Set<string>> {
  return withClient(at, async (client) => {
    const cases = new Set<string>();
    const query = "WorkflowType = 'studentPathway' AND ExecutionStatus = 'Running'";
    for await (const { workflowId } of client.workflow.list({ query })) cases.add(workflowId.replace(/^pathway\//, ''));
    return cases;
  });
}

async function withClient<T>(
  { address, namespace }: TemporalAt,
  work: (client: TemporalClient) => Promise<T>,
): Promise<T> {
  const connection = await Connection.connect({ address });
  try {
    return await work(new TemporalClient({ connection, namespace }));
  } finally {
    await connection.close();
  }
}
