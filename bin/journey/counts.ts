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

const ACTIVITY_TASK_SCHEDULED = 10;
const AT_ONCE = 8;

/** Activities in all histories of the student pathways, every run of them. */
export async function countActivities({ address, namespace }: { address: string; namespace: string }): Promise<number> {
  const connection = await Connection.connect({ address });
  const client = new TemporalClient({ connection, namespace });
  const runs: { workflowId: string; runId: string }[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query: "WorkflowType = 'studentPathway'" }))
    runs.push({ workflowId, runId });
  let activities = 0;
  const counter = async (): Promise<void> => {
    for (let run = runs.pop(); run; run = runs.pop()) {
      const { events } = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      activities += (events ?? []).filter(({ eventType }) => eventType === ACTIVITY_TASK_SCHEDULED).length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, counter));
  await connection.close();
  return activities;
}

/** Open workflows of students, by the case they conduct. */
export async function runningCases({ address, namespace }: { address: string; namespace: string }): Promise<Set<string>> {
  const connection = await Connection.connect({ address });
  const client = new TemporalClient({ connection, namespace });
  const cases = new Set<string>();
  const query = "WorkflowType = 'studentPathway' AND ExecutionStatus = 'Running'";
  for await (const { workflowId } of client.workflow.list({ query })) cases.add(workflowId.replace(/^pathway\//, ''));
  await connection.close();
  return cases;
}
