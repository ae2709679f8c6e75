import { z } from 'zod';
import { Instant } from './text.ts';

const Count = z.int().min(0);

/** Whether the register and the workflows agree, as last found by the worker; shown on the health page. */
export const Agreement = z.strictObject({
  at: Instant,
  openCases: Count,
  runningWorkflows: Count,
  casesWithoutWorkflow: Count,
  workflowsWithoutCase: Count,
  /** Open cases with an event nobody has looked at for five minutes. */
  casesUnseen: Count,
  outboxUnsent: Count,
  outboxOldestAt: Instant.nullable(),
  /** Open troubles of due actions, by code. */
  troubles: z.record(z.string(), Count),
});
export type Agreement = z.infer<typeof Agreement>;
