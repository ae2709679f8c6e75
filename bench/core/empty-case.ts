import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<null> }>({ startToCloseTimeout: '1 minute' });

/** The shape of a case without its work: so many activities, one after the other. */
export async function emptyCase(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) await nothing();
}
