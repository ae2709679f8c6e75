import { runCase } from './case-loop.ts';
import type { CaseInput } from './messages.ts';

/** One revision from its submission on: proofs, preview, approvals with a deadline, and the day on which it comes into force. */
export async function rulePublication(input: CaseInput): Promise<void> {
  await runCase(input);
}
