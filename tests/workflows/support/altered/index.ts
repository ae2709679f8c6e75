import { condition, proxyActivities, sleep } from '@temporalio/workflow';
import { READ } from '../../../../workflows/activity-options.ts';

interface Reading {
  loadCase(input: { caseId: string }): Promise<{ ended: boolean }>;
}
const { loadCase } = proxyActivities<Reading>(READ);

/** As a careless change would leave it: it waits before the first read, where the recorded runs read at once. */
export async function studentPathway({ caseId }: { caseId: string }): Promise<void> {
  await sleep('1 minute');
  const { ended } = await loadCase({ caseId });
  await condition(() => ended);
}
