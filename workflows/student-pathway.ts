import { runCase } from './case-loop.ts';
import type { CaseInput } from './messages.ts';

/** One enrolment with all its pathways, up to the first issue of each certificate. */
export async function studentPathway(input: CaseInput): Promise<void> {
  await runCase(input);
}
